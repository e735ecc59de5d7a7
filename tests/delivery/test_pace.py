"""The pace: how much may go now, and who has to wait."""

import pytest

from peerbot.delivery.pace import BRAKE_AFTER, FREE, GROUP_BURST, GROUP_GAP, PRIVATE_BURST, Pace


def test_a_rested_bot_may_send_a_tenth_of_a_seconds_worth_at_once_and_no_more() -> None:
    pace = Pace(30)

    assert pace.room(0.0) == 3
    assert pace.room(3600.0) == 3


def test_over_ten_seconds_the_bot_sends_what_telegram_allows_and_not_more() -> None:
    pace, sent = Pace(30), 0

    for tick in range(1000):
        now = tick / 100
        for number in range(pace.room(now)):
            pace.spend(f"chat {tick}-{number}", "sendMessage", now, group=False)
            sent += 1

    assert 295 <= sent <= 303


def test_a_slow_bot_still_sends_one_at_a_time() -> None:
    pace = Pace(1)

    assert pace.room(0.0) == 1
    pace.spend("a", "sendMessage", 0.0, group=False)
    assert pace.room(0.5) == 0
    assert pace.wait(0.5) == pytest.approx(0.5)
    assert pace.room(1.0) == 1


def test_a_crisis_call_takes_a_token_that_is_not_there_and_the_others_wait_for_it() -> None:
    pace = Pace(10)
    pace.spend("a", "sendMessage", 0.0, group=False)
    pace.spend("b", "sendMessage", 0.0, group=False)

    assert pace.room(0.0) == 0
    assert pace.wait(0.0) == pytest.approx(0.2)


@pytest.mark.parametrize(("group", "burst", "gap"), [(False, PRIVATE_BURST, 1.0), (True, GROUP_BURST, GROUP_GAP)])
def test_a_chat_takes_a_short_burst_and_then_one_call_each_gap(group: bool, burst: int, gap: float) -> None:
    pace = Pace(1000)
    start = 1000.0

    for _ in range(burst):
        assert pace.chat_wait("a", start) == 0
        pace.spend("a", "sendMessage", start, group=group)

    assert pace.chat_wait("a", start) == pytest.approx(gap)
    assert pace.cooling(start) == ["a"]
    assert pace.cooling(start + gap) == []


def test_a_group_gets_at_most_twenty_messages_and_one_burst_in_a_minute() -> None:
    pace, sent = Pace(1000), 0

    for tick in range(600):
        now = 100.0 + tick / 10
        if pace.chat_wait("g", now) == 0:
            pace.spend("g", "sendMessage", now, group=True)
            sent += 1

    assert sent <= 20


@pytest.mark.parametrize("method", sorted(FREE))
def test_calls_that_put_no_message_into_a_chat_do_not_count_for_it(method: str) -> None:
    pace = Pace(1000)

    for _ in range(50):
        pace.spend("a", method, 0.0, group=True)

    assert pace.cooling(0.0) == []


def test_a_chat_told_to_wait_cools_alone() -> None:
    pace = Pace(30)

    pace.told_to_wait("a", 7.0, 10.0)

    assert pace.chat_wait("a", 10.0) == 7.0
    assert pace.chat_wait("b", 10.0) == 0
    assert pace.room(10.0) == 3


def test_a_shorter_wait_never_shortens_a_longer_one() -> None:
    pace = Pace(30)

    pace.told_to_wait("a", 30.0, 0.0)
    pace.told_to_wait("a", 1.0, 0.0)

    assert pace.chat_wait("a", 0.0) == 30.0


def test_several_chats_told_to_wait_at_once_brake_the_whole_bot_for_a_moment() -> None:
    pace = Pace(30)

    for number in range(BRAKE_AFTER):
        pace.told_to_wait(f"chat {number}", 60.0, 10.0 + number)

    assert pace.room(12.0) == 0
    assert pace.wait(12.0) == pytest.approx(5.0)
    assert pace.room(17.1) == 3


def test_waits_far_apart_do_not_brake() -> None:
    pace = Pace(30)

    for number in range(BRAKE_AFTER):
        pace.told_to_wait(f"chat {number}", 2.0, 11.0 * number)

    assert pace.room(11.0 * BRAKE_AFTER) == 3


def test_the_memory_of_chats_does_not_grow_without_end() -> None:
    pace = Pace(1000)
    for number in range(10_500):
        pace.spend(f"chat {number}", "sendMessage", 100.0, group=False)

    pace.cooling(500.0)

    assert len(pace._chat_free_at) == 0
