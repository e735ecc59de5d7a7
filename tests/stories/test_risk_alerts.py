"""Rules at work: what the counselor sees of an alert, what is said of it after, cooling down, silence, and tuning."""

from datetime import date, timedelta

from sqlalchemy import select

from peerbot.db.models import Alert, Finding, Participant, RuleChange
from tests.stories.answers import DONE, GOOD_DAY, SKIP, answer
from tests.town import StoryTown


async def case_of(town: StoryTown) -> str:
    async with town.app.database.begin() as session:
        part = await session.get_one(Participant, await town.id_of(town.ana))
    return part.case_code


async def findings(town: StoryTown) -> list[Finding]:
    async with town.app.database.begin() as session:
        return list(await session.scalars(select(Finding).order_by(Finding.id)))


async def close(town: StoryTown) -> None:
    """Dr Roth takes the open alert and closes it."""
    await town.dr_roth.taps(town.say("alert-button-ack"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-reached"))
    town.all_read()


async def days(town: StoryTown, count: int, *values: str | int) -> None:
    """Days on which Ana answers the same."""
    for _ in range(count):
        await town.pass_time(hours=24)
        await answer(town, town.ana, *values)
        town.all_read()


async def test_open_shows_reasons_in_order_answers_and_the_own_fortnight(town: StoryTown) -> None:
    await days(town, 5, *GOOD_DAY)
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 9, 2, 7, DONE, "well", "yes", SKIP, "no", SKIP)
    town.ana.reads_all()
    town.dr_roth.reads("C-")

    await town.dr_roth.taps(town.say("alert-button-open"))

    seen = town.dr_roth.reads(town.say("usual-head")).text
    assert town.say("rule-craving-high", craving=9) in seen
    assert town.say("rule-craving-unsure", craving=9, confidence=2) in seen
    changes = town.say("silent-at-most", fact=town.say("measure-craving"), value=7)
    assert town.say("silent-if", changes=changes) in seen
    assert town.say("usual-line", what=town.say("short-craving"), now=9, median="1", days=5) in seen
    assert town.say("noticed-head") in seen
    assert town.say("rule-craving-above-own", craving=9, days=5, usual=1) in seen


async def test_a_closed_alert_asks_whether_it_was_useful_and_the_month_counts_it(town: StoryTown) -> None:
    await town.ana.writes("/now")
    town.all_read()
    await town.dr_roth.taps(town.say("alert-button-ack"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-reached"))
    assert town.say("alert-feedback-asked") in town.dr_roth.reads_all()[-1].text

    await town.dr_roth.taps(town.say("feedback-useful"))
    assert town.say("feedback-useful") in town.dr_roth.reads_all()[-1].text
    await town.dr_roth.writes("/month")

    page = town.dr_roth.reads(town.say("report-urgent", useful=1, judged=1)).text
    assert town.say("report-urgent-enough") in page
    assert f"{town.say('about-help-asked')}: 1; 1, 0, 0" in page
    async with town.app.database.begin() as session:
        assert (await session.scalar(select(Alert.feedback))) == "useful"
    town.all_read()


async def test_measured_again_within_a_day_joins_quietly_and_a_new_day_pages(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 9)
    await close(town)

    async with town.app.database.begin() as session:
        for row in await session.scalars(select(Finding)):
            row.found_at += timedelta(hours=1)
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 9)

    cooled = {row.rule for row in await findings(town) if row.cooled}
    assert cooled == {"craving-high"}
    town.dr_roth.reads("C-")
    lasting = [row for row in await findings(town) if row.rule == "craving-lasting"]
    assert [row.alert_id is not None for row in lasting] == [True]
    town.all_read()


async def test_asking_to_talk_twice_in_a_day_is_told_twice(town: StoryTown) -> None:
    await town.ana.writes("/talk")
    town.dr_roth.reads("C-")
    await close(town)

    await town.ana.writes("/talk")

    town.dr_roth.reads("C-")
    town.all_read()


async def test_silence_is_told_after_two_check_ins_at_the_start_and_never_for_what_was_not_sent(
    town: StoryTown,
) -> None:
    await town.pass_time(hours=24 + 19)
    town.dr_roth.reads_nothing()

    await town.pass_time(hours=24)

    town.dr_roth.reads("C-")
    assert {row.rule for row in await findings(town)} == {"silent-notice", "silent-early"}
    town.all_read()


async def test_a_counselor_changes_a_number_for_one_person_and_takes_it_back(town: StoryTown) -> None:
    case = await case_of(town)
    await town.dr_roth.writes(f"/rules set {case} craving.high 10 she rates every day high")
    assert "craving.high = 10" in town.dr_roth.reads("she rates every day high", case).text
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 9)
    town.dr_roth.reads_nothing()

    await town.dr_roth.writes(f"/rules reset {case} craving.high no longer so")

    assert case not in town.dr_roth.reads("craving.high").text
    async with town.app.database.begin() as session:
        kept = (await session.scalars(select(RuleChange))).one()
    assert (kept.value, kept.why, kept.ended_why) == (10, "she rates every day high", "no longer so")
    town.all_read()


async def test_only_a_supervisor_changes_a_number_for_everyone_and_a_stranger_nothing(town: StoryTown) -> None:
    case = await case_of(town)
    wanted = {
        "/rules set all craving.high 9 too many": "refused-rules-everyone",
        f"/rules set {case} craving.high 9": "refused-rules-why",
        f"/rules set {case} craving 9 too many": "refused-rules-key",
        f"/rules set {case} craving.high x y": "refused-rules-usage",
        "/rules set C-NONE craving.high 9 too many": "refused-not-yours",
    }
    for words, refusal in wanted.items():
        await town.dr_roth.writes(words)
        town.dr_roth.reads(town.say(refusal))
    await town.dr_roth.writes(f"/rules set {case} craving.high 11 too many")
    town.dr_roth.reads(town.say("refused-rules-bounds", low=1, high=10))

    await town.dr_lind.writes("/rules set all craving.high 9 too many")
    town.dr_lind.reads("craving.high = 9")
    await town.max.writes("/month")
    town.max.reads(town.say("refused-staff-only"))
    await town.ana.writes("/digest")
    town.ana.reads(town.say("refused-staff-only"))


async def test_the_table_of_rules_is_read_level_by_level(town: StoryTown) -> None:
    await town.dr_roth.writes("/rules")
    town.dr_roth.reads(town.say("rules-head"))

    await town.dr_roth.taps(town.say("level-emergency"))
    town.dr_roth.reads(town.say("about-asq-acute"))
    await town.dr_roth.taps(town.say("level-same-day"))

    town.dr_roth.reads(town.say("about-craving-high", craving_high=8))
    assert town.dr_roth.sees_button(town.say("rules-button-numbers"))


async def test_the_week_lists_what_opened_no_alert(town: StoryTown) -> None:
    await town.dr_roth.writes("/digest")
    town.dr_roth.reads(town.say("digest-none"))
    await town.pass_time(hours=24)
    await answer(town, town.ana, "no", 2, 3)
    town.ana.reads_all()
    town.dr_roth.reads_nothing()

    await town.dr_roth.writes("/digest")

    town.dr_roth.reads(town.say("rule-confidence-low", confidence=3), await case_of(town), without=["River"])


async def test_a_month_that_is_none_is_refused(town: StoryTown) -> None:
    for month in ("2026-13", "soon", f"{date.max.year}-01"):
        await town.dr_roth.writes(f"/month {month}")
        town.dr_roth.reads(town.say("refused-report-month"))


async def test_an_opioid_mixed_after_a_break_is_urgent_and_a_bare_lapse_is_today(town: StoryTown) -> None:
    await town.pass_time(hours=24)
    await answer(town, town.ana, "other", "yes")
    town.dr_roth.reads(town.say("level-same-day"))

    await answer(town, town.ana, "opioids", "sedatives", DONE)

    town.dr_roth.reads(town.say("level-urgent"))
    town.ana.reads("911")
    rules = {row.rule for row in await findings(town)}
    assert {"use-reported", "opioid-after-break", "opioid-mixed"} <= rules
    assert all(row.silent_if and row.rule_version for row in await findings(town))
    town.all_read()
