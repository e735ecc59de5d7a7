"""A year of local days in every zone of the tz database, moves between zones and quiet hours."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.care import calendar
from peerbot.care.calendar import (
    after_move,
    day_closes,
    due_at,
    in_quiet_hours,
    instant,
    local_day,
    next_due,
    quiet_ends,
)

DAY = timedelta(days=1)
NEW_YORK = "America/New_York"
MADRID = "Europe/Madrid"
TIMES = [time(2, 30), time(1, 30), time(0), time(23, 59), time(9)]
YEAR = 2026


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def offsets(zone: str, year: int) -> tuple[timedelta | None, ...]:
    """What the clocks of a zone did in a year, by the hour: zones that did the same need one walk, not twenty."""
    rules, start = ZoneInfo(zone), datetime(year, 1, 1, tzinfo=UTC) - 2 * DAY
    by_day = [(start + n * DAY).astimezone(rules).utcoffset() for n in range(371)]
    found = [by_day[0]]
    for n in (n for n in range(370) if by_day[n] != by_day[n + 1]):
        found += [(start + n * DAY + timedelta(minutes=30 * m)).astimezone(rules).utcoffset() for m in range(49)]
        found += [timedelta(n)]
    return tuple(found)


@cache
def zones_that_differ(year: int) -> tuple[str, ...]:
    """One zone for each different year of clocks; together they stand for every zone there is."""
    return tuple({offsets(zone, year): zone for zone in sorted(available_timezones())}.values())


def prompts(
    zone: str, at: time, day_ends: time = calendar.DAY_ENDS, year: int = YEAR
) -> Iterator[tuple[date, datetime]]:
    """Every prompt of a person whose schedule row is moved on after each one, as the tick does it."""
    day, due = next_due(datetime(year, 1, 1, 12, tzinfo=UTC), at, zone, day_ends=day_ends)
    while day < date(year + 1, 1, 1):
        yield day, due
        day, due = next_due(due, at, zone, day_ends=day_ends, not_on=day)


def consecutive(days: Iterable[date]) -> bool:
    listed = list(days)
    return listed == [listed[0] + n * DAY for n in range(len(listed))]


class TestEveryZoneForAYear:
    def test_the_zones_walked_stand_for_all_and_include_those_with_summer_time(self) -> None:
        walked = zones_that_differ(YEAR)

        assert {offsets(z, YEAR) for z in available_timezones()} == {offsets(z, YEAR) for z in walked}
        assert sum(len(set(offsets(z, YEAR))) > 1 for z in walked) > 20

    @pytest.mark.parametrize("at", TIMES, ids=str)
    def test_each_local_day_has_exactly_one_prompt_inside_that_day(self, at: time) -> None:
        for zone in zones_that_differ(YEAR):
            asked = list(prompts(zone, at))

            assert consecutive(day for day, _ in asked), zone
            assert len(asked) >= 364, zone
            for day, due in asked:
                assert local_day(due, zone) == day, (zone, day)
                assert due < day_closes(day, zone), (zone, day)

    @pytest.mark.parametrize("day_ends", [time(0), time(0, 30), time(2), time(2, 30), time(4)], ids=str)
    def test_a_day_may_end_at_any_hour_even_one_the_clocks_skip_or_repeat(self, day_ends: time) -> None:
        for zone in zones_that_differ(YEAR):
            asked = list(prompts(zone, time(2, 30), day_ends))

            assert consecutive(day for day, _ in asked), zone
            assert all(local_day(due, zone, day_ends) == day for day, due in asked), zone

    @pytest.mark.parametrize("day_ends", [time(0), time(1, 30), time(3)], ids=str)
    def test_days_never_run_backwards_and_change_exactly_where_the_day_before_closes(self, day_ends: time) -> None:
        for zone in zones_that_differ(YEAR):
            for on in (date(YEAR, 1, 1) + n * DAY for n in range(365)):
                closes = day_closes(on, zone, day_ends)

                assert local_day(closes - timedelta(microseconds=1), zone, day_ends) == on, (zone, on)
                assert local_day(closes, zone, day_ends) == on + DAY, (zone, on)

    @pytest.mark.parametrize("at", [time(2, 30), time(9)], ids=str)
    def test_ordinary_days_show_the_wanted_time_on_the_wall(self, at: time) -> None:
        for zone in zones_that_differ(YEAR):
            wrong = [due for _, due in prompts(zone, at) if due.astimezone(ZoneInfo(zone)).time() != at]

            assert len(wrong) <= 2, zone  # the spring nights; Morocco has its own, around Ramadan


class Tick:
    """The part of the tick that matters here: a row with a day and an instant, moved on when it is worked."""

    def __init__(self, zone: str, at: time, start: datetime) -> None:
        self.zone, self.at = zone, at
        self.on, self.due = next_due(start, at, zone)
        self.sent: list[date] = []
        self.not_sent: list[date] = []

    def runs(self, now: datetime) -> None:
        while self.due <= now:
            (self.sent if now < day_closes(self.on, self.zone) else self.not_sent).append(self.on)
            self.on, self.due = next_due(self.due, self.at, self.zone, not_on=self.on)


ROUND_THE_NIGHTS = [(NEW_YORK, "2026-03-07"), (NEW_YORK, "2026-10-31"), (MADRID, "2026-03-28"), (MADRID, "2026-10-24")]


@pytest.mark.parametrize("at", TIMES, ids=str)
@pytest.mark.parametrize(("zone", "start"), ROUND_THE_NIGHTS)
class TestTicks:
    def test_a_tick_run_twice_sends_nothing_the_second_time(self, zone: str, start: str, at: time) -> None:
        tick = Tick(zone, at, utc(start + "T12:00"))
        for minute in range(0, 4 * 24 * 60, 5):
            now = utc(start + "T12:00") + timedelta(minutes=minute)
            tick.runs(now)
            sent = list(tick.sent)
            tick.runs(now)

            assert tick.sent == sent

        assert consecutive(tick.sent)
        assert len(tick.sent) == 4
        assert tick.not_sent == []

    @pytest.mark.parametrize("hours", [2, 25])
    def test_after_an_outage_every_day_is_sent_or_known_as_not_sent(
        self, zone: str, start: str, at: time, hours: int
    ) -> None:
        for began in range(60):
            tick = Tick(zone, at, utc(start + "T12:00"))
            dark = utc(start + "T12:00") + timedelta(hours=began)
            for minute in range(0, 6 * 24 * 60, 30):
                now = utc(start + "T12:00") + timedelta(minutes=minute)
                if not dark <= now < dark + timedelta(hours=hours):
                    tick.runs(now)

            assert consecutive(sorted(tick.sent + tick.not_sent))
            assert len(tick.not_sent) <= 1 + hours // 24


class TestOddNights:
    def test_half_past_two_on_the_spring_night_is_the_first_instant_after_the_jump(self) -> None:
        due = due_at(date(2026, 3, 7), time(2, 30), NEW_YORK)

        assert due == utc("2026-03-08T07:00")
        assert due.astimezone(ZoneInfo(NEW_YORK)).time() == time(3)

    def test_half_past_one_on_the_autumn_night_is_its_first_coming(self) -> None:
        assert due_at(date(2026, 10, 31), time(1, 30), NEW_YORK) == utc("2026-11-01T05:30")

    def test_the_day_of_the_spring_night_stays_open_for_its_half_past_two_check_in(self) -> None:
        assert day_closes(date(2026, 3, 7), NEW_YORK) == utc("2026-03-08T08:00")
        assert day_closes(date(2026, 3, 8), NEW_YORK) == utc("2026-03-09T07:00")

    def test_a_midnight_that_the_clocks_skip_begins_the_day_at_one(self) -> None:
        due = due_at(date(2026, 4, 24), time(0), "Africa/Cairo", time(0))

        assert due.astimezone(ZoneInfo("Africa/Cairo")).isoformat() == "2026-04-24T01:00:00+03:00"

    def test_lord_howe_moves_by_half_an_hour(self) -> None:
        due = due_at(date(2026, 10, 3), time(2, 15), "Australia/Lord_Howe")

        assert due.astimezone(ZoneInfo("Australia/Lord_Howe")).time() == time(2, 30)

    def test_the_date_samoa_left_out_has_no_prompt_and_its_neighbours_have_one(self) -> None:
        asked = [day for day, _ in prompts("Pacific/Apia", time(9), year=2011)]

        assert date(2011, 12, 30) not in asked
        assert asked[-2:] == [date(2011, 12, 29), date(2011, 12, 31)]

    def test_before_the_day_ends_it_is_still_yesterday(self) -> None:
        assert local_day(utc("2026-06-02T06:59"), NEW_YORK) == date(2026, 6, 1)
        assert local_day(utc("2026-06-02T07:00"), NEW_YORK) == date(2026, 6, 2)
        assert local_day(utc("2026-06-02T04:00"), NEW_YORK, time(0)) == date(2026, 6, 2)

    def test_a_late_check_in_belongs_to_the_evening_before(self) -> None:
        assert due_at(date(2026, 6, 5), time(1), MADRID) == utc("2026-06-05T23:00")

    @pytest.mark.parametrize("ask", [local_day, lambda now, zone: next_due(now, time(9), zone)])
    def test_a_time_without_a_zone_is_refused(self, ask: object) -> None:
        assert callable(ask)
        with pytest.raises(ValueError, match="naive"):
            ask(datetime(2026, 6, 1), MADRID)  # noqa: DTZ001


class TestNextDue:
    def test_it_is_strictly_after_the_given_instant(self) -> None:
        due = utc("2026-06-01T13:00")

        assert next_due(due - timedelta(seconds=1), time(9), NEW_YORK) == (date(2026, 6, 1), due)
        assert next_due(due, time(9), NEW_YORK) == (date(2026, 6, 2), due + DAY)

    def test_a_day_already_asked_and_all_before_it_are_passed_over(self) -> None:
        early = utc("2026-06-01T08:00")

        assert next_due(early, time(9), NEW_YORK, not_on=date(2026, 6, 1))[0] == date(2026, 6, 2)
        assert next_due(early, time(9), NEW_YORK, not_on=date(2026, 6, 3))[0] == date(2026, 6, 4)
        assert next_due(early, time(9), NEW_YORK, not_on=date(2026, 5, 1))[0] == date(2026, 6, 1)

    def test_weekdays_are_those_of_the_persons_day_not_of_the_calendar_date(self) -> None:
        monday = next_due(utc("2026-06-03T12:00"), time(1), MADRID, weekdays=frozenset({0}))

        assert monday == (date(2026, 6, 8), utc("2026-06-08T23:00"))

    @pytest.mark.parametrize("weekdays", [frozenset[int](), frozenset({7})])
    def test_a_schedule_without_a_weekday_is_refused(self, weekdays: frozenset[int]) -> None:
        with pytest.raises(ValueError, match="weekday"):
            next_due(utc("2026-06-03T12:00"), time(9), MADRID, weekdays=weekdays)


WORLD = [NEW_YORK, MADRID, "Pacific/Honolulu", "Pacific/Auckland", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"]


class TestMoves:
    def test_flying_east_past_the_hour_brings_the_prompt_at_once(self) -> None:
        now = utc("2026-06-02T12:50")  # 08:50 in New York, 14:50 in Madrid

        assert after_move(date(2026, 6, 1), now, time(9), MADRID) == (date(2026, 6, 2), now)

    def test_flying_east_after_the_prompt_waits_for_tomorrow(self) -> None:
        now = utc("2026-06-02T13:10")

        assert after_move(date(2026, 6, 2), now, time(9), MADRID) == (date(2026, 6, 3), utc("2026-06-03T07:00"))

    def test_flying_west_back_into_a_day_already_asked_does_not_ask_it_twice(self) -> None:
        now = utc("2026-06-01T22:00")  # 10:00 on the 2nd in Auckland, noon on the 1st in Honolulu

        on, due = after_move(date(2026, 6, 2), now, time(9), "Pacific/Honolulu")

        assert (on, due) == (date(2026, 6, 3), utc("2026-06-03T19:00"))

    def test_a_weekly_questionnaire_is_not_pulled_to_another_weekday(self) -> None:
        now = utc("2026-06-02T12:50")  # a Tuesday

        on, _ = after_move(date(2026, 5, 25), now, time(9), MADRID, weekdays=frozenset({0}))

        assert on == date(2026, 6, 8)

    @settings(max_examples=150, deadline=None)
    @given(
        at=st.times().map(lambda t: t.replace(microsecond=0)),
        moves=st.lists(st.tuples(st.integers(1, 5000), st.sampled_from(WORLD)), max_size=8),
        first=st.sampled_from(WORLD),
    )
    def test_whoever_moves_about_has_one_prompt_for_every_day_they_saw_the_end_of(
        self, at: time, moves: list[tuple[int, str]], first: str
    ) -> None:
        now, zone = utc("2026-03-01T12:00"), first
        on, due = after_move(None, now, at, zone)
        asked: list[date] = []
        for minutes, moves_to in [*moves, (4 * 24 * 60, first)]:
            leaves = now + timedelta(minutes=minutes)
            while due <= leaves:
                asked.append(on)
                on, due = next_due(due, at, zone, not_on=on)
            ended = local_day(leaves, zone) - DAY

            assert asked == sorted(set(asked))
            if leaves - now >= DAY:
                assert asked[-1] >= ended

            now, zone = leaves, moves_to
            on, due = after_move(asked[-1] if asked else None, now, at, zone)
            assert due >= now


class TestQuietHours:
    @pytest.mark.parametrize(
        ("shown", "quiet"), [("21:59", False), ("22:00", True), ("00:00", True), ("06:59", True), ("07:00", False)]
    )
    def test_quiet_hours_run_over_midnight(self, shown: str, quiet: bool) -> None:
        now = instant(datetime.fromisoformat(f"2026-06-02T{shown}"), MADRID)

        assert in_quiet_hours(now, MADRID, time(22), time(7)) is quiet

    def test_quiet_hours_within_one_day_and_none_at_all(self) -> None:
        noon = instant(datetime(2026, 6, 2, 12), MADRID)  # noqa: DTZ001

        assert in_quiet_hours(noon, MADRID, time(11), time(13))
        assert not in_quiet_hours(noon, MADRID, time(13), time(14))
        assert not in_quiet_hours(noon, MADRID, time(12), time(12))

    def test_they_end_in_the_morning_and_are_over_when_they_never_began(self) -> None:
        night, noon = utc("2026-06-02T03:00"), utc("2026-06-02T16:00")

        assert quiet_ends(night, NEW_YORK, time(22), time(7)) == utc("2026-06-02T11:00")
        assert quiet_ends(noon, NEW_YORK, time(22), time(7)) == noon

    def test_in_the_hour_that_comes_twice_the_second_end_counts(self) -> None:
        second_quarter_past_one = utc("2026-11-01T06:15")

        assert quiet_ends(second_quarter_past_one, NEW_YORK, time(22), time(1, 30)) == utc("2026-11-01T06:30")

    @settings(max_examples=200, deadline=None)
    @given(
        minutes=st.integers(0, 365 * 24 * 60),
        zone=st.sampled_from([*WORLD, "Africa/Cairo", "America/Havana", "Antarctica/Troll"]),
        start=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        end=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    )
    def test_the_end_is_never_quiet_and_never_more_than_a_day_and_an_hour_away(
        self, minutes: int, zone: str, start: time, end: time
    ) -> None:
        now = utc("2026-01-01T00:00") + timedelta(minutes=minutes)

        ends = quiet_ends(now, zone, start, end)

        assert not in_quiet_hours(ends, zone, start, end)
        assert now <= ends <= now + timedelta(hours=26)
