"""Sessions: set by typing a week, reminded of twice, answered in private, seen by staff; exceptions and outages."""

from datetime import timedelta

from sqlalchemy import func, select

from peerbot.db.models import GroupSession, GroupSlot, SessionReminder
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from tests.stories.answers import GO, GOOD_DAY, LIST, answer, bubble_of
from tests.town import StoryTown

# The stories begin on Monday 2026-03-02 at 09:00 in New York.


async def opens(town: StoryTown, mo: Person, page: str) -> None:
    await mo.writes("/groups")
    await mo.taps("Tuesday")
    await mo.taps(town.say(f"group-page-{page}"))
    mo.reads_all()


async def with_sessions(town: StoryTown, *members: Person, week: str = "Tue 18:00-19:30") -> tuple[Person, Group]:
    """A group with a weekly session, Ana in it."""
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, *members)
    await opens(town, mo, "people")
    await mo.taps("River")
    await opens(town, mo, "sessions")
    await mo.writes(week)
    await mo.taps(town.say("button-save"))
    town.all_read()
    return mo, group


async def test_a_session_is_reminded_of_the_day_before_and_an_hour_before_and_staff_see_the_answer(
    town: StoryTown,
) -> None:
    mo, group = await with_sessions(town)

    await town.pass_time(hours=9)
    town.ana.reads("Tuesday", "2026-03-03 18:00")
    await town.ana.taps(town.say("session-late"))
    town.ana.reads(town.say("session-late"))
    await town.pass_time(hours=23)
    town.ana.reads("18:00", town.say("session-soon", group="Tuesday", time="18:00")[-10:])
    await town.ana.taps(town.say("session-coming"))
    town.ana.reads(town.say("session-coming"))

    await town.dr_roth.writes("/sessions")
    town.dr_roth.reads("Tuesday", f"{town.say('session-coming')} · River · C-")
    await mo.writes("/sessions")
    mo.reads(f"{town.say('session-coming')} · River", without=["C-"])
    assert [message for message in group.messages if "River" in message.text] == []
    town.all_read()


async def test_who_cannot_come_is_not_asked_again_and_after_the_start_nothing_changes(small_town: StoryTown) -> None:
    town = small_town
    await with_sessions(town)
    await town.pass_time(hours=9)
    reminder = town.ana.reads("2026-03-03 18:00")
    coming = next(b.data for b in reminder.inline_buttons if b.text == town.say("session-coming"))
    await town.ana.taps(town.say("session-cannot"))
    town.all_read()

    await town.pass_time(hours=23)
    assert not any("18:00" in message.text for message in town.ana.unread())
    await town.pass_time(hours=2)
    await town.ana.presses(reminder, coming or "")

    assert town.ana.toast == town.say("refused-session-begun")
    town.all_read()


async def test_a_session_called_off_after_its_reminder_is_told_and_can_be_held_after_all(small_town: StoryTown) -> None:
    town = small_town
    mo, _group = await with_sessions(town)
    await town.pass_time(hours=9)
    town.all_read()
    await opens(town, mo, "sessions")

    await mo.taps("2026-03-03 18:00")
    town.ana.reads(town.say("session-off", group="Tuesday", time="2026-03-03 18:00"))
    assert mo.sees_button(town.say("sessions-take-place", time="2026-03-03"))
    await town.pass_time(hours=24)
    town.all_read()
    async with town.app.database.begin() as session:
        nearest = await session.scalar(
            select(func.min(GroupSession.starts_at)).where(GroupSession.called_off_at.is_(None))
        )
    assert nearest is not None
    assert nearest.date().isoformat() == "2026-03-10"


async def test_one_more_session_is_typed_as_a_date(small_town: StoryTown) -> None:
    town = small_town
    mo, _group = await with_sessions(town)
    await opens(town, mo, "sessions")

    await mo.writes("2026-03-02 20:00-21:00")

    assert mo.sees_button(town.say("sessions-call-off", time="2026-03-02 20:00"))
    await town.pass_time(hours=10)
    town.ana.reads("20:00")
    await mo.writes("2026-02-31 20:00-21:00")
    mo.reads(town.say("refused-date"))
    await mo.writes("2026-03-04 later")
    mo.reads(town.say("week-how"))
    town.all_read()


async def test_a_week_is_shown_before_it_counts_and_what_was_not_understood_is_said(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    await town.gets_group(mo)
    await opens(town, mo, "sessions")

    await mo.writes("mar y jue 18-19:30" if town.language == "es" else "Tue, Thu 6-7:30 pm")
    shown = mo.reads(town.say("week-understood"))
    assert f"{town.say('group-weekday', weekday=1)} 18:00–19:30" in shown.text
    assert f"{town.say('group-weekday', weekday=3)} 18:00–19:30" in shown.text
    async with town.app.database.begin() as session:
        assert await session.scalar(select(func.count()).select_from(GroupSlot)) == 0
    await mo.writes("Blursday 18:00-19:00")
    mo.reads(town.say("misread-unknown-day", what="blursday"))
    await mo.taps(town.say("button-back"))
    mo.reads("Tuesday")
    await mo.writes("hello")

    mo.reads(town.say("staff-text-not-understood")[:20])


async def test_after_our_own_outage_only_the_reminder_that_still_makes_sense_is_sent(small_town: StoryTown) -> None:
    town = small_town
    await with_sessions(town)
    town.allowed_errors |= {"gap_in_hearing"}
    town.clock.advance(timedelta(hours=32, minutes=30))  # 17:30 on Tuesday: both are overdue

    await town.pass_time(minutes=1)

    reminders = [message for message in town.ana.unread() if "18:00" in message.text]
    assert len(reminders) == 1
    town.all_read()
    async with town.app.database.begin() as session:
        sent = await session.scalar(select(func.count()).where(SessionReminder.was_sent))
    assert sent == 1


async def test_somebody_without_a_place_cannot_answer(small_town: StoryTown) -> None:
    town = small_town
    mo, _group = await with_sessions(town)
    await town.pass_time(hours=9)
    reminder = town.ana.reads("2026-03-03 18:00")
    await opens(town, mo, "people")
    await mo.taps("River")

    await town.ana.presses(reminder, reminder.inline_buttons[0].data or "")

    assert town.ana.toast == town.say("refused-no-place")
    town.all_read()


async def test_sessions_without_any_say_so(small_town: StoryTown) -> None:
    town = small_town
    await town.dr_roth.writes("/sessions")
    town.dr_roth.reads(town.say("sessions-none"))

    await town.ana.writes("/sessions")

    town.ana.reads(town.say("refused-staff-only"))


async def test_a_finished_check_in_says_when_the_group_meets_next_and_when_the_next_check_in_comes(
    town: StoryTown,
) -> None:
    await town.ana.writes("/checkin")
    await answer(town, town.ana, *GOOD_DAY)
    alone = bubble_of(town.ana)
    assert "Tuesday" not in alone.text
    await with_sessions(town)
    await answer(town, town.ana, LIST, GO)

    tomorrow = town.say("day-name", weekday=1, day=3, month=3)
    met = bubble_of(town.ana).text
    assert town.say("check-in-next", time=f"{tomorrow}, 09:00") in met
    assert town.say("check-in-next-session", group="Tuesday", time=f"{tomorrow}, 18:00") in met
    await town.pass_time(hours=9)
    town.ana.reads("Tuesday", "2026-03-03 18:00")
    await town.ana.taps(town.say("session-cannot"))
    await answer(town, town.ana, LIST, GO)

    week_later = town.say("day-name", weekday=1, day=10, month=3)
    expected = town.say("check-in-next-session", group="Tuesday", time=f"{week_later}, 18:00")
    assert expected in bubble_of(town.ana).text
    town.all_read()
