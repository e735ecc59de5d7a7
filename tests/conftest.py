"""What every test may ask for: a database of each kind, and a town with the real bot in it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from peerbot import log
from peerbot.db.migrate import migrate
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import TEST_TOKEN, Simulator
from tests import postgres
from tests.town import StoryTown, config_for

BOTH = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server() -> postgres.Postgres:
    """Started only when a test asks for it, once per process."""
    return postgres.start()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    path = tmp_path / "test.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@contextmanager
def migrated(request: pytest.FixtureRequest, kind: str, folder: Path) -> Iterator[str]:
    """A migrated database of one kind."""
    if kind == "sqlite":
        path = folder / "test.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite+aiosqlite:///{path}"
        return
    server: postgres.Postgres = request.getfixturevalue("postgres_server")
    name = asyncio.run(server.fresh())
    yield server.url(name)
    asyncio.run(server.drop(name))


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database, once on each engine."""
    with migrated(request, request.param, tmp_path) as url:
        yield url


@pytest.fixture(params=[("sqlite", "en"), ("postgresql", "es")], ids="-".join)
def setting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Where a story is told: every story on both databases and in both languages, in two tellings."""
    kind, language = request.param
    with migrated(request, kind, tmp_path) as url:
        yield url, language


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, once on each engine."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}"
        return
    server: postgres.Postgres = request.getfixturevalue("postgres_server")
    name = asyncio.run(server.fresh(empty=True))
    yield server.url(name)
    asyncio.run(server.drop(name))


@pytest.fixture
def log_lines() -> Iterator[StringIO]:
    """Everything logged during the test, at the most talkative level."""
    stream = StringIO()
    log.configure(stream, level=10)
    yield stream
    log.configure()


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    """Stories are told in both languages."""
    spoken: str = request.param
    return spoken


@pytest.fixture
async def bare_town(sqlite_url: str, tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """A bot with nobody in it yet."""
    town = StoryTown(config_for(sqlite_url, tmp_path, TEST_TOKEN), log_lines)
    await town.open()
    yield town
    await town.close()
    town.ends_well()


@pytest.fixture
async def town(setting: tuple[str, str], tmp_path: Path, log_lines: StringIO) -> AsyncIterator[StoryTown]:
    """Ana, her counselor Dr Roth, the supervisor Dr Lind and Max, a stranger."""
    url, language = setting
    made = StoryTown(config_for(url, tmp_path, TEST_TOKEN, locale=language), log_lines)
    await made.open()
    await made.moves_in(language)
    yield made
    await made.close()
    made.ends_well()


@pytest.fixture
async def server(sim: Simulator) -> AsyncIterator[ServerHandle]:
    """The test's own Telegram on a real socket."""
    handle = await serve(sim)
    yield handle
    await handle.close()
