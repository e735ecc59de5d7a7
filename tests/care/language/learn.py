"""Learns the weights of words and the scale from our own sentences and writes them to content/language/leaning.toml.

Run: python -m tests.care.language.learn

Learnt from are the development part of the corpus, the examples beside the patterns and the batches in corpus/learnt;
the test part of the corpus and corpus/fresh are never touched. Plain logistic regression, no chance in it: the same
sentences give the same numbers.

The scale (what words and patterns say together) is learnt from the batches that neither of the two had seen: patterns
were shaped before `BLIND`, and each third of those batches is weighed with words learnt without it.
"""

import dataclasses
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from multiprocessing import Pool
from operator import mul

from peerbot.care.language import Kind, Patterns, Reader
from peerbot.care.language.leaning import FEWEST, evidence, features, lean
from peerbot.care.language.reader import length_of
from peerbot.care.levels import Level
from peerbot.content_files import CONTENT
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import learnt, samples

ROUNDS = 120
PULL = 30.0  # how much one sentence counts against the wish for small weights
SCALE_PULL = 0.2
LEAST = 30  # hundredths; smaller weights are left out: measured, they change nothing
BLIND = 31  # batches from this number on were written after the patterns had been shaped on the others
SAID = 5
THIRDS = 3
EXAMPLES = 3  # how often each example beside a pattern counts
HEAD = """# Written by `python -m tests.care.language.learn`, never by hand: what each word, beginning, two or three
# words side by side or word beside a mark weighs, and what that and the patterns say together (hundredths; above 0 is
# danger), learnt from our own sentences. `care/language/leaning.py` adds up. [said]: how often our own sentences say a
# word, as a power of two, for `care/language/guessing.py`.

"""

Example = tuple[Sequence[str], Sequence[float], int]
Numbers = tuple[dict[str, int], int]


@dataclasses.dataclass(frozen=True, slots=True)
class Learnt:
    """Everything that goes into the file: `said` as powers of two, the rest in hundredths."""

    said: dict[str, int]
    words: dict[str, int]
    bias: int
    scale: dict[str, int]


def examples(held: int | None = None) -> Iterator[tuple[str, bool]]:
    """Text and whether it is urgent; calm long texts also sentence by sentence. `held`: a third that is left out."""
    for sample in samples():
        if not sample.is_test:
            yield sample.text, sample.level >= Level.URGENT
    for pattern in load_patterns().patterns:  # the examples beside a pattern have to stay true whatever is learnt
        yield from ((text, False) for text in pattern.silent * EXAMPLES)
        if pattern.kind is Kind.DANGER and pattern.level >= Level.URGENT:
            yield from ((text, True) for text in pattern.fires * EXAMPLES)
    for batch, text, urgent in learnt():
        if held is not None and third(batch) == held:
            continue
        yield text, urgent
        if not urgent and batch.startswith(("forum", "recovery")):
            yield from ((part, False) for part in text.split(". ") if len(part.split()) > 3)


def third(batch: str) -> int | None:
    """Which third of the blind batches this one belongs to; None for those the patterns were shaped on."""
    number = int(batch.rsplit("_", 1)[1])
    return number % THIRDS if number >= BLIND else None


def learn(patterns: Patterns, *, rounds: int = ROUNDS) -> Learnt:
    """The weights of words, and the scale they and the patterns are put on."""
    patterns = dataclasses.replace(patterns, said={})
    patterns = dataclasses.replace(patterns, said=said(patterns))
    with Pool() as pool:
        fitted = pool.starmap(weigh_words, [(patterns, held, rounds) for held in (None, *range(THIRDS))])
    alone = Reader(dataclasses.replace(patterns, weights={}))
    rows: list[Example] = []
    for batch, text, urgent in learnt():
        if (held := third(batch)) is not None:
            words = alone.words(text)
            weight = lean(words, *fitted[1 + held]).weight
            laid = list(evidence(weight, alone.screen(text, "en"), length_of(len(words))))
            rows.append(([name for name, _ in laid], [amount for _, amount in laid], 1 if urgent else -1))
    scale, _ = _descend(rows, SCALE_PULL, 3 * rounds, biased=False)
    words_weigh, bias = fitted[0]
    hundredths = {name: round(weight * 100) for name, weight in sorted(scale.items())}
    return Learnt(dict(patterns.said), words_weigh, bias, hundredths)


def said(patterns: Patterns) -> dict[str, int]:
    """The words said in at least `SAID` texts, each with the power of two below how often."""
    reader = Reader(patterns)
    count = Counter(word for text, _ in examples() for word in set(reader.words(text)) if word.isalpha())
    return {word: number.bit_length() - 1 for word, number in sorted(count.items()) if number >= SAID}


def weigh_words(patterns: Patterns, held: int | None, rounds: int) -> Numbers:
    """The weights of words and the bias in hundredths, learnt without the third that is held out."""
    reader = Reader(patterns)
    read = [(sorted({name for _, name in features(reader.words(text))}), urgent) for text, urgent in examples(held)]
    count = Counter(name for names, _ in read for name in names)
    rows: list[Example] = []
    for names, urgent in read:
        known = [name for name in names if count[name] >= 2]
        rows.append((known, [1 / max(FEWEST, len(known)) ** 0.5] * len(known), 1 if urgent else -1))
    weights, bias = _descend(rows, PULL, rounds, biased=True)
    kept = {name: round(weight * 100) for name, weight in weights.items() if abs(round(weight * 100)) >= LEAST}
    return kept, round(bias * 100)


def _descend(rows: list[Example], pull: float, rounds: int, *, biased: bool) -> tuple[dict[str, float], float]:
    """Gradient steps, each weight with a pace of its own (Adagrad). The last weight is the bias."""
    place: dict[str, int] = {}
    numbered = [
        ([place.setdefault(name, len(place)) for name in names], amounts, sign) for names, amounts, sign in rows
    ]
    weights, paid = [0.0] * (len(place) + 1), [1e-9] * (len(place) + 1)
    for _ in range(rounds):
        slope = [weight / pull for weight in weights]
        slope[-1] = 0.0
        for places, amounts, sign in numbered:
            leaning = sign * (sum(map(mul, map(weights.__getitem__, places), amounts)) + weights[-1])
            push = -sign / (1 + math.exp(min(50.0, leaning)))
            slope[-1] += push * biased
            for at, amount in zip(places, amounts, strict=True):
                slope[at] += push * amount
        for at, value in enumerate(slope):
            paid[at] += value * value
            weights[at] -= 0.5 * value / math.sqrt(paid[at])
    return dict(zip(place, weights, strict=False)), weights[-1]


def written(numbers: Learnt) -> str:
    """The file: one line for each thing on the scale, and one for each number that occurs among the words."""
    scale = "\n".join(f'"{name}" = {weight}' for name, weight in numbers.scale.items())
    said, words = _by_number(numbers.said), _by_number(numbers.words)
    return f"{HEAD}bias = {numbers.bias}\n\n[scale]\n{scale}\n\n[said]\n{said}\n\n[words]\n{words}\n"


def _by_number(numbers: dict[str, int]) -> str:
    names: dict[int, list[str]] = defaultdict(list)
    for name, number in numbers.items():
        names[number].append(name)
    return "\n".join(f'"{number}" = "{_quoted(sorted(same))}"' for number, same in sorted(names.items()))


def _quoted(names: list[str]) -> str:
    return "|".join(names).replace('"', r"\"")


if __name__ == "__main__":
    result = learn(load_patterns())
    (CONTENT / "language" / "leaning.toml").write_text(written(result), encoding="utf-8")
    counts = f"{len(result.words)} weights, {len(result.scale)} on the scale, {len(result.said)} words said"
    sys.stdout.write(counts + "\n")
