"""Times and places as people type them, in English and Spanish."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerbot.care import calendar
from peerbot.care.calendar import COMMON_ZONES, find_zone, parse_time

NEW_YORK, MADRID = "America/New_York", "Europe/Madrid"


class TestTypedTimes:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            *[(t, "08:00") for t in ("8", " 8 ", "08", "8am", "8 AM", "8 a.m.", "8:00", "8h", "8 hrs", "at 8 o'clock")],
            *[(t, "08:00") for t in ("8 o’clock", "las 8", "a las ocho", "8 in the morning", "ocho de la mañana")],
            *[(t, "08:30") for t in ("8 y media", "ocho y media", "half past 8", "8.30", "8 30", "830", "8:30 a.m.")],
            *[(t, "20:00") for t in ("8pm", "8 p.m.", "las 8 de la noche", "20h", "20 horas", "eight at night")],
            *[(t, "20:15") for t in ("20:15", "20.15", "20h15", "2015", "20:15 h", "8 y cuarto de la noche")],
            *[(t, "19:45") for t in ("8 menos cuarto de la tarde", "quarter to eight pm")],
            *[(t, "12:00") for t in ("noon", "mediodía", "al mediodía", "12 pm", "12 del mediodía", "12 de la mañana")],
            *[(t, "00:00") for t in ("midnight", "medianoche", "12am", "12 de la noche", "24:00", "0:00")],
            *[(t, "02:00") for t in ("2 de la noche", "2 de la madrugada", "2 am", "2 at night")],
            ("quarter to one am", "00:45"),
            ("una menos cuarto de la madrugada", "00:45"),
        ],
    )
    def test_they_are_read_in_both_languages(self, typed: str, meant: str) -> None:
        assert parse_time(typed) == time.fromisoformat(meant)

    @pytest.mark.parametrize(
        "typed",
        [
            *["", " ", "25", "24:30", "8:60", "8:5", "-8", "8 9", "13 am", "0 pm", "99999", "tomorrow", "mañana", "no"],
            *["half past 8 y media", "8:30 y media", "\u0668", "8" * 4096, "h", "am", "at", "8am 9pm", "a seven-ish"],
        ],
    )
    def test_what_is_not_clearly_a_time_is_none(self, typed: str) -> None:
        assert parse_time(typed) is None

    @given(st.text(max_size=80))
    def test_no_text_breaks_the_readers(self, typed: str) -> None:
        assert parse_time(typed) is None or isinstance(parse_time(typed), time)
        assert all(ZoneInfo(zone) for zone in find_zone(typed))

    @given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
    def test_every_time_as_the_bot_shows_it_is_read_back(self, shown: time) -> None:
        assert parse_time(shown.strftime("%H:%M")) == shown


class TestTypedPlaces:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [
            *[
                (t, NEW_YORK)
                for t in ("New York", "nueva york", "NYC", "new york city", "America/New_York", "Miami, FL")
            ],
            *[(t, NEW_YORK) for t in ("Eastern time", "hora del este", "Washington, D.C.", "EST")],
            *[
                (t, MADRID)
                for t in ("madrid", "MADRID", "vivo en Madrid", "España", "Spain", "Sevilla", "europe/madrid")
            ],
            *[(t, "America/Mexico_City") for t in ("Mexico City", "ciudad de méxico", "CDMX", "México")],
            *[(t, "America/Bogota") for t in ("America/Bogota", "bogotá", "Bogotá, Colombia", "Medellín", "colombia")],
            ("Buenos Aires", "America/Argentina/Buenos_Aires"),
            ("Las Palmas", "Atlantic/Canary"),
            ("Phoenix", "America/Phoenix"),
            ("St. John's", "America/St_Johns"),
            ("UTC", "Atlantic/Canary"),
            ("hora de la montaña", "America/Denver"),
        ],
    )
    def test_the_likeliest_zone_comes_first(self, typed: str, first: str) -> None:
        assert find_zone(typed)[0] == first

    def test_a_name_that_means_several_places_gives_them_all(self) -> None:
        assert set(find_zone("Portland")) == {NEW_YORK, "America/Los_Angeles"}
        assert set(find_zone("Valencia")) == {MADRID, "America/Caracas"}
        assert find_zone("USA") == COMMON_ZONES["US"]

    @pytest.mark.parametrize("typed", ["UTC-5", "utc -5", "GMT-05:00", "-5", "-0500", "UTC\u22125"])
    def test_an_offset_offers_zones_that_use_it_and_the_fixed_one(self, typed: str) -> None:
        offered = find_zone(typed)

        assert {NEW_YORK, "America/Bogota"} < set(offered)
        assert offered[-1] == "Etc/GMT+5"
        assert datetime(2026, 1, 1, 12, tzinfo=UTC).astimezone(ZoneInfo(offered[-1])).hour == 7

    def test_an_offset_of_half_hours_has_real_zones(self) -> None:
        assert "Asia/Kolkata" in find_zone("+5:30")
        assert find_zone("-3:30") == ("America/St_Johns",)

    @pytest.mark.parametrize(
        "typed", ["", "atlantis", "8", "UTC+15", "UTC-13", "-99", "hola", ",", "../etc", "x" * 4096]
    )
    def test_an_unknown_place_gives_nothing(self, typed: str) -> None:
        assert find_zone(typed) == ()

    def test_every_zone_offered_exists(self) -> None:
        offered = {zone for zones in calendar._named_zones().values() for zone in zones}

        assert offered <= available_timezones()
        assert {zone for zones in COMMON_ZONES.values() for zone in zones} <= available_timezones()

    def test_the_countries_with_buttons_are_all_there(self) -> None:
        assert set(COMMON_ZONES) == set("US CA MX ES GB IE CO AR CL PE AU NZ".split())
        assert len(COMMON_ZONES["US"]) == 6
