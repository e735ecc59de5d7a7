"""Two units of work at the same moment, which only PostgreSQL lets happen: none undoes or loses what the other did."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.models import (
    Alert,
    CheckIn,
    CheckInState,
    Finding,
    InboxRow,
    InboxState,
    Notice,
    OutboxRow,
    Person,
    Role,
    Schedule,
)
from peerbot.services import access, alerts, asking, crisis, enrolment, upkeep
from peerbot.simulator.simulator import TEST_TOKEN
from tests.conftest import migrated
from tests.faults.world import until
from tests.town import StoryTown, config_for

Work = Callable[[AsyncSession], Awaitable[Any]]


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with migrated(request, "postgresql", tmp_path) as url:
        yield url


@pytest.fixture
async def here(postgres_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    made = StoryTown(config_for(postgres_url, tmp_path, TEST_TOKEN), log_lines)
    await made.open()
    await made.moves_in("en")
    yield made
    await made.close()


async def both(town: StoryTown, first: Work, second: Work) -> None:
    """`first` has done its work and not committed yet when `second` starts; both must come to a good end."""
    async with town.app.database.begin() as session:
        await first(session)
        await session.flush()
        other = asyncio.create_task(_alone(town, second))
        await asyncio.wait({other}, timeout=0.4)
    await other


async def _alone(town: StoryTown, work: Work) -> None:
    async with town.app.database.begin() as session:
        await work(session)


async def count(town: StoryTown, *where: Any) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).where(*where)) or 0


async def id_of(town: StoryTown, user: int) -> int:
    async with town.app.database.begin() as session:
        found = await access.person(session, user)
        assert found is not None
        return found.id


def asks_for_help(town: StoryTown, event: str) -> Work:
    return lambda session: crisis.help_now(session, town.ana.id, "en", event=event, now=town.clock.now())


async def test_words_that_were_parked_and_a_call_for_help_open_one_alert_together(here: StoryTown) -> None:
    now = here.clock.now()
    async with here.app.database.begin() as session:
        row = InboxRow(update_id=999, bot_id=1, payload="{}", state=InboxState.PARKED, received_at=now, due_at=now)
        session.add(row)

    async def parked(session: AsyncSession) -> None:
        found = await session.get_one(InboxRow, row.id)
        await upkeep.told_parked(session, found, user=here.ana.id, words=True, now=now)

    await both(here, asks_for_help(here, "u1"), parked)

    assert await count(here, Alert.state != "closed") == 1
    assert await count(here, Finding.alert_id.is_not(None)) == 2


@pytest.mark.parametrize("leaving_first", [True, False])
async def test_a_call_for_help_never_waits_for_somebody_who_just_lost_the_role(
    here: StoryTown, leaving_first: bool
) -> None:
    now, roth, lind = here.clock.now(), await id_of(here, here.dr_roth.id), await id_of(here, here.dr_lind.id)

    async def ends(session: AsyncSession) -> None:
        await enrolment.end_role(session, await session.get_one(Person, roth), Role.COUNSELOR, now=now)

    first, second = (ends, asks_for_help(here, "u1")) if leaving_first else (asks_for_help(here, "u1"), ends)
    await both(here, first, second)

    async with here.app.database.begin() as session:
        alert = (await session.scalars(select(Alert))).one()
        told = set(await session.scalars(select(Notice.person_id)))
    assert lind in told or alert.next_page_at == now


async def test_who_leaves_while_the_clock_asks_is_not_asked_any_more(here: StoryTown) -> None:
    async with here.app.database.begin() as session:
        due = await session.scalar(select(func.min(Schedule.due_at)))
    assert due is not None
    here.clock.advance(due - here.clock.now() + timedelta(seconds=1))
    now, before = here.clock.now(), await count(here, CheckIn.id > 0)

    async def leaves(session: AsyncSession) -> None:
        await enrolment.leave(session, here.ana.id, message_id=1, event="u2", now=now)

    async def asks(session: AsyncSession) -> None:
        await asking.ask_due(session, now=now)

    await both(here, leaves, asks)

    assert await count(here, CheckIn.state == CheckInState.OPEN) == 0
    assert await count(here, CheckIn.id > 0) == before
    assert await count(here, Schedule.due_at.is_not(None)) == 0


async def test_an_acknowledgement_is_not_undone_by_a_colleague_who_went_out_of_reach(here: StoryTown) -> None:
    await here.ana.writes(here.say("key-help"))
    roth, now = await id_of(here, here.dr_roth.id), here.clock.now()
    async with here.app.database.begin() as session:
        alert = (await session.scalars(select(Alert))).one()

    async def takes(session: AsyncSession) -> None:
        await alerts.acknowledge(session, here.dr_lind.id, alert.id, now=now)

    async def lost(session: AsyncSession) -> None:
        await alerts.counselor_lost(session, roth, now=now)

    await both(here, takes, lost)

    async with here.app.database.begin() as session:
        found = await session.get_one(Alert, alert.id)
    assert found.state == "acknowledged"
    assert found.next_page_at is not None
    assert found.next_page_at > now


async def test_who_unblocks_the_bot_at_the_very_moment_of_a_refusal_stays_reachable(here: StoryTown) -> None:
    roth, now = await id_of(here, here.dr_roth.id), here.clock.now()

    def becomes(reachable: bool) -> Work:
        async def work(session: AsyncSession) -> None:
            person = await session.get_one(Person, roth)
            await upkeep.reachability(session, person, reachable=reachable, now=now)

        return work

    await both(here, becomes(False), becomes(True))

    assert await count(here, Person.id == roth, Person.reachable) == 1


async def test_an_alert_somebody_holds_keeps_no_other_from_going_out(here: StoryTown) -> None:
    bob = here.sim.person("Bob")
    await here.join_participant(bob, counselor=here.dr_lind, alias="Brook")
    for someone in (bob, here.dr_lind, here.dr_roth):
        someone.reads_all()
    async with here.app.database.begin() as session:
        await asks_for_help(here, "u1")(session)
    sending = asyncio.create_task(here.app.sender.run())
    try:
        async with here.app.database.begin() as session:  # a slow look at Ana's alert
            await session.execute(alerts.held(select(Alert)))
            assert await until(lambda: bool(here.dr_roth.unread()), 10)  # sent, and waiting to be written down
            async with here.app.database.begin() as other:
                await crisis.help_now(other, bob.id, "en", event="u7", now=here.clock.now())
            here.app.sender.nudge()
            told = await until(lambda: bool(here.dr_lind.unread()), 5)
    finally:
        here.app.sender.stop()
        await sending

    assert told
    here.dr_lind.reads("needs you")
    assert await count(here, Notice.sent_at.is_(None)) == 0


async def test_what_the_database_did_not_take_is_written_down_later_and_not_sent_again(here: StoryTown) -> None:
    async with here.app.database.begin() as session:
        await asks_for_help(here, "u1")(session)
    whole, failures = here.app.sender.then[alerts.NOTICE_SETTLED], 2

    async def fails(session: AsyncSession, **named: Any) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise DBAPIError("a deadlock", None, Exception())
        await whole(session, **named)

    here.app.sender.then = {**here.app.sender.then, alerts.NOTICE_SETTLED: fails}
    sending = asyncio.create_task(here.app.sender.run())
    assert await until(lambda: failures == 0, 10)
    here.app.sender.stop()
    await sending

    here.dr_roth.reads("needs you")
    here.dr_roth.reads_nothing()
    assert await count(here, Notice.sent_at.is_(None)) == 0
    assert await count(here, OutboxRow.doubtful > 0) == 0
