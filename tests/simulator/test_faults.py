"""The fault script in-process: every fault ends in the exception python-telegram-bot makes of the real thing."""

import httpx
import pytest
from telegram import Bot
from telegram.error import Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

from peerbot.simulator import faults
from peerbot.simulator.faults import Fault
from peerbot.simulator.people import Person
from peerbot.simulator.simulator import BASE_URL, Simulator

TROUBLES: list[tuple[Fault, type[TelegramError], type[Exception] | None, bool]] = [
    (faults.refuse(403, "bot was blocked by the user"), Forbidden, None, False),
    (faults.too_many(7), RetryAfter, None, False),
    (faults.unauthorized_once(), InvalidToken, None, False),
    (faults.unreachable(), NetworkError, httpx.ConnectError, False),
    (faults.server_error(502), NetworkError, TelegramError, False),
    (faults.server_error(500, accepts=True), NetworkError, TelegramError, True),
    (faults.hang_after_accept(60), TimedOut, httpx.ReadTimeout, True),
    (faults.drop_after_accept(), NetworkError, httpx.RemoteProtocolError, True),
    (faults.garbage(), TelegramError, None, True),
]


@pytest.fixture
async def ana(sim: Simulator) -> Person:
    found = sim.person("Ana")
    await found.starts()
    return found


@pytest.mark.parametrize(("fault", "error", "cause", "sent"), TROUBLES, ids=[row[0].name for row in TROUBLES])
async def test_a_fault_looks_like_the_real_thing(
    sim: Simulator,
    bot: Bot,
    ana: Person,
    fault: Fault,
    error: type[TelegramError],
    cause: type[Exception] | None,
    sent: bool,
) -> None:
    sim.faults.add(fault)

    with pytest.raises(error) as caught:
        await bot.send_message(ana.id, "hello")

    assert cause is None or isinstance(caught.value.__cause__, cause)
    assert len(ana.unread()) == sent
    [call] = sim.truth.calls("sendMessage")
    assert (call.fault, call.accepted, call.message_id is not None) == (fault.name, sent, sent)
    await bot.send_message(ana.id, "again")
    ana.reads("again")


async def test_a_short_hang_only_delays(sim: Simulator, bot: Bot, ana: Person) -> None:
    sim.faults.add(faults.hang_after_accept(0.001))

    await bot.send_message(ana.id, "hello")

    ana.reads("hello")


async def test_a_rule_waits_for_its_method_chat_and_turn(sim: Simulator, bot: Bot, ana: Person) -> None:
    ben = sim.person("Ben")
    await ben.starts()
    rule = sim.faults.add(faults.too_many(3), method="sendMessage", chat=ben.id, nth=2, times=2)
    outcomes: list[str] = []
    await bot.send_chat_action(ben.id, "typing")
    for person in (ana, ben, ben, ben, ben):
        try:
            await bot.send_message(person.id, "hello")
        except RetryAfter:
            outcomes.append("429")
        else:
            outcomes.append("sent")

    assert outcomes == ["sent", "sent", "429", "429", "sent"]
    assert (rule.met, rule.fired) == (4, 2)


async def test_a_rule_without_end_lasts_until_it_is_cancelled(sim: Simulator, bot: Bot, ana: Person) -> None:
    rule = sim.faults.add(faults.unreachable(), times=None)
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.get_me()

    rule.cancelled = True

    assert await bot.get_me()
    sim.faults.add(faults.unreachable())
    sim.faults.clear()
    assert await bot.get_me()


async def test_a_fault_after_a_refusal_has_sent_nothing(sim: Simulator, bot: Bot, ana: Person) -> None:
    await ana.blocks_bot()
    sim.faults.add(faults.drop_after_accept())

    with pytest.raises(NetworkError):
        await bot.send_message(ana.id, "hello")

    [call] = sim.truth.calls("sendMessage")
    assert not call.accepted
    assert call.error == "Forbidden: bot was blocked by the user"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (faults.drop_after_accept(), httpx.RemoteProtocolError),
        (faults.unreachable(), httpx.ConnectError),
        (faults.hang_after_accept(60), httpx.ReadTimeout),
    ],
    ids=["drop", "unreachable", "hang"],
)
async def test_cuts_are_also_seen_through_the_plain_asgi_transport(
    sim: Simulator, ana: Person, fault: Fault, cause: type[Exception]
) -> None:
    plain = Bot(
        sim.token,
        base_url=BASE_URL,
        request=HTTPXRequest(httpx_kwargs={"transport": httpx.ASGITransport(app=sim.app)}),
    )
    sim.faults.add(fault)

    with pytest.raises(NetworkError) as caught:
        await plain.send_message(ana.id, "hello")

    assert isinstance(caught.value.__cause__, cause)
    await plain.send_message(ana.id, "again")
    ana.reads("again")
    await plain.shutdown()
