"""Which row of the database the ledger puts under which event."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from peerbot.db.models import Finding, InboxRow, OutboxRow
from peerbot.room.clock import RoomClock
from peerbot.room.flow import Event, Heard, events_of, share_out

ANA, BEN = 1, 2
START = datetime(2026, 5, 12, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def update(number: int, received: float, done: float | None) -> InboxRow:
    return InboxRow(
        id=number, update_id=100 + number, received_at=at(received), done_at=None if done is None else at(done)
    )


def call(number: int, made: float) -> OutboxRow:
    return OutboxRow(id=number, created_at=at(made))


def finding(number: int, participant: int, source: str, found: float) -> Finding:
    return Finding(id=number, participant_id=participant, source_key=source, found_at=at(found))


def heard(*rows: InboxRow, kind: str = "callback_query", message: int = 0) -> dict[int, Heard]:
    return {row.update_id: Heard(row.received_at, kind, 10 + row.id, "", message) for row in rows}


def shared(events: list[Event], rows: list[OutboxRow], findings: list[Finding], about: dict[int, int]) -> list[Event]:
    return share_out(events, rows, findings, about, lambda shown: shown)


def test_what_two_updates_that_wait_together_made_is_told_apart() -> None:
    one, two = update(1, 0, 0.5), update(2, 0.1, 0.9)
    events = events_of([two, one], heard(one, two), {11: ANA, 12: BEN})

    first, second = shared(events, [call(1, 0.4), call(2, 0.8)], [], {})

    assert [row.id for row in first.queued] == [1]
    assert [row.id for row in second.queued] == [2]


def test_a_notice_about_somebody_else_made_in_the_same_moment_was_made_by_the_clock() -> None:
    row = update(1, 0, 0.5)
    events = events_of([row], heard(row), {11: ANA})

    tap, clock = shared(events, [call(1, 0.2), call(2, 0.3)], [], {1: BEN, 2: ANA})

    assert [one.id for one in tap.queued] == [2]
    assert clock.row is None
    assert [one.id for one in clock.queued] == [1]


def test_what_staff_did_may_be_about_anybody() -> None:
    row = update(1, 0, 0.5)

    (tap,) = shared(events_of([row], heard(row), {}), [call(1, 0.2)], [], {1: BEN})

    assert [one.id for one in tap.queued] == [1]


def test_a_finding_goes_to_the_update_or_the_post_it_names_and_silence_to_the_clock() -> None:
    tap, post = update(1, 0, 0.5), update(2, 1, 1.5)
    known = heard(tap) | heard(post, kind="message", message=77)
    events = events_of([tap, post], known, {11: ANA, 12: BEN})
    found = [
        finding(1, ANA, "help:u101", 0.2),
        finding(2, ANA, "check-in:5", 0.2),
        finding(3, BEN, "check-in:6", 0.2),
        finding(4, BEN, "post:3:77", 1.2),
        finding(5, BEN, "silence:6", 1.2),
    ]

    first, second, *clock = shared(events, [], found, {})

    assert [one.id for one in first.findings] == [1, 2]
    assert [one.id for one in second.findings] == [4]
    assert [one.id for event in clock for one in event.findings] == [3, 5]


def test_an_update_that_still_waits_has_made_nothing() -> None:
    row = update(1, 0, None)

    waiting, clock = shared(events_of([row], heard(row), {11: ANA}), [call(1, 0.2)], [], {})

    assert not waiting.queued
    assert [one.id for one in clock.queued] == [1]


def test_the_rooms_time_is_found_again_in_real_time_also_where_the_clock_was_turned(tmp_path: Path) -> None:
    clock = RoomClock(START, tmp_path / "clock")
    clock.start()
    before, shown = datetime.now(UTC), clock.now()
    clock.advance(timedelta(hours=3))
    after = clock.now()

    assert abs(clock.real_of(shown) - before) < timedelta(seconds=1)
    assert abs(clock.real_of(after) - datetime.now(UTC)) < timedelta(seconds=1)
    assert abs(clock.real_of(shown + timedelta(hours=1)) - before) < timedelta(seconds=1)
    clock.close()
