"""The outbox: what may go first, what waits for what, and what is left of a row when it is done."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from peerbot.db.engine import Database
from peerbot.db.models import OutboxRow, OutboxState, Person
from peerbot.delivery import outbox
from peerbot.delivery.outbox import Claimed, Target
from peerbot.outgoing import Lane, Outgoing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANA, BEA, GROUP = 101, 102, -100_500


async def put(database: Database, chat: int, text: str, lane: Lane = Lane.REPLY, **more: Any) -> None:
    async with database.begin() as session:
        person_id = more.pop("person_id", None)
        method = more.pop("method", "sendMessage")
        target, now = Target(chat, person_id), more.pop("now", NOON)
        await outbox.enqueue(session, target, method, {"text": text}, lane=lane, now=now, **more)


async def take(
    database: Database, *, crisis: bool = False, most: int = 50, cooling: tuple[int, ...] = (), after: float = 0
) -> list[Claimed]:
    keys = [database.keys.blind(chat) for chat in cooling]
    async with database.begin() as session:
        now = NOON + timedelta(seconds=after)
        rows, _ = await outbox.claim(session, crisis=crisis, most=most, cooling=keys, now=now)
    return rows


async def sent(database: Database, row: Claimed, state: OutboxState = OutboxState.SENT, **more: Any) -> None:
    async with database.begin() as session:
        await outbox.settle(session, row, state, now=NOON, **more)


async def back(database: Database, row: Claimed, seconds: float = 0, **more: Any) -> None:
    async with database.begin() as session:
        await outbox.put_back(session, row, due_at=NOON + timedelta(seconds=seconds), **more)


async def rows(database: Database) -> list[OutboxRow]:
    async with database.begin() as session:
        return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))


async def a_person(database: Database) -> int:
    async with database.begin() as session:
        someone = Person(chat_key="k", chat=str(ANA), alias="Ana", locale="en", zone="UTC", created_at=NOON)
        session.add(someone)
        await session.flush()
        return someone.id


def texts(claimed: list[Claimed]) -> list[str]:
    return [row.payload["text"] for row in claimed]


async def test_lanes_go_in_order_and_alerts_on_a_line_of_their_own(database: Database) -> None:
    for number, lane in enumerate((Lane.BROADCAST, Lane.CHECKIN, Lane.MODERATION, Lane.REPLY, Lane.CRISIS)):
        await put(database, ANA + number, lane.name, lane)

    assert texts(await take(database, crisis=True)) == ["CRISIS"]
    assert texts(await take(database)) == ["REPLY", "MODERATION", "CHECKIN", "BROADCAST"]


async def test_a_chat_gets_one_call_at_a_time_in_the_order_they_were_written(database: Database) -> None:
    await put(database, ANA, "one")
    await put(database, ANA, "two")
    await put(database, BEA, "other")

    first = await take(database)
    assert texts(first) == ["one", "other"]
    assert await take(database) == []

    await sent(database, first[0])
    assert texts(await take(database)) == ["two"]


async def test_a_hung_reply_never_holds_an_alert_to_the_same_chat(database: Database) -> None:
    await put(database, ANA, "a reply")
    await put(database, ANA, "an alert", Lane.CRISIS)

    assert texts(await take(database)) == ["a reply"]
    assert texts(await take(database, crisis=True)) == ["an alert"]


async def test_two_calls_in_flight_to_one_chat_are_refused_by_the_database_itself(database: Database) -> None:
    await put(database, ANA, "one")
    await put(database, ANA, "two")

    with pytest.raises(IntegrityError):
        async with database.begin() as session:
            await session.execute(update(OutboxRow).values(state=OutboxState.CLAIMED))


async def test_no_more_are_taken_than_asked_for(database: Database) -> None:
    for chat in range(1, 6):
        await put(database, chat, str(chat))

    assert texts(await take(database, most=2)) == ["1", "2"]


async def test_a_cooling_chat_waits_and_the_others_go(database: Database) -> None:
    await put(database, ANA, "to Ana")
    await put(database, BEA, "to Bea")

    assert texts(await take(database, cooling=(ANA,))) == ["to Bea"]
    assert texts(await take(database)) == ["to Ana"]


async def test_what_came_too_late_is_handed_back_apart_and_not_sent(database: Database) -> None:
    await put(database, ANA, "a spinner", expires=timedelta(seconds=30))
    await put(database, BEA, "a reply")

    async with database.begin() as session:
        taken, late = await outbox.claim(session, crisis=False, most=9, cooling=[], now=NOON + timedelta(seconds=30))

    assert texts(taken) == ["a reply"]
    assert texts(late) == ["a spinner"]


async def test_a_delayed_row_waits_for_its_time_and_holds_nobody(database: Database) -> None:
    await put(database, ANA, "later", delay=timedelta(seconds=60))
    await put(database, ANA, "now")

    (now,) = await take(database)
    assert now.payload == {"text": "now"}
    await sent(database, now)
    assert texts(await take(database, after=60)) == ["later"]


async def test_a_row_put_off_by_a_failure_keeps_its_place(database: Database) -> None:
    await put(database, ANA, "one")
    await put(database, ANA, "two")
    (one,) = await take(database)

    await back(database, one, seconds=5)

    assert await take(database) == []
    (again,) = await take(database, after=5)
    assert again.payload == {"text": "one"}
    assert (again.attempts, again.doubtful) == (2, 0)


async def test_a_doubtful_row_says_how_often_it_may_have_arrived(database: Database) -> None:
    await put(database, ANA, "alert", Lane.CRISIS)
    for _ in range(2):
        (row,) = await take(database, crisis=True)
        await back(database, row, doubtful=True, failure="ReadTimeout")

    (row,) = await take(database, crisis=True)
    assert (row.attempts, row.doubtful) == (3, 2)


async def test_a_group_that_moved_gets_its_row_under_the_new_address(database: Database) -> None:
    await put(database, GROUP, "hello")
    (row,) = await take(database)

    await back(database, row, chat=-100_999)

    (moved,) = await take(database)
    assert moved.chat == -100_999
    assert moved.chat_key == database.keys.blind(-100_999)


async def test_a_later_edit_of_a_message_replaces_one_that_still_waits(database: Database) -> None:
    for text in ("1/3", "2/3", "3/3"):
        await put(database, ANA, text, method="editMessageText", edit_key="ana:7")
    await put(database, ANA, "another bubble", method="editMessageText", edit_key="ana:8")

    (row,) = await take(database)
    assert row.payload == {"text": "3/3"}
    waiting = [(one.state, one.failure, one.payload) for one in await rows(database)]
    assert waiting[:2] == [(OutboxState.DROPPED, "superseded", None)] * 2
    assert waiting[3][0] == OutboxState.PENDING


async def test_an_edit_already_in_flight_is_not_recalled(database: Database) -> None:
    await put(database, ANA, "1/3", edit_key="ana:7")
    (flying,) = await take(database)

    await put(database, ANA, "2/3", edit_key="ana:7")
    await sent(database, flying)

    assert texts(await take(database)) == ["2/3"]


async def test_what_is_no_longer_so_is_taken_back_unless_it_is_on_its_way(database: Database) -> None:
    for subject in (1, 2, 3):
        await put(database, ANA + subject, f"notice {subject}", Lane.CRISIS, then="notice", subject_id=subject)
    await put(database, BEA + 9, "something else", Lane.CRISIS, then="other", subject_id=2)
    (flying,) = await take(database, crisis=True, most=1)
    assert flying.subject_id == 1

    async with database.begin() as session:
        await outbox.withdraw(session, then="notice", subject_ids=[1, 2], now=NOON)
        await outbox.withdraw(session, then="notice", subject_ids=[], now=NOON)

    assert texts(await take(database, crisis=True)) == ["notice 3", "something else"]
    assert [row.failure for row in await rows(database)] == [None, "withdrawn", None, None]


async def test_a_delivered_row_forgets_what_it_said_and_where(database: Database) -> None:
    await put(database, ANA, "words", person_id=await a_person(database))
    (row,) = await take(database)

    await sent(database, row, message_id=77)

    (kept,) = await rows(database)
    assert (kept.state, kept.message_id, kept.payload, kept.chat) == (OutboxState.SENT, 77, None, None)


@pytest.mark.parametrize("state", [OutboxState.SENT, OutboxState.DROPPED])
async def test_a_row_to_a_stranger_is_forgotten_altogether(database: Database, state: OutboxState) -> None:
    await put(database, ANA, "who are you")
    (row,) = await take(database)

    await sent(database, row, state)

    assert await rows(database) == []


async def test_a_row_to_a_group_is_kept_and_a_parked_one_keeps_its_words(database: Database) -> None:
    await put(database, GROUP, "to the group")
    await put(database, ANA, "to a stranger")
    group, stranger = await take(database)

    await sent(database, group)
    await sent(database, stranger, OutboxState.PARKED, failure="bad_request")

    kept = await rows(database)
    assert [(row.state, row.payload is None) for row in kept] == [(OutboxState.SENT, True), (OutboxState.PARKED, False)]


async def test_many_delivered_rows_are_ended_in_one_trip(database: Database) -> None:
    person_id = await a_person(database)
    await put(database, ANA, "known", person_id=person_id)
    await put(database, BEA, "a stranger")
    await put(database, GROUP, "a group")
    claimed = await take(database)

    async with database.begin() as session:
        await outbox.settle_sent(session, [(row, 500 + row.id) for row in claimed], NOON)
        await outbox.settle_sent(session, [], NOON)

    kept = await rows(database)
    assert [(row.state, row.message_id, row.payload) for row in kept] == [
        (OutboxState.SENT, 501, None),
        (OutboxState.SENT, 503, None),
    ]


async def test_claims_of_a_dead_sender_come_back_as_doubtful(database: Database) -> None:
    await put(database, ANA, "one")
    await take(database)

    async with database.begin() as session:
        freed = await outbox.free_claims(session, now=NOON, all_of_them=True)

    (again,) = await take(database)
    assert (freed, again.doubtful) == (1, 1)


async def test_a_claim_is_freed_when_its_lease_has_run_out_and_not_before(database: Database) -> None:
    await put(database, ANA, "one")
    await take(database)

    async def freed(after: timedelta) -> int:
        async with database.begin() as session:
            return await outbox.free_claims(session, now=NOON + after, all_of_them=False)

    assert await freed(outbox.LEASE) == 0
    assert await freed(outbox.LEASE + timedelta(seconds=1)) == 1


async def test_the_next_due_moment_is_told_for_each_line(database: Database) -> None:
    await put(database, ANA, "later", delay=timedelta(seconds=60))
    await put(database, BEA, "sooner", delay=timedelta(seconds=20))

    async with database.begin() as session:
        assert await outbox.next_due(session, crisis=False) == NOON + timedelta(seconds=20)
        assert await outbox.next_due(session, crisis=True) is None


def test_a_new_message_an_edit_and_a_picture_each_get_their_parameters() -> None:
    keyboard: dict[str, Any] = {"inline_keyboard": []}
    said = Outgoing("hi", keyboard=keyboard, repeat_note="again", protect=True)

    method, payload = outbox.message_payload(said)
    assert method == "sendMessage"
    assert payload["reply_markup"] == keyboard
    assert payload["protect_content"] is True
    assert payload["link_preview_options"] == {"is_disabled": True}
    assert payload[outbox.REPEAT_NOTE] == "again"

    method, payload = outbox.message_payload(said, edit=7)
    assert (method, payload["message_id"]) == ("editMessageText", 7)
    assert not {"protect_content", outbox.REPEAT_NOTE} & set(payload)

    method, payload = outbox.message_payload(Outgoing("look", chart="spec"))
    assert (method, payload["caption"], payload[outbox.CHART]) == ("sendPhoto", "look", "spec")
    assert "text" not in payload


async def test_a_row_turned_down_for_what_it_is_does_not_hold_up_its_chat(database: Database) -> None:
    await put(database, ANA, "malformed")
    await put(database, ANA, "well formed")
    (first,) = await take(database)

    await back(database, first, 60, failure=f"{outbox.TURNED_DOWN}: bad_request")

    assert texts(await take(database)) == ["well formed"]
    assert await take(database, after=61) == []  # one call at a time, still


async def test_what_was_ended_meanwhile_does_not_come_back(database: Database) -> None:
    await put(database, ANA, "slow", person_id=await a_person(database))
    (row,) = await take(database)
    async with database.begin() as session:  # its lease ran out, and a second copy of the call arrived
        await outbox.free_claims(session, now=NOON + timedelta(seconds=16), all_of_them=False)
    (again,) = await take(database, after=16)
    await sent(database, again, message_id=7)

    await back(database, row, doubtful=True)

    assert [left.state for left in await rows(database)] == [OutboxState.SENT]
    assert await take(database, after=60) == []


async def test_a_row_taken_back_at_the_very_moment_is_not_sent_and_does_not_come_back(database: Database) -> None:
    person = await a_person(database)
    await put(database, ANA, "Alert 7", Lane.CRISIS, then="notice_settled", subject_id=7, person_id=person)
    await put(database, BEA, "Alert 8", Lane.CRISIS)

    async with database.begin() as taking_back:
        await outbox.withdraw(taking_back, then="notice_settled", subject_ids=[7], now=NOON)
        claiming = asyncio.create_task(take(database, crisis=True))
        await asyncio.wait({claiming}, timeout=0.3)
    claimed = await claiming

    assert texts(claimed) == ["Alert 8"]
    (row, _other) = await rows(database)
    assert (row.state, row.payload) == (OutboxState.DROPPED, None)
