"""The simulator as an ASGI application: /bot<token>/<method> and /file/bot<token>/<path> on Starlette.

Faults that cut the line need somebody who owns the socket: server.py hands a `cut` function in. Without one the
application stands in-process behind httpx.ASGITransport, and the exception a client would see is raised instead.
"""

import asyncio
from collections.abc import Callable
from typing import TypeVar

import httpx
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from peerbot.simulator.desk import Desk, Outcome, is_poll

T = TypeVar("T")
CUTS: dict[str, type[httpx.TransportError]] = {
    "dropped": httpx.RemoteProtocolError,
    "unreachable": httpx.ConnectError,
}


class Front:
    """The ASGI endpoint."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.cut: Callable[[Scope], None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read one request, let the desk answer it, send the answer - or not, as the fault has it."""
        body = await _body(receive)
        if body is None:
            return
        answering = self._desk.answer(
            scope["path"], scope["query_string"].decode("latin-1"), _content_type(scope), body
        )
        if is_poll(scope["path"]):
            outcome = await _unless_gone(asyncio.ensure_future(answering), receive)
        else:
            outcome = await answering
        if outcome is None:
            return
        if outcome.cut:
            await self._cut(outcome.cut, scope, receive)
            return
        if outcome.hangs and not await self._hang(outcome.hangs, receive):
            return
        await _send(outcome, send)

    async def _cut(self, kind: str, scope: Scope, receive: Receive) -> None:
        if self.cut is None:
            raise CUTS[kind](f"simulated: {kind}")
        self.cut(scope)
        await _gone(receive)

    async def _hang(self, seconds: float, receive: Receive) -> bool:
        """Wait; False when the client gave up first. In-process no client ever does, so it is told at once."""
        if self.cut is None:
            raise httpx.ReadTimeout("simulated: no answer in time")
        waiting = asyncio.ensure_future(asyncio.sleep(seconds, result=True))
        return await _unless_gone(waiting, receive) is not None


async def _unless_gone(work: "asyncio.Future[T]", receive: Receive) -> T | None:
    """The result of the work, or None when the client went away first; then the work is given up."""
    gone = asyncio.create_task(_gone(receive))
    gone.add_done_callback(lambda _gone: work.cancel())
    try:
        return await work
    except asyncio.CancelledError:
        if gone.done() and not gone.cancelled():
            return None
        raise
    finally:
        gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        continue


def application(front: Front) -> Starlette:
    """The Starlette application; more routes may be added to it (the training room does)."""
    return Starlette(
        routes=[Route("/bot{token}/{method}", endpoint=front), Route("/file/bot{token}/{path:path}", endpoint=front)]
    )


async def _body(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def _content_type(scope: Scope) -> str:
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    return next((value.decode("latin-1") for name, value in headers if name == b"content-type"), "")


async def _send(outcome: Outcome, send: Send) -> None:
    reply = outcome.reply
    await send({"type": "http.response.start", "status": reply.status, "headers": reply.headers})
    await send({"type": "http.response.body", "body": reply.body})
