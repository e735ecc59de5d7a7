"""When check-ins come: put off, paused, moved, blocked, quiet hours, phases, outages."""

from datetime import date, timedelta

from sqlalchemy import select

from peerbot.db.models import Rhythm, Schedule, Silence
from peerbot.services import asking
from tests.stories.answers import SNOOZE, answer, bubble_of
from tests.stories.check_ins import check_ins, days_pass, presses_plan
from tests.town import StoryTown


async def test_a_prompt_can_be_put_off_by_an_hour_once(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    first = bubble_of(town.ana)
    snooze = next(button.data for button in first.inline_buttons if (button.data or "").endswith(":snooze")) or ""
    await answer(town, town.ana, SNOOZE)
    town.ana.reads("10:00")
    await town.pass_time(minutes=59)
    town.ana.reads_nothing()

    await town.pass_time(minutes=1)

    again = town.ana.reads(town.say("check-in-put-off", until="03:00"), "1/8")
    assert not any((button.data or "").endswith(":snooze") for button in again.inline_buttons)
    await town.ana.presses(again, snooze)
    assert town.ana.toast == town.say("refused-no-snooze")
    await town.pass_time(hours=6)
    town.all_read()
    assert (await check_ins(town))[0].reminded_at is not None


async def test_a_pause_asks_nothing_until_its_day_and_help_still_works(town: StoryTown) -> None:
    await town.ana.writes("/settings")
    await town.ana.taps(town.say("settings-pause", days=3))
    town.dr_roth.reads("C-")
    town.all_read()
    await days_pass(town, 2.5)
    town.ana.reads_nothing()
    assert await check_ins(town) == []
    await town.ana.writes("/now")
    town.ana.reads("988")

    await town.pass_time(hours=12)

    town.ana.reads("1/8")
    assert [row.local_on for row in await check_ins(town)] == [date(2026, 3, 5)]
    town.all_read()


async def test_whoever_moves_is_asked_neither_never_nor_twice_on_one_day(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    town.ana.reads("1/8")
    await _moves_to(town, "Honolulu")
    await town.pass_time(hours=9)
    assert len(await check_ins(town)) == 1
    await _moves_to(town, "Madrid")
    await town.pass_time(hours=24)

    days = [row.local_on for row in await check_ins(town)]
    assert days == sorted(set(days))
    assert date(2026, 3, 4) in days
    town.all_read()


async def _moves_to(town: StoryTown, city: str) -> None:
    await town.ana.writes("/settings")
    await town.ana.taps(town.say("settings-zone"))
    await town.ana.writes(city)


async def test_who_blocked_the_bot_is_unreachable_and_not_silent(town: StoryTown) -> None:
    await town.ana.blocks_bot()
    await town.pass_time(hours=24)
    await town.pass_time(hours=24)

    assert (await check_ins(town))[0].silence == Silence.UNREACHABLE
    await town.ana.unblocks_bot()
    await town.pass_time(hours=24)
    assert (await check_ins(town))[-1].silence is None
    await town.pass_time(hours=18)
    assert (await check_ins(town))[-1].silence == Silence.UNANSWERED
    town.all_read()


async def test_quiet_hours_put_a_prompt_off_to_their_end(town: StoryTown) -> None:
    await presses_plan(town, "@plan", "@hours", "quiet:22.00-08.00", "hour:08.00", "quiet:00.00-10.00")
    await town.pass_time(hours=23, minutes=30)
    assert await check_ins(town) == []

    await town.pass_time(minutes=90)

    assert len(await check_ins(town)) == 1
    town.all_read()


async def test_fewer_days_in_a_later_phase(town: StoryTown) -> None:
    await presses_plan(town, "@plan", "phase:late")

    await days_pass(town, 7)

    assert [row.local_on for row in await check_ins(town)] == [date(2026, 3, 5), date(2026, 3, 9)]
    dr_roth = await town.id_of(town.dr_roth)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Schedule.set_by)) == dr_roth
    town.all_read()


async def test_after_an_outage_missed_days_are_recorded_as_not_sent_and_only_today_is_asked(town: StoryTown) -> None:
    town.allowed_errors.add("gap_in_hearing")
    async with town.app.database.begin() as session:
        town.clock.advance(timedelta(days=3, hours=1))
        while await asking.ask_due(session, now=town.clock.now()):
            pass
    await town.settle()

    town.ana.reads("1/8")
    rows = await check_ins(town)
    assert [row.silence for row in rows] == [Silence.NOT_SENT] * (len(rows) - 1) + [None]
    assert rows[-1].local_on == date(2026, 3, 5)
    town.all_read()


async def test_a_rhythm_is_only_made_when_something_is_set(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Rhythm.participant_id)) is None
    town.all_read()
