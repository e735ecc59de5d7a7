"""Seeing: one's own chart and chips, the week on the counselor's one screen, the caseload, the plan and its history."""

from datetime import timedelta

from sqlalchemy import select

from peerbot.db.models import Participant, Person, PlanChange
from tests.stories.answers import GOOD_DAY, answer
from tests.stories.check_ins import days_pass
from tests.town import StoryTown


async def test_progress_shows_a_picture_with_words_and_chips_stay_private(town: StoryTown) -> None:
    for _ in range(3):
        await town.pass_time(hours=24)
        await answer(town, town.ana, *GOOD_DAY)
    town.all_read()

    await town.ana.writes("/progress")

    shown = town.ana.reads(town.say("progress-title"), "8.0", town.say("sober-total", days=3))
    assert shown.content.kind == "photo"
    await town.ana.taps(town.say("progress-button", days=90))
    town.ana.reads("90")
    await town.ana.writes("/milestones")
    town.ana.reads(town.say("chip-name", unit="day", number=1), town.say("milestones-private")[:15])
    town.all_read()


async def test_the_counselor_sees_the_week_on_one_screen_and_strangers_see_nothing(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, *GOOD_DAY[:-1])
    await town.ana.writes("A quiet day")
    await days_pass(town, 2)
    town.all_read()
    await town.dr_roth.writes("/caseload")
    town.dr_roth.reads("1 ")
    await town.dr_roth.taps("River")

    week = town.dr_roth.reads("River", "A quiet day", town.say("week-adherence", sent=3, answered=1, late=0, silent=1))

    assert week.protected or week.version > 1
    assert len(week.text) < 1500
    await town.dr_roth.taps(town.say("progress-button", days=30))
    assert town.dr_roth.reads("River").content.kind == "photo"
    person = await town.id_of(town.ana)
    await town.max.starts()
    town.max.reads_all()
    await town.max.presses(town.max.visible()[-1], f"cv:{person}:week")
    assert town.max.toast == town.say("refused-staff-only")
    await town.ana.presses(town.ana.visible()[-1], f"pg:{person}:30")
    assert town.ana.toast == town.say("refused-staff-only")
    town.all_read()


async def test_days_before_the_programme_count_when_someone_says_so(town: StoryTown) -> None:
    await town.ana.writes("/milestones")
    await town.ana.taps(town.say("milestones-since"))
    await town.ana.writes("next year")
    town.ana.reads(town.say("refused-sober"))
    await town.ana.writes("12")
    await answer_today(town)

    town.ana.reads(town.say("sober-total", days=13))
    town.all_read()


async def answer_today(town: StoryTown) -> None:
    """A good day, taken up by Ana herself."""
    await town.ana.writes("/checkin")
    await answer(town, town.ana, *GOOD_DAY)


async def test_a_caseload_of_many_is_shown_page_by_page(small_town: StoryTown) -> None:
    town = small_town
    async with town.app.database.begin() as session:
        ana = await session.get_one(Participant, await town.id_of(town.ana))
        for number in range(64):
            keys = town.app.database.keys
            person = Person(
                chat_key=keys.blind(9_000_000 + number),
                chat=str(9_000_000 + number),
                alias=f"Reed {number:02}",
                locale="en",
                zone="UTC",
                created_at=town.clock.now(),
            )
            session.add(person)
            await session.flush()
            session.add(
                Participant(
                    person_id=person.id,
                    case_code=f"C-{number:04}",
                    case_key=keys.blind(f"C-{number:04}", "case"),
                    counselor_id=ana.counselor_id,
                    joined_at=town.clock.now() + timedelta(minutes=number),
                    enrolled_at=town.clock.now(),
                )
            )

    await town.dr_roth.writes("/caseload")

    shown = town.dr_roth.reads(town.say("caseload-page", first=1, last=30), "65")
    assert sum("Reed" in label for label in shown.buttons) == 29
    await town.dr_roth.taps(town.say("button-further"))
    await town.dr_roth.taps(town.say("button-further"))
    shown = town.dr_roth.reads(town.say("caseload-page", first=61, last=65))
    assert "Reed 63" in shown.buttons[4]
    assert town.say("button-further") not in shown.buttons
    await town.dr_roth.taps(town.say("button-earlier"))
    town.dr_roth.reads(town.say("caseload-page", first=31, last=60))
    await town.dr_roth.presses(shown, "cv:99999:list")
    assert town.dr_roth.sees_button(town.say("button-earlier"))
    town.all_read()


async def test_every_change_to_a_plan_keeps_who_when_and_why(town: StoryTown) -> None:
    person = await town.id_of(town.ana)
    await town.dr_roth.writes("/caseload")
    screen = town.dr_roth.reads("1 ")

    await town.dr_roth.presses(screen, f"pl:{person}:phase:middle")
    town.dr_roth.reads(town.say("plan-why"))
    async with town.app.database.begin() as session:
        assert (await session.scalars(select(PlanChange))).all() == []
    await town.dr_roth.taps(town.say("plan-why-worried"))

    day = f"{town.say('day-name', weekday=0, day=2, month=3)}, 09:00"
    said = {"day": day, "by": "Dr Roth", "why": town.say("plan-why-worried")}
    town.dr_roth.reads(town.say("plan-did-phase", value=town.say("phase-middle"), **said))
    for act in ("day:pacs.2", "form:pacs", "hour:20.00", "ends:05.00", "quiet:", "fact:opioid", "pause:7", "pause:0"):
        await town.dr_roth.presses(screen, f"pl:{person}:{act}~asked")
    assert town.say(
        "plan-did-fact", value=f"{town.say('fact-opioid')} ✓", **(said | {"why": town.say("plan-why-asked")})
    )
    async with town.app.database.begin() as session:
        rows = (await session.scalars(select(PlanChange).order_by(PlanChange.id))).all()
    assert [(row.what, row.value, row.why) for row in rows] == [
        ("phase", "middle", "worried"),
        ("day", "pacs.2", "asked"),
        ("form", "pacs", "asked"),
        ("hour", "20.00", "asked"),
        ("ends", "05.00", "asked"),
        ("quiet", "", "asked"),
        ("fact", "opioid.on", "asked"),
        ("pause", "7", "asked"),
        ("pause", "0", "asked"),
    ]
    assert {row.changed_by for row in rows} == {await town.id_of(town.dr_roth)}
    for forged in ("phase:never~asked", "pause:9999~asked", "fact:secret~asked", "hour:3~asked", "shout:x~asked"):
        await town.dr_roth.presses(screen, f"pl:{person}:{forged}")
        assert town.dr_roth.toast == town.say("refused-old-button")
    town.all_read()
