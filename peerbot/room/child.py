"""The bot's own process in the training room: the real programme on a room's clock. Started by `keeper`, never by hand.

It reads one JSON line from standard input and ends when that pipe closes, so that no bot outlives its room. It refuses
every token but the simulator's, every Bot API but one on this machine, and every database outside a marked folder.
"""

import asyncio
import gc
import json
import logging
import signal
import sys
from pathlib import Path
from typing import Any

from peerbot import log
from peerbot.app import App, Config, load_content
from peerbot.clock import RehearsalClock
from peerbot.delivery.pace import Pace
from peerbot.errors import StartError
from peerbot.simulator.simulator import TEST_TOKEN

MARK = ".peerbot-training-room"
PACE = Pace(30.0, private_gap=0.1, group_gap=0.25)
"""Quicker than Telegram's own, as is the room's simulator: a trainee should not wait for a pace meant for thousands."""


def checked(asked: dict[str, Any]) -> tuple[Config, Path]:
    """The programme to run and its clock's file; a StartError for anything that is not a training room's."""
    folder = Path(asked["folder"]).absolute()
    config = Config(
        token=asked["token"],
        keys=tuple(asked["keys"]),
        database_url=asked["database_url"],
        data_dir=folder,
        api_url=asked["api_url"],
        zone=asked["zone"],
        locale=asked["locale"],
        country=asked["country"],
        tick_speed=asked["tick_speed"],
    )
    if config.token != TEST_TOKEN:
        raise StartError("The training room takes no token but the simulator's.")
    if not config.api_url.startswith("http://127.0.0.1:"):
        raise StartError("The training room speaks to no Bot API but its own.")
    if not (folder / MARK).exists() or config.database_url != f"sqlite+aiosqlite:///{folder / 'room.db'}":
        raise StartError("The training room opens no database but its own.")
    return config, folder / "clock"


async def _run() -> None:
    gc.disable()  # what is loaded here stays; it needs no looking through again and again
    content = load_content()
    gc.freeze()
    gc.enable()
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    line = await reader.readline()
    if not line:
        return
    config, clock = checked(json.loads(line))
    app = App(config, RehearsalClock(clock), content=content)
    loop.add_signal_handler(signal.SIGTERM, app.stop)
    gone = asyncio.create_task(_until_closed(reader, app))
    try:
        await app.open()
        app.sender.pace = PACE
        await app.run()
    finally:
        gone.cancel()
        await app.close()


async def _until_closed(reader: asyncio.StreamReader, app: App) -> None:
    while await reader.read(4096):
        continue
    app.stop()


def main() -> int:
    """Runs the bot until its room closes; 1 when it refuses."""
    log.configure(level=logging.INFO)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    refused = ""
    try:
        asyncio.run(_run())
    except* StartError as group:
        refused = str(group.exceptions[0])
    if refused:
        sys.stderr.write(f"peerbot: {refused}\n")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
