"""What people see of their own way: sober days, chips, the chart and its words; and the same for their counselor."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peerbot.buttons import Button, CaseView, ShowProgress, inline
from peerbot.care.questionnaires import Questionnaire, in_locale
from peerbot.care.sobriety import Milestone, SoberDays
from peerbot.care.sobriety import sober_line as parts_of
from peerbot.charts import ChartLabels, Course, PanelLabels, Summary
from peerbot.messages.when import day_name, short_day
from peerbot.outgoing import Outgoing
from peerbot.texts import Texts

SPANS = (30, 90)
CASES_A_PAGE = 30
"""A phone shows as many without getting lost; Telegram would take 100 buttons."""


def sober_line(texts: Texts, locale: str, days: SoberDays) -> str:
    """Total, current run and best run together; never a bare zero."""
    return " · ".join(texts.say(locale, f"sober-{part.kind}", days=part.days or 0) for part in parts_of(days))


def chip_name(texts: Texts, locale: str, chip: Milestone) -> str:
    """A chip as it is called: 9 months."""
    return texts.plain(locale, "chip-name", unit=chip.unit, number=chip.number)


def chip_earned(texts: Texts, locale: str, chip: Milestone) -> str:
    """A chip just reached."""
    return texts.say(locale, "chip-earned", chip=chip_name(texts, locale, chip))


def labels(texts: Texts, locale: str, title: str, seen: Summary, first: date, last: date) -> ChartLabels:
    """Every word in the picture."""
    period = texts.plain(
        locale, "chart-period", since=short_day(texts, locale, first), until=short_day(texts, locale, last)
    )

    def panel(name: str, course: Course) -> PanelLabels:
        return PanelLabels(
            name=texts.plain(locale, f"chart-{name}"),
            note=_note(texts, locale, course),
            top=texts.plain(locale, f"chart-{name}-top"),
            bottom=texts.plain(locale, f"chart-{name}-bottom"),
        )

    return ChartLabels(
        title=title,
        period=period,
        mood=panel("mood", seen.mood),
        craving=panel("craving", seen.craving),
        sleep=panel("sleep", seen.sleep),
        use=texts.plain(locale, "chart-use"),
        use_note=texts.plain(locale, "chart-use-note", count=seen.use_days),
        no_answers=texts.plain(locale, "chart-no-answers"),
        footer=texts.plain(locale, "chart-footer"),
        date_label=lambda on: short_day(texts, locale, on),
    )


def _note(texts: Texts, locale: str, course: Course) -> str:
    if course.average is None:
        return ""
    return texts.plain(locale, "chart-average", average=f"{course.average:.1f}", trend=course.trend)


def in_words(texts: Texts, locale: str, seen: Summary) -> str:
    """The picture for those who cannot see it."""
    lines = [texts.say(locale, "progress-days", count=seen.answered_days, of=seen.days)]
    for name, course in (("mood", seen.mood), ("craving", seen.craving), ("sleep", seen.sleep)):
        if course.average is not None:
            lines.append(texts.say(locale, f"progress-{name}", average=f"{course.average:.1f}", trend=course.trend))
    lines.append(texts.say(locale, "progress-use", count=seen.use_days))
    return "\n".join(lines)


def picture(
    texts: Texts, locale: str, chart: str, title: str, seen: Summary, *, sober: str, participant: int, protect: bool
) -> Outgoing:
    """The chart with its words, and a button for each span of days. `participant` 0 means the reader's own."""
    caption = "\n\n".join(
        part for part in (f"<b>{html.escape(title)}</b>", in_words(texts, locale, seen), sober) if part
    )
    spans = [(texts.plain(locale, "progress-button", days=days), ShowProgress(participant, days)) for days in SPANS]
    return Outgoing(caption, keyboard=inline(spans), chart=chart, protect=protect)


@dataclass(frozen=True, slots=True)
class Week:
    """The last days of one participant, ready to be said: counts, numbers, and words of their own, cut short."""

    case: str
    alias: str
    seen: Summary
    sent: int
    answered: int
    late: int
    silent: int
    unreachable: int
    not_sent: int
    craving_highest: int | None
    uses: Sequence[tuple[date, str]]
    feelings: Sequence[str]
    plans: Sequence[tuple[date, str]]
    notes: Sequence[tuple[date, str]]
    forms: Sequence[tuple[date, Questionnaire, str]]
    sober: SoberDays


def week(texts: Texts, locale: str, seen: Week, *, participant: int) -> Outgoing:
    """The summary before a session, on one screen, for the eyes of the carer who asked."""
    parts = [
        texts.say(locale, "week-head", case=seen.case, alias=seen.alias, days=seen.seen.days),
        _adherence(texts, locale, seen),
        in_words(texts, locale, seen.seen),
    ]
    facts = []
    if seen.craving_highest is not None:
        facts.append(texts.say(locale, "week-craving-highest", craving=seen.craving_highest))
    if seen.feelings:
        facts.append(texts.say(locale, "week-feelings", feelings=", ".join(seen.feelings)))
    facts += [texts.say(locale, "week-use", day=day_name(texts, locale, on), what=what) for on, what in seen.uses]
    facts += [texts.say(locale, "week-plan", day=day_name(texts, locale, on), words=said) for on, said in seen.plans]
    facts += [texts.say(locale, "week-note", day=day_name(texts, locale, on), words=said) for on, said in seen.notes]
    facts += [
        texts.say(
            locale, "week-form", day=day_name(texts, locale, on), title=in_locale(asked.title, locale), result=result
        )
        for on, asked, result in seen.forms
    ]
    parts += ["\n".join(facts), sober_line(texts, locale, seen.sober), texts.say(locale, "week-foot")]
    rows: list[list[tuple[str, Button]]] = [
        [(texts.plain(locale, "progress-button", days=days), ShowProgress(participant, days)) for days in SPANS],
        [
            (texts.plain(locale, "case-button-plan"), CaseView(participant, "plan")),
            (texts.plain(locale, "case-button-all"), CaseView(0, "list")),
        ],
    ]
    return Outgoing("\n\n".join(part for part in parts if part), keyboard=inline(*rows), protect=True)


def _adherence(texts: Texts, locale: str, seen: Week) -> str:
    line = texts.say(
        locale, "week-adherence", sent=seen.sent, answered=seen.answered, late=seen.late, silent=seen.silent
    )
    if seen.unreachable:
        line += "\n" + texts.say(locale, "week-unreachable", count=seen.unreachable)
    if seen.not_sent:
        line += "\n" + texts.say(locale, "week-not-sent", count=seen.not_sent)
    return line


def caseload(texts: Texts, locale: str, entries: Sequence[tuple[int, str, str]], *, first: int, count: int) -> Outgoing:
    """A page of the people a carer looks after, with a button for each: participant, case code, alias."""
    if not count:
        return Outgoing(texts.say(locale, "caseload-empty"))
    rows = [
        [(texts.plain(locale, "caseload-button", case=case, alias=alias), CaseView(participant, "week"))]
        for participant, case, alias in entries
    ]
    last = first + len(entries)
    page = first // CASES_A_PAGE
    around = [(texts.plain(locale, "button-earlier"), CaseView(page - 1, "list"))] if page else []
    around += [(texts.plain(locale, "button-further"), CaseView(page + 1, "list"))] if last < count else []
    parts = [texts.say(locale, "caseload-head", count=count)]
    if around:
        parts.append(texts.say(locale, "caseload-page", first=min(first + 1, count), last=last))
    return Outgoing("\n".join(parts), keyboard=inline(*rows, around), protect=True)
