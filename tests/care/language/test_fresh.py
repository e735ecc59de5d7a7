"""What the reader makes of texts it has never seen: the floors may rise, and the texts are not to be learnt from."""

import pytest

from peerbot.care.language import Reader
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import fresh, learnt

READER = Reader(load_patterns())
# register: least share of urgent texts read at URGENT or above, most others so read, most others read at SAME_DAY or
# above. What is wished for stands in docs/clinical.md.
FLOORS = {
    "chat_en": (0.91, 0.015, 0.065),
    "chat_es": (0.88, 0.02, 0.075),
    "forum_en": (0.84, 0.01, 0.11),
    "forum_es": (0.84, 0.01, 0.03),
    "adversarial_en": (0.865, 0.05, 0.12),
    "adversarial_es": (0.885, 0.045, 0.125),
    "recovery_en": (1.0, 0.01, 0.03),
}


@pytest.mark.parametrize("register", FLOORS)
def test_texts_that_were_never_learnt_from_are_read_as_well_as_written_down(register: str) -> None:
    texts = [(text, urgent) for batch, text, urgent in fresh() if batch.startswith(register)]
    read = [(READER.screen(text, register[-2:]).level, urgent) for text, urgent in texts]
    right = [level >= Level.URGENT for level, urgent in read if urgent]
    others = [level for level, urgent in read if not urgent]
    recall, called, same_day = FLOORS[register]

    assert not right or sum(right) / len(right) >= recall
    assert sum(level >= Level.URGENT for level in others) / len(others) <= called
    assert sum(level >= Level.SAME_DAY for level in others) / len(others) <= same_day


def test_nothing_is_learnt_from_the_fresh_texts() -> None:
    known = {text for _, text, _ in learnt()}

    assert not [text for _, text, _ in fresh() if text in known]
