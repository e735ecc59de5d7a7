"""Learns the weights of words from our own sentences and writes them to content/language/leaning.toml.

Run: python -m tests.care.language.learn

Learnt from are the development part of the corpus, the examples beside the patterns and the batches in corpus/learnt;
the test part of the corpus and corpus/fresh are never touched. Plain logistic regression, no chance in it: the same
sentences give the same weights.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

from peerbot.care.language import Kind, Reader
from peerbot.care.language.leaning import features
from peerbot.care.levels import Level
from peerbot.content_files import CONTENT
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import learnt, samples

ROUNDS = 120
PULL = 10.0  # how much one sentence counts against the wish for small weights
LEAST = 4  # hundredths; smaller weights are left out
HEAD = """# Written by `python -m tests.care.language.learn`, never by hand: what each word, beginning of a word or pair
# of words weighs (hundredths; above 0 is danger), learnt from our own sentences. `care/language/leaning.py` adds up.

"""

Example = tuple[list[str], float, int]


def examples(held: str = "") -> Iterator[tuple[str, bool]]:
    """Text and whether it is urgent; calm long texts also sentence by sentence. `held`: a batch that is left out."""
    for sample in samples():
        if not sample.is_test:
            yield sample.text, sample.level >= Level.URGENT
    for pattern in load_patterns().patterns:  # what stands beside the patterns is made of the same care
        yield from ((text, False) for text in pattern.silent)
        if pattern.kind is Kind.DANGER and pattern.level >= Level.URGENT:
            yield from ((text, True) for text in pattern.fires)
    for batch, text, urgent in learnt():
        if held and batch.endswith(held):
            continue
        yield text, urgent
        if not urgent and batch.startswith(("forum", "recovery")):
            yield from ((part, False) for part in text.split(". ") if len(part.split()) > 3)


def learn(reader: Reader, held: str = "", *, rounds: int = ROUNDS) -> tuple[dict[str, int], int]:
    """The weights and the bias in hundredths."""
    read = [(sorted({name for _, name in features(reader.words(text))}), urgent) for text, urgent in examples(held)]
    count = Counter(name for names, _ in read for name in names)
    rows: list[Example] = []
    for names, urgent in read:
        known = [name for name in names if count[name] >= 2]
        rows.append((known, 1 / max(6, len(known)) ** 0.5, 1 if urgent else -1))
    weights, bias = _descend(rows, rounds)
    kept = {name: round(weight * 100) for name, weight in weights.items() if abs(round(weight * 100)) >= LEAST}
    return kept, round(bias * 100)


def _descend(rows: list[Example], rounds: int) -> tuple[dict[str, float], float]:
    """Gradient steps, each weight with a pace of its own (Adagrad)."""
    weights: dict[str, float] = defaultdict(float)
    paid: dict[str, float] = defaultdict(float)
    bias = bias_paid = 0.0
    for _ in range(rounds):
        slope: dict[str, float] = {name: weight / PULL for name, weight in weights.items()}
        bias_slope = 0.0
        for names, scale, sign in rows:
            leaning = sign * (scale * sum(weights[name] for name in names) + bias)
            push = -sign / (1 + math.exp(min(50.0, leaning)))
            bias_slope += push
            for name in names:
                slope[name] = slope.get(name, 0.0) + push * scale
        for name, value in slope.items():
            paid[name] += value * value
            weights[name] -= 0.5 * value / math.sqrt(paid[name] + 1e-9)
        bias_paid += bias_slope * bias_slope
        bias -= 0.5 * bias_slope / math.sqrt(bias_paid + 1e-9)
    return weights, bias


def written(weights: dict[str, int], bias: int) -> str:
    """The file: one line for each weight that occurs."""
    by_weight: dict[int, list[str]] = defaultdict(list)
    for name, weight in weights.items():
        by_weight[weight].append(name)
    lines = [f'"{weight}" = "{"|".join(sorted(names))}"' for weight, names in sorted(by_weight.items())]
    return f"{HEAD}bias = {bias}\n\n[words]\n" + "\n".join(lines) + "\n"


if __name__ == "__main__":
    weights, bias = learn(Reader(load_patterns()))
    (CONTENT / "language" / "leaning.toml").write_text(written(weights, bias), encoding="utf-8")
    sys.stdout.write(f"{len(weights)} weights, bias {bias}\n")
