"""Webhook delivery: what waits goes out by POST, in order within its lane, again and again until a 2xx.

As the official server (WebhookActor.cpp): one lane per chat, another per person for button presses; a failing head
blocks only its lane; the pause doubles from 1 s to a random 60-120 s; Retry-After is obeyed up to an hour.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from random import Random

import httpx

from peerbot.simulator.truth import Truth
from peerbot.simulator.updates import Update, Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try: the status the bot's server answered, or 0 and what went wrong."""

    update_id: int
    status: int
    error: str = ""

    @property
    def taken(self) -> bool:
        """Did the bot take it?"""
        return 200 <= self.status < 300


@dataclass(slots=True)
class _Lane:
    pause: float = 1.0
    not_before: float = 0.0


class Webhook:
    """The webhook of one bot: its address and how its lanes fare."""

    def __init__(
        self,
        updates: Updates,
        truth: Truth,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        random: Random,
    ) -> None:
        self._updates = updates
        self._truth = truth
        self._now = now
        self._monotonic = monotonic
        self._random = random
        self._lanes: dict[str, _Lane] = {}
        self.secret = ""
        self.max_connections = 40
        self.ip_address = ""
        self.last_error: str | None = None
        self.last_error_at: datetime | None = None

    @property
    def url(self) -> str:
        """Where updates go; empty while the bot polls."""
        return self._updates.webhook_url

    def set(self, url: str, secret: str, max_connections: int, ip_address: str) -> None:
        """Point the webhook at an address, or nowhere; every lane may try at once."""
        self._updates.webhook_url = url
        self.secret, self.max_connections, self.ip_address = secret, max_connections, ip_address
        self.last_error = self.last_error_at = None
        self._lanes.clear()

    async def deliver(self, client: httpx.AsyncClient) -> list[Delivery]:
        """One pass: every lane that is due sends until it is empty or fails."""
        tried: list[Delivery] = []
        while self.url:
            self._updates.expire()
            heads = self._due_heads()
            if not heads:
                break
            for head in heads:
                tried.append(await self._send(client, head))
        return tried

    async def run(self, client: httpx.AsyncClient) -> None:
        """Deliver for ever: at once what arrives, later what failed. Ends by being cancelled."""
        while True:
            self._updates.arrived.clear()
            await self.deliver(client)
            due = min((lane.not_before for lane in self._lanes.values() if lane.not_before), default=None)
            wait = None if due is None or not self._updates.pending else max(0.05, due - self._monotonic())
            try:
                async with asyncio.timeout(wait):
                    await self._updates.arrived.wait()
            except TimeoutError:
                continue

    def _due_heads(self) -> list[Update]:
        heads: dict[str, Update] = {}
        for update in self._updates.pending:
            heads.setdefault(update.lane, update)
        now = self._monotonic()
        return [head for lane, head in heads.items() if self._lanes.setdefault(lane, _Lane()).not_before <= now]

    async def _send(self, client: httpx.AsyncClient, update: Update) -> Delivery:
        headers = {"content-type": "application/json"}
        if self.secret:
            headers[SECRET_HEADER] = self.secret
        retry_after = ""
        try:
            answer = await client.post(self.url, content=json.dumps(update.content), headers=headers)
        except httpx.HTTPError as error:
            delivery = Delivery(update.id, 0, type(error).__name__)
        else:
            delivery = Delivery(update.id, answer.status_code)
            retry_after = answer.headers.get("retry-after", "")
        self._truth.happened("webhook", update_id=update.id, status=delivery.status, error=delivery.error)
        if delivery.taken:
            self._updates.remove(update)
            self._lanes[update.lane] = _Lane()
        else:
            self._postpone(update.lane, delivery, retry_after)
        return delivery

    def _postpone(self, lane_name: str, delivery: Delivery, retry_after: str) -> None:
        lane = self._lanes[lane_name]
        pause = min(float(retry_after), LONGEST_RETRY_AFTER) if retry_after.isdigit() else lane.pause
        lane.not_before = self._monotonic() + max(pause, 1.0)
        lane.pause = min(lane.pause * 2, self._random.uniform(60, 120))
        self.last_error = f"Wrong response from the webhook: {delivery.status}" if delivery.status else delivery.error
        self.last_error_at = self._now()
