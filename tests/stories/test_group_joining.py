"""Getting into a group: the rules first, a kind wait for everybody else, staff who decide, a welcome."""

from datetime import timedelta

from sqlalchemy import select

from peerbot.db.models import GroupMember, JoinRequest
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.rights import MODERATOR_RIGHTS
from tests.town import StoryTown


async def a_place(town: StoryTown, group: Group, mo: Person) -> None:
    """Staff give Ana a place in the group."""
    await mo.writes("/groups")
    await mo.taps(group.title)
    await mo.taps(town.say("group-page-people"))
    await mo.taps("River")
    mo.reads_all()


async def test_a_participant_with_a_place_reads_the_rules_accepts_and_is_let_in(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    await a_place(town, group, mo)
    invited = town.ana.reads("Tuesday", "t.me/+").text
    link = "https://" + invited[invited.index("t.me/+") :].split()[0]

    await town.ana.requests_to_join(group, link)
    town.ana.reads(town.say("rules-ask"), "1. ", "/report")
    assert group.asks_to_join(town.ana)
    await town.ana.taps(town.say("button-accept-rules"))

    assert group.status(town.ana) == "member"
    town.ana.reads(town.say("rules-accepted", group="Tuesday"))
    town.ana.reads(town.say("join-in", group="Tuesday")[:10])
    welcome = mo.reads("Ana", "/rules", in_chat=group)
    assert "River" not in welcome.text
    mo.reads_nothing()
    town.all_read()


async def test_not_now_loses_nothing_and_the_rules_are_asked_only_once(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    await a_place(town, group, mo)
    await town.ana.requests_to_join(group)
    await town.ana.taps(town.say("button-not-now"))
    assert group.status(town.ana) == "left"
    town.all_read()

    await town.ana.taps(town.say("button-accept-rules"))
    assert group.status(town.ana) == "member"
    await town.ana.leaves(group)
    await town.ana.requests_to_join(group)

    assert group.status(town.ana) == "member"
    town.all_read()


async def test_a_stranger_waits_kindly_told_and_staff_let_them_in(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)

    await town.max.requests_to_join(group)
    town.max.reads("Tuesday", "/now")
    mo.reads("Max", "Tuesday")
    await mo.taps(town.say("button-let-in"))

    assert group.status(town.max) == "member"
    mo.reads(town.say("join-let-in", group="Tuesday"))
    town.max.reads(town.say("join-in", group="Tuesday")[:10])
    mo.reads("Max", in_chat=group)


async def test_a_stranger_is_turned_away_and_their_name_is_forgotten(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    await town.max.requests_to_join(group)
    town.max.reads_all()

    await mo.taps(town.say("button-turn-away"))

    assert not group.asks_to_join(town.max)
    town.max.reads(town.say("join-declined", group="Tuesday")[:20])
    mo.reads_all()
    async with town.app.database.begin() as session:
        assert await session.scalar(select(JoinRequest.name)) is None
    await mo.taps_again()
    assert mo.toast == town.say("refused-decided")


async def test_a_participant_without_a_place_waits_and_being_let_in_means_rules_first(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)

    await town.ana.requests_to_join(group)
    town.ana.reads(town.say("join-waits", group="Tuesday")[:20])
    mo.reads("River", "C-", without=["Ana"])
    await mo.taps(town.say("button-let-in"))
    assert group.status(town.ana) == "left"
    town.ana.reads(town.say("rules-ask"))
    await town.ana.taps(town.say("button-accept-rules"))

    assert group.status(town.ana) == "member"
    town.all_read()


async def test_staff_walk_in_and_nobody_else_may_open_the_door(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    await town.dr_roth.requests_to_join(group)
    assert group.status(town.dr_roth) == "member"
    await town.max.requests_to_join(group)
    town.all_read()
    button = next(b for b in mo.visible()[-1].inline_buttons if b.text == town.say("button-let-in"))

    await town.max.starts()
    await town.max.presses(town.max.visible()[-1], button.data or "")

    assert town.max.toast == town.say("refused-staff-only")
    assert group.status(town.max) == "left"
    town.all_read()


async def test_after_five_minutes_nobody_can_be_written_to_and_staff_still_decide(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    heard: list[dict[str, object]] = []

    async def away(updates: list[dict[str, object]]) -> None:
        heard.extend(updates)

    receive, town.app.poller.receive = town.app.poller.receive, away
    await town.max.requests_to_join(group)
    town.app.poller.receive = receive
    town.clock.advance(timedelta(minutes=6))
    await town.app.inbox.receive(heard)
    await town.settle()

    town.max.reads_nothing()
    mo.reads("Max")
    await mo.taps(town.say("button-let-in"))
    assert group.status(town.max) == "member"
    town.all_read()


async def test_a_door_telegram_keeps_shut_is_told_to_staff(small_town: StoryTown) -> None:
    town = small_town
    town.allowed_errors.add("call_refused")
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)
    await town.max.requests_to_join(group)
    town.sim.world.member(group.chat, town.sim.bot).rights = frozenset(MODERATOR_RIGHTS - {"can_invite_users"})

    await mo.taps(town.say("button-let-in"))
    await town.pass_time(seconds=3)

    assert group.status(town.max) == "left"
    mo.reads(town.say("join-refused-by-telegram", group="Tuesday")[:20])
    town.all_read()


async def test_whoever_comes_in_past_the_door_is_welcomed_and_staff_are_told(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo)

    await town.max.joins(group)

    mo.reads("Max", "Tuesday")
    mo.reads("Max", in_chat=group)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(GroupMember.joined_at)) is not None
    await town.max.leaves(group)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(GroupMember.joined_at)) is None


async def test_the_rules_are_shown_where_they_are_asked_for(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await town.ana.writes("/rules", in_chat=group)
    mo.reads(town.say("group-rules-head"), in_chat=group)
    await town.ana.writes("/rules")

    town.ana.reads(town.say("group-rules-head"), "/report")
