"""How updates wait, are confirmed, expire and are refused: getUpdates as the official server does it."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import Conflict

from peerbot.simulator import limits
from peerbot.simulator.limits import Limits
from peerbot.simulator.simulator import Simulator
from tests.simulator.conftest import Clock, Ear, bot_for


def words(updates: list[Update] | tuple[Update, ...]) -> list[str | None]:
    return [update.message.text for update in updates if update.message]


async def test_what_is_not_confirmed_comes_again(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    await ana.writes("one")
    await ana.writes("two")

    first = await bot.get_updates()
    again = await bot.get_updates()
    rest = await bot.get_updates(offset=first[0].update_id + 1)
    none = await bot.get_updates(offset=first[-1].update_id + 1)

    assert words(first) == words(again) == ["one", "two"]
    assert first[1].update_id == first[0].update_id + 1
    assert words(rest) == ["two"]
    assert none == ()
    assert sim.updates.pending == []


async def test_the_limit_cuts_and_the_rest_waits(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    for text in ("one", "two", "three"):
        await ana.writes(text)

    assert words(await bot.get_updates(limit=2)) == ["one", "two"]
    assert len(sim.updates.pending) == 3


async def test_a_negative_offset_keeps_only_the_newest(sim: Simulator, bot: Bot) -> None:
    ana = sim.person("Ana")
    for text in ("one", "two", "three"):
        await ana.writes(text)

    assert words(await bot.get_updates(offset=-1)) == ["three"]
    assert words(await bot.get_updates()) == ["three"]


async def test_an_offset_from_the_far_future_confirms_nothing(sim: Simulator, bot: Bot) -> None:
    await sim.person("Ana").writes("one")

    assert words(await bot.get_updates(offset=2_000_000_000)) == ["one"]


async def test_a_long_poll_ends_when_something_arrives(sim: Simulator, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await sim.updates.poll_waits.wait()

    await sim.person("Ana").writes("hello")

    assert words(await polling) == ["hello"]


async def test_a_second_poll_ends_the_first(sim: Simulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await sim.updates.poll_waits.wait()
    other = bot_for(sim)

    second = await other.get_updates(timeout=0)

    assert second == ()
    with pytest.raises(Conflict, match="terminated by other getUpdates request; make sure that only one bot instance"):
        await first
    await other.shutdown()


async def test_polling_beside_a_webhook_is_a_conflict(sim: Simulator, bot: Bot) -> None:
    await bot.set_webhook("https://example.org/hook")

    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active; use deleteWebhook"):
        await bot.get_updates()
    await bot.delete_webhook()
    assert await bot.get_updates() == ()


async def test_setting_a_webhook_ends_a_waiting_poll(sim: Simulator, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=30))
    await sim.updates.poll_waits.wait()

    await bot.set_webhook("https://example.org/hook")

    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await polling


async def test_messages_wait_a_day_and_presses_150_seconds(sim: Simulator, bot: Bot, clock: Clock) -> None:
    ana = sim.person("Ana")
    await ana.starts()
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="x")]])
    await bot.send_message(ana.id, "hi", reply_markup=markup)
    await ana.taps("Go")

    clock.turn(seconds=149)
    assert len(await bot.get_updates()) == 2
    clock.turn(seconds=1)
    assert words(await bot.get_updates()) == ["/start"]
    clock.turn(hours=24)
    assert await bot.get_updates() == ()
    assert [entry.details["update_kind"] for entry in sim.truth.happenings("update_expired")] == [
        "callback_query",
        "message",
    ]


async def test_unwanted_kinds_are_never_made(sim: Simulator, bot: Bot) -> None:
    ana, ben = sim.person("Ana"), sim.person("Ben")
    await bot.get_updates(allowed_updates=["message"])
    group = sim.supergroup("Tuesday group", creator=ana)
    await ben.joins(group)
    await ben.blocks_bot()

    kinds = [name for update in await bot.get_updates(allowed_updates=Update.ALL_TYPES) for name in update.to_dict()]

    assert set(kinds) == {"update_id", "message"}


async def test_by_default_membership_and_reactions_of_others_are_left_out(sim: Simulator, bot: Bot) -> None:
    ana, ben = sim.person("Ana"), sim.person("Ben")
    group = sim.supergroup("Tuesday group", creator=ana)
    await ben.joins(group)
    sent = await ben.writes("hello", in_chat=group)
    await ana.reacts(sent, "👍")
    assert [
        update for update in await bot.get_updates(offset=-100) if update.chat_member or update.message_reaction
    ] == []

    await bot.get_updates(allowed_updates=["chat_member", "message_reaction"])
    await ana.reacts(sent, "❤")
    await ana.mutes(ben, group)

    [reaction, member] = (await bot.get_updates())[-2:]
    assert reaction.message_reaction
    assert member.chat_member
    assert member.chat_member.new_chat_member.status == "restricted"


async def test_an_empty_list_of_kinds_means_the_default(sim: Simulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await bot.get_updates(allowed_updates=[])

    await sim.person("Ana").blocks_bot()

    [update] = await bot.get_updates()
    assert update.my_chat_member


async def test_an_update_over_64_kib_is_dropped(sim: Simulator, bot: Bot, ear: Ear) -> None:
    ana = sim.person("Ana")

    await ana.sends_poll("x" * 70_000, "yes")
    await ana.writes("small")

    assert words(await ear.hears()) == ["small"]
    assert len(sim.truth.happenings("update_dropped")) == 1


async def test_after_a_silent_week_ids_start_anew(sim: Simulator, ear: Ear, clock: Clock) -> None:
    ana = sim.person("Ana")
    await ana.writes("one")
    [first] = await ear.hears()
    clock.turn(days=8)
    ear.offset = None

    await ana.writes("two")

    [second] = await ear.hears()
    assert second.update_id != first.update_id + 1


async def test_a_poll_that_repeats_itself_is_slowed_down_when_asked_for(clock: Clock) -> None:
    sim = Simulator(clock.now, clock.monotonic, limits=Limits(busy_poll_guard=True))
    bot = bot_for(sim)
    await sim.person("Ana").writes("one")
    await sim.person("Ben").writes("two")

    assert len(await bot.get_updates(timeout=10)) == 2
    assert len(await bot.get_updates(timeout=0)) == 1
    await bot.shutdown()


async def test_dropping_what_is_pending_empties_the_queue(sim: Simulator, bot: Bot) -> None:
    await sim.person("Ana").writes("one")

    await bot.delete_webhook(drop_pending_updates=True)

    assert (await bot.get_webhook_info()).pending_update_count == 0
    assert sim.limits == limits.OFF
