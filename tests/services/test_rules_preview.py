"""The preview: stored answers replayed under other numbers, told per counselor and week, and nothing changed by it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from peerbot.care.thresholds import DEFAULTS, InvalidThreshold
from peerbot.db.models import Alert, Finding, RuleChange
from peerbot.services import preview, risk, rules
from tests.stories.answers import answer
from tests.town import StoryTown


@pytest.fixture
async def town(bare_town: StoryTown) -> StoryTown:
    """Three of Ana's days: an urge of 8, of 9, and of 2."""
    await bare_town.moves_in("en")
    for craving in (8, 2, 2, 9):
        await bare_town.pass_time(hours=24)
        await answer(bare_town, bare_town.ana, "no", craving)
        bare_town.all_read()
    return bare_town


async def test_a_higher_cut_off_loses_alerts_and_switches_nothing_on(town: StoryTown) -> None:
    made = await preview.preview(town.app.database, {"craving.high": 9}, 30, now=town.clock.now())

    assert sum(week.now for week in made.weeks.values()) == 2
    assert sum(week.then for week in made.weeks.values()) == 1
    assert sum(week.lost for week in made.weeks.values()) == 1
    assert {counselor for _week, counselor in made.weeks} == {"Dr Roth"}
    assert (made.rules_now["craving-high"], made.rules_then["craving-high"]) == (2, 1)
    said = "\n".join(preview.lines(made, {"craving.high": 9}, 30))
    assert "2 alerts would be 1: 0 won, 1 lost" in said
    assert "craving-high: 2 -> 1 times" in said
    async with town.app.database.begin() as session:
        assert await session.scalar(select(func.count()).select_from(RuleChange)) == 0
        assert await session.scalar(select(func.count()).select_from(Alert)) == 1
        assert await session.scalar(select(func.count()).select_from(Finding)) == 2


async def test_a_lower_cut_off_wins_alerts_and_an_own_number_stays(town: StoryTown) -> None:
    lower = await preview.preview(town.app.database, {"craving.high": 1}, 30, now=town.clock.now())
    async with town.app.database.begin() as session:
        await rules.change(
            session,
            "craving.high",
            10,
            participant_id=await town.id_of(town.ana),
            why="rates every day high",
            by=None,
            now=town.clock.now(),
        )
    own = await preview.preview(town.app.database, {"craving.high": 1}, 30, now=town.clock.now())

    assert sum(week.won for week in lower.weeks.values()) == 2
    assert sum(week.won + week.now for week in own.weeks.values()) == 0


async def test_days_before_the_period_are_history_and_not_counted(town: StoryTown) -> None:
    made = await preview.preview(town.app.database, {"craving.high": 9}, 1, now=town.clock.now())

    assert sum(week.now for week in made.weeks.values()) == 1


async def test_an_unknown_number_is_refused_before_anything_is_read(town: StoryTown) -> None:
    with pytest.raises(InvalidThreshold):
        await preview.preview(town.app.database, {"craving.max": 9}, 30, now=town.clock.now())


async def test_a_persons_number_comes_before_the_programmes_and_history_is_kept(town: StoryTown) -> None:
    ana, now = await town.id_of(town.ana), town.clock.now()
    async with town.app.database.begin() as session:
        await rules.change(session, "mood.low", 4, participant_id=None, why="for all", by=None, now=now)
        await rules.change(session, "mood.low", 1, participant_id=ana, why="for her", by=None, now=now)
        later = now + timedelta(days=1)
        await rules.change(session, "mood.low", 3, participant_id=None, why="again", by=None, now=later)

        assert (await risk.limits_for(session, ana)).mood_low == 1
        assert (await risk.limits_for(session, None)).mood_low == 3
        assert await session.scalar(select(func.count()).select_from(RuleChange)) == 3
        await rules.reset(session, "mood.low", participant_id=ana, why="fine now", by=None, now=later)
        assert (await risk.limits_for(session, ana)).mood_low == 3


def test_a_stored_number_that_no_longer_fits_is_left_out() -> None:
    assert risk.with_changes([("craving.high", 99), ("gone", 1), ("mood.low", 1)]) == DEFAULTS.changed({"mood.low": 1})
