"""What the reader makes of texts it has never seen: the floors may rise, and the texts are not to be learnt from."""

import pytest

from peerbot.care.language import Reader
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import fresh, learnt

READER = Reader(load_patterns())
# register: least share of urgent texts read at SAME_DAY or above, most others so read. What is wished for stands in
# docs/clinical.md.
FLOORS = {
    "chat_en": (0.83, 0.06),
    "chat_es": (0.81, 0.07),
    "forum_en": (0.79, 0.08),
    "forum_es": (0.9, 0.03),
    "adversarial_es": (0.89, 0.25),
    "recovery_en": (1.0, 0.04),
}


@pytest.mark.parametrize("register", FLOORS)
def test_texts_that_were_never_learnt_from_are_read_as_well_as_written_down(register: str) -> None:
    texts = [(text, urgent) for batch, text, urgent in fresh() if batch.startswith(register)]
    raised = {text for text, _ in texts if READER.screen(text, register[-2:]).level >= Level.SAME_DAY}
    right = [text in raised for text, urgent in texts if urgent]
    wrong = [text in raised for text, urgent in texts if not urgent]
    recall, false_alarms = FLOORS[register]

    assert not right or sum(right) / len(right) >= recall
    assert sum(wrong) / len(wrong) <= false_alarms


def test_nothing_is_learnt_from_the_fresh_texts() -> None:
    known = {text for _, text, _ in learnt()}

    assert not [text for _, text, _ in fresh() if text in known]
