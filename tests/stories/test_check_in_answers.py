"""Answering: a hard day, a lapse, item 9, a resumed week, late, corrected, stopped, and help at any age."""

from sqlalchemy import select

from peerbot.db.models import Alert, CheckIn, CheckInState
from tests.stories.answers import BACK, DONE, GO, GOOD_DAY, LATER, LIST, SKIP, answer, bubble_of, question_shown
from tests.stories.check_ins import answers_to, check_ins, days_pass, plans, presses_plan
from tests.town import StoryTown


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
