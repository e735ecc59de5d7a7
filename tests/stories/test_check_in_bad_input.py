"""What no button sent, what is not one's own, and what is very long."""

import pytest

from tests.stories.answers import GOOD_DAY, answer, bubble_of
from tests.stories.check_ins import answers_to, check_ins
from tests.town import StoryTown


@pytest.mark.parametrize(
    "forged", ["a:{id}:use:heroin", "a:{id}:craving:11", "a:{id}:craving:-1", "a:{id}:mood:x", "m:{id}:use:skip"]
)
async def test_what_is_no_answer_is_refused_and_changes_nothing(town: StoryTown, forged: str) -> None:
    await town.pass_time(hours=24)
    bubble = town.ana.reads("1/8")

    await town.ana.presses(bubble, forged.format(id=(await check_ins(town))[0].id))

    assert town.ana.toast == town.say("refused-unknown-answer")
    assert await answers_to(town, "use") == []
    town.ana.reads_nothing()


async def test_a_note_of_4096_characters_is_kept_whole(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY[:-1])

    await town.ana.writes("abcd " * 819 + "e")

    assert len((await answers_to(town, "note"))[0][0]) == 4098
    town.all_read()


async def test_someone_elses_check_in_cannot_be_answered(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    bea = town.sim.person("Bea", language=town.language)
    await town.join_participant(bea, counselor=town.dr_roth, alias="Cedar")
    await bea.writes("/checkin")

    await bea.presses(bubble_of(bea), f"a:{(await check_ins(town))[0].id}:use:no")

    assert bea.toast == town.say("refused-not-yours")
    assert await answers_to(town, "use") == []
    town.all_read()
