"""The demo: a newcomer's first minute. It must end well and show what it promises, in both languages."""

import pytest

from peerbot import log
from peerbot.cli import main
from peerbot.demo import WORDS
from peerbot.texts import Texts


@pytest.mark.parametrize("locale", ["en", "es"])
def test_the_story_ends_with_zero_and_shows_the_whole_day(capsys: pytest.CaptureFixture[str], locale: str) -> None:
    code = main(["demo", "--story", "--locale", locale])
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
