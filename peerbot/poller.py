"""Our own getUpdates loop: fetch, store, commit, and only then ask with the higher offset.

The library's loop confirms updates before they are handled, and one 401 ends it for ever (telegram.md, section 2).
This one never ends by itself: it waits and says what is wrong.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from peerbot import log

WAIT = 25  # seconds Telegram holds an empty answer; it allows 50
LIMIT = 100
ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member", "chat_member", "chat_join_request")
logger = log.get("poller")


@dataclass(slots=True)
class Poller:
    """Asks Telegram for updates and hands them to the inbox."""

    request: BaseRequest
    base: str
    """Address of the Bot API with the token."""
    receive: Callable[[list[dict[str, Any]]], Awaitable[None]]
    heard: Callable[[], Awaitable[None]]
    at: Callable[[str], None] = field(default=lambda _point: None)
    wait: int = WAIT
    offset: int | None = field(default=None)
    token_refused: bool = field(default=False)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """Ends `run`; a waiting request is given up, and nothing is confirmed by that."""
        self._stopping.set()

    async def run(self) -> None:
        """Polls until stopped."""
        failures = 0
        while not self._stopping.is_set():
            asked = asyncio.create_task(self.once())
            stopped = asyncio.create_task(self._stopping.wait())
            try:
                await asyncio.wait({asked, stopped}, return_when="FIRST_COMPLETED")
            except asyncio.CancelledError:
                asked.cancel()
                stopped.cancel()
                raise
            if not asked.done():
                asked.cancel()
                await asyncio.wait({asked})
                return
            stopped.cancel()
            error = asyncio.CancelledError() if asked.cancelled() else asked.exception()
            if error is None:
                failures, self.token_refused = 0, False
                continue
            failures += 1
            await self._rest(error, failures)

    async def _rest(self, error: BaseException, failures: int) -> None:
        self.token_refused = isinstance(error, InvalidToken)
        seconds = min(0.2 * 2 ** min(failures, 8), 15.0)
        match error:
            case InvalidToken():
                logger.critical("token_refused")
            case Conflict():
                logger.error("another_poller")
            case RetryAfter():
                wait = error.retry_after
                seconds = float(wait) if isinstance(wait, int | float) else wait.total_seconds()
            case TelegramError() | OSError() | ValueError() | KeyError():
                logger.warning("polling_failed", error=log.describe(error), attempt=failures)
            case _:
                # The database could not take what we fetched: nothing is confirmed, so nothing is lost.
                logger.error("receiving_failed", error=log.describe(error), frames=log.frames(error))
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            pass

    async def once(self) -> int:
        """One request; returns how many updates were stored. Raises what the request or the database raises."""
        parameters: dict[str, Any] = {"timeout": self.wait, "limit": LIMIT, "allowed_updates": json.dumps(ALLOWED)}
        if self.offset is not None:
            parameters["offset"] = self.offset
        answer = await self.request.retrieve(
            f"{self.base}/getUpdates?{urlencode(parameters)}", read_timeout=self.wait + 10
        )
        self.at("after-fetch")
        updates = [update for update in json.loads(answer)["result"] if isinstance(update, dict)]
        await self.heard()
        if updates:
            await self.receive(updates)
            known = [update["update_id"] for update in updates if isinstance(update.get("update_id"), int)]
            self.offset = max(known, default=(self.offset or 1) - 1) + 1
        return len(updates)
