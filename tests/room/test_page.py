"""The training room in a real browser: enrol, check in, alert, acknowledge, turn the clock, kill the bot."""

from collections.abc import Callable

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.room.conftest import PATIENCE, Opens, picture
from tests.room.hands import choose, phone, says, tap, writes

expect.set_options(timeout=PATIENCE)
Pages = Callable[..., Page]


@pytest.mark.browser
def test_from_the_first_tap_to_a_closed_alert(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo())
    _enrols(page)
    _answers(page)
    _takes_the_alert(page)
    _turns_the_clock(page)
    _kills_the_bot(page)


def _enrols(page: Page) -> None:
    page.get_by_role("button", name="New phone").click()
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Add the phone").click()
    noor = phone(page, "Noor")
    noor.get_by_role("button", name="START").click()
    tap(noor, "Yes, I agree")
    says(noor, "What shall I call you?")
    writes(noor, "Willow")
    says(noor, "Which language")
    writes(noor, "English")
    says(noor, "Where do you live?")
    writes(noor, "New York")
    says(noor, "When shall I ask")
    picture(page, "room-enrol")
    writes(noor, "09:00")
    says(noor, "All set, Willow")


def _answers(page: Page) -> None:
    noor = phone(page, "Noor")
    noor.locator(".keys").get_by_role("button", name="Check in").click()
    for step, label in (("1/8", "No"), ("2/8", "9"), ("3/9", "5"), ("4/9", "7")):
        says(noor, step)
        tap(noor, label)
    says(noor, "5/9")
    tap(noor, "Lonely")
    for step, label in (("5/9", "Done ✓"), ("6/9", "Well"), ("7/9", "No"), ("8/9", "No, I'm good"), ("9/9", "Skip")):
        says(noor, step)
        tap(noor, label)
    says(noor, "Thank you")


def _takes_the_alert(page: Page) -> None:
    roth = phone(page, "Dr Roth")
    expect(roth.locator(".banner").first).to_contain_text("needs you")
    expect(roth.locator(".banner").first).not_to_contain_text("Willow")
    expect(page.locator(".verdict")).to_contain_text("Nothing was lost")
    picture(page, "room-alert-light")
    roth.locator(".banner").first.click()
    tap(roth, "✋ I'm on it")
    says(roth, "Dr Roth is on it")
    expect(page.locator(".ledger .state-acknowledged")).to_be_visible()
    tap(roth, "✅ Close")
    tap(roth, "I reached them")
    expect(page.locator(".ledger .entry").first).to_contain_text("Closed: I reached them")


def _turns_the_clock(page: Page) -> None:
    expect(page.locator(".clock-time")).to_contain_text("08:5")
    page.get_by_role("button", name="Next check-in").click()
    expect(page.locator(".clock-time")).to_contain_text("09:0")
    says(choose(page, "Ana"), "1/")


def _kills_the_bot(page: Page) -> None:
    ana = phone(page, "Ana")
    tap(ana, "No")
    says(ana, "2/")
    page.get_by_role("button", name="Weather").click()
    page.get_by_role("button", name="Kill and keep off").click()
    expect(page.locator(".process")).to_contain_text("switched off")
    page.get_by_role("button", name="Close", exact=True).click()
    tap(ana, "7")
    expect(ana.locator(".log")).not_to_contain_text("3/")
    page.get_by_role("button", name="Weather").click()
    page.get_by_role("button", name="Start it").click()
    expect(page.locator(".process")).to_contain_text("running")
    page.get_by_role("button", name="Close", exact=True).click()
    says(ana, "3/")
    page.get_by_role("button", name="Events").click()
    expect(page.locator(".verdict")).to_contain_text("Nothing was lost")
    picture(page, "room-ledger-light")


@pytest.mark.browser
def test_a_person_can_reply_edit_delete_and_use_the_commands_menu(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo())
    ben = choose(page, "Ben")
    ben.get_by_role("button", name="Back to all chats").click()
    ben.get_by_role("button", name="Tuesday Group").click()
    writes(ben, "See you all tonight")
    own = ben.locator(".bubble.own", has_text="See you all tonight")
    own.get_by_role("button", name="More").click()
    own.get_by_role("button", name="Edit").click()
    writes(ben, "See you all tonight at six")
    own = ben.locator(".bubble.own", has_text="at six")
    expect(own).to_contain_text("edited")
    ben.locator(".bubble.other", has_text="the old bar").get_by_role("button", name="More").click()
    ben.get_by_role("button", name="Reply").click()
    writes(ben, "Good for you")
    expect(ben.locator(".bubble.own", has_text="Good for you").locator(".quote")).to_contain_text("Ana")
    own.get_by_role("button", name="More").click()
    own.get_by_role("button", name="Delete for everyone").click()
    expect(own).to_have_count(0)
    ben.get_by_role("button", name="Back to all chats").click()
    ben.locator(".chat-line").first.click()
    ben.get_by_label("Message", exact=True).press_sequentially("/he")
    ben.locator(".offers").get_by_role("button", name="/help").click()
    says(ben, "What I'm here for")


@pytest.mark.browser
def test_a_trainee_plays_the_supervisor_and_reads_the_debrief(demo: Opens, open_page: Pages) -> None:
    page = open_page(demo("--seed", "3"))
    page.get_by_role("button", name="Scenarios").click()
    picture(page, "room-scenarios")
    page.get_by_role("button", name="Take part: The counselor blocked the bot").click()
    lind = phone(page, "Dr Lind")
    expect(page.locator(".scene.waiting")).to_contain_text("Your move")
    lind.locator(".banner").first.click()
    picture(page, "room-trainee")
    tap(lind, "✋ I'm on it")
    expect(page.locator(".scene-line")).to_contain_text("Close the alert")
    tap(lind, "✅ Close")
    tap(lind, "I reached them")
    expect(page.locator("#debrief")).to_contain_text("Taken after")
    expect(page.locator("#debrief")).to_contain_text("Asked for help now")
    picture(page, "room-debrief")


@pytest.mark.browser
@pytest.mark.parametrize(
    ("width", "height", "scheme"), [(1440, 900, "light"), (1440, 900, "dark"), (390, 844, "light"), (390, 844, "dark")]
)
def test_no_serious_accessibility_issue_and_nothing_wider_than_the_screen(
    demo: Opens, open_page: Pages, width: int, height: int, scheme: str
) -> None:
    page = open_page(demo("--locale", "es"), width=width, height=height, scheme=scheme)
    _is_sound(page)
    picture(page, f"room-es-{'phone' if width < 720 else 'desktop'}-{scheme}")
    page.get_by_role("button", name="Escenas").click()
    _is_sound(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Clima").click()
    _is_sound(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _is_sound(page: Page) -> None:
    found = Axe().run(page)
    serious = [one for one in found.response["violations"] if one["impact"] in ("serious", "critical")]
    assert not serious, [(one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in serious]


def test_only_the_page_itself_can_read_or_drive_the_room(demo: Opens) -> None:
    url = demo()
    base = url.split("/")[2]
    with httpx.Client(trust_env=False) as client:
        good = client.get(url)
        assert good.status_code == 200
        assert "default-src 'none'" in good.headers["content-security-policy"]
        assert "unsafe" not in good.headers["content-security-policy"]
        assert good.headers["referrer-policy"] == "no-referrer"
        assert client.get(f"http://{base}/").status_code == 404
        assert client.get(f"http://{base}/guess/events").status_code == 404
        assert client.get(f"{url}static/../server.py").status_code == 404
        assert client.get(url, headers={"host": "evil.example"}).status_code == 404
        act = f"{url}act/turn"
        for headers in (
            {"origin": "http://evil.example"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ):
            assert client.post(act, json={"to": "minute"}, headers=headers).status_code == 404
        assert client.post(act, content=b"to=minute").status_code == 404
        assert client.post(act, json={"to": "yesterday"}).status_code == 409
        assert client.post(act, json=["minute"]).status_code == 409
