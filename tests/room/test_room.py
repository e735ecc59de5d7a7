"""The room itself, with the bot as a real child process: weather, kills and a turned clock lose and double nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.content_files.scenarios import load_scenarios
from peerbot.db.models import Alert, AlertEvent, CheckIn
from peerbot.errors import StartError
from peerbot.room.cast import START
from peerbot.room.child import MARK, checked
from peerbot.room.play import Play
from peerbot.room.room import Room, open_room
from peerbot.room.theatre import RoomStage
from peerbot.room.weather import SWITCHES
from peerbot.simulator.simulator import TEST_TOKEN


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    made = await open_room(tmp_path)
    try:
        await made.ready(60)
        yield made
    finally:
        await made.close()


async def until(happened: Callable[[], bool]) -> None:
    """Waits for the other process; a bot that never does it fails the test after half a minute."""
    async with asyncio.timeout(30):
        while not happened():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)


def cards(room: Room) -> int:
    """How often Ana's chat received a crisis card that Telegram accepted."""
    return len(room.sim.truth.sent(room.cast.people["ana"].id, "988"))


async def test_every_weather_passes_and_what_was_asked_in_it_is_answered(room: Room) -> None:
    ana, roth = room.cast.people["ana"], room.cast.people["roth"]
    for count, switch in enumerate(SWITCHES, start=1):
        await room.weather.turn(switch, on=True)
        await ana.writes("/now")
        await asyncio.sleep(0.3)
        assert room.weather.on() == [switch]
        await room.weather.turn(switch, on=False)
        await until(lambda count=count: cards(room) >= count)  # type: ignore[misc]
    await room.settled()

    assert cards(room) >= len(SWITCHES)  # a send whose connection was cut may come twice, never not
    assert any("URGENT" in message.text for message in roth.visible())
    assert not room.sim.complaints


async def test_a_killed_bot_comes_back_and_finishes_and_a_turned_clock_doubles_nothing(room: Room) -> None:
    ana = room.cast.people["ana"]
    await room.weather.turn("slow", on=True)
    await ana.writes("/now")
    room.clock.advance(timedelta(days=2))
    await until(lambda: cards(room) == 1)
    room.clock.advance(timedelta(days=2))
    await room.weather.turn("slow", on=False)
    await room.settled()
    assert cards(room) == 1

    await room.keeper.kill(again=True)
    await ana.writes("/help")
    await until(lambda: any("/now" in message.text for message in ana.visible()[-2:]))

    assert room.keeper.kills == 1
    await until(lambda: room.keeper.state == "up")


async def test_a_week_at_full_speed_asks_every_day_at_nine_and_pages_on_at_the_moments_that_are_due(
    room: Room,
) -> None:
    start, room.hurry = room.clock.now(), 1e6
    room.turn("week")
    while room.turning:  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.2)

    assert room.clock.now() - start >= timedelta(days=7)
    asked, events = await room.ledger.ask(_asked_and_paged)
    assert len(asked) == 3 * 7
    nine = {opened.replace(tzinfo=UTC).astimezone(ZoneInfo(room.zone)).strftime("%H:%M") for opened in asked}
    assert nine <= {"09:00", "09:01"}
    steps = [(one.at, one.event) for one in events if one.event in ("paged", "paged-again", "not-acknowledged")]
    assert any(event == "not-acknowledged" for _at, event in steps)
    waits = [(then - at).total_seconds() / 60 for (at, _), (then, _) in pairwise(steps) if then != at]
    assert min(waits) >= 59
    assert not room.sim.complaints


async def _asked_and_paged(session: AsyncSession) -> tuple[list[datetime], list[AlertEvent]]:
    since = START - timedelta(minutes=1)
    asked = select(CheckIn.opened_at).where(CheckIn.opened_at >= since, CheckIn.questionnaire == "daily")
    first = select(func.min(Alert.id)).where(Alert.opened_at >= since).scalar_subquery()
    events = select(AlertEvent).where(AlertEvent.alert_id == first).order_by(AlertEvent.id)
    return list(await session.scalars(asked)), list(await session.scalars(events))


@pytest.mark.parametrize("name", ["bot-dies", "storm"])
async def test_a_scenario_with_trouble_ends_as_its_file_says_with_the_real_process(room: Room, name: str) -> None:
    play = Play(next(one for one in load_scenarios() if one.id == name), RoomStage(room))

    await play.run()

    assert play.trouble == ""
    assert play.state == "done"
    assert room.weather.on() == []
    assert room.keeper.state == "up"


async def test_a_room_opens_only_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "peerbot.db").touch()

    with pytest.raises(StartError, match="not empty"):
        await open_room(tmp_path)


def test_the_child_refuses_a_real_token_another_telegram_and_another_database(tmp_path: Path) -> None:
    (tmp_path / MARK).touch()
    good = {
        "folder": str(tmp_path),
        "token": TEST_TOKEN,
        "keys": ["k"],
        "database_url": f"sqlite+aiosqlite:///{tmp_path / 'room.db'}",
        "api_url": "http://127.0.0.1:1",
        "zone": "America/New_York",
        "locale": "en",
        "country": "US",
        "tick_speed": 10.0,
    }
    assert checked(json.loads(json.dumps(good)))[0].token == TEST_TOKEN

    for wrong in (
        {"token": "123456:a-real-token"},
        {"api_url": "https://api.telegram.org"},
        {"api_url": "http://127.0.0.1.evil.example:1"},
        {"database_url": "sqlite+aiosqlite:////srv/peerbot/peerbot.db"},
        {"database_url": "postgresql+asyncpg://localhost/peerbot"},
    ):
        with pytest.raises(StartError):
            checked(good | wrong)
    (tmp_path / MARK).unlink()
    with pytest.raises(StartError, match="no database but its own"):
        checked(good)
