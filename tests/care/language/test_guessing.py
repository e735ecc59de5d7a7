"""What the reader makes of words it does not know: misspelt as they sound, without vowels, or run together."""

import string

import pytest

from peerbot.care.language import Reader
from peerbot.care.language.guessing import Guesser
from peerbot.content_files.language import load_patterns

READER = Reader(load_patterns())
SMALL = Guesser(
    {"knife": 3, "throat": 4, "through": 9, "battery": 4, "breathing": 6, "i": 12, "want": 9, "to": 12, "die": 8}
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("nife", ("knife",)),  # as it sounds
        ("throte", ("throat",)),  # the one written most alike, though "through" is said more often
        ("batterry", ("battery",)),
        ("brthng", ("breathing",)),  # without its vowels
        ("iwanttodie", ("i", "want", "to", "die")),  # run together
    ],
)
def test_an_unknown_word_is_traced_to_one_that_is_said(written: str, meant: tuple[str, ...]) -> None:
    assert SMALL.meant(written) == meant


@pytest.mark.parametrize("word", ["knife", "xi", "8888888", "saoirse", "zzzzzzzzzzzzzz", "", "ñandú"])
def test_a_known_or_far_word_is_left_as_it_is(word: str) -> None:
    assert SMALL.meant(word) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("he chokd her with a scarrf", ("choked", "her", "with", "a", "scarf")),
        ("mipapaestagolpeandoamimama", ("mi", "papa", "esta", "golpeando", "a", "mi", "mama")),
        ("w a n t  t o  d i e", ("want", "to", "die")),  # wider gaps part the words
        ("K I L L E R  H E E L S", ("killer", "heels")),
        ("zobredosis mi nobio", ("sobredosis", "mi", "novio")),
    ],
)
def test_what_is_written_badly_is_read_as_meant(text: str, words: tuple[str, ...]) -> None:
    assert READER.words(text)[-len(words) - 1 : -1] == words


def test_a_guess_is_the_same_every_time_and_a_text_of_nonsense_ends() -> None:
    nonsense = " ".join(string.ascii_lowercase[at % 20 : at % 20 + 6] + "qx" * (at % 9) for at in range(500))

    assert READER.words(nonsense) == Reader(load_patterns()).words(nonsense)
    assert len(READER.words(nonsense)) >= 500
