"""The daily check-in, from the hour it is due to the counselor who closes what it raised."""

from peerbot.simulator.faults import too_many
from tests.stories.answers import GOOD_DAY, answer, bubble_of, finish_good_day
from tests.town import StoryTown


async def test_a_calm_morning_ends_with_thanks_and_no_alert(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    town.ana.reads("1/8")

    await answer(town, town.ana, *GOOD_DAY[:2])
    town.ana.reads("3/8")
    await answer(town, town.ana, *GOOD_DAY[2:])

    town.ana.reads("8 ", "1 ", "09:00", without=["0 day", "0 sober", "0 día"])
    town.dr_roth.reads_nothing()


async def test_a_worrying_answer_reaches_the_counselor_then_the_supervisor_and_ends_when_closed(
    town: StoryTown,
) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 9)
    town.ana.reads("Dr Roth")
    notice = town.dr_roth.reads(town.say("level-same-day"), without=["River", "9 of", "9 de", "craving", "Ana"])

    await town.pass_time(minutes=59)
    town.dr_lind.reads_nothing()
    await town.pass_time(minutes=1)
    town.dr_lind.reads("C-")
    town.dr_roth.reads("C-")

    await town.dr_lind.taps(town.say("alert-button-ack"))
    town.dr_lind.reads("Dr Lind")
    assert "Dr Lind" in town.dr_roth.reads("Dr Lind").text
    await town.dr_lind.taps(town.say("alert-button-open"))
    town.dr_lind.reads("River", "9")
    await town.dr_lind.taps(town.say("alert-button-close"))
    await town.dr_lind.taps(town.say("outcome-reached"))
    town.dr_lind.reads_all()
    town.dr_roth.reads_all()

    await town.pass_time(hours=3)
    town.dr_lind.reads_nothing()
    town.dr_roth.reads_nothing()
    town.ana.reads(town.say("check-in-reminder", until="03:00"))
    town.ana.reads_all()
    assert notice.protected


async def test_an_acknowledged_alert_that_nobody_closes_pages_again(town: StoryTown) -> None:
    await town.ana.writes(town.say("key-help"))
    town.ana.reads_all()
    await town.dr_roth.taps(town.say("alert-button-ack"))
    town.all_read()

    await town.pass_time(minutes=14)
    town.dr_roth.reads_nothing()
    await town.pass_time(minutes=1)

    town.dr_roth.reads("C-")
    assert town.dr_roth.sees_button(town.say("alert-button-ack"))
    await town.pass_time(minutes=15)
    town.dr_roth.reads("C-")
    town.dr_lind.reads("C-")


async def test_help_in_words_shows_the_card_at_once_and_pages_again_into_an_acknowledged_alert(town: StoryTown) -> None:
    await town.ana.writes(town.say("key-help"))
    town.ana.reads("911", "988", "Dr Roth")
    town.dr_roth.reads(town.say("level-urgent"))
    await town.dr_roth.taps(town.say("alert-button-ack"))
    town.dr_roth.reads_all()

    await town.ana.writes("quiero morir" if town.language == "es" else "i want to die")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))


async def test_unanswered_urgent_alerts_never_stop(town: StoryTown) -> None:
    await town.ana.writes("/now")
    town.ana.reads("988")

    await town.pass_time(hours=2)

    assert len(town.dr_roth.reads_all()) == 9
    assert len(town.dr_lind.reads_all()) == 8


async def test_going_back_changes_an_answer_and_keeps_what_was_found(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "alcohol")
    town.dr_roth.reads("C-")

    await town.ana.taps(town.say("button-back"))
    town.ana.reads("1/")
    await finish_good_day(town, town.ana)

    town.ana.reads("8 ", "Dr Roth")
    town.dr_roth.reads_nothing()


async def test_typed_answers_are_understood(town: StoryTown) -> None:
    spanish = town.language == "es"
    await town.pass_time(hours=24)
    town.ana.reads("1/8")

    await town.ana.writes("no")
    town.ana.reads("2/8")
    await town.ana.writes("dos" if spanish else "about a two")
    town.ana.reads("3/8")
    for words in ("8", "un siete" if spanish else "7 out of 10", "bien" if spanish else "pretty good", "no"):
        await town.ana.writes(words)
    await town.ana.writes("no, gracias" if spanish else "no thanks")
    await town.ana.writes("Todo tranquilo." if spanish else "A quiet day.")

    town.ana.reads("7 ", "2 ", "09:00")


async def test_yesterdays_buttons_write_nothing_today(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")
    data = bubble.inline_buttons[0].data
    assert data
    await town.pass_time(hours=24)
    town.all_read()

    await town.ana.presses(bubble, data)

    assert town.ana.toast == town.say("refused-check-in-closed")
    assert town.ana.unread() == []


async def test_nobody_is_asked_twice_on_one_day(town: StoryTown) -> None:
    await town.ana.taps(town.say("key-check-in"))
    town.ana.reads("1/8")
    await town.pass_time(hours=3)
    town.ana.reads_nothing()

    await town.pass_time(hours=21)

    town.ana.reads("1/8")
    town.ana.reads_all()


async def test_closing_an_old_copy_cannot_swallow_a_page_that_is_still_on_its_way(town: StoryTown) -> None:
    await town.ana.writes(town.say("key-help"))
    await town.dr_roth.taps(town.say("alert-button-ack"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    town.all_read()
    town.sim.faults.add(too_many(50), chat=town.dr_roth.id, method="sendMessage")
    await town.ana.writes("quiero morir" if town.language == "es" else "i want to die")
    town.ana.reads("988")

    await town.dr_roth.taps(town.say("outcome-reached"))
    assert town.dr_roth.toast == town.say("refused-newer-page")
    await town.pass_time(seconds=51)

    town.dr_roth.reads(town.say("level-urgent"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-reached"))
    town.all_read()
    await town.pass_time(hours=1)
    town.dr_roth.reads_nothing()


async def test_an_old_safe_now_no_is_a_call_for_help_even_after_the_lapse_was_taken_back(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "alcohol")
    bubble = bubble_of(town.ana)
    old = next(button.data or "" for button in bubble.inline_buttons if (button.data or "").endswith(":safe-now:no"))
    await answer(town, town.ana, "back", "no")
    town.all_read()

    await town.ana.presses(bubble, old)

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))
