"""What the admin does from the command line, and what that means for the people concerned."""

from collections.abc import AsyncIterator
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select

from peerbot.db.models import InboxRow, InboxState, Participant
from peerbot.errors import Refusal
from peerbot.services import office
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


async def test_staff_are_listed_with_their_caseload_and_whether_they_can_be_reached(town: StoryTown) -> None:
    await town.dr_roth.blocks_bot()
    town.all_read()

    async with town.app.database.begin() as session:
        listed = (await office.staff_list(session, now=town.clock.now()))["staff"]

    assert [(one["role"], one["participants"], one["reachable"]) for one in listed] == [
        ("supervisor", 0, True),
        ("counselor", 1, False),
    ]


async def test_a_revoked_counselors_participants_go_to_the_supervisor_at_once(town: StoryTown) -> None:
    roth, lind = await town.id_of(town.dr_roth), await town.id_of(town.dr_lind)

    async with town.app.database.begin() as session:
        made = await office.staff_revoke(session, person=roth, now=town.clock.now())
    await town.settle()
    town.all_read()

    assert made == {"ended": ["counselor"], "participants_handed_over": 1}
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Participant.counselor_id)) == lind
    await town.ana.writes("/now")
    town.ana.reads("988")
    town.dr_lind.reads("C-")
    town.dr_roth.reads_nothing()


async def test_a_role_nobody_holds_cannot_be_ended(town: StoryTown) -> None:
    for person, role in ((999, None), (0, "counselor"), (1, "admin")):
        with pytest.raises(Refusal) as refused:
            async with town.app.database.begin() as session:
                await office.staff_revoke(session, person=person, role=role, now=town.clock.now())
        assert refused.value.text_id == "refused-no-such-staff"


async def test_an_invite_names_a_counselor_who_can_be_told_or_is_refused(town: StoryTown) -> None:
    roth = await town.id_of(town.dr_roth)
    await town.dr_roth.blocks_bot()
    town.all_read()

    for counselor in (roth, 999, await town.id_of(town.ana)):
        with pytest.raises(Refusal):
            await town.invite("participant", counselor=counselor)


async def test_a_case_code_is_used_once(town: StoryTown) -> None:
    bea = town.sim.person("Bea")
    await bea.starts(await town.invite("participant", case="T-17"))
    await bea.taps(town.label(bea, "button-agree"))
    town.all_read()

    with pytest.raises(Refusal):
        await town.invite("participant", case="T-17")


async def test_parked_work_goes_back_to_its_queue_or_is_emptied(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    await town.app.inbox.receive([{"update_id": 900, "message": {"chat": {"id": 5}, "from": {"id": 5}}}])
    for _ in range(3):
        town.clock.advance(timedelta(seconds=2))
        await town.settle()

    async with town.app.database.begin() as session:
        (parked,) = (await office.parked_list(session, now=town.clock.now()))["parked"]
        await office.parked_retry(session, row=parked["id"], now=town.clock.now())
    async with town.app.database.begin() as session:
        row = (await session.scalars(select(InboxRow).where(InboxRow.update_id == 900))).one()
        assert (row.state, row.attempts) == (InboxState.OPEN, 0)
    for _ in range(3):
        town.clock.advance(timedelta(seconds=2))
        await town.settle()
    async with town.app.database.begin() as session:
        await office.parked_drop(session, row=parked["id"], now=town.clock.now())

    async with town.app.database.begin() as session:
        row = (await session.scalars(select(InboxRow).where(InboxRow.update_id == 900))).one()
        assert (row.state, row.payload) == (InboxState.DONE, None)
        assert (await office.parked_list(session, now=town.clock.now()))["parked"] == []


async def test_a_row_that_is_not_parked_is_refused(town: StoryTown) -> None:
    for name in ("in-1", "out-1", "in-", "-1", "in-1-1", "", "side-1", "in-999999"):
        with pytest.raises(Refusal):
            async with town.app.database.begin() as session:
                await office.parked_drop(session, row=name, now=town.clock.now())


async def test_a_forged_number_larger_than_any_row_is_refused_like_any_other(town: StoryTown) -> None:
    await town.dr_roth.writes("/help")
    message = town.dr_roth.reads_all()[-1]

    for number, alert in enumerate((2**31 - 1, 2**31, 10**17, -(10**17)), 1):
        await town.dr_roth.presses(message, f"al:{alert}:ack")
        assert len(town.dr_roth.toasts) == number
        assert town.dr_roth.toast
