"""What the mouth does when Telegram fails: each trouble once, told with people. Kills are in test_kills.py."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from telegram import Bot, Message

from peerbot.db.models import OutboxRow, OutboxState
from peerbot.outgoing import Lane, Outgoing
from peerbot.services.access import person
from peerbot.services.post import tell
from peerbot.simulator import faults
from peerbot.simulator.faults import Fault
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for

NOTICE = "needs you"
REPEAT = "You may have seen this already"
ACCEPTED = [
    faults.hang_after_accept(60),
    faults.drop_after_accept(),
    faults.server_error(504, accepts=True),
    faults.garbage(),
]


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people, in English, on SQLite: delivery knows neither language nor dialect."""
    made = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


async def asks_for_help(town: StoryTown) -> None:
    """Ana presses the key and reads her card."""
    await town.ana.writes(town.say("key-help"))
    town.ana.reads("988")


async def rows(town: StoryTown, method: str) -> list[OutboxRow]:
    async with town.app.database.begin() as session:
        found = await session.scalars(select(OutboxRow).where(OutboxRow.method == method).order_by(OutboxRow.id))
        return list(found)


async def queue(town: StoryTown, who: Person, outgoing: Outgoing) -> None:
    """Puts a message to someone into the outbox, as a service would."""
    async with town.app.database.begin() as session:
        known = await person(session, who.id)
        assert known is not None
        await tell(session, known, outgoing)


@pytest.mark.parametrize("fault", ACCEPTED, ids=lambda fault: f"{fault.name}")
async def test_an_alert_that_may_have_arrived_is_sent_again_and_says_so(here: StoryTown, fault: Fault) -> None:
    here.sim.faults.add(fault, method="sendMessage", chat=here.dr_roth.id)

    await asks_for_help(here)
    here.dr_roth.reads(NOTICE, without=[REPEAT])
    here.dr_roth.reads_nothing()
    await here.pass_time(seconds=3)

    here.dr_roth.reads(REPEAT, NOTICE)
    await here.pass_time(minutes=10)
    here.dr_roth.reads_nothing()


async def test_five_errors_of_the_server_delay_an_alert_and_do_not_multiply_it(here: StoryTown) -> None:
    failing = here.sim.faults.add(faults.server_error(502), method="sendMessage", chat=here.dr_roth.id, times=5)

    await asks_for_help(here)
    await here.pass_time(minutes=1)

    here.dr_roth.reads(REPEAT, NOTICE)
    here.dr_roth.reads_nothing()
    assert failing.fired == 5
    assert len(here.sim.truth.calls("sendMessage", chat=here.dr_roth.id, fault="server_error")) == 5


async def test_a_chat_told_to_wait_keeps_nobody_else_waiting(here: StoryTown) -> None:
    here.sim.faults.add(faults.too_many(30), method="sendMessage", chat=here.ana.id)

    await here.ana.writes(here.say("key-help"))

    here.dr_roth.reads(NOTICE)
    here.ana.reads_nothing()
    await here.pass_time(seconds=29)
    here.ana.reads_nothing()
    await here.pass_time(seconds=2)
    here.ana.reads("988")


async def test_a_notice_told_to_wait_for_long_makes_the_next_person_hear_of_it_now(here: StoryTown) -> None:
    here.sim.faults.add(faults.too_many(600), method="sendMessage", chat=here.dr_roth.id)

    await asks_for_help(here)

    here.dr_lind.reads("still waiting")
    here.dr_roth.reads_nothing()
    await here.pass_time(seconds=601)
    assert any(NOTICE in message.text for message in here.dr_roth.reads_all())
    here.dr_lind.reads_nothing()


@pytest.mark.parametrize(
    "trouble", [faults.too_many(600), faults.refuse(400, "something nobody has heard of")], ids=lambda fault: fault.name
)
async def test_tries_that_failed_before_do_not_hide_that_a_notice_will_not_go(here: StoryTown, trouble: Fault) -> None:
    here.allowed_errors.add("call_refused")
    here.sim.faults.add(faults.unreachable(), method="sendMessage", chat=here.dr_roth.id, times=3)
    stuck = here.sim.faults.add(trouble, method="sendMessage", chat=here.dr_roth.id, times=None)

    await asks_for_help(here)
    await here.pass_time(seconds=20)

    here.dr_lind.reads("still waiting")
    here.dr_lind.reads_nothing()
    stuck.cancelled = True
    await here.pass_time(minutes=11)
    assert any(NOTICE in message.text for message in here.dr_roth.reads_all())


async def test_an_hour_out_of_reach_costs_an_alert_nothing_but_the_hour(here: StoryTown) -> None:
    away = here.sim.faults.add(faults.unreachable(), times=None)
    here.sim.settled = here.app.sender.drain  # type: ignore[assignment]
    update = {"update_id": 1, "message": {"message_id": 1, "date": 0, "text": "/now"}}
    who = {"id": here.ana.id, "is_bot": False, "first_name": "Ana", "type": "private"}
    update["message"] |= {"chat": who, "from": who, "entities": [{"type": "bot_command", "offset": 0, "length": 4}]}  # type: ignore[operator]
    await here.app.inbox.receive([update])
    await here.app.inbox.drain()
    for _ in range(60):
        await here.app.sender.drain()
        here.clock.advance(timedelta(minutes=1))
    here.dr_roth.reads_nothing()
    assert await here.app.troubles()

    away.cancelled = True
    here.sim.settled = here.settle
    await here.settle()

    here.dr_roth.reads(NOTICE, without=[REPEAT])
    here.ana.reads("988")
    here.ana.reads_nothing()
    assert not here.app.sender.out_of_reach


async def test_a_counselor_who_cannot_be_written_to_costs_no_time(here: StoryTown) -> None:
    blocked = faults.refuse(403, "bot was blocked by the user")
    here.sim.faults.add(blocked, method="sendMessage", chat=here.dr_roth.id, times=None)

    await asks_for_help(here)

    here.dr_lind.reads("C-")
    here.dr_lind.reads("Dr Roth")
    await here.pass_time(minutes=15)
    here.dr_lind.reads("still waiting")
    assert len(here.sim.truth.calls("sendMessage", chat=here.dr_roth.id, fault="refuse")) == 1


async def test_when_nobody_of_the_case_can_be_reached_every_other_carer_and_the_admin_hear_of_it(
    here: StoryTown,
) -> None:
    here.allowed_errors.add("alert_reaches_nobody_assigned")
    vega, ada = here.sim.person("Dr Vega"), here.sim.person("Ada")
    await here.join_staff(vega, "counselor")
    await here.join_staff(ada, "admin")
    blocked = faults.refuse(403, "user is deactivated")
    for gone in (here.dr_roth, here.dr_lind):
        here.sim.faults.add(blocked, chat=gone.id, times=None)

    await asks_for_help(here)

    vega.reads(NOTICE)
    ada.reads("found nobody it was meant for", without=["C-", "Ana", "River"])
    vega.reads_all()
    ada.reads_all()


async def test_a_refused_token_is_said_aloud_and_everything_goes_on_when_it_is_right_again(here: StoryTown) -> None:
    here.allowed_errors.add("token_refused")
    here.sim.faults.add(faults.unauthorized_once(), method="sendMessage", chat=here.dr_roth.id)

    await asks_for_help(here)
    here.dr_roth.reads_nothing()
    await here.pass_time(seconds=6)

    here.dr_roth.reads(NOTICE, without=[REPEAT])
    assert here.app.sender.token_refused is False
    assert "event='token_refused'" in here.log_lines.getvalue()


async def test_an_alert_that_cannot_be_parsed_goes_as_plain_text_at_once(here: StoryTown) -> None:
    broken = faults.refuse(400, "can't parse entities: Unsupported start tag at byte offset 0")
    here.sim.faults.add(broken, method="sendMessage", chat=here.dr_roth.id)

    await asks_for_help(here)

    here.dr_roth.reads(NOTICE, without=["<b>"])
    sent = here.sim.truth.sent(here.dr_roth.id, NOTICE)[-1]
    assert "parse_mode" not in sent.parameters
    assert "reply_markup" in sent.parameters


async def test_a_copy_that_its_owner_deleted_comes_back_as_a_new_message_when_somebody_takes_the_alert(
    here: StoryTown,
) -> None:
    await asks_for_help(here)
    await here.pass_time(minutes=15)
    here.dr_lind.reads(NOTICE)
    for message in here.dr_roth.reads_all():
        await here.dr_roth.deletes(message)

    await here.dr_lind.taps(here.say("alert-button-ack"))

    here.dr_lind.reads("Dr Lind")
    assert {message.text for message in here.dr_roth.reads_all()} == {here.dr_lind.visible()[-1].text}


class Killed(Exception):
    """Stands for the end of the process at a named point."""


class Trap:
    """Ends the process at a named point once it is armed: a start makes calls of its own."""

    def __init__(self, point: str) -> None:
        self.point, self.armed = point, False

    def passed(self, point: str) -> None:
        if self.armed and point == self.point:
            raise Killed


@pytest.mark.parametrize("point", ["after-claim", "after-accepted", "before-settle"])
async def test_a_restart_sends_what_was_claimed_again_and_marks_it(here: StoryTown, point: str) -> None:
    trap = Trap(point)
    here.at = trap.passed
    await here.restart()
    trap.armed = True
    with pytest.raises(Killed):
        await here.ana.writes("/now")
    arrived = len(here.dr_roth.reads_all())
    here.ana.reads_all()

    trap.armed = False
    await here.restart()

    assert arrived == (0 if point == "after-claim" else 1)
    here.dr_roth.reads(REPEAT, NOTICE)
    here.dr_roth.reads_nothing()
    here.ana.reads("988")


async def test_the_answer_to_a_tap_is_dropped_when_it_comes_too_late(here: StoryTown) -> None:
    await here.ana.writes("/checkin")
    here.sim.faults.add(faults.too_many(40), method="answerCallbackQuery")

    await here.ana.taps("No")
    await here.pass_time(minutes=1)

    here.ana.reads("2/8")
    assert len(here.sim.truth.calls("answerCallbackQuery", fault="too_many")) == 1
    assert await rows(here, "answerCallbackQuery") == []
    assert here.ana.spinning


async def test_a_tip_comes_in_time_or_not_at_all_and_never_twice(here: StoryTown) -> None:
    here.sim.faults.add(faults.too_many(120), method="sendMessage", chat=here.ana.id)
    await queue(here, here.ana, Outgoing("late", lane=Lane.BROADCAST, expires=timedelta(minutes=1)))
    await here.settle()
    await here.pass_time(minutes=3)
    here.sim.faults.add(faults.drop_after_accept(), method="sendMessage", chat=here.ana.id)
    await queue(here, here.ana, Outgoing("doubtful", lane=Lane.BROADCAST))
    await here.settle()
    await here.pass_time(minutes=3)

    here.ana.reads("doubtful")
    here.ana.reads_nothing()


async def test_an_edit_that_changes_nothing_is_done(here: StoryTown) -> None:
    await here.ana.writes("/checkin")
    same = "message is not modified: specified new message content and reply markup are exactly the same"
    here.sim.faults.add(faults.refuse(400, same), method="editMessageText")

    await here.ana.taps("No")
    await here.pass_time(minutes=1)

    edits = await rows(here, "editMessageText")
    assert [row.state for row in edits][-1] == OutboxState.SENT
    assert len(here.sim.truth.calls("editMessageText", fault="refuse")) == 1
    here.ana.reads("1/8")


async def test_what_nobody_can_send_is_parked_and_an_alert_is_not(here: StoryTown) -> None:
    here.allowed_errors.add("call_refused")
    odd = faults.refuse(400, "something nobody has heard of")
    here.sim.faults.add(odd, method="sendMessage", chat=here.max.id, times=None)
    refused = here.sim.faults.add(odd, method="sendMessage", chat=here.dr_roth.id, times=None)
    await here.max.starts()
    await asks_for_help(here)
    await here.pass_time(seconds=5)
    here.dr_lind.reads("still waiting")

    await here.pass_time(minutes=5)
    refused.cancelled = True
    await here.pass_time(minutes=2)

    assert any(NOTICE in message.text for message in here.dr_roth.reads_all())
    parked = [row for row in await rows(here, "sendMessage") if row.state == OutboxState.PARKED]
    assert [row.is_crisis for row in parked] == [False]


@pytest.mark.parametrize(
    ("broken", "others_told"), [(TypeError("text is missing"), True), (asyncio.CancelledError(), False)], ids=repr
)
async def test_a_call_that_breaks_in_our_own_hands_is_tried_again_and_what_nobody_foresaw_is_told(
    here: StoryTown, monkeypatch: pytest.MonkeyPatch, broken: BaseException, others_told: bool
) -> None:
    here.allowed_errors.add("call_refused")
    whole, times = Bot.send_message, 3

    async def breaks(bot: Bot, **named: Any) -> Message:
        nonlocal times
        if named["chat_id"] == here.dr_roth.id and times:
            times -= 1
            raise broken
        return await whole(bot, **named)

    monkeypatch.setattr(Bot, "send_message", breaks)

    await asks_for_help(here)
    await here.pass_time(minutes=1)

    assert times == 0
    assert any(REPEAT in message.text for message in here.dr_roth.reads_all())
    assert any(NOTICE in message.text for message in here.dr_lind.reads_all()) == others_told


async def test_more_than_a_day_of_silence_is_announced_to_everyone_and_less_is_not(here: StoryTown) -> None:
    here.allowed_errors.add("gap_in_hearing")
    here.clock.advance(timedelta(hours=23))
    await here.restart()
    for someone in (here.ana, here.dr_roth, here.dr_lind):
        someone.reads_nothing()

    here.clock.advance(timedelta(hours=25))
    await here.restart()

    for someone in (here.ana, here.dr_roth, here.dr_lind):
        someone.reads("25")
        someone.reads_nothing()
    assert len(here.max.visible()) == 0


async def test_a_part_that_dies_ends_the_bot_with_its_error(here: StoryTown) -> None:
    trap = Trap("after-claim")
    here.at = trap.passed
    await here.restart()
    trap.armed = True
    here.app.poller.wait = 1
    await queue(here, here.ana, Outgoing("anything"))

    with pytest.raises(ExceptionGroup) as caught:
        async with asyncio.timeout(20):
            await here.app.run()

    assert caught.group_contains(Killed)
