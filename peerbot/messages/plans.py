"""A participant's plan as their carer sees and changes it: what is asked, on which days, at which hours; and pauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from peerbot.buttons import CaseView, PauseChoice, PlanAct, inline
from peerbot.messages.when import day_and_clock, day_name
from peerbot.outgoing import Outgoing
from peerbot.texts import Texts

PAUSES = (3, 7, 14)  # days offered as buttons
HOURS = ("08:00", "09:00", "12:00", "18:00", "20:00", "21:00")
DAY_ENDS = ("00:00", "03:00", "05:00")
QUIET = ("", "21:00-07:00", "22:00-08:00", "00:00-10:00")
FACTS = ("medication", "opioid", "safety_plan")
REASONS = ("planned", "asked", "worried", "life")
"""Why a plan is changed, as a counselor says it with one tap."""
CHANGES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire as the plan shows it. `days` is empty where it is not on the plan."""

    id: str
    title: str
    days: str
    every_weeks: int
    once: bool


@dataclass(frozen=True, slots=True)
class PlanSeen:
    """Everything the plan screen says."""

    participant: int
    case: str
    alias: str
    phase: str
    days: str
    at: str
    forms: Sequence[Form]
    paused_until: date | None
    facts: frozenset[str]
    day_ends: str
    quiet: str
    changes: Sequence["Changed"] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One change a carer made: what, to which value, of which questionnaire, why, by whom, when, for whose clock."""

    what: str
    value: str
    title: str
    why: str
    by: str
    at: datetime
    zone: str


def _did(texts: Texts, locale: str, one: Changed) -> str:
    """A change in words."""
    value: str | int = one.value.replace(".", ":")
    match one.what:
        case "phase":
            value = texts.plain(locale, f"phase-{one.value}")
        case "day" | "form":
            day = texts.plain(locale, "weekday", weekday=int(one.value[-1])) if one.what == "day" else ""
            value = f"{one.title} {day}".strip()
        case "fact":
            fact, _, on = one.value.partition(".")
            label = texts.plain(locale, f"fact-{fact.replace('_', '-')}")
            value = f"{label} {'✓' if on == 'on' else '–'}"
        case "pause":
            value = int(one.value)
        case _ if not value:
            value = texts.plain(locale, "plan-quiet-none")
    return texts.say(
        locale,
        f"plan-did-{one.what}",
        value=value,
        day=day_and_clock(texts, locale, one.at, one.zone),
        by=one.by,
        why=texts.plain(locale, f"plan-why-{one.why}"),
    )


def ask_why(texts: Texts, locale: str, participant: int, act: str, value: str) -> Outgoing:
    """Why is it changed? One tap, kept with the change."""
    rows = [
        [(texts.plain(locale, f"plan-why-{reason}"), PlanAct(participant, act, f"{value}~{reason}"))]
        for reason in REASONS
    ]
    back = [(texts.plain(locale, "button-back"), CaseView(participant, "plan"))]
    return Outgoing(texts.say(locale, "plan-why"), keyboard=inline(*rows, back))


def _days(texts: Texts, locale: str, days: str) -> str:
    if days == "0123456":
        return texts.plain(locale, "plan-every-day")
    return " ".join(texts.plain(locale, "weekday", weekday=int(day)) for day in days)


def plan(texts: Texts, locale: str, seen: PlanSeen) -> Outgoing:
    """What this participant is asked, and every way to change it."""
    lines = [
        texts.say(locale, "plan-head", case=seen.case, alias=seen.alias),
        texts.say(locale, "plan-daily", days=_days(texts, locale, seen.days), time=seen.at),
    ]
    for form in seen.forms:
        if form.days:
            days = _days(texts, locale, form.days)
            lines.append(texts.say(locale, "plan-form", title=form.title, weeks=form.every_weeks, days=days))
    quiet = seen.quiet or texts.plain(locale, "plan-quiet-none")
    lines.append(texts.say(locale, "plan-hours", until=seen.day_ends, quiet=quiet))
    if seen.paused_until is not None:
        lines.append(texts.say(locale, "plan-paused", day=day_name(texts, locale, seen.paused_until)))
    lines += [_did(texts, locale, one) for one in seen.changes]
    lines.append(texts.say(locale, "plan-foot"))
    return Outgoing("\n\n".join(lines), keyboard=inline(*_plan_rows(texts, locale, seen)), protect=True)


def _plan_rows(texts: Texts, locale: str, seen: PlanSeen) -> list[list[tuple[str, PlanAct | CaseView]]]:
    who = seen.participant

    def mark(label: str, *, on: bool) -> str:
        return f"✓ {label}" if on else label

    rows: list[list[tuple[str, PlanAct | CaseView]]] = [
        [
            (mark(texts.plain(locale, f"phase-{one}"), on=one == seen.phase), PlanAct(who, "phase", one))
            for one in ("early", "middle", "late")
        ]
    ]
    rows += [
        [(mark(form.title, on=bool(form.days)), PlanAct(who, "form", form.id))] for form in seen.forms if not form.once
    ]
    rows.append([(texts.plain(locale, "plan-button-ask"), CaseView(who, "ask"))])
    if seen.paused_until is None:
        rows.append([(texts.plain(locale, "plan-button-pause", days=n), PlanAct(who, "pause", str(n))) for n in PAUSES])
    else:
        rows.append([(texts.plain(locale, "plan-button-resume"), PlanAct(who, "pause", "0"))])
    rows.append(
        [
            (
                mark(texts.plain(locale, f"fact-{one.replace('_', '-')}"), on=one in seen.facts),
                PlanAct(who, "fact", one),
            )
            for one in FACTS
        ]
    )
    rows.append([(texts.plain(locale, "plan-button-hours"), CaseView(who, "hours"))])
    rows.append([(texts.plain(locale, "button-back"), CaseView(who, "week"))])
    return rows


def choose_day(texts: Texts, locale: str, participant: int, form: str, title: str) -> Outgoing:
    """On which day of the week shall this questionnaire come?"""
    days = [
        (texts.plain(locale, "weekday", weekday=day), PlanAct(participant, "day", f"{form}.{day}")) for day in range(7)
    ]
    back = [(texts.plain(locale, "button-back"), CaseView(participant, "plan"))]
    return Outgoing(texts.say(locale, "plan-which-day", title=title), keyboard=inline(days[:4], days[4:], back))


def choose_form(texts: Texts, locale: str, participant: int, forms: Sequence[tuple[str, str]]) -> Outgoing:
    """Which questionnaire shall be asked once, right now?"""
    rows = [[(title, PlanAct(participant, "ask", form))] for form, title in forms]
    back = [(texts.plain(locale, "button-back"), CaseView(participant, "plan"))]
    return Outgoing(texts.say(locale, "plan-ask-which"), keyboard=inline(*rows, back))


def choose_hours(texts: Texts, locale: str, participant: int) -> Outgoing:
    """When the daily check-in comes, when the day ends, and when it stays quiet."""
    hours = [(at, PlanAct(participant, "hour", at.replace(":", "."))) for at in HOURS]
    ends = [
        (texts.plain(locale, "plan-button-ends", time=at), PlanAct(participant, "ends", at.replace(":", ".")))
        for at in DAY_ENDS
    ]
    quiet = [
        (
            texts.plain(locale, "plan-button-quiet", hours=span or texts.plain(locale, "plan-quiet-none")),
            PlanAct(participant, "quiet", span.replace(":", ".")),
        )
        for span in QUIET
    ]
    back = [(texts.plain(locale, "button-back"), CaseView(participant, "plan"))]
    return Outgoing(
        texts.say(locale, "plan-which-hours"),
        keyboard=inline(hours[:3], hours[3:], *([one] for one in ends), *([one] for one in quiet), back),
    )


def paused(texts: Texts, locale: str, until: date) -> Outgoing:
    """To the participant: nothing is asked until that day."""
    resume = [(texts.plain(locale, "plan-button-resume"), PauseChoice(0))]
    return Outgoing(texts.say(locale, "pause-set", day=day_name(texts, locale, until)), keyboard=inline(resume))


def resumed(texts: Texts, locale: str) -> Outgoing:
    """To the participant: check-ins come again."""
    return Outgoing(texts.say(locale, "pause-ended"), keyboard=inline())


def staff_paused(texts: Texts, locale: str, *, case: str, until: date | None) -> Outgoing:
    """To the counselor: a participant has paused, or ended their pause."""
    if until is None:
        return Outgoing(texts.say(locale, "staff-pause-ended", case=case))
    return Outgoing(texts.say(locale, "staff-paused", case=case, day=day_name(texts, locale, until)))
