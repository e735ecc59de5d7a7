"""What a hand does on the page: choose a phone, tap, write, open the list of people, and look."""

from playwright.sync_api import Locator, Page, expect


def phone(page: Page, name: str) -> Locator:
    return page.locator(f'.slot[data-who="{name}"]')


def choose(page: Page, name: str) -> Locator:
    """Puts somebody's phone into the first place; the list says how much is unread behind the name."""
    picker = page.locator(".holder select").first
    picker.select_option(value=picker.locator("option", has_text=name).first.get_attribute("value"))
    return phone(page, name)


def tap(owner: Locator, label: str) -> None:
    owner.locator(".bubble .inline").get_by_role("button", name=label, exact=True).last.click()


def writes(owner: Locator, text: str) -> None:
    owner.get_by_label("Message", exact=True).fill(text)
    owner.get_by_label("Message", exact=True).press("Enter")


def says(owner: Locator, text: str) -> None:
    expect(owner.locator(".log")).to_contain_text(text)


def wakes(owner: Locator) -> None:
    """Unlocks a phone that is locked."""
    expect(owner.locator(".lock, .chat, .list").first).to_be_visible()
    if owner.locator(".unlock").is_visible():
        owner.locator(".unlock").click()
        expect(owner.locator(".chat, .list").first).to_be_visible()


def group_line(owner: Locator) -> Locator:
    """The group's line in the list of chats."""
    return owner.locator(".chat-line", has=owner.page.locator(".chat-name", has_text="Tuesday Group"))


def opens_group(owner: Locator) -> None:
    """From whatever the phone shows to the group."""
    wakes(owner)
    back = owner.get_by_role("button", name="Back to all chats")
    if back.is_visible():
        back.click()
    group_line(owner).click()
    expect(owner.locator(".chat-title")).to_have_text("Tuesday Group")


def opens_bot(owner: Locator) -> None:
    """From whatever the phone shows to the chat with the bot."""
    wakes(owner)
    back = owner.get_by_role("button", name="Back to all chats")
    if back.is_visible():
        back.click()
    owner.locator(".chat-line").first.click()
    expect(owner.locator(".chat-title")).to_have_text("PeerBot")


def more(owner: Locator) -> Locator:
    """The list of people and acts behind the three dots of the open chat; stays open when it is."""
    side = owner.locator(".side")
    if not side.is_visible():
        owner.locator(".chat-head").get_by_role("button", name="More").click()
    expect(side).to_be_visible()
    return side


def about(owner: Locator, name: str) -> Locator:
    """Somebody's line in that list."""
    return more(owner).locator(".person", has=owner.page.locator("b", has_text=name))
