"""Posts in a group: danger stays and people come, dealers go, contact details wait, ordinary words leave no trace."""

from datetime import timedelta

from sqlalchemy import func, select

from peerbot.db.models import Alert, GroupMember, Review, ReviewKind, Sanction, SanctionState
from peerbot.simulator.rights import MODERATOR_RIGHTS
from tests.town import StoryTown

NO_DELETE = MODERATOR_RIGHTS - {"can_delete_messages"}
NO_RESTRICT = MODERATOR_RIGHTS - {"can_restrict_members"}


def wants_to_die(town: StoryTown) -> str:
    return "ya no puedo más, me quiero morir" if town.language == "es" else "I can't do this, I want to die"


async def count(town: StoryTown, table: type[object]) -> int:
    async with town.app.database.begin() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_a_post_in_danger_stays_its_author_gets_the_card_alone_and_people_are_told(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    post = await town.ana.writes(f"{wants_to_die(town)}. 555-010-9988", in_chat=group)

    assert not post.deleted
    town.ana.reads("988", "Dr Roth")
    town.dr_roth.reads(town.say("level-urgent"), "C-")
    notice = mo.reads(town.say("review-kind-danger")[:20], f"t.me/c/{str(group.id).removeprefix('-100')}/{post.id}")
    assert "morir" not in notice.text.lower()
    assert "die" not in notice.text.lower()
    assert [message for message in group.messages if "988" in message.text and message.id > post.id] == []
    assert await count(town, Sanction) == 0
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Review.words)) is None
    await mo.taps(town.say("review-button-take"))
    await mo.taps(town.say("review-button-done"))
    town.all_read()


async def test_danger_nobody_takes_pages_again_and_what_is_taken_and_forgotten_comes_back(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.max)
    await town.max.writes(wants_to_die(town), in_chat=group)
    mo.reads("t.me/c/")
    town.dr_lind.reads_nothing()

    await town.pass_time(minutes=5)
    mo.reads("t.me/c/")
    town.dr_lind.reads("t.me/c/")
    town.dr_roth.reads("t.me/c/")
    await town.dr_lind.taps(town.say("review-button-take"))
    town.all_read()
    await town.pass_time(minutes=29)
    mo.reads_nothing()
    await town.pass_time(minutes=1)
    mo.reads("t.me/c/")
    await mo.taps(town.say("review-button-done"))
    town.all_read()

    await town.pass_time(hours=2)
    mo.reads_nothing()


async def test_danger_about_another_reaches_the_team_too(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    text = (
        "mi amigo no despierta, tomó pastillas" if town.language == "es" else "my friend took pills and won't wake up"
    )

    post = await town.ana.writes(text, in_chat=group)

    assert not post.deleted
    town.ana.reads("911")
    town.dr_roth.reads("C-")
    mo.reads(town.say("review-kind-danger")[:20])


async def test_somebody_who_cannot_be_written_to_finds_a_general_card_in_the_group(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.max)

    await town.max.writes(wants_to_die(town), in_chat=group)

    card = mo.reads("988", town.say("group-card-foot")[:20], in_chat=group)
    assert "Max" not in card.text
    mo.reads("t.me/c/")


async def test_an_edited_post_is_judged_again(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    post = await town.ana.writes("day 12 today", in_chat=group)
    mo.reads_all(group)
    assert await count(town, Review) == 0

    await town.ana.edits(post, wants_to_die(town))
    town.ana.reads("988")
    town.dr_roth.reads("C-")
    mo.reads("t.me/c/")
    await town.ana.edits(post, f"{wants_to_die(town)}.")
    mo.reads_nothing()
    town.dr_roth.reads_nothing()
    await town.ana.edits(post, "selling percs, dm me")

    assert not post.deleted
    mo.reads(town.say("review-kind-flagged"))
    assert await count(town, Sanction) == 0
    town.all_read()


async def test_a_dealers_post_is_removed_explained_and_warned_about(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    post = await town.ana.writes("I'm selling percs, dm me", in_chat=group)

    assert post.deleted
    why = town.ana.reads(town.say("post-down", group="Tuesday"))
    assert town.say("verdict-selling") in why.text
    assert why.buttons == [town.say("button-appeal")]
    town.ana.reads(town.say("warned", group="Tuesday")[:20])
    notice = mo.reads(town.say("review-kind-removed"), town.say("verdict-selling"), without=["percs"])
    assert town.say("step-state-done", step=town.say("step-warn")) in notice.text
    await mo.taps(town.say("review-button-show"))
    shown = mo.reads("percs", "River", "C-", without=["Ana"])
    assert shown.protected
    await town.pass_time(minutes=16)
    assert shown.deleted
    mo.reads_all(group)


async def test_the_ladder_goes_from_a_warning_to_an_hour_to_a_day_and_can_be_taken_back(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes("selling percs, dm me", in_chat=group)
    assert group.status(town.ana) == "member"
    town.all_read()

    await town.ana.writes("selling xanax, dm me", in_chat=group)
    assert group.status(town.ana) == "restricted"
    until = town.sim.world.member(group.chat, town.ana.user).until
    assert until == town.clock.now().replace(microsecond=0) + timedelta(hours=1)
    town.ana.reads(town.say("post-down", group="Tuesday"))
    town.ana.reads(town.say("muted", group="Tuesday", until="")[:20])
    mo.reads(town.say("step-mute-1h"))

    await mo.taps(town.say("review-button-lift"))
    assert group.status(town.ana) == "member"
    town.ana.reads(town.say("lifted", group="Tuesday")[:20])
    mo.reads(town.say("step-state-lifted", step=town.say("step-mute-1h")))
    for _ in range(2):
        await town.ana.writes("selling oxys, dm me", in_chat=group)
        town.all_read()
        if group.status(town.ana) == "restricted":
            await town.pass_time(hours=1, minutes=1)
            town.sim.world.member(group.chat, town.ana.user).status = "member"
    async with town.app.database.begin() as session:
        steps = list(await session.scalars(select(Sanction.step).order_by(Sanction.id)))
    assert steps == ["warn", "mute-1h", "mute-1h", "mute-24h"]
    town.all_read()


async def test_a_mute_telegram_refuses_counts_for_nothing_and_says_so(town: StoryTown) -> None:
    town.allowed_errors.add("call_refused")
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes("selling percs, dm me", in_chat=group)
    town.all_read()
    town.sim.world.member(group.chat, town.sim.bot).rights = frozenset(NO_RESTRICT)

    await town.ana.writes("selling xanax, dm me", in_chat=group)
    await town.pass_time(seconds=3)

    assert group.status(town.ana) == "member"
    mo.reads(town.say("step-refused", review=2, step=town.say("step-mute-1h"))[:30])
    async with town.app.database.begin() as session:
        states = list(await session.scalars(select(Sanction.state).order_by(Sanction.id)))
    assert states == [SanctionState.DONE, SanctionState.REFUSED]
    town.all_read()
    town.sim.world.member(group.chat, town.sim.bot).rights = frozenset(MODERATOR_RIGHTS)
    await town.ana.writes("selling oxys, dm me", in_chat=group)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(Sanction.step).order_by(Sanction.id.desc()).limit(1)) == "mute-1h"
    town.all_read()


async def test_a_post_that_cannot_be_taken_down_is_not_called_down(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    town.sim.world.member(group.chat, town.sim.bot).rights = frozenset(NO_DELETE)

    post = await town.ana.writes("selling percs, dm me", in_chat=group)

    assert not post.deleted
    mo.reads(town.say("review-place-doubtful"))
    town.ana.reads_nothing()
    assert await count(town, Sanction) == 0


async def test_nobody_with_an_open_alert_is_muted(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes("selling percs, dm me", in_chat=group)
    await town.ana.writes("/now")
    town.all_read()

    await town.ana.writes("selling xanax, dm me", in_chat=group)
    for number in range(12):
        await town.ana.writes(f"and {number}", in_chat=group)

    assert group.status(town.ana) == "member"
    assert len([message for message in group.messages if message.text.startswith("and ")]) == 12
    town.all_read()


async def test_a_flood_waits_as_one_and_warns_once(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await town.ana.sends_album(*(f"photo {number}" for number in range(9)), in_chat=group)
    mo.reads_nothing()
    for number in range(10):
        await town.ana.writes(f"and {number}", in_chat=group)

    standing = [message for message in group.messages if message.text.startswith("and ")]
    assert len(standing) == 6
    mo.reads(town.say("verdict-flooding"))
    mo.reads_nothing()
    town.ana.reads(town.say("verdict-flooding"))
    town.ana.reads(town.say("warned", group="Tuesday")[:20])
    town.ana.reads_nothing()
    await town.pass_time(minutes=61)
    async with town.app.database.begin() as session:
        assert await session.scalar(select(func.count()).where(GroupMember.lately.is_not(None))) == 0
    town.all_read()


async def test_staff_may_post_links_and_numbers_but_their_danger_is_danger(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    post = await mo.writes("The office is 555-010-9988 or https://clinic.example", in_chat=group)
    assert not post.deleted
    await mo.writes(wants_to_die(town), in_chat=group)

    mo.reads("988")
    mo.reads("t.me/c/")
    town.all_read()


async def test_ordinary_posts_are_not_stored(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await town.ana.writes("I slipped on Friday and I am back. 911 and 988 are good numbers to have", in_chat=group)
    await town.ana.sends_photo("my dog", in_chat=group)
    await town.ana.sends_forwarded("I wrote this elsewhere", in_chat=group)

    mo.reads(town.say("review-kind-flagged"))
    async with town.app.database.begin() as session:
        assert list(await session.scalars(select(Review.words))) == [None]
        assert await session.scalar(select(func.count()).select_from(Alert)) == 0
    town.all_read()


async def test_captions_polls_and_hidden_links_are_read_as_well(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    photo = await town.ana.sends_photo("text me 555 010 9988", in_chat=group)
    poll = await town.ana.sends_poll("Who wants to get high tonight?", "me", "join t.me/+AbCdEf", in_chat=group)
    forwarded = await town.ana.sends_forwarded("whatsapp me +1 555 010 9988", in_chat=group)

    assert (photo.deleted, poll.deleted, forwarded.deleted) == (True, True, True)
    async with town.app.database.begin() as session:
        kinds = list(await session.scalars(select(Review.kind).order_by(Review.id)))
    assert kinds == [ReviewKind.HELD] * 3
    town.all_read()


async def test_an_administrator_who_hides_is_not_touched_but_heard(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.goes_anonymous(group)

    post = await mo.writes("The office is 555-010-9988", in_chat=group)
    assert not post.deleted
    await mo.writes(wants_to_die(town), in_chat=group)

    town.ana.reads("988", town.say("group-card-foot")[:20], in_chat=group)
    mo.reads("t.me/c/")
    town.all_read()


async def test_help_now_in_a_group_is_answered_in_private(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    await town.ana.writes("/now", in_chat=group)

    town.ana.reads("988", "Dr Roth")
    town.dr_roth.reads("C-")
    mo.reads_all(group)


async def test_a_participant_in_danger_is_not_left_alone_in_a_group_nobody_set_up(small_town: StoryTown) -> None:
    town = small_town
    group = town.sim.supergroup("Elsewhere", creator=town.max, members=[town.ana])
    await town.settle()

    await town.ana.writes("selling percs, dm me", in_chat=group)
    await town.max.writes(wants_to_die(town), in_chat=group)
    town.ana.reads_nothing()
    post = await town.ana.writes(wants_to_die(town), in_chat=group)
    await town.ana.edits(post, f"{wants_to_die(town)}!")

    town.ana.reads("988", "Dr Roth")
    town.ana.reads_nothing()
    town.dr_roth.reads("C-")
    assert await count(town, Review) == 0
    assert not post.deleted


async def test_danger_finds_somebody_when_the_moderator_has_blocked_the_bot(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.max)
    town.sim.world.users[mo.id].blocked_bot = True  # Telegram knows, the bot does not yet

    await town.max.writes(wants_to_die(town), in_chat=group)
    await town.pass_time(seconds=5)

    town.dr_lind.reads("t.me/c/")
    town.dr_roth.reads("t.me/c/")
    town.all_read()
