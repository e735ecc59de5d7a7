"""Reads the corpus of our own sentences, splits it once by a hash of the text, and measures a reader on it."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from peerbot.care.language import Category, Reader
from peerbot.care.levels import Level

FOLDER = Path(__file__).parent / "corpus"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence with what a reader should say of it."""

    text: str
    locale: str
    level: Level
    category: Category
    kind: str
    register: str

    @property
    def is_test(self) -> bool:
        """Two of five texts belong to the test part, for ever, whatever is added to the corpus later."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 5 < 2


@dataclass(frozen=True, slots=True)
class Score:
    """How often a reading at or above a level was right."""

    right: int
    expected: int
    raised: int
    total: int

    @property
    def precision(self) -> float:
        return self.right / self.raised if self.raised else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def false_alarms(self) -> float:
        others = self.total - self.expected
        return (self.raised - self.right) / others if others else 0.0


def samples() -> Iterator[Sample]:
    """Every sentence of the corpus, in the order of its files."""
    for path in sorted(FOLDER.glob("*.txt")):
        head: tuple[str, ...] = ()
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@ "):
                head = tuple(line[2:].split())
            elif line and not line.startswith("# "):
                level, category, kind, register = head
                yield Sample(line, path.name[:2], Level[level], Category(category), kind, register)


def learnt() -> Iterator[tuple[str, str, bool]]:
    """The batches written blind and then learnt from: name of the batch, text, whether it is urgent."""
    yield from _batches("learnt")


def fresh() -> Iterator[tuple[str, str, bool]]:
    """Batches written blind that nobody looked at and nothing was learnt from; they stay so."""
    yield from _batches("fresh")


def _batches(folder: str) -> Iterator[tuple[str, str, bool]]:
    for path in sorted((FOLDER / folder).glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, text = line.split("\t", 1)
            yield path.stem, text, label == "urgent"


def scored(reader: Reader, texts: Iterable[Sample], *, at: Level = Level.URGENT) -> Score:
    """Compare levels only: raised means read at `at` or above."""
    right = expected = raised = total = 0
    for sample in texts:
        read = reader.screen(sample.text, sample.locale).level >= at
        wanted = sample.level >= at
        right += read and wanted
        expected += wanted
        raised += read
        total += 1
    return Score(right, expected, raised, total)


def scored_category(reader: Reader, texts: Iterable[Sample], category: Category) -> Score:
    """Compare one category: right means that category at any level above LOG."""
    right = expected = raised = total = 0
    for sample in texts:
        reading = reader.screen(sample.text, sample.locale)
        read = reading.category is category and reading.level > Level.LOG
        wanted = sample.category is category
        right += read and wanted
        expected += wanted
        raised += read
        total += 1
    return Score(right, expected, raised, total)
