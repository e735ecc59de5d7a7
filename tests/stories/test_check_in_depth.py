"""Check-ins in depth: a lapse, a resumed week, late, corrected, put off, paused, moved, blocked, and bad input."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from peerbot.db.models import Alert, Answer, CheckIn, CheckInState, Rhythm, Schedule, Silence
from peerbot.services import asking, schedules
from tests.stories.answers import BACK, DONE, GO, GOOD_DAY, LATER, LIST, SKIP, SNOOZE, answer, bubble_of, question_shown
from tests.town import StoryTown


async def check_ins(town: StoryTown, questionnaire: str = "daily") -> list[CheckIn]:
    async with town.app.database.begin() as session:
        rows = await session.scalars(
            select(CheckIn).where(CheckIn.questionnaire == questionnaire).order_by(CheckIn.local_on)
        )
        return list(rows)


async def answers_to(town: StoryTown, question: str) -> list[tuple[str, bool]]:
    """Every value ever given, oldest first, and whether it still stands."""
    async with town.app.database.begin() as session:
        rows = await session.scalars(select(Answer).where(Answer.question == question).order_by(Answer.id))
        return [(row.value, row.replaced_at is None) for row in rows]


async def plans(town: StoryTown, **facts: object) -> int:
    """What a carer sets for Ana, straight in her rhythm; returns her number."""
    person = await town.id_of(town.ana)
    async with town.app.database.begin() as session:
        rhythm = await schedules.own_rhythm(session, person)
        for name, value in facts.items():
            setattr(rhythm, name, value)
    return person


async def days_pass(town: StoryTown, days: float) -> None:
    """Long times in half days, so that Telegram is heard in between."""
    for _ in range(round(days * 2)):
        await town.pass_time(hours=12)


async def presses_plan(town: StoryTown, *acts: str) -> None:
    """Dr Roth opens Ana's plan and presses these, as "act:value"."""
    person = await town.id_of(town.ana)
    await town.dr_roth.writes("/caseload")
    town.dr_roth.reads("1 ")
    screen = town.dr_roth.visible()[-1]
    for act in acts:
        data = f"cv:{person}:{act[1:]}" if act.startswith("@") else f"pl:{person}:{act}"
        await town.dr_roth.presses(screen, data)


async def test_a_hard_day_asks_more_and_ends_with_the_plan_kept(town: StoryTown) -> None:
    await plans(town, medication=True)
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 6, 5, 5)
    assert question_shown(town.ana) == "feelings"
    await answer(town, town.ana, "lonely", "tired", "tired", DONE, "bad", "yes")
    assert question_shown(town.ana) == "plan"

    await town.ana.writes("If he calls I let it ring and go to the meeting.")
    await answer(town, town.ana, "taken", "no", SKIP)

    town.ana.reads("6 ", "5 ", "09:00")
    assert (await answers_to(town, "feelings"))[-1] == ('["lonely"]', True)
    assert (await check_ins(town))[0].state == CheckInState.COMPLETED
    assert "he calls" in (await answers_to(town, "plan"))[0][0]
    town.all_read()


async def test_a_lapse_is_met_with_care_and_the_overdose_card_and_keeps_the_total(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY)
    await town.pass_time(hours=24)
    town.all_read()
    await answer(town, town.ana, "other")
    assert question_shown(town.ana) == "safe-now"

    await answer(town, town.ana, "yes", "opioids")

    town.ana.reads("naloxon")
    town.dr_roth.reads("C-")
    await answer(town, town.ana, "alcohol", DONE, "no", "yesterday", 3, 6, 5, DONE, "well", "no", "no", SKIP)
    ended = town.ana.reads(town.say("sober-day-one"))
    assert town.say("sober-total", days=1) in ended.text
    assert town.say("sober-best", days=1) in ended.text
    assert "C-" not in ended.text
    town.all_read()


async def test_not_being_safe_after_a_lapse_is_urgent_at_once(town: StoryTown) -> None:
    await town.pass_time(hours=24)

    await answer(town, town.ana, "alcohol", "no")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-same-day"))
    town.dr_roth.reads(town.say("level-urgent"))
    town.all_read()


async def test_item_nine_above_zero_asks_the_safety_questions_at_once_and_silence_is_told(town: StoryTown) -> None:
    await presses_plan(town, "@plan", "@ask", "ask:phq-9")
    town.all_read()
    half = "more-than-half"
    await answer(town, town.ana, half, half, "not-at-all", "not-at-all", "not-at-all", "not-at-all", "not-at-all")
    await answer(town, town.ana, "not-at-all", "several-days")

    assert question_shown(town.ana) == "wished-dead"
    town.dr_roth.reads("C-")
    await answer(town, town.ana, "no")
    town.all_read()
    await town.pass_time(minutes=29)
    town.dr_roth.reads_nothing()
    await town.pass_time(minutes=2)

    async with town.app.database.begin() as session:
        alert = await session.scalar(select(Alert))
        overdue = await session.scalar(select(CheckIn.answer_by).where(CheckIn.questionnaire == "asq"))
    assert alert is not None
    assert overdue is None
    await town.dr_roth.taps(town.say("alert-button-open"))
    assert "30" in town.dr_roth.reads(town.say("alert-details-foot")[:20]).text
    town.all_read()


async def test_the_weekly_form_comes_after_the_daily_one_and_can_be_resumed_part_by_part(town: StoryTown) -> None:
    await presses_plan(town, "@plan", "form:bam-iop", "day:bam-iop.1")
    town.all_read()
    await town.pass_time(hours=24)
    assert [row.questionnaire for row in await check_ins(town, "bam-iop")] == ["bam-iop"]
    await answer(town, town.ana, *GOOD_DAY)
    assert question_shown(town.ana) == "health"

    await answer(town, town.ana, "good", 0, 0, 0, 0)
    part_two = bubble_of(town.ana)
    assert "1" in part_two.text
    assert town.say("button-go-on") in [button.text for button in part_two.inline_buttons]
    await answer(town, town.ana, LATER)
    await town.pass_time(hours=1)
    town.all_read()
    await town.ana.taps(town.say("key-check-in"))

    assert question_shown(town.ana) == "craving"
    await answer(town, town.ana, "not-at-all", "extremely", 3, 0)
    for _ in range(8):
        if (await check_ins(town, "bam-iop"))[0].state == CheckInState.COMPLETED:
            break
        bubble = bubble_of(town.ana)
        tap = GO if town.say("button-go-on") in [one.text for one in bubble.inline_buttons] else SKIP
        await answer(town, town.ana, tap)
    assert (await check_ins(town, "bam-iop"))[0].state == CheckInState.COMPLETED
    town.all_read()


async def test_an_answer_after_some_hours_counts_and_is_marked_late(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    town.ana.reads("1/8")
    await town.pass_time(hours=2)
    town.ana.reads(town.say("check-in-reminder", until="03:00"))
    town.all_read()
    await town.pass_time(hours=3)
    town.ana.reads_nothing()

    await answer(town, town.ana, *GOOD_DAY)

    done = (await check_ins(town))[0]
    assert (done.late, done.state, done.silence) == (True, CheckInState.COMPLETED, None)
    town.all_read()


async def test_an_answer_can_be_corrected_until_the_day_ends_and_the_old_one_stays_as_history(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY)
    await answer(town, town.ana, LIST)
    mood = next(
        button.data for button in bubble_of(town.ana).inline_buttons if button.data and ":mood:at" in button.data
    )
    await town.ana.presses(bubble_of(town.ana), mood)

    await town.ana.writes("7")

    town.ana.reads("7 ", "09:00")
    assert await answers_to(town, "mood") == [("8", False), ("7", True)]
    summary = bubble_of(town.ana)
    await town.pass_time(hours=24)
    await town.ana.presses(summary, mood)
    assert town.ana.toast == town.say("refused-check-in-closed")
    town.all_read()


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


async def test_a_call_for_help_on_an_old_check_in_is_never_refused(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")
    old = (await check_ins(town))[0].id
    await days_pass(town, 2)
    town.all_read()

    await town.ana.presses(bubble, f"a:{old}:help:help-now")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))
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


@pytest.mark.parametrize(
    "forged", ["a:{id}:use:heroin", "a:{id}:craving:11", "a:{id}:craving:-1", "a:{id}:mood:x", "m:{id}:use:skip"]
)
async def test_what_is_no_answer_is_refused_and_changes_nothing(town: StoryTown, forged: str) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")

    await town.ana.presses(bubble, forged.format(id=(await check_ins(town))[0].id))

    assert town.ana.toast == town.say("refused-unknown-answer")
    assert await answers_to(town, "use") == []
    town.ana.reads_nothing()


async def test_a_note_of_4096_characters_is_kept_whole(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY[:-1])

    await town.ana.writes("abcd " * 819 + "e")

    assert len((await answers_to(town, "note"))[0][0]) == 4098
    town.all_read()


async def test_someone_elses_check_in_cannot_be_answered(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bea = town.sim.person("Bea", language=town.language)
    await town.join_participant(bea, counselor=town.dr_roth, alias="Cedar")
    await bea.writes("/checkin")

    await bea.presses(bubble_of(bea), f"a:{(await check_ins(town))[0].id}:use:no")

    assert bea.toast == town.say("refused-not-yours")
    assert await answers_to(town, "use") == []
    town.all_read()


async def test_progress_shows_a_picture_with_words_and_chips_stay_private(town: StoryTown) -> None:
    for _ in range(3):
        await town.pass_time(hours=24)
        await answer(town, town.ana, *GOOD_DAY)
    town.all_read()

    await town.ana.writes("/progress")

    shown = town.ana.reads(town.say("progress-title"), "8.0", town.say("sober-total", days=3))
    assert shown.content.kind == "photo"
    await town.ana.taps(town.say("progress-button", days=90))
    town.ana.reads("90")
    await town.ana.writes("/milestones")
    town.ana.reads(town.say("chip-name", unit="day", number=1), town.say("milestones-private")[:15])
    town.all_read()


async def test_the_counselor_sees_the_week_on_one_screen_and_strangers_see_nothing(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY[:-1])
    await town.ana.writes("A quiet day")
    await days_pass(town, 2)
    town.all_read()
    await town.dr_roth.writes("/caseload")
    town.dr_roth.reads("1 ")
    await town.dr_roth.taps("River")

    week = town.dr_roth.reads("River", "A quiet day", town.say("week-adherence", sent=3, answered=1, late=0, silent=1))

    assert week.protected or week.version > 1
    assert len(week.text) < 1500
    await town.dr_roth.taps(town.say("progress-button", days=30))
    assert town.dr_roth.reads("River").content.kind == "photo"
    person = await town.id_of(town.ana)
    await town.max.starts()
    town.max.reads_all()
    await town.max.presses(town.max.visible()[-1], f"cv:{person}:week")
    assert town.max.toast == town.say("refused-staff-only")
    await town.ana.presses(town.ana.visible()[-1], f"pg:{person}:30")
    assert town.ana.toast == town.say("refused-staff-only")
    town.all_read()


async def test_stopping_and_going_back_lose_nothing(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 2, LATER)
    town.ana.reads("03:00")

    await answer(town, town.ana, GO, BACK)

    assert question_shown(town.ana) == "craving"
    await answer(town, town.ana, 3)
    assert question_shown(town.ana) == "confidence"
    assert await answers_to(town, "craving") == [("2", False), ("3", True)]
    town.all_read()


async def test_a_rhythm_is_only_made_when_something_is_set(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Rhythm.participant_id)) is None
    town.all_read()


async def test_days_before_the_programme_count_when_someone_says_so(town: StoryTown) -> None:
    await town.ana.writes("/milestones")
    await town.ana.taps(town.say("milestones-since"))
    await town.ana.writes("next year")
    town.ana.reads(town.say("refused-sober"))
    await town.ana.writes("12")
    await answer_today(town)

    town.ana.reads(town.say("sober-total", days=13))
    town.all_read()


async def answer_today(town: StoryTown) -> None:
    """A good day, taken up by Ana herself."""
    await town.ana.writes("/checkin")
    await answer(town, town.ana, *GOOD_DAY)
