"""429: what a bot that talks too fast hears, by real time and not by the world's clock."""

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from peerbot.simulator.limits import Limits
from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock, bot_for


async def sends_until_refused(bot: Bot, chat_id: int, most: int = 100) -> tuple[int, float]:
    for number in range(most):
        try:
            await bot.send_message(chat_id, f"message {number}")
        except RetryAfter as error:
            wait = error.retry_after
            return number, wait.total_seconds() if isinstance(wait, timedelta) else wait
    return most, 0


@pytest.fixture
def strict(clock: Clock) -> Simulator:
    return Simulator(clock.now, clock.monotonic)


async def test_a_private_chat_takes_a_short_burst_and_then_one_a_second(strict: Simulator, clock: Clock) -> None:
    bot, ana = bot_for(strict), strict.person("Ana")
    await ana.starts()

    assert await sends_until_refused(bot, ana.id) == (3, 1)
    clock.at += timedelta(hours=1)
    assert await sends_until_refused(bot, ana.id) == (0, 1)
    clock.seconds += 1
    assert await sends_until_refused(bot, ana.id) == (1, 1)
    [first, *_] = strict.truth.calls("sendMessage", accepted=False)
    assert (first.code, first.error) == (429, "Too Many Requests: retry after 1")
    await bot.shutdown()


async def test_a_group_takes_twenty_a_minute(strict: Simulator, clock: Clock) -> None:
    bot = bot_for(strict)
    group = strict.supergroup("Tuesday group", creator=strict.person("Ana"))

    assert await sends_until_refused(bot, group.id) == (20, 60)
    clock.seconds += 30
    assert await sends_until_refused(bot, group.id) == (0, 30)
    clock.seconds += 30
    assert await sends_until_refused(bot, group.id) == (20, 60)
    await bot.shutdown()


async def test_all_together_take_thirty_a_second(strict: Simulator, clock: Clock) -> None:
    bot = bot_for(strict)
    people = [strict.person(f"P{number}") for number in range(40)]
    for person in people:
        await person.starts()

    refused = 0
    for person in people:
        refused += (await sends_until_refused(bot, person.id, most=1))[0] == 0
    assert refused == 10
    clock.seconds += 1
    assert await sends_until_refused(bot, people[-1].id, most=1) == (1, 0)
    await bot.shutdown()


async def test_answers_deletions_and_questions_are_not_counted(strict: Simulator) -> None:
    bot, ana = bot_for(strict), strict.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "hi")

    for _ in range(50):
        await bot.send_chat_action(ana.id, "typing")
        await bot.get_chat(ana.id)
    await bot.delete_message(ana.id, sent.message_id)

    assert strict.truth.calls(accepted=False) == []
    await bot.shutdown()


async def test_limits_can_be_changed_while_running(strict: Simulator) -> None:
    bot, ana = bot_for(strict), strict.person("Ana")
    await ana.starts()
    await sends_until_refused(bot, ana.id)

    strict.limits = Limits(overall_per_second=1000, private_per_second=None)

    assert await sends_until_refused(bot, ana.id, most=50) == (50, 0)
    await bot.shutdown()


async def test_edits_cost_as_much_as_sends_unless_told_otherwise(strict: Simulator, clock: Clock) -> None:
    bot, ana = bot_for(strict), strict.person("Ana")
    await ana.starts()
    sent = await bot.send_message(ana.id, "hi")
    await bot.edit_message_text("hi 1", ana.id, sent.message_id)
    await bot.edit_message_text("hi 2", ana.id, sent.message_id)

    with pytest.raises(RetryAfter):
        await bot.edit_message_text("hi 3", ana.id, sent.message_id)
    strict.limits = Limits(counts_edits=False)
    for number in range(4, 9):
        await bot.edit_message_text(f"hi {number}", ana.id, sent.message_id)
    ana.reads("hi 8")
    await bot.shutdown()


async def test_a_paid_broadcast_goes_past_the_thirty(strict: Simulator) -> None:
    bot = bot_for(strict)
    people = [strict.person(f"P{number}") for number in range(60)]
    for person in people:
        await person.starts()
        await bot.send_message(person.id, "hi", allow_paid_broadcast=True)

    assert strict.truth.calls(accepted=False) == []
    await bot.shutdown()
