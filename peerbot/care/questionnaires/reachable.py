"""Finds questions that no answers can lead to, without trying every path.

1. A question's condition is spread into alternatives: sets of values allowed for each question it looks at.
2. Going upwards, a question an alternative looks at is either answered, so that its own condition holds too, or passed
   over, so that it fails.
3. An alternative with an empty set, or with a subscale that cannot come to the points wanted, falls away.

A question with no alternative left is unreachable. A reachable question is never called unreachable. What it does not
see: two subscales that share items and exclude each other, and points of a `several` that its condition rules out.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from peerbot.care.questionnaires.model import (
    SKIPPED,
    AnswerAbove,
    AnswerIn,
    Combine,
    Condition,
    Either,
    Every,
    Kind,
    Not,
    ProfileIs,
    Question,
    Questionnaire,
    SubscaleWithin,
)
from peerbot.care.questionnaires.points import points_range, turned, worth

_Given = int | str | None
_PASSED_OVER: _Given = None
_CHOSEN, _NOT_CHOSEN = 1, 0
_Key = tuple[str, str]
"""(question, "") · (question, option) for each option of a `several` · ("", fact) for the profile."""
_Allowed = Mapping[_Key, frozenset[_Given]]


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One way a condition can hold. `sums`: subscales that must lie within bounds (True) or must not (False)."""

    allowed: _Allowed = field(default_factory=dict)
    sums: tuple[tuple[SubscaleWithin, bool], ...] = ()

    def narrowed(self, wanted: _Allowed) -> "_Alternative":
        """The same, with fewer values allowed."""
        allowed = dict(self.allowed)
        for key, values in wanted.items():
            allowed[key] = allowed[key] & values if key in allowed else values
        return _Alternative(allowed, self.sums)

    def is_empty(self) -> bool:
        """Whether some question is left without any value."""
        return not all(self.allowed.values())


def unreachable(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The ids of questions that no answers and no profile lead to."""
    search = _Search(questionnaire)
    return tuple(q.id for q in questionnaire.questions if q.when is not None and not search.can_hold(q.when))


class _Search:
    """Walks lazily, so that the first way that works ends the search, and an empty one is never spread further."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._questionnaire = questionnaire
        self._questions = {question.id: question for question in questionnaire.questions}
        self._upwards = tuple(reversed(questionnaire.questions))

    def can_hold(self, condition: Condition) -> bool:
        return any(self._settle(found, 0) for found in self._spread(_Alternative(), condition, holds=True))

    def _spread(self, base: _Alternative, condition: Condition, *, holds: bool) -> Iterator[_Alternative]:
        """Every way in which `condition` holds (or fails) on top of `base`."""
        match condition:
            case Not(of):
                yield from self._spread(base, of, holds=not holds)
            case Every(of) | Either(of) if isinstance(condition, Every) is holds:
                # Plain parts first: a contradiction among them ends this way before any list is spread.
                plain_first = sorted(of, key=lambda part: isinstance(part, Every | Either | Not))
                yield from self._together(base, plain_first, holds=holds)
            case Every(of) | Either(of):
                for part in of:
                    yield from self._spread(base, part, holds=holds)
            case ProfileIs(fact, expected):
                yield base.narrowed({("", fact): frozenset({_CHOSEN if expected is holds else _NOT_CHOSEN})})
            case SubscaleWithin():
                yield _Alternative(base.allowed, (*base.sums, (condition, holds)))
            case AnswerAbove():
                yield base
            case AnswerIn(question_id, values):
                for wanted in _answered(self._questions[question_id], values, holds=holds):
                    yield base.narrowed(wanted)

    def _together(self, base: _Alternative, conditions: list[Condition], *, holds: bool) -> Iterator[_Alternative]:
        if not conditions:
            yield base
            return
        for one in self._spread(base, conditions[0], holds=holds):
            if not one.is_empty():
                yield from self._together(one, conditions[1:], holds=holds)

    def _settle(self, alternative: _Alternative, at: int) -> bool:
        """Whether the alternative can come true, looking at the questions from the `at`-th last one upwards."""
        if alternative.is_empty():
            return False
        if at == len(self._upwards):
            return all(self._comes_to(alternative, within.subscale) for within, _ in alternative.sums)
        question = self._upwards[at]
        if question.when is None or not self._looked_at(alternative, question):
            return self._settle(alternative, at + 1)
        answered = frozenset[_Given](_domain(question) - {_PASSED_OVER})
        for holds, values in ((True, answered), (False, frozenset({_PASSED_OVER}))):
            narrowed = alternative.narrowed({(question.id, ""): values})
            if not narrowed.is_empty() and any(
                self._settle(own, at + 1) for own in self._spread(narrowed, question.when, holds=holds)
            ):
                return True
        return False

    def _looked_at(self, alternative: _Alternative, question: Question) -> bool:
        if any(question_id == question.id for question_id, _ in alternative.allowed):
            return True
        subscales = [self._questionnaire.subscale(within.subscale) for within, _ in alternative.sums]
        return any(subscale is not None and question.id in subscale.items for subscale in subscales)

    def _comes_to(self, alternative: _Alternative, subscale_id: str) -> bool:
        """Whether the allowed answers can give points that fit everything the alternative wants of this subscale."""
        subscale = self._questionnaire.subscale(subscale_id)
        if subscale is None:
            return False
        combine = max if subscale.combine is Combine.MAX else sum
        totals: set[int] = set()
        for item in subscale.items:
            question = self._questions[item]
            values = alternative.allowed.get((item, ""), _domain(question))
            points = _points(question, values, reverse=item in subscale.reversed)
            totals = {combine((before, now)) for before in totals for now in points} if totals else points
        wanted = [(within, holds) for within, holds in alternative.sums if within.subscale == subscale_id]
        return any(all((w.low <= total <= w.high) is holds for w, holds in wanted) for total in totals)


def _points(question: Question, values: frozenset[_Given], *, reverse: bool) -> set[int]:
    if question.kind is Kind.SEVERAL:
        low, high = points_range(question)
        return set(range(low, high + 1))
    found = [worth(question, value) for value in values]
    return {0 if points is None else turned(question, points) if reverse else points for points in found}


def _answered(question: Question, values: frozenset[int | str], *, holds: bool) -> Iterator[_Allowed]:
    """What must be so for the answer to be (or not to be) among the values; a `several` holds any of its options."""
    if question.kind is not Kind.SEVERAL:
        yield {(question.id, ""): frozenset[_Given](values) if holds else _domain(question) - values}
    elif holds:
        for value in sorted(values, key=str):
            yield _with(question, value)
    else:
        yield {key: allowed for value in values for key, allowed in _without(question, value).items()}


def _with(question: Question, value: int | str) -> _Allowed:
    """What must be so for a `several` to hold this option; SKIPPED stands for the whole question."""
    if value == SKIPPED:
        return {(question.id, ""): frozenset({SKIPPED})}
    return {
        (question.id, ""): frozenset[_Given](_domain(question) - {SKIPPED, _PASSED_OVER}),
        (question.id, str(value)): frozenset({_CHOSEN}),
    }


def _without(question: Question, value: int | str) -> _Allowed:
    if value == SKIPPED:
        return {(question.id, ""): frozenset[_Given](_domain(question) - {SKIPPED})}
    return {(question.id, str(value)): frozenset({_NOT_CHOSEN})}


def _domain(question: Question) -> frozenset[_Given]:
    """Everything that may stand for an answer: values, "skipped" where allowed, passed over where conditional."""
    values: set[_Given] = {option.id for option in question.options} or set(range(question.low, question.high + 1))
    if question.skippable:
        values.add(SKIPPED)
    if question.when is not None:
        values.add(_PASSED_OVER)
    return frozenset(values)
