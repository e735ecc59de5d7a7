"""Getting in and out: invites, consent, the welcome questions, leaving, roles that end."""

import pytest
from sqlalchemy import func, select

from peerbot.db.models import Alert, Consent, Dialog, Invite, OutboxRow, Participant, Person, StaffRole
from peerbot.services import office
from tests.town import StoryTown


async def rows(town: StoryTown, table: type[object]) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_stranger_is_told_how_to_get_in_and_nothing_is_kept(town: StoryTown) -> None:
    before = await rows(town, Person), await rows(town, OutboxRow)

    await town.max.starts()

    town.max.reads(town.say("start-stranger")[:20])
    assert (await rows(town, Person), await rows(town, OutboxRow)) == before


async def test_declining_keeps_nothing_and_the_invite_stays_good(town: StoryTown) -> None:
    code = await town.invite("participant")
    before = await rows(town, Person), await rows(town, Consent), await rows(town, Dialog)
    await town.max.starts(code)
    town.max.reads("911", "988")

    await town.max.taps(town.say("button-decline"))

    town.max.reads("988")
    assert (await rows(town, Person), await rows(town, Consent), await rows(town, Dialog)) == before
    await town.max.starts(code)
    assert town.max.sees_button(town.say("button-agree"))
    town.all_read()


async def test_a_spent_invite_opens_nothing_for_the_next_one(town: StoryTown) -> None:
    code = await town.invite("counselor")
    await town.dr_lind.starts(await town.invite("moderator"))
    town.all_read()
    bea = town.sim.person("Bea", language=town.language)
    await bea.starts(code)
    await bea.taps(town.say("button-agree"))
    town.all_read()

    await town.max.starts(code)

    town.max.reads(town.say("refused-invite-spent"))


@pytest.mark.parametrize("code", ["x", "no-such-code", "💥", "a" * 64])
async def test_a_garbled_invite_is_refused_kindly(bare_town: StoryTown, code: str) -> None:
    max_ = bare_town.sim.person("Max")

    await max_.writes(f"/start {code}")

    max_.reads(bare_town.say("refused-invite-unknown"))
    assert await rows(bare_town, Person) == 0


async def test_an_invite_ends_after_a_week(town: StoryTown) -> None:
    code = await town.invite("moderator")
    await town.pass_time(hours=24 * 7)
    town.all_read()

    await town.max.starts(code)

    town.max.reads(town.say("refused-invite-expired"))


async def test_without_any_staff_a_participant_cannot_join_and_learns_why(bare_town: StoryTown) -> None:
    lind = bare_town.sim.person("Dr Lind")
    await bare_town.join_staff(lind, "supervisor")
    code = await bare_town.invite("participant")
    async with bare_town.app.database.begin() as session:
        person = await session.get_one(StaffRole, 1)
        person.ended_at = bare_town.clock.now()
    max_ = bare_town.sim.person("Max")

    await max_.starts(code)

    max_.reads(bare_town.say("refused-no-staff"))


async def test_nobody_assigned_means_the_supervisor_looks_after_them(bare_town: StoryTown) -> None:
    lind, ana = bare_town.sim.person("Dr Lind"), bare_town.sim.person("Ana")
    await bare_town.join_staff(lind, "supervisor")
    await bare_town.join_participant(ana)
    lind.reads("C-")

    await ana.writes("/now")

    ana.reads("Dr Lind")
    lind.reads("C-")


async def test_the_welcome_questions_refuse_what_they_cannot_use_and_go_on(bare_town: StoryTown) -> None:
    lind, ana = bare_town.sim.person("Dr Lind"), bare_town.sim.person("Ana")
    await bare_town.join_staff(lind, "supervisor")
    await ana.starts(await bare_town.invite("participant"))
    await ana.taps(bare_town.say("button-agree"))
    ana.reads_all()

    for alias in ("🙂🙂🙂", "x" * 4096):
        await ana.writes(alias)
    ana.reads(bare_town.say("refused-alias-empty"))
    ana.reads(bare_town.say("refused-alias-long", most=30))
    await ana.writes("River & Co <b>")
    ana.reads(bare_town.say("ask-language")[:10])
    await ana.writes("klingon")
    ana.reads(bare_town.say("refused-language"))
    await ana.writes("english")
    await ana.writes("Atlantis")
    ana.reads(bare_town.say("ask-zone")[:10])
    ana.reads(bare_town.say("refused-zone"))
    await ana.taps("Chicago")
    await ana.writes("at dawn")
    ana.reads(bare_town.say("ask-time")[:10])
    ana.reads(bare_town.say("refused-time"))
    await ana.writes("8:30 pm")

    ana.reads("River & Co <b>", "20:30", "Chicago")
    ana.reads_all()
    lind.reads("C-")
    assert ana.sees_button(bare_town.say("key-help"))


async def test_leaving_ends_the_questions_takes_consent_back_and_tells_the_counselor(town: StoryTown) -> None:
    await town.ana.writes("/stop")
    town.ana.reads_all()
    await town.ana.taps(town.say("button-leave"))
    town.ana.reads("988")
    town.ana.reads_all()
    town.dr_roth.reads(town.say("level-same-day"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-handed-over"))
    town.all_read()

    await town.pass_time(hours=24)

    town.ana.reads_nothing()
    assert town.ana.keyboard == []
    async with town.app.database.begin() as session:
        revoked = await session.scalars(select(Consent.revoked_at))
        assert sum(1 for at in revoked if at is not None) == 1


async def test_staying_after_all_changes_nothing(town: StoryTown) -> None:
    await town.ana.writes("/stop")
    town.ana.reads_all()
    await town.ana.taps(town.say("button-stay"))
    town.ana.reads(town.say("leave-stayed")[:10])

    async with town.app.database.begin() as session:
        assert await session.scalar(select(Participant.left_at)) is None
        assert await session.scalar(select(func.count()).select_from(Alert)) == 0


async def test_someone_who_left_still_gets_the_card_from_an_old_button(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await town.ana.taps("Alcohol")
    bubble = town.ana.visible()[-1]
    town.all_read()
    await town.ana.writes("/stop")
    await town.ana.taps(town.say("button-leave"))
    town.all_read()

    await town.ana.presses(bubble, "help")

    town.ana.reads("988", without=["Dr Roth"])
    town.dr_roth.reads_nothing()


async def test_a_revoked_counselor_can_do_nothing_more_and_the_caseload_moves(town: StoryTown) -> None:
    await town.ana.writes("/now")
    notice = town.dr_roth.reads("C-")
    town.ana.reads_all()
    async with town.app.database.begin() as session:
        made = await office.staff_revoke(session, person=await town.id_of(town.dr_roth), now=town.clock.now())
    assert made == {"ended": ["counselor"], "participants_handed_over": 1}

    ack = next(button.data for button in notice.inline_buttons if button.text == town.say("alert-button-ack"))
    await town.dr_roth.presses(notice, ack or "")

    assert town.dr_roth.toast == town.say("refused-staff-only")
    await town.pass_time(minutes=1)
    assert "C-" in town.dr_lind.reads("C-").text
    town.all_read()


async def test_a_counselor_invites_from_the_chat(town: StoryTown) -> None:
    await town.dr_roth.writes("/invite")
    town.dr_roth.reads_all()
    await town.dr_roth.taps(town.say("role-participant"))
    link = town.dr_roth.reads("t.me/").text
    code = link.split("start=")[1].split()[0]
    assert await rows(town, Invite) == 4

    await town.max.starts(code)

    town.max.reads("988")
    town.all_read()
