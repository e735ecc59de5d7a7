"""Prints how well the reader reads our own corpus, as the tables of docs/clinical.md.

Run: python -m tests.care.language.report
"""

import sys
from collections.abc import Iterable

from peerbot.care.language import Category, Reader
from peerbot.care.levels import Level
from peerbot.content_files.language import load_patterns
from tests.care.language.corpus_reader import Sample, Score, samples, scored, scored_category


def tables(reader: Reader, texts: Iterable[Sample]) -> str:
    """Markdown: urgent or not, per language; what ordinary talk is raised; each category."""
    parts = [(locale, part, _part(texts, locale, part)) for locale in ("en", "es") for part in ("development", "test")]
    lines = [
        "| language | part | sentences | urgent: precision | recall | false alarms | ordinary recovery talk raised |",
        "|---|---|---|---|---|---|---|",
    ]
    for locale, part, some in parts:
        urgent = scored(reader, some)
        raised = scored(reader, [sample for sample in some if sample.kind == "recovery"], at=Level.DIGEST)
        lines.append(f"| {locale} | {part} | {len(some)} | {_figures(urgent)} | {raised.false_alarms:.3f} |")
    lines += ["", "| category | language | part | sentences | precision | recall |", "|---|---|---|---|---|---|"]
    for category in Category:
        if category is not Category.NONE:
            for locale, part, some in parts:
                score = scored_category(reader, some, category)
                figures = f"{score.expected} | {score.precision:.2f} | {score.recall:.2f}"
                lines.append(f"| {category} | {locale} | {part} | {figures} |")
    return "\n".join(lines)


def _part(texts: Iterable[Sample], locale: str, part: str) -> list[Sample]:
    return [sample for sample in texts if sample.locale == locale and sample.is_test == (part == "test")]


def _figures(score: Score) -> str:
    return f"{score.precision:.3f} | {score.recall:.3f} | {score.false_alarms:.3f}"


if __name__ == "__main__":
    sys.stdout.write(tables(Reader(load_patterns()), list(samples())) + "\n")
