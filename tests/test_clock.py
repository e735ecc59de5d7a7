"""Clocks: the time people live in may be turned, the time of leases and pace never."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from peerbot.clock import ManualClock, RehearsalClock, SystemClock


def test_the_machines_clock_tells_aware_utc_and_seconds_that_never_go_back() -> None:
    clock = SystemClock()

    before = clock.monotonic()
    assert clock.now().utcoffset() == timedelta()
    assert clock.real() >= clock.now() - timedelta(seconds=1)
    assert clock.monotonic() >= before


def test_the_rehearsal_clock_is_turned_by_its_file_and_only_for_people(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    file.write_text("0", encoding="ascii")
    clock = RehearsalClock(file)

    file.write_text("86400.5", encoding="ascii")

    ahead = clock.now() - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < ahead <= timedelta(seconds=86400.5)
    assert clock.real() <= datetime.now(UTC)
    assert clock.monotonic() <= SystemClock().monotonic()


def test_an_empty_offset_file_turns_nothing(tmp_path: Path) -> None:
    file = tmp_path / "offset"
    file.touch()

    assert RehearsalClock(file).now() <= datetime.now(UTC)


def test_a_clock_moved_by_hand_moves_all_three_times_together() -> None:
    clock = ManualClock(datetime(2026, 3, 8, 6, 59, tzinfo=UTC))

    clock.advance(timedelta(minutes=2))

    assert clock.now() == clock.real() == datetime(2026, 3, 8, 7, 1, tzinfo=UTC)
    assert clock.monotonic() == 120.0
