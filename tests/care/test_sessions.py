"""Group sessions and staffed hours: the next ones, reminders, opening and closing, and a week as people type it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.care.sessions import (
    Change,
    DayOff,
    ExtraSession,
    Misread,
    Session,
    Turn,
    WeeklySlot,
    is_open,
    next_change,
    next_sessions,
    parse_week,
    reminders_due,
)

NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"
DAY = timedelta(days=1)
TUESDAY = WeeklySlot(1, time(18), time(19, 30))
THURSDAY = WeeklySlot(3, time(18), time(19, 30))
LATE_FRIDAY = WeeklySlot(4, time(22), time(2))


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def starts(sessions: tuple[Session, ...], zone: str) -> list[str]:
    return [f"{s.starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for s in sessions]


class TestNextSessions:
    def test_the_week_goes_on_and_keeps_its_local_time_over_the_clock_change(self) -> None:
        sessions = next_sessions([THURSDAY, TUESDAY], [], NEW_YORK, utc("2026-10-28T12:00"), 4)

        assert starts(sessions, NEW_YORK) == [f"2026-{day} 18:00" for day in ("10-29", "11-03", "11-05", "11-10")]
        assert sessions[0].starts_at == utc("2026-10-29T22:00")
        assert sessions[1].starts_at == utc("2026-11-03T23:00")
        assert all(s.ends_at - s.starts_at == timedelta(minutes=90) for s in sessions)

    def test_a_session_that_has_begun_is_not_a_next_one(self) -> None:
        begins = utc("2026-06-02T22:00")

        assert next_sessions([TUESDAY], [], NEW_YORK, begins - timedelta(seconds=1), 1)[0].starts_at == begins
        assert next_sessions([TUESDAY], [], NEW_YORK, begins, 1)[0].on == date(2026, 6, 9)

    def test_a_day_off_takes_the_weekly_session_and_leaves_the_extra_one(self) -> None:
        changes: list[Change] = [
            DayOff(date(2026, 6, 2)),
            ExtraSession(date(2026, 6, 3), time(17), time(18)),
            ExtraSession(date(2026, 6, 2), time(9), time(10)),
        ]

        sessions = next_sessions([TUESDAY], changes, MADRID, utc("2026-06-01T10:00"), 3)

        assert starts(sessions, MADRID) == ["2026-06-02 09:00", "2026-06-03 17:00", "2026-06-09 18:00"]

    def test_a_long_holiday_is_looked_past(self) -> None:
        holiday = [DayOff(date(2026, 7, 1) + n * DAY) for n in range(62)]

        sessions = next_sessions([TUESDAY], holiday, MADRID, utc("2026-06-30T20:00"), 1)

        assert sessions[0].on == date(2026, 9, 1)

    def test_an_extra_session_far_ahead_is_found_without_any_weekly_one(self) -> None:
        far = ExtraSession(date(2027, 12, 24), time(10), time(11))

        assert [s.on for s in next_sessions([], [far], MADRID, utc("2026-06-01T00:00"), 5)] == [far.on]
        assert next_sessions([], [], MADRID, utc("2026-06-01T00:00"), 5) == ()

    def test_a_session_over_midnight_belongs_to_the_date_it_began_on(self) -> None:
        session = next_sessions([LATE_FRIDAY], [], MADRID, utc("2026-06-05T12:00"), 1)[0]

        assert session.on == date(2026, 6, 5)
        assert (session.starts_at, session.ends_at) == (utc("2026-06-05T20:00"), utc("2026-06-06T00:00"))

    def test_a_session_inside_the_skipped_hour_does_not_end_before_it_starts(self) -> None:
        night = WeeklySlot(6, time(2, 15), time(2, 45))

        session = next_sessions([night], [], NEW_YORK, utc("2026-03-07T12:00"), 1)[0]

        assert session.starts_at == session.ends_at == utc("2026-03-08T07:00")


class TestReminders:
    def test_the_evening_before_and_one_hour_before(self) -> None:
        session = next_sessions([TUESDAY], [], NEW_YORK, utc("2026-06-01T12:00"), 1)[0]

        day_before, hour_before = reminders_due(session, NEW_YORK)

        assert (day_before.kind, day_before.due_at) == ("day-before", utc("2026-06-01T22:00"))
        assert (hour_before.kind, hour_before.due_at) == ("hour-before", utc("2026-06-02T21:00"))

    def test_an_early_session_is_still_announced_at_a_kind_hour(self) -> None:
        early = Session(utc("2026-06-02T04:30"), utc("2026-06-02T05:30"), date(2026, 6, 2))  # 06:30 in Madrid

        day_before, _ = reminders_due(early, MADRID, kind_hour=time(17, 30))

        assert day_before.due_at.astimezone(ZoneInfo(MADRID)).isoformat() == "2026-06-01T17:30:00+02:00"


class TestStaffedHours:
    @pytest.mark.parametrize(
        ("local", "there"),
        [
            *[("2026-06-05T21:59", False), ("2026-06-05T22:00", True), ("2026-06-06T01:59", True)],
            *[("2026-06-06T02:00", False), ("2026-06-07T00:30", False)],
        ],
    )
    def test_a_window_runs_over_midnight_from_its_start_to_just_before_its_end(self, local: str, there: bool) -> None:
        now = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(MADRID))

        assert is_open([LATE_FRIDAY], MADRID, now) is there

    def test_the_next_turn_is_the_opening_or_the_closing(self) -> None:
        before, inside = utc("2026-06-02T12:00"), utc("2026-06-02T23:00")

        assert next_change([TUESDAY, THURSDAY], NEW_YORK, before) == Turn(utc("2026-06-02T22:00"), opens=True)
        assert next_change([TUESDAY, THURSDAY], NEW_YORK, inside) == Turn(utc("2026-06-02T23:30"), opens=False)

    def test_windows_that_touch_or_overlap_are_one(self) -> None:
        windows = [WeeklySlot(1, time(18), time(0)), WeeklySlot(2, time(0), time(2)), WeeklySlot(2, time(1), time(3))]

        assert next_change(windows, MADRID, utc("2026-06-02T20:00")) == Turn(utc("2026-06-03T01:00"), opens=False)

    def test_always_and_never_open_have_no_turn(self) -> None:
        always = [WeeklySlot(day, time(0), time(0)) for day in range(7)]

        assert is_open(always, MADRID, utc("2026-06-02T12:00"))
        assert next_change(always, MADRID, utc("2026-06-02T12:00")) is None
        assert not is_open([], MADRID, utc("2026-06-02T12:00"))
        assert next_change([], MADRID, utc("2026-06-02T12:00")) is None

    def test_a_day_off_closes_the_group_and_an_extra_window_opens_it(self) -> None:
        tuesday_noon = utc("2026-06-02T12:00")
        changes: list[Change] = [DayOff(date(2026, 6, 2)), ExtraSession(date(2026, 6, 3), time(9), time(10))]

        assert not is_open([TUESDAY], NEW_YORK, utc("2026-06-02T22:30"), changes)
        assert next_change([TUESDAY], NEW_YORK, tuesday_noon, changes) == Turn(utc("2026-06-03T13:00"), opens=True)

    def test_a_group_that_is_always_open_closes_on_a_holiday_months_ahead(self) -> None:
        always = [WeeklySlot(day, time(0), time(0)) for day in range(7)]

        turn = next_change(always, MADRID, utc("2026-06-02T12:00"), [DayOff(date(2026, 12, 25))])

        assert turn == Turn(utc("2026-12-24T23:00"), opens=False)

    @settings(max_examples=80, deadline=None)
    @given(
        windows=st.lists(
            st.builds(
                WeeklySlot,
                st.integers(0, 6),
                st.times().map(lambda t: t.replace(second=0, microsecond=0)),
                st.times().map(lambda t: t.replace(second=0, microsecond=0)),
            ),
            max_size=5,
        ),
        hours=st.integers(0, 365 * 24),
        zone=st.sampled_from([NEW_YORK, MADRID, "Africa/Cairo", "Australia/Lord_Howe"]),
    )
    def test_the_state_turns_at_the_next_change_and_not_before(
        self, windows: list[WeeklySlot], hours: int, zone: str
    ) -> None:
        now = utc("2026-01-01T00:30") + timedelta(hours=hours)

        turn = next_change(windows, zone, now)

        there = is_open(windows, zone, now)
        until = turn.at if turn else now + timedelta(days=9)
        halves = [now + n * (until - now) / 40 for n in range(40)]
        assert all(is_open(windows, zone, moment) is there for moment in halves)
        if turn:
            assert turn.at > now
            assert turn.opens is not there
            assert is_open(windows, zone, turn.at) is turn.opens


def week(text: str) -> str:
    """What was read, in short: "1 18:00-19:30" is Tuesday."""
    slots = parse_week(text)
    assert not isinstance(slots, Misread), slots
    return ", ".join(f"{s.weekday} {s.start:%H:%M}-{s.end:%H:%M}" for s in slots)


class TestTypedWeek:
    @pytest.mark.parametrize(
        "typed",
        [
            "Tue 18:00-19:30, Thu 18:00-19:30",
            "mar 18:00-19:30, jue 18:00-19:30",
            "thu 18:00 - 19:30; TUE 18:00–19:30",
            "Tuesdays and Thursdays from 6 pm to 7:30 pm",
            "Tue & Thu 6-7:30pm",
            "Tue, Thu 6-7:30 p.m.",
            "los martes y jueves de 18:00 a 19:30",
            "martes, jueves: de 6 a 7 y media de la tarde",
            "Martes 18h a 19h30\nJueves 18h a 19h30",
        ],
    )
    def test_one_week_typed_in_many_ways(self, typed: str) -> None:
        assert week(typed) == "1 18:00-19:30, 3 18:00-19:30"

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("Mon-Wed 9-17", "0 09:00-17:00, 1 09:00-17:00, 2 09:00-17:00"),
            ("lunes a miércoles de 9 a 17", "0 09:00-17:00, 1 09:00-17:00, 2 09:00-17:00"),
            ("sáb-lun 10:00-12:00", "0 10:00-12:00, 5 10:00-12:00, 6 10:00-12:00"),
            ("Mon 9-12, 14-17", "0 09:00-12:00, 0 14:00-17:00"),
            ("weekends 10-12", "5 10:00-12:00, 6 10:00-12:00"),
            ("fines de semana de 10 a 12", "5 10:00-12:00, 6 10:00-12:00"),
            ("fri 10pm-2am", "4 22:00-02:00"),
            ("Sat 11-1 pm", "5 11:00-13:00"),
            ("Tue 00:00-24:00", "1 00:00-00:00"),
            ("mon 9-10, mon 9-10", "0 09:00-10:00"),
        ],
    )
    def test_spans_lists_and_nights(self, typed: str, read: str) -> None:
        assert week(typed) == read

    @pytest.mark.parametrize(
        "typed", ["daily 8-22", "every day 8am to 10pm", "todos los días de 8 a 22h", "mon-sun 8-22"]
    )
    def test_every_day(self, typed: str) -> None:
        assert parse_week(typed) == tuple(WeeklySlot(day, time(8), time(22)) for day in range(7))

    @pytest.mark.parametrize(
        ("typed", "reason", "piece"),
        [
            ("", "empty", ""),
            (" ,; ", "empty", ""),
            ("x" * 501, "too-long", ""),
            ("18:00-19:30", "no-day", "18:00-19:30"),
            ("Funday 18:00-19:30", "unknown-day", "funday"),
            ("Tue 18:00-19:30, someday 9-10", "unknown-day", "someday"),
            ("Tue 18:00", "no-end", "18:00"),
            ("Tue", "no-end", "tue"),
            ("Mon 18-19, Tue", "no-end", "mon 18-19, tue"),
            ("Tue 25:00-26:00", "time", "25:00"),
            ("Tue 18:00-19:75", "time", "19:75"),
            ("Tue 18-19-20", "time", "18-19-20"),
            ("Tue 18:00-18:00", "no-length", "18:00-18:00"),
            ("Fri 10-2 am", "am-or-pm", "10-2 am"),
        ],
    )
    def test_what_is_not_understood_says_why_and_where(self, typed: str, reason: str, piece: str) -> None:
        read = parse_week(typed)

        assert isinstance(read, Misread)
        assert (read.reason, read.piece) == (reason, piece)

    @given(st.text(alphabet="montuewdhrfisa 0123456789:-,;\náé—y", max_size=60))
    def test_no_text_breaks_it(self, typed: str) -> None:
        read = parse_week(typed)

        assert isinstance(read, Misread) or read
