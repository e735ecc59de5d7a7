"""Tips: one that fits the answers, never cheerful on a dark day, not again within a month, rated, daily if wanted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from peerbot.care.tips import Tip
from peerbot.db.models import TipPlan, TipShown
from peerbot.messages.groups import safe
from tests.stories.answers import DONE, LIST, SKIP, answer, bubble_of
from tests.town import StoryTown


async def shown(town: StoryTown) -> list[Tip]:
    """The tips shown so far, oldest first."""
    by_id = {tip.id: tip for tip in town.app.programme.tips}
    async with town.app.database.begin() as session:
        return [by_id[name] for name in await session.scalars(select(TipShown.tip).order_by(TipShown.id))]


CRAVING = ("no", 6, 7, 6, DONE, "well", "no", "no", SKIP)
LAPSE = ("alcohol", "yes", "no", "today", 3, 7, 5, DONE, "well", "no", "no", SKIP)
FINE = ("no", 0, 9, 9, "well", "no", "no", SKIP)


async def checks_in(town: StoryTown, *answers: str | int) -> str:
    """Ana answers today's check-in; returns the summary."""
    await town.ana.taps(town.say("key-check-in"))
    await answer(town, town.ana, *answers)
    town.all_read()
    return town.ana.visible()[-1].text


@pytest.mark.parametrize(
    ("answers", "tag"),
    [(CRAVING, "craving"), (LAPSE, "lapse"), (FINE, "celebration")],
    ids=["after a craving", "after a lapse", "after a good day"],
)
async def test_the_end_of_a_check_in_brings_a_tip_that_fits(
    town: StoryTown, answers: tuple[str | int, ...], tag: str
) -> None:
    summary = await checks_in(town, *answers)

    [tip] = await shown(town)
    assert tag in tip.tags
    assert safe(tip.says(town.language)) in summary
    assert safe(tip.asks(town.language)) in summary
    if tag == "lapse":
        assert tip.tone != "cheerful"


async def test_a_changed_answer_changes_the_tip_and_a_good_one_is_not_left_over_a_dark_one(town: StoryTown) -> None:
    await checks_in(town, *FINE)
    assert "celebration" in (await shown(town))[0].tags

    await answer(town, town.ana, LIST)
    bubble = bubble_of(town.ana)
    mood = next(button.data or "" for button in bubble.inline_buttons if ":mood:at" in (button.data or ""))
    await town.ana.presses(bubble, mood)
    await answer(town, town.ana, 3, DONE)
    town.all_read()

    [tip] = await shown(town)
    assert "celebration" not in tip.tags
    assert tip.tone != "cheerful"
    assert safe(tip.says(town.language)) in town.ana.visible()[-1].text


async def test_a_tip_is_asked_for_by_key_and_command_and_never_repeats_within_a_month(small_town: StoryTown) -> None:
    town = small_town
    for number in range(20):
        await town.ana.writes(town.say("key-tip") if number % 2 else "/tip")
        town.ana.reads(town.say("tip-head"))

    tips = await shown(town)
    assert len({tip.id for tip in tips}) == 20


async def test_after_a_call_for_help_no_tip_is_cheerful(small_town: StoryTown) -> None:
    town = small_town
    await town.ana.writes("/now")
    town.all_read()
    for _ in range(25):
        await town.ana.writes("/tip")
    town.all_read()

    assert {tip.tone for tip in await shown(town)} <= {"steady", "gentle"}
    assert all("celebration" not in tip.tags for tip in await shown(town))


async def test_a_lapse_shapes_the_tips_of_the_days_after(small_town: StoryTown) -> None:
    town = small_town
    await checks_in(town, *LAPSE)
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-reached"))
    town.clock.advance(timedelta(hours=24))

    await town.ana.writes("/tip")

    town.ana.reads_all()
    assert "lapse" in (await shown(town))[-1].tags
    town.all_read()


async def test_thumbs_are_kept_and_marked_below_a_tip_and_below_a_summary(town: StoryTown) -> None:
    await town.ana.writes("/tip")
    await town.ana.taps(town.say("tip-helpful"))
    assert town.ana.sees_button(f"✓ {town.say('tip-helpful')}")
    await checks_in(town, "no", 1, 8, 7, "well", "no", "no", SKIP)
    await town.ana.taps(town.say("tip-not-helpful"))

    assert town.ana.visible()[-1].buttons[:2] == [town.say("tip-helpful"), f"✓ {town.say('tip-not-helpful')}"]
    async with town.app.database.begin() as session:
        assert list(await session.scalars(select(TipShown.rating).order_by(TipShown.id))) == [1, -1]
    town.all_read()


async def test_nobody_rates_somebody_elses_tip(small_town: StoryTown) -> None:
    town = small_town
    bea = town.sim.person("Bea", language=town.language)
    await town.join_participant(bea, counselor=town.dr_roth, alias="Cedar")
    await town.ana.writes("/tip")
    town.all_read()

    await bea.presses(bea.visible()[-1], "tr:1:1")
    assert bea.toast == town.say("refused-not-yours")
    await town.max.starts()
    await town.max.presses(town.max.visible()[-1], "tr:1:1")

    assert town.max.toast == town.say("refused-not-participant")
    town.all_read()


async def test_a_daily_tip_is_opt_in_comes_at_its_hour_and_stops_when_told(town: StoryTown) -> None:
    await town.ana.writes("/tip")
    await town.ana.taps(town.say("tip-daily-want"))
    town.ana.reads(town.say("tip-daily-off"))
    town.ana.reads_all()
    await town.ana.writes("7:30 pm")
    town.ana.reads("19:30")

    await town.pass_time(hours=10)
    town.ana.reads_nothing()
    await town.pass_time(minutes=30)
    tip = town.ana.reads(town.say("tip-of-the-day"))
    assert tip.silent
    await town.ana.taps(town.say("tip-daily-change"))
    town.ana.reads("19:30")
    await town.ana.taps(town.say("tip-daily-stop"))
    town.ana.reads(town.say("tip-daily-stopped"))
    await town.pass_time(hours=30)

    assert not any(town.say("tip-of-the-day") in message.text for message in town.ana.unread())
    async with town.app.database.begin() as session:
        assert await session.scalar(select(TipPlan)) is None
    town.all_read()


async def test_a_daily_tip_that_is_hours_late_is_left_out(small_town: StoryTown) -> None:
    town = small_town
    await town.ana.writes("/tip")
    await town.ana.taps(town.say("tip-daily-want"))
    await town.ana.taps("12:00")
    town.all_read()
    town.clock.advance(timedelta(hours=8))

    await town.pass_time(minutes=1)

    town.ana.reads_nothing()


async def test_a_number_typed_much_later_is_an_answer_and_not_a_time(small_town: StoryTown) -> None:
    town = small_town
    await town.ana.writes("/tip")
    await town.ana.taps(town.say("tip-daily-want"))
    town.all_read()
    town.clock.advance(timedelta(minutes=30))
    await town.ana.taps(town.say("key-check-in"))
    await town.ana.taps("No")
    town.all_read()

    await town.ana.writes("7")

    town.ana.reads("3/")
    async with town.app.database.begin() as session:
        assert await session.scalar(select(TipPlan)) is None


async def test_leaving_ends_the_daily_tip(small_town: StoryTown) -> None:
    town = small_town
    await town.ana.writes("/tip")
    await town.ana.taps(town.say("tip-daily-want"))
    await town.ana.taps("12:00")
    await town.ana.writes("/stop")
    await town.ana.taps(town.say("button-leave"))
    town.all_read()

    await town.pass_time(hours=4)

    town.ana.reads_nothing()
    town.all_read()


async def test_staff_and_strangers_are_told_that_tips_are_for_participants(small_town: StoryTown) -> None:
    town = small_town
    for person in (town.dr_roth, town.max):
        await person.writes("/tip")
        person.reads(town.say("refused-not-participant"))
