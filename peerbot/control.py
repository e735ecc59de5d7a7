"""The command socket: while `run` owns a SQLite file, commands that write reach it here instead of opening the file.

One JSON object a line in, one out. The socket is in the data folder and open to its owner only.
"""

import asyncio
import hashlib
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from peerbot import log
from peerbot.clock import Clock
from peerbot.db.engine import Database
from peerbot.errors import Refusal
from peerbot.services import office
from peerbot.services.programme import programme_of

LONGEST = 90  # a socket's path may be about a hundred bytes
logger = log.get("control")


def socket_path(data_dir: Path) -> Path:
    """Where the socket is: in the data folder, or for a very long path under a name derived from it."""
    path = data_dir.absolute() / "peerbot.sock"
    if len(str(path).encode()) <= LONGEST:
        return path
    return Path(tempfile.gettempdir()) / f"peerbot-{hashlib.sha256(str(path).encode()).hexdigest()[:16]}.sock"


async def perform(database: Database, clock: Clock, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Does one command in one transaction; `{"error": sentence}` when it is refused."""
    if name not in office.COMMANDS:
        return {"error": "This command is not known here."}
    locale = "en"
    try:
        async with database.begin() as session:
            texts = programme_of(session).texts
            return await office.COMMANDS[name](session, **arguments, now=clock.now())
    except Refusal as refusal:
        return {"error": texts.plain(locale, refusal.text_id, **refusal.values)}
    except (TypeError, ValueError):
        return {"error": "The command's arguments are not right; see peerbot --help."}


async def serve(path: Path, database: Database, clock: Clock, committed: Callable[[], None]) -> asyncio.AbstractServer:
    """Opens the socket for the life of the process."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(30):
                asked = json.loads(await reader.readline())
                made = await perform(database, clock, str(asked["command"]), dict(asked["arguments"]))
                committed()
                writer.write(json.dumps(made).encode() + b"\n")
                await writer.drain()
        except (ValueError, KeyError, TypeError, TimeoutError, OSError) as error:
            logger.warning("command_garbled", error=log.describe(error))
        finally:
            writer.close()

    path.unlink(missing_ok=True)  # noqa: ASYNC240 - once, at the start
    server = await asyncio.start_unix_server(answer, path)
    path.chmod(0o600)  # noqa: ASYNC240
    return server


async def ask(path: Path, name: str, arguments: dict[str, Any]) -> dict[str, Any] | None:
    """Asks a running peerbot; None when none listens."""
    try:
        reader, writer = await asyncio.open_unix_connection(path)
    except OSError:
        return None
    writer.write(json.dumps({"command": name, "arguments": arguments}).encode() + b"\n")
    await writer.drain()
    line = await reader.readline()
    writer.close()
    made: dict[str, Any] = json.loads(line) if line else {"error": "The running peerbot did not answer; see its log."}
    return made
