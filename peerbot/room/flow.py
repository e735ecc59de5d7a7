"""Which rows of the bot's database came of which event: pure, so that it can be tested with rows alone.

An event is one update that somebody made, or one piece of timed work. The bot works in one writer's order, so a row
made while an update was being handled came of that update, unless it says itself that it did not: a finding names its
source, and a notice, a reminder or a question names whom it is about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peerbot.db.models import Finding, InboxRow, OutboxRow

TOGETHER = timedelta(milliseconds=400)  # rows that timed work made this close together are one event
SLACK = timedelta(milliseconds=200)  # the room's clock and the machine's are read one after the other
BY_CLOCK = ("silence", "unanswered")  # sources of findings that nobody's act made


@dataclass(frozen=True, slots=True)
class Heard:
    """What an update was about: room time, kind, author, words, and the message it came with or was tapped on."""

    at: datetime
    kind: str
    user_id: int
    words: str
    message_id: int = 0


@dataclass(slots=True)
class Event:
    """One event with what came of it. `row` and `heard` are None for timed work; times are real."""

    began: datetime
    ended: datetime | None
    row: InboxRow | None = None
    heard: Heard | None = None
    author: int | None = None
    """The participant who made the update; None for everybody else."""
    findings: list[Finding] = field(default_factory=list)
    queued: list[OutboxRow] = field(default_factory=list)

    def handled(self, at: datetime, slack: timedelta = timedelta(0)) -> bool:
        """Was this event being worked on at that moment of real time?"""
        return self.ended is not None and self.began - slack <= at <= self.ended + slack


def events_of(rows: Iterable[InboxRow], heard: Mapping[int, Heard], authors: Mapping[int, int]) -> list[Event]:
    """The updates in their order, each with the stretch of time in which it alone was handled."""
    found: list[Event] = []
    free = None
    for row in sorted(rows, key=lambda one: one.done_at or one.received_at):
        known = heard.get(row.update_id)
        if known is not None:
            began = row.received_at if free is None else max(row.received_at, free)
            found.append(Event(began, row.done_at, row, known, authors.get(known.user_id)))
        free = row.done_at or free
    return found


def share_out(
    events: Sequence[Event],
    outbox: Iterable[OutboxRow],
    findings: Iterable[Finding],
    about: Mapping[int, int],
    real_of: Callable[[datetime], datetime],
) -> list[Event]:
    """Gives every row to its event, and adds the events that the clock made. `about`: outbox row -> participant."""
    alone, unheard = [], []
    for row in outbox:
        event = next((one for one in events if one.handled(row.created_at)), None)
        if event is not None and event.author in (None, about.get(row.id, event.author)):
            event.queued.append(row)
        else:
            alone.append(row)
    for finding in findings:
        event = next((one for one in events if _made(one, finding, real_of(finding.found_at))), None)
        if event is not None:
            event.findings.append(finding)
        else:
            unheard.append(finding)
    return [*events, *_by_clock(alone, unheard, real_of)]


def _made(event: Event, finding: Finding, at: datetime) -> bool:
    """Did this event make the finding? Its source names the update or the message, or at least the check-in."""
    row, heard = event.row, event.heard
    kind, _, rest = finding.source_key.partition(":")
    if row is None or heard is None or kind in BY_CLOCK:
        return False
    if kind == "post":
        return rest.rpartition(":")[2] == str(heard.message_id) and event.handled(at, SLACK)
    if kind == "unread":
        return rest == str(row.id)
    if kind == "check-in":
        return event.author == finding.participant_id and event.handled(at, SLACK)
    return rest == f"u{row.update_id}"


def _by_clock(
    rows: Iterable[OutboxRow], findings: Iterable[Finding], real_of: Callable[[datetime], datetime]
) -> list[Event]:
    """What timed work made: rows and findings close together in real time are one event."""
    made: list[tuple[datetime, OutboxRow | Finding]] = [(row.created_at, row) for row in rows]
    made += [(real_of(finding.found_at), finding) for finding in findings]
    found: list[Event] = []
    for at, one in sorted(made, key=lambda pair: pair[0]):
        if not found or at - (found[-1].ended or at) > TOGETHER:
            found.append(Event(at, at))
        found[-1].ended = at
        if isinstance(one, Finding):
            found[-1].findings.append(one)
        else:
            found[-1].queued.append(one)
    return found
