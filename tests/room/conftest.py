"""A real `peerbot demo` in its own process, and a real browser in front of it."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
PICTURES = ROOT / "docs" / "images"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LARGEST = 200_000  # bytes of a committed picture
PATIENCE = 20_000  # ms until what should be on the page counts as missing; machines are shared

Opens = Callable[..., str]


@pytest.fixture(scope="module")
def demo() -> Iterator[Opens]:
    """Starts the training room with these arguments and returns its address, the same for the same arguments."""
    running: dict[tuple[str, ...], tuple[subprocess.Popen[str], str]] = {}

    def opens(*arguments: str) -> str:
        if arguments not in running:
            process = subprocess.Popen(
                [sys.executable, "-m", "peerbot", "demo", *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
            assert process.stdout is not None
            found = None
            while found is None and (line := process.stdout.readline()):
                found = re.search(r"http://127\.0\.0\.1:\d+/\S+/", line)
            assert found is not None, "the training room printed no address"
            running[arguments] = (process, found[0])
        return running[arguments][1]

    yield opens
    for process, _url in running.values():
        process.send_signal(signal.SIGTERM)
    for process, _url in running.values():
        process.communicate(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; skipped where there is none, but never in CI."""
    if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own; an error in its script or a refused load fails the test."""
    pages: list[Page] = []
    troubles: list[str] = []

    def opens(url: str, *, width: int = 1440, height: int = 900, scheme: str = "light") -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda line: troubles.append(line.text) if line.type == "error" else None)
        page.goto(url)
        page.locator(".phone .chat, .phone .lock").first.wait_for()
        pages.append(page)
        return page

    yield opens
    for page in pages:
        page.close()
    expected = ("409", "Failed to load resource")  # an act that is refused answers with a sentence
    assert not [text for text in troubles if not any(part in text for part in expected)]


def picture(page: Page, name: str) -> None:
    """Keeps a picture for the README when PEERBOT_SCREENSHOTS is set."""
    if os.environ.get("PEERBOT_SCREENSHOTS"):
        page.wait_for_timeout(700)
        path = PICTURES / f"{name}.png"
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
        for fine in (1, 2, 3, 4, 6, 8):  # steps of a colour; coarser ones only make soft shades a little less soft
            levels = [min(255, round(value / fine) * fine) for value in range(256)]
            shot.point(levels * 3).save(path, optimize=True)
            if path.stat().st_size < LARGEST:
                break
        assert path.stat().st_size < LARGEST
