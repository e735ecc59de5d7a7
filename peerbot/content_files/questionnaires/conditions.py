"""Reads a condition: a small TOML table such as { question = "use", is = "alcohol" } or { any = [ … ] }.

{ question = "use", is = "no" } · in = ["alcohol", "other"] · at_least = 3 · at_most = 6
{ question = "heavy-days", above = "alcohol-days" }    only in [[checks]]
{ profile = "medication" } · is = false
{ subscale = "phq-2", at_least = 3 }
{ all = [ … ] } · { any = [ … ] } · { not = { … } }
"""

from collections.abc import Mapping

from peerbot.care.questionnaires.model import (
    PROFILE_FACTS,
    SKIPPED,
    AnswerAbove,
    AnswerIn,
    Condition,
    Either,
    Every,
    Kind,
    Not,
    ProfileIs,
    Question,
    Subscale,
    SubscaleWithin,
)
from peerbot.content_files.questionnaires.table import Table

_FORMS = ("question", "profile", "subscale", "all", "any", "not")
_BOUNDLESS = 10_000
_ASKABLE = (Kind.CHOICE, Kind.YESNO, Kind.SEVERAL, Kind.SCALE, Kind.DAYS)


class Known:
    """What a condition may refer to: the questions before it, and subscales made of those alone."""

    def __init__(
        self, questions: Mapping[str, Question], subscales: Mapping[str, Subscale], *, comparing: bool
    ) -> None:
        self.questions, self.subscales, self.comparing = questions, subscales, comparing

    def condition(self, table: Table) -> Condition:
        """Read one condition, or refuse it."""
        forms = [form for form in _FORMS if table.has(form)]
        if len(forms) != 1:
            table.wrong(f"a condition needs exactly one of {', '.join(_FORMS)}")
        read = {"question": self._answer, "profile": self._profile, "subscale": self._subscale, "not": self._not}
        found = self._list(table, forms[0]) if forms[0] in ("all", "any") else read[forms[0]](table)
        table.done()
        return found

    def _list(self, table: Table, form: str) -> Condition:
        parts = tuple(self.condition(Table(table.file, table.entry, raw)) for raw in table.items(form))
        if not parts:
            table.wrong(f'"{form}" needs at least one condition')
        return Every(parts) if form == "all" else Either(parts)

    def _not(self, table: Table) -> Condition:
        return Not(self.condition(Table(table.file, table.entry, table.raw("not"))))

    def _profile(self, table: Table) -> Condition:
        fact = table.text("profile")
        if fact not in PROFILE_FACTS:
            table.wrong(f'unknown profile fact "{fact}", known are {", ".join(sorted(PROFILE_FACTS))}')
        return ProfileIs(fact, table.flag("is", default=True))

    def _subscale(self, table: Table) -> Condition:
        subscale = table.text("subscale")
        if subscale not in self.subscales:
            table.wrong(f'the condition refers to the unknown or unfinished subscale "{subscale}"')
        low, high = self._bounds(table)
        return SubscaleWithin(subscale, low, high)

    def _bounds(self, table: Table) -> tuple[int, int]:
        if not table.has("at_least") and not table.has("at_most"):
            table.wrong('the condition needs "at_least" or "at_most"')
        return table.number("at_least", -_BOUNDLESS), table.number("at_most", _BOUNDLESS)

    def _answer(self, table: Table) -> Condition:
        question = self._question(table, table.text("question"))
        if table.has("above"):
            return self._above(table, question)
        if table.has("is") or table.has("in"):
            values = [table.raw("is")] if table.has("is") else table.items("in")
        else:
            low, high = self._bounds(table)
            if question.kind not in (Kind.SCALE, Kind.DAYS):
                table.wrong(f'"{question.id}" is not answered with a number')
            values = [value for value in range(question.low, question.high + 1) if low <= value <= high]
        if not values:
            table.wrong(f'no answer to "{question.id}" can meet this condition')
        return AnswerIn(question.id, frozenset(self._value(table, question, value) for value in values))

    def _question(self, table: Table, question_id: str) -> Question:
        question = self.questions.get(question_id)
        if question is None:
            table.wrong(f'the condition refers to the unknown or later question "{question_id}"')
        if question.kind not in _ASKABLE:
            table.wrong(f'a condition cannot look at "{question_id}": it is answered in free form')
        return question

    def _above(self, table: Table, question: Question) -> Condition:
        other = self._question(table, table.text("above"))
        if not self.comparing:
            table.wrong('"above" may stand only in [[checks]]')
        if any(q.kind not in (Kind.SCALE, Kind.DAYS) for q in (question, other)):
            table.wrong('"above" compares two answers in numbers')
        return AnswerAbove(question.id, other.id)

    def _value(self, table: Table, question: Question, value: object) -> int | str:
        if value == SKIPPED and question.skippable:
            return SKIPPED
        if question.kind in (Kind.SCALE, Kind.DAYS):
            fits = isinstance(value, int) and not isinstance(value, bool) and question.low <= value <= question.high
        else:
            fits = isinstance(value, str) and question.option(value) is not None
        if not fits or not isinstance(value, int | str):
            table.wrong(f'"{value}" is not an answer to "{question.id}"')
        return value
