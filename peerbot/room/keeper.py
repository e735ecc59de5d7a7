"""The room's process manager: starts the bot as a real child process, kills it, and starts it again when it ends."""

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from peerbot.app import Config

AGAIN_AFTER = 1.0  # seconds, as a process manager waits before it starts what ended


@dataclass(slots=True)
class Keeper:
    """One bot process and its fate. `changed` is called whenever its state does."""

    config: Config
    folder: Path
    changed: Callable[[], None]
    state: str = "off"
    """off (on purpose), starting, up, down (ended by itself; comes back)."""
    kills: int = 0
    wanted: bool = True
    _process: asyncio.subprocess.Process | None = field(default=None)
    _watch: asyncio.Task[None] | None = field(default=None)

    async def prepare(self) -> None:
        """Starts the process and lets it load; it touches no database before `begin`."""
        package = Path(__file__).parent.parent.parent
        path = os.pathsep.join(filter(None, [str(package), os.environ.get("PYTHONPATH", "")]))
        with (self.folder / "bot.log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "peerbot.room.child",
                stdin=asyncio.subprocess.PIPE,
                stdout=log,
                stderr=log,
                env={"PATH": os.environ.get("PATH", ""), "PYTHONPATH": path},
                start_new_session=True,
            )
        self._be("starting")

    async def begin(self) -> None:
        """Hands the waiting process its programme, and keeps one running from now on."""
        process = self._process
        if process is None or process.stdin is None:
            return
        asked: dict[str, Any] = {
            "folder": str(self.folder),
            "token": self.config.token,
            "keys": list(self.config.keys),
            "database_url": self.config.database_url,
            "api_url": self.config.api_url,
            "zone": self.config.zone,
            "locale": self.config.locale,
            "country": self.config.country,
            "tick_speed": self.config.tick_speed,
        }
        with contextlib.suppress(ConnectionError):
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            await process.stdin.drain()
        self._watch = asyncio.create_task(self._keep(process))

    async def start(self) -> None:
        """Starts the bot, if it does not run."""
        if self._process is None:
            self.wanted = True
            await self.prepare()
            await self.begin()

    async def kill(self, *, again: bool) -> None:
        """Ends the bot with SIGKILL, in the middle of whatever it does; with `again` it comes back by itself."""
        self.wanted = again
        if self._process is not None:
            self.kills += 1
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    def heard(self) -> None:
        """The bot has asked Telegram for updates: it is up."""
        if self.state == "starting":
            self._be("up")

    async def close(self) -> None:
        """Ends the bot for good, kindly first."""
        self.wanted = False
        process, watch = self._process, self._watch
        if process is not None:
            if process.stdin is not None:
                process.stdin.close()
            try:
                async with asyncio.timeout(6):
                    await process.wait()
            except TimeoutError:
                process.kill()
                await process.wait()
        if watch is not None:
            watch.cancel()
            await asyncio.wait({watch})

    async def _keep(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._process = None
        self._be("down" if self.wanted else "off")
        if self.wanted:
            await asyncio.sleep(AGAIN_AFTER)
            if self.wanted and self._process is None:
                await self.prepare()
                await self.begin()

    def _be(self, state: str) -> None:
        self.state = state
        self.changed()
