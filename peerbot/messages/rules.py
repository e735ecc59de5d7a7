"""The risk rules in words for staff: the table, its numbers, the monthly page, and what was noticed this week."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from peerbot.buttons import Button, RulesPage, inline
from peerbot.care.levels import Level
from peerbot.care.risk import Rule
from peerbot.care.thresholds import BOUNDS, Thresholds
from peerbot.messages.alerts import FEEDBACK, level_name
from peerbot.messages.evidence import Reason, fitting, reason_in_words
from peerbot.messages.when import day_and_time
from peerbot.outgoing import Keyboard, Outgoing
from peerbot.texts import Texts

OVERVIEW, NUMBERS = "overview", "numbers"
BY_PAGE: Mapping[str, Level] = {level.name.lower(): level for level in sorted(Level, reverse=True) if level > Level.LOG}
PAGES = (OVERVIEW, *BY_PAGE, NUMBERS)
BUDGET = 1.0  # SAME_DAY-or-higher alerts for ten people a day; clinical reference, section 3, levels
USEFUL_SHARE = 0.5  # of URGENT alerts; same place


@dataclass(frozen=True, slots=True)
class Changed:
    """A threshold someone changed. `case` is empty for everyone, `by` for the command line."""

    key: str
    value: int
    case: str | None
    by: str | None
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class RuleMonth:
    """One rule in one month: how often it fired, and what carers said of the alerts it fired in."""

    rule: str
    level: Level
    fired: int
    feedback: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Month:
    """One month of alerts. `days` are days that people were in the programme, added up."""

    name: str
    whole: bool
    alerts: int
    days: float
    urgent_useful: int
    urgent_judged: int
    unjudged: int
    rules: Sequence[RuleMonth]

    @property
    def per_ten(self) -> float:
        """Alerts for ten people a day."""
        return self.alerts / self.days * 10 if self.days else 0.0


def _keyboard(texts: Texts, locale: str, here: str) -> Keyboard:
    levels: list[tuple[str, Button]] = [
        (level_name(texts, locale, level), RulesPage(name)) for name, level in BY_PAGE.items() if name != here
    ]
    rest: list[tuple[str, Button]] = [(texts.plain(locale, "rules-button-numbers"), RulesPage(NUMBERS))]
    return inline(levels[:2], levels[2:], rest if here != NUMBERS else [])


def page(texts: Texts, locale: str, name: str, rules: Sequence[Rule], limits: Thresholds) -> Outgoing:
    """The overview, or every rule of one level."""
    if name == OVERVIEW:
        lines = [
            texts.say(
                locale,
                "rules-count",
                level=level_name(texts, locale, level),
                count=sum(rule.level is level for rule in rules),
            )
            for level in BY_PAGE.values()
        ]
        text = "\n\n".join([texts.say(locale, "rules-head"), "\n".join(lines), texts.say(locale, "rules-foot")])
        return Outgoing(text, keyboard=_keyboard(texts, locale, name))
    level = BY_PAGE[name]
    head = texts.say(locale, "rules-level-head", level=level_name(texts, locale, level))
    lines = [f"• {about(texts, locale, rule.id, limits)}" for rule in rules if rule.level is level]
    return Outgoing("\n".join([head, *lines]), keyboard=_keyboard(texts, locale, name))


def about(texts: Texts, locale: str, rule: str, limits: Thresholds) -> str:
    """What a rule looks for, with the numbers in force."""
    return texts.say(locale, f"about-{rule}", **limits.values())


def numbers(texts: Texts, locale: str, limits: Thresholds, changes: Sequence[Changed], *, zone: str) -> Outgoing:
    """Every threshold with its bounds, who changed what and why, and how to change one."""
    values = limits.values()
    lines = [
        texts.say(
            locale,
            "rules-number",
            key=key,
            value=values[key.replace(".", "_")],
            low=bounds.low,
            high=bounds.high,
        )
        for key, bounds in BOUNDS.items()
    ]
    parts = [texts.say(locale, "rules-numbers-head"), "\n".join(lines)]
    parts += [
        texts.say(
            locale,
            "rules-changed",
            key=one.key,
            value=one.value,
            whose=one.case or texts.plain(locale, "rules-everyone"),
            by=one.by or texts.plain(locale, "rules-by-command"),
            time=day_and_time(one.at, zone),
            why=one.why,
        )
        for one in changes
    ]
    text = fitting(texts, locale, parts, texts.say(locale, "rules-how-to-change"))
    return Outgoing(text, keyboard=_keyboard(texts, locale, NUMBERS))


def month(texts: Texts, locale: str, one: Month, limits: Thresholds) -> Outgoing:
    """How often each rule fired and was useful, against the budget."""
    parts = [texts.say(locale, "report-head" if one.whole else "report-head-so-far", month=one.name)]
    verdict = "report-within" if one.per_ten <= BUDGET else "report-over"
    parts.append(
        texts.say(locale, "report-alerts", count=one.alerts, rate=f"{one.per_ten:.2f}")
        + " "
        + texts.say(locale, verdict, budget=f"{BUDGET:g}")
    )
    if one.urgent_judged:
        enough = one.urgent_useful / one.urgent_judged >= USEFUL_SHARE
        parts.append(
            texts.say(locale, "report-urgent", useful=one.urgent_useful, judged=one.urgent_judged)
            + " "
            + texts.say(locale, "report-urgent-enough" if enough else "report-urgent-few")
        )
    else:
        parts.append(texts.say(locale, "report-urgent-none"))
    if one.unjudged:
        parts.append(texts.say(locale, "report-unjudged", count=one.unjudged))
    if one.rules:
        parts.append(texts.say(locale, "report-rules-head"))
        parts += [_rule_line(texts, locale, rule, limits) for rule in one.rules]
    return Outgoing(fitting(texts, locale, parts))


def _rule_line(texts: Texts, locale: str, one: RuleMonth, limits: Thresholds) -> str:
    useful, false_alarm, known = (one.feedback.get(name, 0) for name in FEEDBACK)
    return texts.say(
        locale,
        "report-rule",
        level=level_name(texts, locale, one.level),
        about=about(texts, locale, one.rule, limits),
        fired=one.fired,
        useful=useful,
        wrong=false_alarm,
        known=known,
    )


def week(texts: Texts, locale: str, cases: Sequence[tuple[str, Sequence[tuple[Reason, int]]]]) -> Outgoing:
    """What the rules noticed this week without an alert, by case; the latest reason of each rule and how often."""
    if not cases:
        return Outgoing(texts.say(locale, "digest-none"), protect=True)
    parts = [texts.say(locale, "digest-head")]
    for case, reasons in cases:
        lines = [
            "• " + texts.say(locale, "digest-line", reason=reason_in_words(texts, locale, one), count=count)
            for one, count in reasons
        ]
        parts.append("\n".join([f"<b>{case}</b>", *lines]))
    return Outgoing(fitting(texts, locale, parts, texts.say(locale, "digest-foot")), protect=True)
