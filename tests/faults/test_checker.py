"""The judge can say no: an honest evening passes, and the same evening with one thing falsified does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from peerbot.db import models
from peerbot.simulator import faults
from peerbot.simulator.simulator import TEST_TOKEN
from peerbot.simulator.truth import Call, Truth
from tests.faults.checker import CARD, REPEAT, Judge
from tests.faults.evidence import Books, Evidence
from tests.stories.answers import BACK, DONE, SKIP, answer
from tests.town import StoryTown, config_for

Crime = Callable[[Evidence, Books], Evidence]


@pytest.fixture
async def evening(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> tuple[Evidence, str, str]:
    """Ana answers, corrects herself, worries, asks for help; Dr Roth hears of each, takes it and closes it."""
    town = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    first = town.sim.updates.next_id
    await town.open()
    await town.moves_in("en")
    await town.ana.writes("/checkin")
    await answer(town, town.ana, "other", "no", "opioids", "sedatives", DONE, BACK, BACK, BACK, "no")
    await answer(town, town.ana, 9, 5, 4, "tired", "angry", "tired", DONE, "well", "no", "no", SKIP)
    town.sim.faults.add(faults.drop_after_accept(), method="sendMessage", chat=town.dr_roth.id)
    await town.ana.writes("/now")
    await town.pass_time(minutes=1)
    await town.dr_roth.taps(town.say("alert-button-ack"))
    await town.dr_roth.taps(town.say("alert-button-close"))
    await town.dr_roth.taps(town.say("outcome-reached"))
    await town.close()
    evidence = Evidence.of(town.sim, first_update=first, kills=0, log=log_lines.getvalue())
    return evidence, sqlite_url, town.config.keys[0]


def _without(evidence: Evidence, which: Callable[[Call], bool]) -> Evidence:
    """The evidence as if these calls had not been accepted."""
    return _told(evidence, lambda call: replace(call, accepted=False) if which(call) else call)


def _told(evidence: Evidence, change: Callable[[Call], Call]) -> Evidence:
    truth = Truth(lambda: evidence.truth.entries[-1].at, float)
    truth.entries = [change(entry) if isinstance(entry, Call) else entry for entry in evidence.truth.entries]
    return replace(evidence, truth=truth)


def _text(call: Call) -> str:
    return call.parameters.get("text", "")


def an_answer_is_lost(evidence: Evidence, books: Books) -> Evidence:
    books[models.Answer].pop(0)
    return evidence


def an_answer_is_stored_twice(evidence: Evidence, books: Books) -> Evidence:
    books[models.Answer].append(books[models.Answer][0])
    return evidence


def an_answer_is_another(evidence: Evidence, books: Books) -> Evidence:
    books[models.Answer][1].value = "6"
    return evidence


def an_answer_no_longer_counts(evidence: Evidence, books: Books) -> Evidence:
    counting = next(row for row in books[models.Answer] if row.replaced_at is None)
    counting.replaced_at = counting.answered_at
    return evidence


def a_chosen_option_is_lost(evidence: Evidence, books: Books) -> Evidence:
    next(row for row in books[models.Answer] if row.question == "feelings" and row.replaced_at is None).value = "[]"
    return evidence


def what_is_off_the_path_counts_again(evidence: Evidence, books: Books) -> Evidence:
    next(row for row in books[models.Answer] if row.question == "safe-now").replaced_at = None
    return evidence


def a_note_nobody_wrote_is_kept(evidence: Evidence, books: Books) -> Evidence:
    next(row for row in books[models.Answer] if row.question == "note").value = '"I am fine"'
    return evidence


def an_alert_was_overtaken(evidence: Evidence, books: Books) -> Evidence:
    urgent = next(row for row in books[models.Finding] if row.rule == "help-asked")

    def early(call: Call) -> bool:
        return "needs you" in _text(call) and call.at >= urgent.found_at

    return _without(evidence, early)


def an_update_is_lost(evidence: Evidence, books: Books) -> Evidence:
    books[models.InboxRow].pop()
    return evidence


def an_update_is_left_open(evidence: Evidence, books: Books) -> Evidence:
    books[models.InboxRow][-1].state = models.InboxState.OPEN
    return evidence


def an_update_is_parked(evidence: Evidence, books: Books) -> Evidence:
    books[models.InboxRow][-1].state = models.InboxState.PARKED
    return evidence


def an_update_still_waits(evidence: Evidence, books: Books) -> Evidence:
    return replace(evidence, waiting=1)


def a_call_is_left_claimed(evidence: Evidence, books: Books) -> Evidence:
    books[models.OutboxRow][-1].state = models.OutboxState.CLAIMED
    return evidence


def a_call_for_help_is_not_found(evidence: Evidence, books: Books) -> Evidence:
    books[models.Finding][:] = [row for row in books[models.Finding] if row.rule != "help-asked"]
    return evidence


def a_worrying_answer_is_not_found(evidence: Evidence, books: Books) -> Evidence:
    books[models.Finding][:] = [row for row in books[models.Finding] if row.rule != "craving-high"]
    return evidence


def no_phone_rang(evidence: Evidence, books: Books) -> Evidence:
    books[models.AlertEvent].clear()
    return _without(evidence, lambda call: "needs you" in _text(call))


def a_notice_was_never_sent(evidence: Evidence, books: Books) -> Evidence:
    books[models.AlertEvent][:] = [row for row in books[models.AlertEvent] if row.event == "told"]
    books[models.Notice][-1].sent_at = None
    return evidence


def a_notice_counts_as_sent_and_never_arrived(evidence: Evidence, books: Books) -> Evidence:
    return _without(evidence, lambda call: "needs you" in _text(call))


def a_call_counts_as_sent_and_was_not(evidence: Evidence, books: Books) -> Evidence:
    return _without(evidence, lambda call: call is evidence.truth.sent()[-1])


def a_notice_does_not_know_of_its_message(evidence: Evidence, books: Books) -> Evidence:
    books[models.Notice][0].message_id = None
    return evidence


def a_repeat_is_not_marked(evidence: Evidence, books: Books) -> Evidence:
    def plain(call: Call) -> Call:
        return replace(call, parameters={**call.parameters, "text": _text(call).replace(REPEAT, "")})

    return _told(evidence, plain)


def a_repeat_had_no_reason(evidence: Evidence, books: Books) -> Evidence:
    return _told(evidence, lambda call: replace(call, fault=None))


def an_alert_was_shown_to_somebody_else(evidence: Evidence, books: Books) -> Evidence:
    return _told(evidence, lambda call: replace(call, chat_id=1) if "needs you" in _text(call) else call)


def an_unfinished_alert_sleeps(evidence: Evidence, books: Books) -> Evidence:
    alert = books[models.Alert][0]
    alert.state, alert.next_page_at = models.AlertState.OPEN, None
    return evidence


def an_acknowledgement_is_lost(evidence: Evidence, books: Books) -> Evidence:
    books[models.AlertEvent][:] = [row for row in books[models.AlertEvent] if row.event not in TAKEN]
    return evidence


def an_acknowledgement_came_before_it_was_made(evidence: Evidence, books: Books) -> Evidence:
    paged = next(row for row in books[models.AlertEvent] if row.event == "paged")
    later = models.AlertEvent(id=10**6, alert_id=paged.alert_id, at=paged.at, event="not-closed")
    books[models.AlertEvent].append(later)
    for row in books[models.AlertEvent]:
        if row.event in TAKEN:
            row.at = paged.at - timedelta(minutes=1)
    return evidence


def a_closing_is_lost(evidence: Evidence, books: Books) -> Evidence:
    books[models.Alert][0].state = models.AlertState.ACKNOWLEDGED
    return evidence


def nobody_was_shown_whom_to_call(evidence: Evidence, books: Books) -> Evidence:
    return _without(evidence, lambda call: CARD in _text(call))


def a_bot_logged_an_error(evidence: Evidence, books: Books) -> Evidence:
    return replace(evidence, log="timestamp='2026-03-02' level='error' event='then_failed'")


def a_call_was_malformed(evidence: Evidence, books: Books) -> Evidence:
    return replace(evidence, complaints=["sendMessage: no parameter speed"])


TAKEN = ("acknowledged", "closed")
CRIMES: tuple[Crime, ...] = (
    an_answer_is_lost,
    an_answer_is_stored_twice,
    an_answer_is_another,
    an_answer_no_longer_counts,
    a_chosen_option_is_lost,
    what_is_off_the_path_counts_again,
    a_note_nobody_wrote_is_kept,
    an_alert_was_overtaken,
    an_update_is_lost,
    an_update_is_left_open,
    an_update_is_parked,
    an_update_still_waits,
    a_call_is_left_claimed,
    a_call_for_help_is_not_found,
    a_worrying_answer_is_not_found,
    no_phone_rang,
    a_notice_was_never_sent,
    a_notice_counts_as_sent_and_never_arrived,
    a_call_counts_as_sent_and_was_not,
    a_notice_does_not_know_of_its_message,
    a_repeat_is_not_marked,
    a_repeat_had_no_reason,
    an_alert_was_shown_to_somebody_else,
    an_unfinished_alert_sleeps,
    an_acknowledgement_is_lost,
    an_acknowledgement_came_before_it_was_made,
    a_closing_is_lost,
    nobody_was_shown_whom_to_call,
    a_bot_logged_an_error,
    a_call_was_malformed,
)


async def test_an_honest_evening_passes_and_every_crime_is_found(evening: tuple[Evidence, str, str]) -> None:
    evidence, url, key = evening
    honest = Judge(evidence, await Books.read(url, key)).judge()
    assert honest.wrong == []
    assert honest.counts["repeats, marked"] == 1
    assert honest.counts["answers"] == 14

    unpunished = []
    for crime in CRIMES:
        books = await Books.read(url, key)
        if not Judge(crime(evidence, books), books).judge().wrong:
            unpunished.append(crime.__name__)

    assert unpunished == []
