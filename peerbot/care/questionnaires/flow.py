"""Which question comes next, and which were asked: a pure walk along the conditions. Scores live in scoring.py.

A condition may look only at earlier questions (the loader sees to it), so one walk downwards settles all of it.
While an earlier answer is still missing a condition is *open* (None): neither asked nor passed over. Answers that are
no longer on the path are never looked at, so a correction upstream takes effect at once, dropped or not.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from peerbot.care.questionnaires.model import (
    AnswerAbove,
    AnswerIn,
    Answers,
    Combine,
    Condition,
    Either,
    Every,
    FollowUp,
    Not,
    Profile,
    ProfileIs,
    Question,
    Questionnaire,
    SubscaleWithin,
    Value,
)
from peerbot.care.questionnaires.points import points_range, turned, worth


@dataclass(slots=True)
class Walk:
    """Where a person stands. `known` maps each settled question to its answer, or to None when it was passed over."""

    questionnaire: Questionnaire
    profile: Profile
    asked: dict[str, bool | None] = field(default_factory=dict)
    known: dict[str, Value | None] = field(default_factory=dict)


def walk(questionnaire: Questionnaire, answers: Answers, profile: Profile) -> Walk:
    """Settle for every question whether it is asked (True), passed over (False) or still open (None)."""
    path = Walk(questionnaire, profile)
    for question in questionnaire.questions:
        asked = True if question.when is None else holds(question.when, path)
        path.asked[question.id] = asked
        if asked is False:
            path.known[question.id] = None
        elif asked and question.id in answers:
            path.known[question.id] = answers[question.id]
    return path


def holds(condition: Condition, path: Walk) -> bool | None:
    """Whether the condition holds; None while an answer it needs is missing."""
    match condition:
        case ProfileIs(fact, expected):
            return bool(path.profile.get(fact)) is expected
        case AnswerIn(question, values):
            return None if question not in path.known else _among(path.known[question], values)
        case AnswerAbove(question, other):
            return _above(path.known, question, other)
        case SubscaleWithin():
            return _within(condition, path)
        case Not(of):
            inner = holds(of, path)
            return None if inner is None else not inner
        case Every(of):
            return _settled([holds(part, path) for part in of], decisive=False)
        case Either(of):
            return _settled([holds(part, path) for part in of], decisive=True)


def _among(value: Value | None, values: frozenset[int | str]) -> bool:
    if isinstance(value, tuple):
        return not values.isdisjoint(value)
    return value is not None and value in values


def _above(known: Mapping[str, Value | None], question: str, other: str) -> bool | None:
    if question not in known or other not in known:
        return None
    mine, theirs = known[question], known[other]
    return isinstance(mine, int) and isinstance(theirs, int) and mine > theirs


def _within(condition: SubscaleWithin, path: Walk) -> bool | None:
    low, high = reach(path, condition.subscale)
    if condition.low <= low and high <= condition.high:
        return True
    if high < condition.low or condition.high < low:
        return False
    return None


def reach(path: Walk, subscale_id: str) -> tuple[int, int]:
    """The fewest and the most points the subscale can still come to; equal once every item is settled."""
    subscale = path.questionnaire.subscale(subscale_id)
    if subscale is None:
        return 0, 0
    lows, highs = [], []
    for question in path.questionnaire.questions:
        if question.id not in subscale.items:
            continue
        if question.id in path.known:
            points = worth(question, path.known[question.id])
            if points is not None:
                points = turned(question, points) if question.id in subscale.reversed else points
            lows.append(points or 0)
            highs.append(points or 0)
        else:
            low, high = points_range(question)
            lows.append(min(low, 0))
            highs.append(max(high, 0))
    return (sum(lows), sum(highs)) if subscale.combine is Combine.SUM else (max(lows), max(highs))


def _settled(parts: list[bool | None], *, decisive: bool) -> bool | None:
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


def applicable(questionnaire: Questionnaire, answers: Answers, profile: Profile) -> tuple[Question, ...]:
    """The questions asked on the current path, answered or not, in order."""
    asked = walk(questionnaire, answers, profile).asked
    return tuple(question for question in questionnaire.questions if asked[question.id])


def next_question(questionnaire: Questionnaire, answers: Answers, profile: Profile) -> Question | None:
    """The first asked question without an answer; None when the questionnaire is complete."""
    return next((q for q in applicable(questionnaire, answers, profile) if q.id not in answers), None)


def previous_question(
    questionnaire: Questionnaire, answers: Answers, profile: Profile, current: Question | None
) -> Question | None:
    """The asked question before `current` (None: the end); None when there is nothing to go back to."""
    before: Question | None = None
    asked = {question.id for question in applicable(questionnaire, answers, profile)}
    for question in questionnaire.questions:
        if current is not None and question.id == current.id:
            return before
        if question.id in asked:
            before = question
    return before


def progress(questionnaire: Questionnaire, answers: Answers, profile: Profile, question: Question) -> tuple[int, int]:
    """(n, of): the place of `question` among those asked so far; `of` may grow as answers open branches."""
    asked = [q.id for q in applicable(questionnaire, answers, profile)]
    place = asked.index(question.id) + 1 if question.id in asked else 0
    return place, len(asked)


def drop_unreachable(questionnaire: Questionnaire, answers: Answers, profile: Profile) -> dict[str, Value]:
    """The answers without those a correction has taken off the path. Open ones stay: nothing is dropped on a guess."""
    asked = walk(questionnaire, answers, profile).asked
    return {key: value for key, value in answers.items() if asked.get(key, False) is not False}


def follow_ups(questionnaire: Questionnaire, answers: Answers, profile: Profile) -> tuple[FollowUp, ...]:
    """What must be asked at once because of these answers; look after every answer, not only at the end."""
    path = walk(questionnaire, answers, profile)
    return tuple(follow_up for follow_up in questionnaire.follow_ups if holds(follow_up.when, path))
