"""Turns the TOML of one questionnaire into care's types, refusing what is misspelt, missing or does not fit a button.

Whether the parts make a sound whole (reachable, banded, examples right) is judged by care/questionnaires/soundness.py.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from peerbot.care.levels import Level
from peerbot.care.questionnaires.model import (
    PROFILE_FACTS,
    REQUIRED_LOCALES,
    SKIPPED,
    Band,
    Bin,
    Check,
    Combine,
    Example,
    FollowUp,
    InvalidAnswer,
    Kind,
    Option,
    Profile,
    Question,
    Questionnaire,
    Subscale,
    Texts,
    Value,
)
from peerbot.care.questionnaires.values import check_value
from peerbot.content_files.questionnaires.conditions import Known
from peerbot.content_files.questionnaires.table import Table

LONGEST_ID = 24  # an option's id travels in a button of 64 bytes, beside the check-in and the question
LONGEST_QUESTION_ID = 16
LONGEST_LABEL = 40  # what a phone shows of one button without cutting it
LONGEST_TEXT = 600
WIDEST_SCALE = 11  # 0 to 10: what fits on two rows of buttons
LONGEST_ANSWER = 4096  # one Telegram message
LEVELS = {level.name.lower().replace("_", "-"): level for level in Level}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
YesNo = tuple[Option, Option]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the questions of one file have in common: yes and no, named sets of options, a line above each question."""

    yesno: YesNo
    option_sets: Mapping[str, tuple[Option, ...]]
    hint: Texts


def read_questionnaire(table: Table, yesno: YesNo) -> Questionnaire:
    """Read one file. Raises ContentError at the first mistake."""
    subscales = tuple(_subscale(entry) for entry in table.tables("subscales", "subscale"))
    shared = _Shared(yesno, _option_sets(table), _wording(table, "hint", required=False))
    questions = _questions(table, subscales, shared)
    if not questions:
        table.wrong("has no questions")
    by_id = {question.id: question for question in questions}
    known = Known(by_id, {subscale.id: subscale for subscale in subscales}, comparing=True)
    signed_by, signed_on = _signed(table)
    questionnaire = Questionnaire(
        id=_identity(table, LONGEST_ID),
        version=table.number("version"),
        title=_wording(table, "title"),
        intro=_wording(table, "intro", required=False),
        window=_wording(table, "window"),
        licence=table.text("licence"),
        source=table.text("source"),
        signed_by=signed_by,
        signed_on=signed_on,
        unverified=table.strings("unverified"),
        questions=questions,
        subscales=subscales,
        total=table.text("total") if table.has("total") else None,
        bands=tuple(_band(entry) for entry in table.tables("bands", "band")),
        checks=tuple(_check(entry, known) for entry in table.tables("checks", "check")),
        follow_ups=tuple(_follow_up(entry, known) for entry in table.tables("follow_ups", "follow-up")),
        examples=tuple(_example(entry, by_id) for entry in table.tables("examples", "example")),
    )
    table.done()
    if questionnaire.version < 1:
        table.wrong('"version" starts at 1')
    return questionnaire


def read_yesno(table: Table) -> YesNo:
    """Read the two answers every yes/no question has."""
    found = []
    for option_id in ("yes", "no"):
        entry = table.table(option_id)
        label = _wording(entry, "label", longest=LONGEST_LABEL)
        found.append(Option(id=option_id, label=label, words=entry.phrases("words")))
        entry.done()
    table.done()
    return found[0], found[1]


def _identity(table: Table, longest: int) -> str:
    found = table.text("id")
    if len(found) > longest:
        table.wrong(f"the id is longer than {longest} characters")
    if not _ID.fullmatch(found) or found == SKIPPED:
        table.wrong(f'the id "{found}" must be lower-case words joined by hyphens, and not "{SKIPPED}"')
    return found


def _wording(table: Table, key: str, *, required: bool = True, longest: int = LONGEST_TEXT) -> dict[str, str]:
    return table.texts(key, REQUIRED_LOCALES, required=required, longest=longest)


def _signed(table: Table) -> tuple[str, date | None]:
    if not table.has("signed"):
        return "", None
    entry = table.table("signed")
    by, on = entry.text("by", ""), entry.day("on")
    entry.done()
    if bool(by) != bool(on):
        entry.wrong('needs both "by" and "on"')
    return by, on


def _option_sets(table: Table) -> dict[str, tuple[Option, ...]]:
    """Read the sets of options that several questions use by name."""
    if not table.has("option_sets"):
        return {}
    sets = table.table("option_sets")
    return {name: _option_list(sets, name) for name in table.mapping("option_sets")}


def _questions(table: Table, subscales: tuple[Subscale, ...], shared: _Shared) -> tuple[Question, ...]:
    """Read the questions in order; a condition sees only what stands above it."""
    found: dict[str, Question] = {}
    for entry in table.tables("questions", "question"):
        finished = {scale.id: scale for scale in subscales if all(item in found for item in scale.items)}
        question = _question(entry, Known(found, finished, comparing=False), shared)
        entry.done()
        if question.id in found:
            entry.wrong("the id is taken by an earlier question")
        found[question.id] = question
    return tuple(found.values())


def _question(entry: Table, known: Known, shared: _Shared) -> Question:
    kind = entry.text("kind")
    if kind not in list(Kind):
        entry.wrong(f'unknown kind "{kind}", known are {", ".join(Kind)}')
    numeric = kind in (Kind.SCALE, Kind.DAYS)
    labelled = kind == Kind.SCALE
    low, high = (entry.number("low"), entry.number("high")) if numeric else (0, 0)
    if numeric and low >= high:
        entry.wrong('"low" must be less than "high"')
    if labelled and high - low >= WIDEST_SCALE:
        entry.wrong(f"a scale has at most {WIDEST_SCALE} steps")
    burst, longest = entry.number("burst", 1), entry.number("max_length", LONGEST_ANSWER)
    if burst < 1 or not 1 <= longest <= LONGEST_ANSWER:
        entry.wrong(f'"burst" starts at 1 and "max_length" lies from 1 to {LONGEST_ANSWER}')
    return Question(
        id=_identity(entry, LONGEST_QUESTION_ID),
        kind=Kind(kind),
        text=_wording(entry, "text"),
        hint=_wording(entry, "hint", required=False) or shared.hint,
        options=_options(entry, Kind(kind), shared),
        low=low,
        high=high,
        low_label=_wording(entry, "low_label", longest=LONGEST_LABEL) if labelled else {},
        high_label=_wording(entry, "high_label", longest=LONGEST_LABEL) if labelled else {},
        bins=_bins(entry, low, high) if numeric else (),
        skippable=entry.flag("skippable", default=False),
        when=known.condition(entry.table("when")) if entry.has("when") else None,
        burst=burst,
        max_length=longest,
    )


def _options(entry: Table, kind: Kind, shared: _Shared) -> tuple[Option, ...]:
    if kind is Kind.YESNO:
        return _yesno_options(entry, shared.yesno)
    if kind not in (Kind.CHOICE, Kind.SEVERAL):
        return ()
    name = entry.raw("options")
    if not isinstance(name, str):
        return _option_list(entry, "options")
    if name not in shared.option_sets:
        entry.wrong(f'there is no set of options "{name}"')
    return shared.option_sets[name]


def _option_list(entry: Table, key: str) -> tuple[Option, ...]:
    found = tuple(_option(option) for option in entry.tables(key, "option"))
    if len(found) < 2:
        entry.wrong(f'"{key}" needs at least two options')
    _no_twins(entry, [option.id for option in found], "option")
    for locale in REQUIRED_LOCALES:
        _no_twins(entry, [option.label[locale].casefold() for option in found], f'label in "{locale}"')
    if len({option.score is None for option in found}) > 1:
        entry.wrong("either every option has a score or none has")
    return found


def _option(entry: Table) -> Option:
    option = Option(
        id=_identity(entry, LONGEST_ID),
        label=_wording(entry, "label", longest=LONGEST_LABEL),
        score=entry.maybe_number("score"),
        words=entry.phrases("words"),
    )
    entry.done()
    return option


def _yesno_options(entry: Table, yesno: YesNo) -> tuple[Option, ...]:
    """Yes and no as everywhere; the question may give its own points and add phrases typed to just this question."""
    points = {"yes": 1, "no": 0}
    if entry.has("scores"):
        scores = entry.table("scores")
        points = {key: scores.number(key) for key in points}
        scores.done()
    words = entry.table("words") if entry.has("words") else None
    found = []
    for option in yesno:
        extra = words.phrases(option.id) if words else {}
        merged = {key: (*option.words.get(key, ()), *extra.get(key, ())) for key in {*option.words, *extra}}
        found.append(replace(option, score=points[option.id], words=merged))
    if words:
        words.done()
    return tuple(found)


def _no_twins(entry: Table, names: list[str], what: str) -> None:
    twin = next((name for name in names if names.count(name) > 1), None)
    if twin is not None:
        entry.wrong(f'the {what} "{twin}" stands twice')


def _bins(entry: Table, low: int, high: int) -> tuple[Bin, ...]:
    """Read the bins; together they cover every possible answer, each once."""
    found = []
    for raw in entry.tables("bins", "bin"):
        found.append(Bin(raw.number("from"), raw.number("to"), raw.number("score")))
        raw.done()
    covered = [value for bin_ in found for value in range(bin_.low, bin_.high + 1)]
    if found and covered != list(range(low, high + 1)):
        entry.wrong(f'"bins" must cover {low} to {high} in order, without gaps or overlaps')
    return tuple(found)


def _subscale(entry: Table) -> Subscale:
    combine = entry.text("combine", Combine.SUM)
    if combine not in list(Combine):
        entry.wrong(f'unknown "combine" {combine}, known are {", ".join(Combine)}')
    subscale = Subscale(
        id=_identity(entry, LONGEST_ID),
        title=_wording(entry, "title"),
        items=entry.strings("items"),
        reversed=frozenset(entry.strings("reversed")),
        combine=Combine(combine),
        unasked=entry.maybe_number("unasked"),
    )
    entry.done()
    return subscale


def _band(entry: Table) -> Band:
    band = Band(
        id=_identity(entry, LONGEST_ID),
        subscale=entry.text("subscale"),
        low=entry.number("low"),
        high=entry.number("high"),
        label=_wording(entry, "label"),
        positive=entry.flag("positive", default=False),
        level=_level(entry),
    )
    entry.done()
    return band


def _level(entry: Table) -> Level:
    name = entry.text("level", default="log")
    if name not in LEVELS:
        entry.wrong(f'"level" must be one of {", ".join(LEVELS)}')
    return LEVELS[name]


def _check(entry: Table, known: Known) -> Check:
    check = Check(
        id=_identity(entry, LONGEST_ID),
        text=_wording(entry, "text"),
        when=known.condition(entry.table("when")),
    )
    entry.done()
    return check


def _follow_up(entry: Table, known: Known) -> FollowUp:
    follow_up = FollowUp(
        questionnaire=entry.text("questionnaire"),
        when=known.condition(entry.table("when")),
        within_minutes=entry.number("within_minutes"),
    )
    entry.done()
    if follow_up.within_minutes < 1:
        entry.wrong('"within_minutes" must be at least 1')
    return follow_up


def _example(entry: Table, questions: Mapping[str, Question]) -> Example:
    example = Example(
        name=entry.text("name"),
        answers=_answers(entry, questions),
        profile=_profile(entry),
        complete=entry.flag("complete", default=True),
        subscales=_points(entry),
        bands={key: str(value) for key, value in entry.mapping("bands").items()},
        inconsistencies=frozenset(entry.strings("inconsistencies")),
    )
    entry.done()
    return example


def _answers(entry: Table, questions: Mapping[str, Question]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for key, value in entry.mapping("answers").items():
        if key not in questions:
            entry.wrong(f'answers the unknown question "{key}"')
        try:
            found[key] = check_value(questions[key], value)
        except InvalidAnswer as invalid:
            entry.wrong(f'"{value}" is not an answer to "{key}": {invalid.reason}')
    return found


def _profile(entry: Table) -> Profile:
    profile = entry.mapping("profile")
    unknown = sorted(set(profile) - PROFILE_FACTS)
    if unknown:
        entry.wrong(f'unknown profile fact "{unknown[0]}"')
    return profile


def _points(entry: Table) -> dict[str, int | None]:
    """Expected subscales; the word "none" stands for one that has no number, because TOML has no empty value."""
    found: dict[str, int | None] = {}
    for key, value in entry.mapping("subscales").items():
        if value != "none" and (not isinstance(value, int) or isinstance(value, bool)):
            entry.wrong(f'the subscale "{key}" must be a whole number or "none"')
        found[key] = value if isinstance(value, int) else None
    return found
