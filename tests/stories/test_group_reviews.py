"""What people decide about posts: held, appealed, shared, undone; reports and worries; who may; what is forgotten."""

from datetime import timedelta

from sqlalchemy import select, text

from peerbot.db.models import Review
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.world import Message
from peerbot.ticks import TICKS
from tests.town import StoryTown

THIRTY_DAYS = timedelta(days=30, minutes=1)
CLEAR = next(tick for tick in TICKS if tick.name == "clear")
ENDED = text("UPDATE staff_roles SET ended_at = :at WHERE role = 'moderator'")
NUMBER = "text me 555 010 9988"


def pressed(message: Message, label: str) -> str:
    return next(button.data or "" for button in message.inline_buttons if button.text == label)


def standing(group: Group, words: str) -> list[str]:
    return [message.text for message in group.messages if words in message.text]


async def test_a_phone_number_is_held_appealed_shared_without_a_name_and_undone(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    post = await town.ana.writes(NUMBER, in_chat=group)
    assert post.deleted
    town.ana.reads(town.say("verdict-contact"))
    mo.reads(town.say("review-kind-held"), without=["555"])

    await town.ana.taps(town.say("button-appeal"))
    town.ana.reads(town.say("appeal-taken")[:20])
    await town.ana.taps_again()
    assert town.ana.toast == town.say("refused-appealed")
    mo.reads(town.say("review-appealed"))
    await mo.taps(town.say("review-button-share"))
    [shared] = standing(group, "555 010 9988")
    assert shared.startswith(town.say("member-shares"))
    assert "Ana" not in shared
    assert "River" not in shared
    town.ana.reads(town.say("review-author-shared", group="Tuesday"))
    mo.reads(town.say("review-decided-share", by="Mo"))

    await mo.taps(town.say("review-button-undo"))
    assert standing(group, "555 010 9988") == []
    mo.reads(town.say("review-kind-held"), without=[town.say("review-decided-share", by="Mo")])
    await mo.taps(town.say("review-button-keep"))
    town.ana.reads(town.say("review-author-kept", group="Tuesday"))
    mo.reads(town.say("review-decided-keep", by="Mo"))
    town.all_read()


async def test_after_48_hours_nothing_can_be_undone(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes(NUMBER, in_chat=group)
    await mo.taps(town.say("review-button-share"))
    await town.pass_time(hours=49)

    await mo.taps(town.say("review-button-undo"))

    assert mo.toast == town.say("refused-too-late")
    assert len(standing(group, "555 010 9988")) == 1
    town.all_read()


async def test_sharing_a_removed_post_takes_its_warning_back(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes("selling percs, dm me", in_chat=group)
    town.all_read()

    await mo.taps(town.say("review-button-share"))

    town.ana.reads(town.say("lifted", group="Tuesday")[:20])
    mo.reads(town.say("step-state-lifted", step=town.say("step-warn")))
    town.all_read()


async def test_a_moderator_takes_the_next_step_and_staff_are_never_punished(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana, town.dr_roth)
    await town.ana.writes(NUMBER, in_chat=group)
    town.all_read()
    await mo.taps(town.say("review-button-warn", step=town.say("step-warn")))
    town.ana.reads(town.say("warned", group="Tuesday")[:20])
    mo.reads(town.say("step-state-done", step=town.say("step-warn")))

    by_staff = await town.dr_roth.writes("see you at six", in_chat=group)
    await town.ana.writes("/report", reply_to=by_staff, in_chat=group)
    notice = mo.reads(town.say("review-kind-reported"))
    assert not any(town.say("review-button-warn", step="").strip() in label for label in notice.buttons)
    await mo.presses(notice, "rv:2:warn")

    assert mo.toast == town.say("refused-no-step")
    town.all_read()


async def test_a_report_is_quiet_and_a_person_takes_the_post_down(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana, town.max)
    post = await town.max.writes("you people are all pathetic", in_chat=group)
    town.ana.reads("pathetic", in_chat=group)

    report = await town.ana.writes("/report", reply_to=post, in_chat=group)
    again = await town.ana.writes("/report", reply_to=post, in_chat=group)

    assert (report.deleted, again.deleted, post.deleted) == (True, True, False)
    for _ in range(2):
        town.ana.reads(town.say("report-thanks")[:20])
    mo.reads(town.say("review-kind-reported"), "t.me/c/", without=["pathetic"])
    mo.reads_nothing()
    await mo.taps(town.say("review-button-show"))
    mo.reads("pathetic", "Max")
    await mo.taps(town.say("review-button-down"))
    assert post.deleted
    mo.reads(town.say("review-decided-down", by="Mo"))
    town.all_read()


async def test_a_report_without_a_post_and_one_in_private_explain_how(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)

    alone = await town.ana.writes("/report", in_chat=group)
    town.ana.reads(town.say("report-how"))
    await town.ana.writes("/report")

    town.ana.reads(town.say("report-how"))
    assert alone.deleted
    mo.reads_nothing()
    mo.reads_all(group)


async def test_a_worry_about_somebody_reaches_moderators_and_their_counselor_until_it_is_done(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    bea = town.sim.person("Bea", language=town.language)
    await town.join_participant(bea, counselor=town.dr_roth, alias="Cedar")
    town.all_read()
    group = await town.gets_group(mo, town.ana, bea)
    post = await bea.writes("see you all around", in_chat=group)

    asked = await town.ana.writes("/worried", reply_to=post, in_chat=group)

    assert asked.deleted
    assert not post.deleted
    town.ana.reads(town.say("worry-thanks")[:20])
    bea.reads_nothing()
    mo.reads(town.say("review-kind-worry")[:20])
    town.dr_roth.reads(town.say("review-kind-worry")[:20])
    town.dr_lind.reads_nothing()
    await town.dr_roth.taps(town.say("review-button-show"))
    town.dr_roth.reads("Cedar", "see you all around")
    await town.dr_roth.taps(town.say("review-button-done"))
    town.all_read()
    await town.pass_time(hours=1)
    mo.reads_nothing()


async def test_a_worry_in_private_asks_which_group_and_names_who_worries(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    for title in ("Tuesday", "Friday"):
        group = await town.gets_group(mo, title=title)
        await mo.writes("/groups")
        await mo.taps(title)
        await mo.taps(town.say("group-page-people"))
        await mo.taps("River")
        assert group.title == title
    town.all_read()

    await town.ana.writes("/worried")
    await town.ana.taps("Friday")

    town.ana.reads(town.say("worry-thanks")[:20])
    mo.reads("Friday", town.say("review-kind-worry")[:20])
    await mo.taps(town.say("review-button-take"))
    await mo.taps(town.say("review-button-done"))
    town.all_read()
    await town.max.writes("/worried")
    town.max.reads(town.say("refused-not-participant"))


async def test_the_queue_lists_what_waits_and_says_when_nothing_does(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await mo.writes("/review")
    mo.reads(town.say("reviews-none"))
    await town.ana.writes(NUMBER, in_chat=group)
    town.all_read()

    await mo.writes("/review")

    mo.reads(town.say("review-kind-held"))
    await town.ana.writes("/review")
    town.ana.reads(town.say("refused-staff-only"))
    town.all_read()


async def test_without_moderators_the_carers_look(small_town: StoryTown) -> None:
    town = small_town
    group = await town.gets_group(town.dr_roth, town.ana)

    await town.ana.writes(NUMBER, in_chat=group)

    town.dr_lind.reads(town.say("review-kind-held"))
    town.dr_roth.reads(town.say("review-kind-held"))
    town.all_read()


async def _presses(town: StoryTown, person: Person, message: Message, data: str) -> None:
    if not person.visible():
        await person.starts()
    await person.presses(person.visible()[-1], data)


async def test_nobody_but_staff_of_this_moment_can_press_a_moderators_button(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes(NUMBER, in_chat=group)
    notice = mo.reads(town.say("review-kind-held"))
    share, show = pressed(notice, town.say("review-button-share")), pressed(notice, town.say("review-button-show"))

    for person in (town.ana, town.max):
        for data in (share, show):
            await _presses(town, person, notice, data)
            assert person.toast == town.say("refused-staff-only")
    async with town.app.database.begin() as session:
        await session.execute(ENDED, {"at": town.clock.now()})
    await mo.presses(notice, share)

    assert mo.toast == town.say("refused-staff-only")
    assert standing(group, "555") == []
    town.all_read()


async def test_only_the_author_can_ask_for_another_look(small_town: StoryTown) -> None:
    town = small_town
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes(NUMBER, in_chat=group)
    why = town.ana.reads(town.say("verdict-contact"))

    await _presses(town, town.max, why, pressed(why, town.say("button-appeal")))

    assert town.max.toast == town.say("refused-not-yours")
    town.all_read()


async def test_after_30_days_the_words_and_the_author_are_forgotten(town: StoryTown) -> None:
    mo = await town.gets_moderator()
    group = await town.gets_group(mo, town.ana)
    await town.ana.writes(NUMBER, in_chat=group)
    await mo.taps(town.say("review-button-keep"))
    town.all_read()
    town.clock.advance(THIRTY_DAYS)

    await town.app.ticker.run(CLEAR)

    async with town.app.database.begin() as session:
        review = (await session.scalars(select(Review))).one()
        assert (review.words, review.author, review.user, review.user_key) == (None, None, None, None)
        assert review.decision == "keep"
