"""Every other act of a hand on a phone in the training room, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.room.conftest import PATIENCE, Opens
from tests.room.hands import about, choose, group_line, more, opens_bot, opens_group, phone, says, tap, writes

expect.set_options(timeout=PATIENCE)
Pages = Callable[..., Page]
ROOM = ("--seed", "5")
NEEDS_YOU = "URGENT"


def stranger(page: Page, name: str) -> Locator:
    """Somebody without an invite, on a phone of their own."""
    page.get_by_role("button", name="New phone").click()
    page.get_by_label("Name").fill(name)
    page.locator("#newcomer select[name=role]").select_option("")
    page.get_by_role("button", name="Add the phone").click()
    return phone(page, name)


def knocks(owner: Locator) -> None:
    owner.get_by_role("button", name="Back to all chats").click()
    owner.get_by_role("button", name="Ask to join").click()


def puts_beside(page: Page, place: int, name: str) -> Locator:
    """Puts somebody's phone into a place other than the first."""
    picker = page.locator(".holder select").nth(place)
    picker.select_option(value=picker.locator("option", has_text=name).first.get_attribute("value"))
    return phone(page, name)


@pytest.mark.browser
def test_who_knocks_is_let_in_leaves_comes_back_is_removed_and_banned(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo(*ROOM))
    noor = stranger(page, "Noor")
    knocks(noor)
    sam = puts_beside(page, 1, "Sam")
    opens_group(sam)
    about(sam, "Noor").get_by_role("button", name="Let in").click()
    expect(group_line(noor)).to_contain_text("Welcome")

    opens_group(noor)
    says(noor, "Noor joined")
    welcome = noor.locator(".bubble", has_text="Welcome")
    expect(welcome.get_by_role("img", name="Sent without a sound")).to_be_visible()
    more(noor).get_by_role("button", name="Leave the group").click()
    expect(noor.locator(".doors")).to_contain_text("Tuesday Group")
    noor.get_by_role("button", name="Join", exact=True).click()
    expect(noor.locator(".chat-title")).to_have_text("Tuesday Group")

    about(sam, "Noor").get_by_role("button", name="Remove").click()
    expect(noor.locator(".doors")).to_contain_text("Tuesday Group")
    noor.get_by_role("button", name="Join", exact=True).click()
    about(sam, "Noor").get_by_role("button", name="Ban").click()
    expect(about(sam, "Noor")).to_contain_text("banned")
    expect(noor.locator(".chat-line")).to_have_count(1)
    expect(noor.locator(".doors li")).to_have_count(0)
    about(sam, "Noor").get_by_role("button", name="Unban").click()
    expect(noor.locator(".doors")).to_contain_text("Tuesday Group")


@pytest.mark.browser
def test_who_knocks_can_be_turned_away_and_hears_it_kindly(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo(*ROOM))
    kim = stranger(page, "Kim")
    knocks(kim)
    sam = puts_beside(page, 1, "Sam")
    opens_bot(sam)
    says(sam, "Kim")
    tap(sam, "Not this time")
    opens_bot(kim)
    says(kim, "Thank you for asking")

    lee = stranger(page, "Lee")
    knocks(lee)
    sam = puts_beside(page, 1, "Sam")
    opens_group(sam)
    about(sam, "Lee").get_by_role("button", name="Turn away").click()
    expect(more(sam)).not_to_contain_text("Lee")


@pytest.mark.browser
def test_the_bot_loses_and_regains_its_rights_and_says_so_and_people_become_admins(
    demo: Opens, open_page: Pages
) -> None:
    page = open_page(demo(*ROOM))
    sam = choose(page, "Sam")
    opens_group(sam)
    about(sam, "PeerBot").get_by_role("button", name="Take admin away").click()
    expect(about(sam, "PeerBot").get_by_role("button", name="Make admin")).to_be_visible()
    opens_bot(sam)
    says(sam, "Tuesday Group")
    opens_group(sam)
    about(sam, "PeerBot").get_by_role("button", name="Make admin").click()
    expect(about(sam, "PeerBot")).to_contain_text("admin")

    about(sam, "Ben").get_by_role("button", name="Make admin").click()
    expect(about(sam, "Ben")).to_contain_text("admin")
    about(sam, "Ben").get_by_role("button", name="Take admin away").click()
    expect(about(sam, "Ben").get_by_role("button", name="Make admin")).to_be_visible()

    about(sam, "PeerBot").get_by_role("button", name="Remove").click()
    more(sam).get_by_role("button", name="Add the bot").click()
    expect(about(sam, "PeerBot").get_by_role("button", name="Make admin")).to_be_visible()
    about(sam, "PeerBot").get_by_role("button", name="Make admin").click()


@pytest.mark.browser
def test_block_and_unblock_photo_chart_and_the_marks_of_protected_and_silent(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo(*ROOM))
    ana = choose(page, "Ana")
    more(ana).get_by_role("button", name="Block the bot").click()
    expect(ana.locator(".instead")).to_contain_text("You blocked this bot")
    expect(ana.get_by_label("Message", exact=True)).to_be_hidden()
    ana.locator(".instead").get_by_role("button", name="Unblock the bot").click()
    expect(ana.get_by_label("Message", exact=True)).to_be_visible()

    more(ana).get_by_role("button", name="Send a photo").click()
    expect(ana.locator(".bubble.own img").last).to_be_visible()
    own = ana.locator(".bubble.own img").last.element_handle()
    page.wait_for_function("one => one.complete && one.naturalWidth > 0", arg=own)
    ana.locator(".chat-head").get_by_role("button", name="More").click()

    writes(ana, "/progress")
    chart = ana.locator(".bubble.other img").last
    expect(chart).to_be_visible()
    page.wait_for_function("one => one.complete && one.naturalWidth > 300", arg=chart.element_handle())
    assert chart.get_attribute("alt")
    box, log = chart.bounding_box(), ana.locator(".log").bounding_box()
    assert box is not None
    assert log is not None
    expect(ana.locator(".bubble.other").last).to_be_in_viewport()
    assert ana.locator(".log").evaluate("one => one.scrollHeight - one.scrollTop - one.clientHeight") < 4
    assert log["x"] <= box["x"]
    assert box["x"] + box["width"] <= log["x"] + log["width"]


@pytest.mark.browser
def test_a_locked_phone_shows_only_what_a_stranger_may_read_and_details_cannot_be_passed_on(
    demo: Opens, open_page: Pages
) -> None:
    page = open_page(demo(*ROOM))
    ben, roth = choose(page, "Ben"), phone(page, "Dr Roth")
    expect(roth.locator(".lock")).to_be_visible()
    ben.locator(".keys").get_by_role("button", name="I need help now").click()
    banner = roth.locator(".banner", has_text=NEEDS_YOU).first
    expect(banner).to_contain_text("PeerBot")
    for private in ("Ben", "Cedar", "help", "River"):
        expect(banner).not_to_contain_text(private)

    banner.click()
    tap(roth, "Show why")
    expect(
        roth.locator(".bubble", has_text="Cedar").get_by_role("img", name="Cannot be forwarded or saved").first
    ).to_be_visible()
    tap(roth, "✋ I'm on it")
    expect(roth.locator(".bubble", has_text="Dr Roth is on it").last).to_be_visible()
    tap(roth, "✅ Close")
    tap(roth, "I reached them")
    says(roth, "Closed by Dr Roth")


@pytest.mark.browser
def test_each_weather_is_switched_on_and_off_on_the_page_and_nothing_is_lost(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo(*ROOM))
    ana = choose(page, "Ana")
    labels = ("Telegram is slow", "Too many requests", "Telegram is broken", "No connection", "Database locked")
    for label in labels:
        answers = ana.locator(".bubble.other", has_text="What I'm here for").count()
        page.get_by_role("button", name="Weather").click()
        switch = page.get_by_role("switch", name=label)
        switch.check()
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.locator(".bar-button.warned")).to_contain_text(label)
        writes(ana, "/help")
        expect(ana.locator(".bubble.own").last).to_contain_text("/help")
        page.get_by_role("button", name="Weather").click()
        switch.uncheck()
        page.get_by_role("button", name="Close", exact=True).click()
        expect(page.locator(".bar-button.warned")).to_have_count(0)
        expect(ana.locator(".bubble.other", has_text="What I'm here for").nth(answers)).to_be_attached()
    expect(page.locator(".verdict")).to_contain_text("Nothing was lost")


@pytest.mark.browser
def test_a_running_week_can_be_stopped_and_the_clock_stands_where_it_was_stopped(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo(*ROOM))
    day = page.locator(".clock-day").inner_text()
    page.get_by_role("button", name="Run a week").click()
    expect(page.get_by_role("button", name="Stop the clock")).to_be_visible()
    page.get_by_role("button", name="Stop the clock").click()
    expect(page.get_by_role("button", name="Run a week")).to_be_visible()
    assert page.locator(".clock-day").inner_text() == day


@pytest.mark.browser
def test_every_word_of_the_page_is_there_in_both_languages_and_a_refusal_is_too(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo("--locale", "es"))
    missing = page.evaluate(
        """async () => {
            const { words } = await import("./static/words.js");
            const keys = (one, path = "") => Object.entries(one).flatMap(([name, value]) =>
                value && typeof value === "object" ? keys(value, `${path}${name}.`) : [path + name]);
            const [en, es] = [keys(words("en")), keys(words("es"))];
            return [...en.filter((one) => !es.includes(one)), ...es.filter((one) => !en.includes(one))];
        }"""
    )
    assert missing == []

    page.get_by_role("button", name="Otro teléfono").click()
    page.get_by_label("Nombre").fill("   ")
    page.get_by_role("button", name="Añadir el teléfono").click()
    expect(page.locator("dialog[open] .page-toast")).to_have_text("Eso no se puede hacer ahora.")
