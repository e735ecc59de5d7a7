"""What stories about check-ins look up and set: rows, facts about Ana, and her plan as Dr Roth changes it."""

from sqlalchemy import select

from peerbot.db.models import Answer, CheckIn
from peerbot.services import schedules
from tests.town import StoryTown


async def check_ins(town: StoryTown, questionnaire: str = "daily") -> list[CheckIn]:
    async with town.app.database.begin() as session:
        rows = await session.scalars(
            select(CheckIn).where(CheckIn.questionnaire == questionnaire).order_by(CheckIn.local_on)
        )
        return list(rows)


async def answers_to(town: StoryTown, question: str) -> list[tuple[str, bool]]:
    """Every value ever given, oldest first, and whether it still stands."""
    async with town.app.database.begin() as session:
        rows = await session.scalars(select(Answer).where(Answer.question == question).order_by(Answer.id))
        return [(row.value, row.replaced_at is None) for row in rows]


async def plans(town: StoryTown, **facts: object) -> int:
    """What a carer sets for Ana, straight in her rhythm; returns her number."""
    person = await town.id_of(town.ana)
    async with town.app.database.begin() as session:
        rhythm = await schedules.own_rhythm(session, person)
        for name, value in facts.items():
            setattr(rhythm, name, value)
    return person


async def days_pass(town: StoryTown, days: float) -> None:
    """Long times in half days, so that Telegram is heard in between."""
    for _ in range(round(days * 2)):
        await town.pass_time(hours=12)


async def presses_plan(town: StoryTown, *acts: str) -> None:
    """Dr Roth opens Ana's plan and presses these, as "act:value"; asked why, it is a planned step."""
    person = await town.id_of(town.ana)
    await town.dr_roth.writes("/caseload")
    town.dr_roth.reads("1 ")
    screen = town.dr_roth.visible()[-1]
    for act in acts:
        data = f"cv:{person}:{act[1:]}" if act.startswith("@") else f"pl:{person}:{act}"
        await town.dr_roth.presses(screen, data)
        why = next((button.data for button in screen.inline_buttons if (button.data or "").endswith("~planned")), None)
        if why is not None:
            await town.dr_roth.presses(screen, why)
