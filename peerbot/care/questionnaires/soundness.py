"""Whether the parts of a questionnaire make a sound whole: names, bands, examples, and every question within reach.

The loader asks once at the start and refuses the file; nothing here runs while people answer.
"""

from collections.abc import Iterator
from itertools import pairwise

from peerbot.care.questionnaires.flow import applicable, next_question
from peerbot.care.questionnaires.model import Combine, Example, Questionnaire, Subscale
from peerbot.care.questionnaires.points import carries_points, points_range
from peerbot.care.questionnaires.reachable import unreachable
from peerbot.care.questionnaires.scoring import score
from peerbot.care.questionnaires.words import phrases

Mistake = tuple[str, str]
"""(entry, reason)"""


def mistakes(questionnaire: Questionnaire) -> Iterator[Mistake]:
    """What is wrong with it, in plain sentences; nothing when it may be used."""
    yield from _subscale_mistakes(questionnaire)
    yield from _twins(questionnaire)
    yield from _double_meanings(questionnaire)
    for question_id in unreachable(questionnaire):
        yield f"question {question_id}", "no answers can ever lead to this question"
    yield from _band_mistakes(questionnaire)
    if questionnaire.subscales and not questionnaire.examples:
        yield "examples", "a scored questionnaire needs at least one worked example"
    for example in questionnaire.examples:
        yield from _example_mistakes(questionnaire, example)


def _twins(questionnaire: Questionnaire) -> Iterator[Mistake]:
    names = {
        "subscale": [subscale.id for subscale in questionnaire.subscales],
        "check": [check.id for check in questionnaire.checks],
        "example": [example.name for example in questionnaire.examples],
        "follow-up": [follow_up.questionnaire for follow_up in questionnaire.follow_ups],
    }
    for what, ids in names.items():
        for twin in sorted({name for name in ids if ids.count(name) > 1}):
            yield f"{what} {twin}", "stands twice"


def _double_meanings(questionnaire: Questionnaire) -> Iterator[Mistake]:
    """A typed phrase that two options of one question claim in one language would never be understood."""
    for question in questionnaire.questions:
        for locale in sorted({key for option in question.options for key in (*option.label, *option.words)}):
            owners: dict[str, str] = {}
            for option in question.options:
                for phrase in {" ".join(words) for words in phrases(option, locale)}:
                    owner = owners.setdefault(phrase, option.id)
                    if owner != option.id:
                        yield (
                            f"question {question.id}",
                            f'"{phrase}" in "{locale}" means both "{owner}" and "{option.id}"',
                        )


def _subscale_mistakes(questionnaire: Questionnaire) -> Iterator[Mistake]:
    for subscale in questionnaire.subscales:
        entry = f"subscale {subscale.id}"
        if not subscale.items:
            yield entry, "has no items"
        if len(set(subscale.items)) < len(subscale.items):
            yield entry, "names an item twice"
        for item in subscale.items:
            question = questionnaire.question(item)
            if question is None:
                yield entry, f'refers to the unknown question "{item}"'
            elif not carries_points(question):
                yield entry, f'"{item}" carries no points'
        for item in sorted(subscale.reversed - set(subscale.items)):
            yield entry, f'reverses "{item}", which is not one of its items'
    if questionnaire.total is not None and questionnaire.subscale(questionnaire.total) is None:
        yield "total", f'refers to the unknown subscale "{questionnaire.total}"'


def _band_mistakes(questionnaire: Questionnaire) -> Iterator[Mistake]:
    for band in questionnaire.bands:
        if questionnaire.subscale(band.subscale) is None:
            yield f"band {band.id}", f'refers to the unknown subscale "{band.subscale}"'
        if band.low > band.high:
            yield f"band {band.id}", '"low" is above "high"'
    for subscale in questionnaire.subscales:
        bands = sorted(
            (band for band in questionnaire.bands if band.subscale == subscale.id), key=lambda band: band.low
        )
        if len({band.id for band in bands}) < len(bands):
            yield f"subscale {subscale.id}", "has two bands with the same id"
        for lower, upper in pairwise(bands):
            if upper.low <= lower.high:
                yield f"band {upper.id}", f'overlaps with the band "{lower.id}"'
            elif upper.low != lower.high + 1:
                yield f"band {upper.id}", f'leaves a gap after the band "{lower.id}"'
        low, high = _range(questionnaire, subscale)
        if bands and (bands[0].low > low or bands[-1].high < high):
            yield f"subscale {subscale.id}", f"bands must cover {low} to {high}"


def _range(questionnaire: Questionnaire, subscale: Subscale) -> tuple[int, int]:
    ranges = []
    for question in questionnaire.questions:
        if question.id in subscale.items:
            low, high = points_range(question)
            if question.when is not None and subscale.unasked is not None:
                low, high = min(low, subscale.unasked), max(high, subscale.unasked)
            ranges.append((low, high))
    lows, highs = [low for low, _ in ranges], [high for _, high in ranges]
    return (sum(lows), sum(highs)) if subscale.combine is Combine.SUM else (max(lows), max(highs))


def _example_mistakes(questionnaire: Questionnaire, example: Example) -> Iterator[Mistake]:
    entry = f"example {example.name}"
    asked = {question.id for question in applicable(questionnaire, example.answers, example.profile)}
    for stray in sorted(set(example.answers) - asked):
        yield entry, f'answers "{stray}", which is not asked on this path'
    if (next_question(questionnaire, example.answers, example.profile) is None) != example.complete:
        yield entry, "is not complete" if example.complete else "is complete"
    found = score(questionnaire, example.answers, example.profile)
    for name, points in example.subscales.items():
        if name not in found.subscales:
            yield entry, f'expects the unknown subscale "{name}"'
        elif found.subscales[name] != points:
            yield entry, f'expects {_said(points)} for "{name}", the answers come to {_said(found.subscales[name])}'
    for name, band in example.bands.items():
        if found.bands.get(name) != band:
            yield entry, f'expects the band "{band}" for "{name}", the answers give "{found.bands.get(name, "none")}"'
    if set(found.inconsistencies) != example.inconsistencies:
        listed = ", ".join(found.inconsistencies) or "none"
        yield entry, f"expects other inconsistencies than the answers give: {listed}"


def _said(points: int | None) -> str:
    return "no number" if points is None else str(points)
