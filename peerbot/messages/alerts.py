"""What staff read about an alert. Notices are free of content: number, level and case code, fit for a lock screen."""

from collections.abc import Sequence
from datetime import datetime

from peerbot.buttons import AlertAct, AlertClose, AlertFeedback, inline
from peerbot.care.levels import Level
from peerbot.messages.when import clock_time, day_and_time
from peerbot.outgoing import Keyboard, Lane, Outgoing
from peerbot.texts import Texts

OUTCOMES = ("reached", "not-reached", "handed-over")
FEEDBACK = ("useful", "false-alarm", "known")


def level_name(texts: Texts, locale: str, level: Level) -> str:
    """A level in words."""
    return texts.plain(locale, f"level-{level.name.lower().replace('_', '-')}")


def _acts(texts: Texts, locale: str, alert: int, *, acknowledged: bool) -> Keyboard:
    act = {
        name: (texts.plain(locale, f"alert-button-{name}"), AlertAct(alert, name)) for name in ("ack", "open", "close")
    }
    if acknowledged:
        return inline([act["open"], act["close"]])
    return inline([act["ack"]], [act["open"], act["close"]])


def notice(
    texts: Texts,
    locale: str,
    *,
    alert: int,
    level: Level,
    case: str,
    waiting: bool,
    minutes: int,
    sent: datetime,
    zone: str,
) -> Outgoing:
    """The page itself."""
    text_id = "alert-notice-again" if waiting else "alert-notice"
    text = texts.say(locale, text_id, alert=alert, level=level_name(texts, locale, level), case=case, minutes=minutes)
    return Outgoing(
        text,
        keyboard=_acts(texts, locale, alert, acknowledged=False),
        lane=Lane.CRISIS,
        protect=True,
        repeat_note=texts.say(locale, "alert-may-be-repeat", time=clock_time(sent, zone)),
    )


def status(
    texts: Texts,
    locale: str,
    *,
    alert: int,
    level: Level,
    case: str,
    state: str,
    outcome: str | None,
    feedback: str | None,
    by: str,
    at: datetime,
    zone: str,
    minutes: int,
) -> Outgoing:
    """A copy of the page after somebody acted."""
    head = texts.say(locale, "alert-head", alert=alert, level=level_name(texts, locale, level), case=case)
    when = clock_time(at, zone)
    if state == "closed":
        line = texts.say(locale, "alert-closed", by=by, time=when, outcome=texts.plain(locale, f"outcome-{outcome}"))
        return _closed(texts, locale, f"{head}\n{line}", alert=alert, feedback=feedback)
    if state == "acknowledged":
        line = texts.say(locale, "alert-acknowledged", by=by, time=when, minutes=minutes)
        return Outgoing(f"{head}\n{line}", keyboard=_acts(texts, locale, alert, acknowledged=True))
    line = texts.say(locale, "alert-still-open")
    return Outgoing(f"{head}\n{line}", keyboard=_acts(texts, locale, alert, acknowledged=False))


def _closed(texts: Texts, locale: str, text: str, *, alert: int, feedback: str | None) -> Outgoing:
    """A closed alert asks whether it was worth it, until somebody said so."""
    look = [(texts.plain(locale, "alert-button-open"), AlertAct(alert, "open"))]
    if feedback is not None:
        said = texts.say(locale, "alert-feedback-given", feedback=texts.plain(locale, f"feedback-{feedback}"))
        return Outgoing(f"{text}\n{said}", keyboard=inline(look))
    asked = [[(texts.plain(locale, f"feedback-{name}"), AlertFeedback(alert, name))] for name in FEEDBACK]
    return Outgoing(f"{text}\n{texts.say(locale, 'alert-feedback-asked')}", keyboard=inline(*asked, look))


def outcomes(texts: Texts, locale: str, *, alert: int, level: Level, case: str) -> Outgoing:
    """Closing asks how it ended."""
    head = texts.say(locale, "alert-head", alert=alert, level=level_name(texts, locale, level), case=case)
    rows = [[(texts.plain(locale, f"outcome-{name}"), AlertClose(alert, name))] for name in OUTCOMES]
    back = [(texts.plain(locale, "button-back"), AlertAct(alert, "back"))]
    return Outgoing(f"{head}\n{texts.say(locale, 'alert-how-ended')}", keyboard=inline(*rows, back))


def nobody_reachable(texts: Texts, locale: str, *, alert: int) -> Outgoing:
    """To an admin, who sees no clinical content: an alert found nobody it was meant for."""
    return Outgoing(texts.say(locale, "alert-nobody-reachable", alert=alert), lane=Lane.CRISIS)


def listing(texts: Texts, locale: str, entries: Sequence[tuple[int, Level, str, str, datetime]], zone: str) -> Outgoing:
    """The unfinished alerts of one carer, with a button for each."""
    if not entries:
        return Outgoing(texts.say(locale, "alerts-none"))
    lines = [texts.say(locale, "alerts-head")]
    rows = []
    for alert, level, case, state, at in entries:
        head = texts.say(locale, "alert-head", alert=alert, level=level_name(texts, locale, level), case=case)
        lines.append(f"{head}\n{texts.say(locale, f'alert-state-{state}', time=day_and_time(at, zone))}")
        rows.append([(texts.plain(locale, "alerts-button", alert=alert), AlertAct(alert, "show"))])
    return Outgoing("\n\n".join(lines), keyboard=inline(*rows))
