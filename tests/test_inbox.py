"""The inbox: order kept in each chat, chats side by side, a parked row in nobody's way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from peerbot.db.models import InboxRow, InboxState
from peerbot.inbox import PAUSES, Sender, sender_of
from peerbot.simulator.simulator import TEST_TOKEN
from tests.town import StoryTown, config_for


@pytest.fixture
async def town(database_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """The usual people on both databases; one language is enough here."""
    made = StoryTown(config_for(database_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()
    made.ends_well()


def broken(update_id: int, chat: int) -> dict[str, Any]:
    """An update that names its chat but that no library can read."""
    return {"update_id": update_id, "message": {"message_id": 1, "date": 0, "chat": {"id": chat}, "from": {"id": chat}}}


async def state(town: StoryTown, update_id: int) -> tuple[str, int, str | None]:
    async with town.app.database.begin() as session:
        row = (await session.scalars(select(InboxRow).where(InboxRow.update_id == update_id))).one()
        return row.state, row.attempts, row.payload


async def open_rows(town: StoryTown) -> int:
    async with town.app.database.begin() as session:
        return len((await session.scalars(select(InboxRow.id).where(InboxRow.state == InboxState.OPEN))).all())


async def test_while_one_chat_waits_for_its_next_try_the_others_go_on(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    await town.app.inbox.receive([broken(900, town.ana.id)])

    await town.ana.writes("/alerts")
    assert await open_rows(town) == 2
    await town.dr_roth.writes("/help")

    town.dr_roth.reads("/")
    town.ana.reads_nothing()

    for _ in PAUSES:
        town.clock.advance(timedelta(seconds=2))
        await town.settle()
    assert await open_rows(town) == 0
    assert (await state(town, 900))[0] == InboxState.PARKED
    assert len(town.ana.reads_all()) >= 2
    town.all_read()


async def test_a_row_is_tried_three_times_within_two_seconds_and_then_parked(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    await town.app.inbox.receive([broken(900, 77)])
    tries = []

    for pause in (timedelta(), *PAUSES):
        town.clock.advance(pause)
        await town.settle()
        tries.append((await state(town, 900))[:2])

    assert tries == [(InboxState.OPEN, 1), (InboxState.OPEN, 2), (InboxState.PARKED, 3)]
    assert sum(PAUSES, timedelta()) <= timedelta(seconds=2)
    assert (await state(town, 900))[2] is not None


async def test_a_parked_row_of_a_chat_does_not_hold_what_comes_after(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    await town.app.inbox.receive([broken(900, town.ana.id)])
    for _ in range(3):
        town.clock.advance(timedelta(seconds=2))
        await town.settle()
    town.all_read()

    await town.ana.writes("/now")

    town.ana.reads("988")
    town.dr_roth.reads("C-")


async def test_a_handled_update_leaves_no_words_and_no_trace_of_its_chat(town: StoryTown) -> None:
    await town.ana.writes("/help")
    town.ana.reads_all()

    async with town.app.database.begin() as session:
        rows = (await session.scalars(select(InboxRow))).all()
    assert {row.state for row in rows} == {InboxState.DONE}
    assert {(row.payload, row.chat_key) for row in rows} == {(None, None)}


async def test_an_update_without_a_number_is_not_stored_and_holds_up_nothing(town: StoryTown) -> None:
    await town.app.inbox.receive([{"message": {}}, {"update_id": "7"}, {}])

    assert await open_rows(town) == 0


async def test_the_loop_handles_what_arrives_until_it_is_told_to_stop(town: StoryTown) -> None:
    done = asyncio.Event()
    town.app.inbox.committed = done.set
    running = asyncio.create_task(town.app.inbox.run())

    await town.app.inbox.receive([{"update_id": 901}])
    async with asyncio.timeout(10):
        while (await state(town, 901))[0] == InboxState.OPEN:
            done.clear()
            await asyncio.wait({running, asyncio.create_task(done.wait())}, timeout=0.5, return_when="FIRST_COMPLETED")
    town.app.inbox.stop()
    await running

    assert (await state(town, 901))[:2] == (InboxState.DONE, 0)


PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"update_id": 1, "message": {"chat": PRIVATE, "from": {"id": 7}}}, Sender(7, 7, True)),
        ({"update_id": 1, "message": {"chat": GROUP, "from": {"id": 7}}}, Sender(-100, None, False)),
        (
            {"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {"chat": GROUP}}},
            Sender(-100, 7, False),
        ),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}}}, Sender(7, 7, False)),
        ({"update_id": 1, "my_chat_member": {"chat": PRIVATE, "from": {"id": 7}}}, Sender(7, 7, False)),
        ({"update_id": 1, "channel_post": {"chat": {"id": -5}}}, Sender(-5, None, False)),
        ({"update_id": 1, "message": "text"}, Sender(None, None, False)),
        ({"update_id": 1, "message": {"chat": 7, "from": [7]}}, Sender(None, None, False)),
        ({"update_id": 1}, Sender(None, None, False)),
    ],
)
def test_who_wrote_is_found_without_trusting_the_shape(raw: dict[str, Any], found: Sender) -> None:
    assert sender_of(raw) == found
