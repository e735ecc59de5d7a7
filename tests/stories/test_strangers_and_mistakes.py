"""What strangers try, what goes wrong, and what must not change by it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select

from peerbot.db.models import Alert, AlertState, Answer, InboxRow, InboxState
from peerbot.services import schedules
from tests.town import StoryTown


async def answers(town: StoryTown) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).select_from(Answer)) or 0


async def alert_state(town: StoryTown) -> str | None:
    async with town.app.database.begin() as session:
        return await session.scalar(select(Alert.state))


async def test_a_stranger_taps_a_participants_button(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")
    await town.max.starts()
    own = town.max.reads_all()[0]

    await town.max.presses(own, bubble.inline_buttons[0].data or "")

    assert town.max.toast == town.say("refused-not-participant")
    assert await answers(town) == 0


async def test_another_participants_check_in_is_out_of_reach(town: StoryTown) -> None:
    bea = town.sim.person("Bea", language=town.language)
    await town.join_participant(bea, counselor=town.dr_roth, alias="Cedar")
    town.all_read()
    await town.pass_time(hours=24)
    anas, beas = town.ana.reads("1/8"), bea.reads("1/8")

    await bea.presses(beas, anas.inline_buttons[0].data or "")

    assert bea.toast == town.say("refused-not-yours")
    assert await answers(town) == 0


async def test_a_stranger_and_a_participant_cannot_acknowledge(town: StoryTown) -> None:
    await town.ana.writes("/now")
    card = town.ana.reads_all()[0]
    ack = town.dr_roth.reads("C-").inline_buttons[0].data or ""

    await town.ana.presses(card, ack)
    await town.max.starts()
    await town.max.presses(town.max.reads_all()[0], ack)

    assert town.ana.toast == town.say("refused-staff-only")
    assert town.max.toast == town.say("refused-staff-only")
    assert await alert_state(town) == AlertState.OPEN


async def test_a_counselor_without_the_case_sees_nothing_of_it(town: StoryTown) -> None:
    other = town.sim.person("Dr Vega", language=town.language)
    await town.join_staff(other, "counselor")
    await town.ana.writes("/now")
    town.ana.reads_all()
    button = next(b for b in town.dr_roth.reads("C-").inline_buttons if b.text == town.say("alert-button-open"))
    await other.writes("/alerts")

    await other.presses(other.reads_all()[-1], button.data or "")

    assert other.toast == town.say("refused-not-yours")
    assert other.unread() == []


async def test_a_double_tap_saves_one_answer(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await town.ana.taps("No")
    await town.ana.taps_again()

    town.ana.reads("2/8")
    assert await answers(town) == 1


async def test_the_same_update_three_times_is_one_answer_and_one_page(town: StoryTown) -> None:
    seen: list[dict[str, Any]] = []
    receive = town.app.inbox.receive

    async def three_times(updates: list[dict[str, Any]]) -> None:
        seen.extend(updates)
        for _ in range(3):
            await receive(updates)

    town.app.poller.receive = three_times
    await town.ana.writes("/now")

    town.ana.reads("988")
    town.dr_roth.reads("C-")
    assert len(seen) == 1


async def test_an_edited_message_is_read_again_for_danger(town: StoryTown) -> None:
    await town.ana.writes("/help")
    sent = town.ana.visible()[-2]
    town.ana.reads_all()

    await town.ana.edits(sent, "me quiero morir" if town.language == "es" else "I want to die")

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-urgent"))


async def test_one_unparsable_update_among_good_ones_blocks_nobody(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    broken = {
        "update_id": 999_999,
        "message": {"message_id": 1, "date": 0, "chat": {"id": town.max.id}, "from": {"id": 1}},
    }
    await town.app.inbox.receive([broken])

    await town.ana.writes("/now")

    town.ana.reads("988")
    town.dr_roth.reads("C-")
    for _ in range(3):
        await town.pass_time(seconds=2)
    async with town.app.database.begin() as session:
        state = await session.scalar(select(InboxRow.state).where(InboxRow.update_id == 999_999))
    assert state == InboxState.PARKED


async def test_a_handler_that_fails_is_parked_and_people_are_told_while_others_go_on(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    questionnaires = dict(town.app.programme.questionnaires)
    daily = questionnaires.pop(schedules.DAILY)
    broken = replace(town.app.programme, questionnaires=questionnaires)
    town.app.database.tell("programme", broken)
    await town.ana.writes("/checkin")
    town.app.database.tell("programme", town.app.programme)
    bea = town.sim.person("Bea", language=town.language)
    await bea.starts()
    bea.reads(town.say("start-stranger")[:20])
    town.app.database.tell("programme", broken)

    for _ in range(3):
        await town.pass_time(seconds=2)

    town.ana.reads("988")
    town.dr_roth.reads(town.say("level-same-day"))
    assert daily.id == schedules.DAILY


async def test_media_is_refused_kindly_and_a_caption_is_read(town: StoryTown) -> None:
    await town.ana.sends_voice()
    town.ana.reads(town.say("refused-media")[:20])

    await town.ana.sends_photo("quiero morir" if town.language == "es" else "i want to die")

    town.ana.reads("988")
    town.dr_roth.reads("C-")


async def test_text_that_fits_nothing_says_that_nobody_reads_it(town: StoryTown) -> None:
    await town.ana.writes("the weather is nice" if town.language == "en" else "hace buen tiempo")

    town.ana.reads(town.say("text-not-understood")[:20])
    town.dr_roth.reads_nothing()


URGE = {"en": "I really want to drink right now", "es": "tengo muchas ganas de beber"}


async def test_words_about_an_urge_get_a_fitting_tip_and_a_line_in_the_weekly_list(town: StoryTown) -> None:
    await town.ana.writes(
        "I really want to drink right now" if town.language == "en" else "tengo muchas ganas de beber"
    )

    noted, tip = town.ana.reads_all()[-2:]
    assert town.say("words-noted", who="Dr Roth") in noted.text
    assert town.say("tip-head") in tip.text
    town.dr_roth.reads_nothing()
    await town.dr_roth.writes("/digest")
    town.dr_roth.reads(town.say("rule-words-digest", category="lapse"))


async def test_a_picture_with_words_about_an_urge_is_answered_the_same_way(town: StoryTown) -> None:
    await town.ana.sends_photo(URGE[town.language])

    town.ana.reads(town.say("words-noted", who="Dr Roth"))
    town.ana.reads(town.say("tip-head"))


async def test_commands_in_a_group_point_to_the_private_chat(town: StoryTown) -> None:
    group = town.sim.supergroup("Tuesday", creator=town.dr_roth, members=[town.ana])

    await town.ana.writes("/checkin", in_chat=group)

    town.ana.reads("@", in_chat=group)
    assert await answers(town) == 0
    for person in (town.ana, town.dr_roth):
        person.reads_all(group)


async def test_forged_button_data_changes_nothing(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")

    for data in (
        "a:1",
        "a:1:use:heroin",
        "a:x:use:no",
        "zz:1",
        "al:999:ack",
        "d:alias:x",
        "a:1:nothing:1",
        "m:1:use:zz:9",
    ):
        await town.ana.presses(bubble, data)
        assert town.ana.toast

    assert await answers(town) == 0
    town.ana.reads_nothing()
