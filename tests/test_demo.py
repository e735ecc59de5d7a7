"""The demo: a newcomer's first minute. It must end well and show what it promises, in both languages."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from peerbot import log
from peerbot.cli import main
from peerbot.demo import WORDS
from peerbot.texts import Texts


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_story_ends_with_zero_and_shows_the_whole_day(capsys: pytest.CaptureFixture[str], locale: str) -> None:
    code = main(["demo", "--story", "--locale", locale])
    with capsys.disabled():
        log.configure()
    said, complained = capsys.readouterr()

    assert code == 0
    assert complained == ""
    place = 0
    for key in ("title", "join", "enrol", "morning", "worry", "rest", "quiet", "act", "help", "end"):
        place = said.index(WORDS[locale][key], place)
    texts = Texts()
    for line in ("Dr Lind", "1/8", "3/", f"[{texts.plain(locale, 'alert-button-ack')}]", "911"):
        assert line in said


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield taken.getsockname()[1]


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command says when it refuses to start: one plain sentence."""
    code = main(["demo", *arguments])
    with capsys.disabled():
        log.configure()
    said, complained = capsys.readouterr()
    assert code == 1
    assert said == ""
    assert complained.count("\n") == 1
    return complained


def test_a_port_that_cannot_be_had_is_refused_at_once(capsys: pytest.CaptureFixture[str], taken_port: int) -> None:
    assert f"Port {taken_port} is in use" in refusal(capsys, "--port", str(taken_port))
    assert "1 to 65535" in refusal(capsys, "--port", "70000")
    assert "1 to 65535" in refusal(capsys, "--port", "-1")


def test_a_room_is_kept_only_in_a_new_or_empty_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "peerbot.db").touch()

    assert "new or empty folder" in refusal(capsys, "--keep", str(tmp_path))
    assert "new or empty folder" in refusal(capsys, "--keep", str(tmp_path / "peerbot.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["peerbot.db"]
