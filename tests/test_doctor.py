"""`peerbot doctor`: every trouble is named with what to do about it, and a healthy bot gets a clean bill."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text, update

from peerbot import doctor, log
from peerbot.cli import main
from peerbot.db.engine import Database
from peerbot.db.migrate import prepare
from peerbot.db.models import InboxRow, InboxState, Person, StaffRole
from peerbot.db.sealed import Keys
from peerbot.settings import Settings
from peerbot.simulator import faults, limits
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import TEST_TOKEN, Simulator

KEY = Keys.make()
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
Examined = Callable[[], Awaitable[tuple[int, str]]]


@pytest.fixture
async def telegram(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[tuple[Simulator, ServerHandle]]:
    """Good settings, a simulated Telegram, and nothing else yet."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PEERBOT_{name.upper()}", raising=False)
    sim = Simulator(lambda: datetime.now(UTC), limits=limits.OFF)
    server = await serve(sim)
    monkeypatch.setenv("PEERBOT_TOKEN", TEST_TOKEN)
    monkeypatch.setenv("PEERBOT_ENCRYPTION_KEYS", KEY)
    monkeypatch.setenv("PEERBOT_API_URL", server.url)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    yield sim, server
    await server.close()


@pytest.fixture
def examined(telegram: object, capsys: pytest.CaptureFixture[str]) -> Examined:
    """What the command prints, and its exit code."""

    async def run() -> tuple[int, str]:
        capsys.readouterr()
        code = await asyncio.to_thread(main, ["doctor"])
        log.configure()
        return code, capsys.readouterr().out

    return run


@pytest.fixture
async def database(tmp_path: Path, telegram: object) -> AsyncIterator[Database]:
    """The database of the settings, with a supervisor and a counselor in it."""
    (tmp_path / "data").mkdir()
    made = Database("sqlite+aiosqlite:///data/peerbot.db", Keys([KEY]))
    await prepare(made)
    async with made.begin() as session:
        for number, role in enumerate(("supervisor", "counselor"), 1):
            session.add(Person(chat_key=role, chat=str(number), alias=role, locale="en", zone="UTC", created_at=NOON))
            await session.flush()
            session.add(StaffRole(person_id=number, role=role, since_at=NOON))
    yield made
    await made.close()


def line(said: str, name: str) -> str:
    """The first line about one thing."""
    return next(one for one in said.splitlines() if one[6:].startswith(f"{name}: "))


async def test_a_new_installation_with_good_settings_is_fine(examined: Examined) -> None:
    code, said = await examined()

    assert code == 0
    assert "FAIL" not in said
    assert line(said, "settings") == "ok    settings: complete and well-formed"
    assert "will be created on the first start" in line(said, "database")
    assert "belongs to @" in line(said, "token")
    assert TEST_TOKEN not in said
    assert KEY not in said


async def test_a_healthy_bot_gets_a_clean_bill(examined: Examined, database: Database) -> None:
    code, said = await examined()

    assert code == 0
    assert line(said, "keys").startswith("ok ")
    assert line(said, "staff").startswith("ok ")
    assert line(said, "parked work") == "ok    parked work: nothing waits"
    assert line(said, "process").startswith("todo")


async def test_wrong_settings_are_told_and_the_content_is_still_looked_at(
    examined: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PEERBOT_TOKEN", "hunter2")
    monkeypatch.setenv("PEERBOT_LOCALE", "fr")

    code, said = await examined()

    assert code == 1
    assert line(said, "settings").startswith("FAIL  settings: PEERBOT_TOKEN does not look like")
    assert "PEERBOT_LOCALE" in said
    assert "hunter2" not in said
    assert line(said, "content").startswith("ok ")


async def test_a_wrong_key_is_found(examined: Examined, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_ENCRYPTION_KEYS", Keys.make())

    code, said = await examined()

    assert code == 1
    assert line(said, "keys").startswith("FAIL")
    assert "→ Find the key this database was made with." in said


async def test_parked_work_and_missing_staff_are_found(examined: Examined, database: Database) -> None:
    async with database.begin() as session:
        await session.execute(update(Person).where(Person.id == 2).values(reachable=False))
        session.add(
            InboxRow(bot_id=1, update_id=1, payload="{}", state=InboxState.PARKED, received_at=NOON, due_at=NOON)
        )

    code, said = await examined()

    assert code == 1
    assert line(said, "staff") == "FAIL  staff: nobody reachable as counselor"
    assert "peerbot invite counselor" in said
    assert line(said, "parked work") == "FAIL  parked work: 1 rows wait for a person"


async def test_a_newer_database_is_found(examined: Examined, database: Database) -> None:
    async with database.begin() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'z9'"))

    code, said = await examined()

    assert code == 1
    assert line(said, "database") == "FAIL  database: written by a newer peerbot"


async def test_an_empty_database_is_fine(examined: Examined, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "peerbot.db").touch()

    code, said = await examined()

    assert code == 0
    assert "empty; it will be filled on the first start" in line(said, "database")


async def test_a_database_nobody_can_open_is_found(examined: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PEERBOT_DATABASE_URL", "postgresql+asyncpg://ana:hunter2@127.0.0.1:9/peerbot")

    code, said = await examined()

    assert code == 1
    assert line(said, "database").startswith("FAIL")
    assert "hunter2" not in said


async def test_a_telegram_out_of_reach_is_found(examined: Examined, telegram: tuple[Simulator, ServerHandle]) -> None:
    await telegram[1].shut()

    code, said = await examined()

    assert code == 1
    assert line(said, "telegram") == "FAIL  telegram: cannot be reached (ConnectError)"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (faults.unauthorized_once(), "FAIL  token: Telegram does not accept it"),
        (faults.server_error(502), "FAIL  token: could not be checked (NetworkError)"),
    ],
    ids=["401", "502"],
)
async def test_a_token_that_does_not_work_is_found(
    examined: Examined, telegram: tuple[Simulator, ServerHandle], fault: faults.Fault, says: str
) -> None:
    telegram[0].faults.add(fault, method="getMe", times=None)

    code, said = await examined()

    assert code == 1
    assert line(said, "token") == says
    assert TEST_TOKEN not in said


async def test_a_webhook_left_from_before_is_told(
    examined: Examined, telegram: tuple[Simulator, ServerHandle], monkeypatch: pytest.MonkeyPatch
) -> None:
    sim, server = telegram
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.get(f"{server.api_url}{TEST_TOKEN}/setWebhook?url=https://clinic.example/telegram")

    _, polling = await examined()
    monkeypatch.setenv("PEERBOT_MODE", "webhook")
    monkeypatch.setenv("PEERBOT_WEBHOOK_URL", "https://clinic.example/telegram")
    monkeypatch.setenv("PEERBOT_WEBHOOK_SECRET", "s3cret")
    _, webhook = await examined()
    sim.hub.webhook.set("", "", 40, "")
    _, unset = await examined()

    assert "`peerbot run` removes it" in line(polling, "webhook")
    assert line(webhook, "webhook") == "ok    webhook: set"
    assert "`peerbot run` sets it" in line(unset, "webhook")


@pytest.mark.parametrize(
    ("date", "good"),
    [(None, True), ("Mon, 02 Mar 2026 12:00:00 GMT", False), ("not a date", True), ("", True)],
)
def test_a_clock_that_is_wrong_is_told(date: str | None, good: bool) -> None:
    check = doctor._clock(date)

    assert check.good is good
    assert bool(check.remedy) is not good
