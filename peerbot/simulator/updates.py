"""The update queue: what waits for the bot, when it expires, and how getUpdates hands it over.

True to the official server (telegram.md, sections 2-4 and 10): an offset confirms everything below it, a second poll
ends the first with 409, kinds that were not wanted when an update was made never come. Webhooks: webhooks.py.
"""

import asyncio
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice, takewhile
from random import Random

import telegram

from peerbot.simulator.errors import ApiError, conflict
from peerbot.simulator.truth import Truth
from peerbot.simulator.world import Json

ALL_KINDS = frozenset(telegram.Update.ALL_TYPES)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
DEFAULT_KINDS = ALL_KINDS - NOT_BY_DEFAULT
MESSAGE_LIFE = timedelta(hours=24)
PRESS_LIFE = timedelta(seconds=150)
SIZE_LIMIT = 64 * 1024  # bytes of JSON; a larger update is dropped
LONGEST_POLL = 50.0  # seconds; the server cuts longer ones
TAIL_SLACK = 10  # an offset further ahead than this is unknown, and reading starts at the head
QUIET = timedelta(days=7)  # after a week without updates, ids start anew at a random place


@dataclass(frozen=True, slots=True)
class Update:
    """One update that waits. `lane` is the queue it keeps its order in when it goes to a webhook."""

    id: int
    kind: str
    lane: str
    content: Json
    expires: datetime


class Updates:
    """The queue of one bot. A test may wait for the events `arrived`, `poll_waits` and `poll_ended`.

    `made` is called with every update that enters the queue; the training room's ledger listens there.
    """

    def __init__(
        self, now: Callable[[], datetime], monotonic: Callable[[], float], random: Random, truth: Truth
    ) -> None:
        self._now = now
        self._monotonic = monotonic
        self._random = random
        self._truth = truth
        self._waiter: asyncio.Future[None] | None = None
        self._last_made: datetime | None = None
        self._last_poll: tuple[int, float] = (0, -60.0)
        self.next_id = random.randint(100_000_000, 900_000_000)
        self.kinds = DEFAULT_KINDS
        self.kinds_chosen = False
        self._queue: dict[int, Update] = {}
        self._first_expiry: datetime | None = None
        self.webhook_url = ""
        self.guards_busy_polls = False
        self.arrived = asyncio.Event()
        self.poll_waits = asyncio.Event()
        self.poll_ended = asyncio.Event()
        self.made: Callable[[Update], None] = lambda _update: None

    @property
    def pending(self) -> list[Update]:
        """What waits, oldest first."""
        return list(self._queue.values())

    def want(self, kinds: Iterable[str]) -> None:
        """Set the wanted kinds from now on; none at all means the default."""
        known = frozenset(kinds) & ALL_KINDS
        self.kinds, self.kinds_chosen = known or DEFAULT_KINDS, bool(known)

    def add(self, kind: str, content: Json, *, lane: str, said_at: datetime | None = None) -> int | None:
        """Queue an update and return its id; None when it is not wanted, too large, or already a day old."""
        if kind not in self.kinds:
            return None
        now = self._now()
        expires = now + PRESS_LIFE if kind == "callback_query" else (said_at or now) + MESSAGE_LIFE
        if expires <= now:
            return None
        if self._last_made is not None and now - self._last_made > QUIET:
            self.expire()
            self.next_id = self._random.randint(100_000_000, 900_000_000)
        self._last_made = now
        update_id, self.next_id = self.next_id, self.next_id + 1
        whole = {"update_id": update_id, kind: content}
        if len(json.dumps(whole)) > SIZE_LIMIT:
            self._truth.happened("update_dropped", update_id=update_id, why="over 64 KiB")
            return None
        made = self._queue[update_id] = Update(update_id, kind, lane, whole, expires)
        self.made(made)
        self._first_expiry = min(expires, self._first_expiry or expires)
        self.arrived.set()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
        return update_id

    def expire(self) -> None:
        """Forget what nobody fetched in time."""
        now = self._now()
        if self._first_expiry is None or self._first_expiry > now:
            return
        for update in self.pending:
            if update.expires <= now:
                del self._queue[update.id]
                self._truth.happened("update_expired", update_id=update.id, update_kind=update.kind)
        self._first_expiry = min((update.expires for update in self._queue.values()), default=None)

    def remove(self, update: Update) -> None:
        """Take out an update that a webhook received."""
        self._queue.pop(update.id, None)

    def drop_all(self) -> None:
        """Forget everything, as drop_pending_updates asks."""
        self._queue.clear()

    def confirm(self, offset: int) -> None:
        """Forget what the offset says is done: below it, or, when negative, all but the newest so many."""
        self.expire()
        if offset < 0:
            done = list(self._queue)[:offset]
        elif 0 < offset <= self.next_id + TAIL_SLACK:
            done = list(takewhile(lambda update_id: update_id < offset, self._queue))
        else:
            done = []
        for update_id in done:
            del self._queue[update_id]

    async def poll(self, offset: int, limit: int, wait: float) -> list[Json]:
        """What getUpdates returns: at once when something waits, else what comes within `wait` seconds."""
        if self.webhook_url:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.abort_waiting(
            conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
        )
        limit, wait = self._guarded(offset, limit, wait)
        self.confirm(offset)
        if not self._queue and wait > 0:
            await self._wait(min(wait, LONGEST_POLL))
            self.expire()
        return [update.content for update in islice(self._queue.values(), min(max(limit, 1), 100))]

    def _guarded(self, offset: int, limit: int, wait: float) -> tuple[int, float]:
        last_offset, last_start = self._last_poll
        since = self._monotonic() - last_start
        self._last_poll = (offset, self._monotonic())
        if self.guards_busy_polls and offset == last_offset and wait < 3 and since < 3:
            return (1 if since < 0.5 else limit), 3.0
        return limit, wait

    async def _wait(self, seconds: float) -> None:
        waiter = self._waiter = asyncio.get_running_loop().create_future()
        self.poll_waits.set()
        self.poll_ended.clear()
        try:
            async with asyncio.timeout(seconds):
                await waiter
        except TimeoutError:
            return
        finally:
            if self._waiter is waiter:
                self._waiter = None
                self.poll_waits.clear()
                self.poll_ended.set()

    def abort_waiting(self, reason: ApiError) -> None:
        """End a poll that waits now with this refusal."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(reason)
        self._waiter = None
        self.poll_waits.clear()
