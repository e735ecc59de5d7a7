"""The web server: Telegram's webhook, and whether we are alive, ready and on time. It shows no content and no names."""

import asyncio
import contextlib
import hmac
import json
import socket
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import uvicorn
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from peerbot import log
from peerbot.errors import StartError

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 - a header's name
LARGEST = 1 << 20  # bytes; Telegram's own limit for an update is 64 KiB
logger = log.get("web")

Receive = Callable[[list[dict[str, Any]]], Awaitable[None]]
Figures = Callable[[], Awaitable[dict[str, float]]]
Troubles = Callable[[], Awaitable[list[str]]]


def make_web(*, receive: Receive | None, secret: str, figures: Figures, troubles: Troubles) -> Starlette:
    """The ASGI application; without `receive` there is no webhook."""

    async def telegram(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        body = await request.body()
        if len(body) > LARGEST:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return PlainTextResponse("not JSON", 400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            # Nothing we could ever handle; a refusal would only make Telegram send it again.
            logger.warning("webhook_garbled")
            return PlainTextResponse("ok")
        assert receive is not None  # noqa: S101 - the route exists only then
        try:
            await receive([update])
        except (SQLAlchemyError, OSError) as error:
            logger.error("receiving_failed", error=log.describe(error))
            return PlainTextResponse("try again", 503)
        return PlainTextResponse("ok")

    async def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        found = await troubles()
        return JSONResponse({"ready": not found, "troubles": found}, 503 if found else 200)

    async def metrics(_request: Request) -> Response:
        lines = [f"peerbot_{name} {value:g}" for name, value in sorted((await figures()).items())]
        return PlainTextResponse("\n".join(lines) + "\n")

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
    if receive is not None:
        routes.append(Route("/telegram", telegram, methods=["POST"]))
    return Starlette(routes=routes)


class Server(uvicorn.Server):
    """uvicorn inside our task group: signals stay ours."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(web: Starlette, listen: str, stopping: asyncio.Event) -> None:
    """Serves until `stopping`; an address in use is a StartError."""
    listener = _listener(listen)
    server = Server(uvicorn.Config(web, log_config=None, access_log=False, lifespan="off"))
    task = asyncio.create_task(server.serve([listener]))
    stopped = asyncio.create_task(stopping.wait())
    await asyncio.wait({task, stopped}, return_when="FIRST_COMPLETED")
    stopped.cancel()
    server.should_exit = True
    await task


def _listener(listen: str) -> socket.socket:
    """Bound by us: uvicorn would end the whole process on an address in use, before a word could be said."""
    host, _, port = listen.rpartition(":")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)  # the protocol named, else asyncio leaves TCP_NODELAY off
        try:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            made.bind(address)
        except OSError:
            made.close()
            raise
    except OSError:
        raise StartError("PEERBOT_LISTEN names an address that is in use or not ours; choose another.") from None
    return made
