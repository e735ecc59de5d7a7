"""The simulator in-process, without a socket: an httpx transport that supports every fault, with no real waiting.

`HTTPXRequest(httpx_kwargs={"transport": sim.transport()})` makes python-telegram-bot talk to it.
"""

import asyncio

import httpx

from peerbot.simulator.desk import Desk, Outcome, is_poll
from peerbot.simulator.front import CUTS


class SimTransport(httpx.AsyncBaseTransport):
    """Takes a request straight to the desk and turns the outcome into what httpx would show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, or raise the httpx exception a real connection would have ended in."""
        patience = _read_timeout(request)
        url, content_type = request.url, request.headers.get("content-type", "")
        answering = self._desk.answer(url.path, url.query.decode("latin-1"), content_type, await request.aread())
        if is_poll(url.path) and patience is not None:
            try:
                async with asyncio.timeout(patience):
                    outcome = await answering
            except TimeoutError:
                raise httpx.ReadTimeout("no answer in time", request=request) from None
        else:
            outcome = await answering
        return await _as_response(outcome, request, patience)


async def _as_response(outcome: Outcome, request: httpx.Request, patience: float | None) -> httpx.Response:
    if outcome.cut:
        raise CUTS[outcome.cut](f"simulated: {outcome.cut}", request=request)
    if outcome.hangs:
        if patience is not None and outcome.hangs >= patience:
            raise httpx.ReadTimeout("simulated: no answer in time", request=request)
        await asyncio.sleep(outcome.hangs)
    reply = outcome.reply
    return httpx.Response(reply.status, headers=reply.headers, content=reply.body, request=request)


def _read_timeout(request: httpx.Request) -> float | None:
    timeouts: dict[str, float | None] = request.extensions.get("timeout", {})
    return timeouts.get("read")
