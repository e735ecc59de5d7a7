"""The room's web page: static files, a stream of what changed, and one door for acts. Loopback only.

Every address begins with the run's secret, every request is checked for it and for its host, and acts must come from
this page itself: another page in the same browser can neither read nor drive the room.
"""

import asyncio
import contextlib
import hmac
import json
import secrets
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from peerbot.errors import StartError
from peerbot.room import views
from peerbot.room.acts import ACTS, Asked, Refused
from peerbot.room.room import Room
from peerbot.room.theatre import Theatre
from peerbot.simulator.errors import NotPossible

STATIC = Path(__file__).parent / "static"
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
PICTURES = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LOOK = 0.08  # seconds between two looks for changes
MOST_PHONES = 8
LARGEST = 64 * 1024  # bytes of one request


def listen(port: int) -> socket.socket:
    """A door on 127.0.0.1; port 0 takes a free one. StartError when this port cannot be had."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
    except OverflowError:
        listener.close()
        raise StartError(f"There is no port {port}; --port takes 1 to 65535.") from None
    except OSError:
        listener.close()
        raise StartError(f"Port {port} is in use or not allowed; choose another with --port.") from None
    return listener


@dataclass(slots=True)
class Page:
    """The page of one room, its secret, and where it is served."""

    room: Room
    theatre: Theatre
    listener: socket.socket
    port: int = field(init=False)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(18))
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    _server: uvicorn.Server | None = None
    _running: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.port = int(self.listener.getsockname()[1])

    @property
    def url(self) -> str:
        """What to open in a browser."""
        return f"http://127.0.0.1:{self.port}/{self.secret}/"

    def application(self) -> ASGIApp:
        """The web application behind the check of secret, host and origin."""
        inner = Starlette(
            routes=[
                Route("/{secret}/", self._index),
                Route("/{secret}/static/{name}", self._static),
                Route("/{secret}/file/{file}", self._file),
                Route("/{secret}/events", self._events),
                Route("/{secret}/act/{name}", self._act, methods=["POST"]),
            ]
        )
        return Guard(inner, self)

    def knows(self, scope: Scope) -> bool:
        """Does the request come from the room's own page, or open it?"""
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        hosts = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        given = scope["path"].lstrip("/").partition("/")[0]
        if headers.get(b"host") not in hosts or not hmac.compare_digest(given.encode(), self.secret.encode()):
            return False
        site, origin = headers.get(b"sec-fetch-site", "none"), headers.get(b"origin")
        return site in ("none", "same-origin") and origin in (None, *(f"http://{host}" for host in hosts))

    async def _index(self, _request: Request) -> Response:
        return _asset("index.html")

    async def _static(self, request: Request) -> Response:
        return _asset(request.path_params["name"])

    async def _file(self, request: Request) -> Response:
        found = self.room.sim.world.files.get(request.path_params["file"])
        if found is None:
            return PlainTextResponse("gone", 404)
        kind = next((kind for start, kind in PICTURES.items() if found.content.startswith(start)), None)
        if kind is None:
            return _asset("photo.svg")  # people here take no real photos
        return Response(found.content, media_type=kind)

    async def _act(self, request: Request) -> Response:
        act = ACTS.get(request.path_params["name"]) or self.theatre.acts.get(request.path_params["name"])
        if act is None or not request.headers.get("content-type", "").startswith("application/json"):
            return JSONResponse({"error": "This is not an act of this room."}, 404)
        body = await request.body()
        try:
            values = json.loads(body) if len(body) <= LARGEST else None
            if not isinstance(values, dict):
                raise Refused("the request is not an object")
            answer = await act(self.room, Asked(values))
        except (Refused, NotPossible, ValueError) as error:
            return JSONResponse({"error": str(error)}, 409)
        self.room.changed()
        return JSONResponse({"ok": True, "answer": answer})

    async def _events(self, request: Request) -> Response:
        shown = [int(text) for text in request.query_params.get("show", "").split(",") if text.isdecimal()]
        return StreamingResponse(self._stream(shown[:MOST_PHONES]), media_type="text/event-stream")

    async def _stream(self, shown: list[int]) -> AsyncIterator[str]:
        """Sends each part of the page when it differs from what was sent before."""
        sent: dict[str, str] = {}
        seen: tuple[object, ...] = ()
        quiet = 0.0
        while not self.closed.is_set():
            truth = len(self.room.sim.truth.entries)
            mark = (truth, self.room.revision, await self.room.ledger.version(), self.theatre.mark())
            if mark != seen:
                seen = mark
                for name, part in (await self._parts(shown)).items():
                    text = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
                    if sent.get(name) != text:
                        sent[name] = text
                        yield f'data: {{"name":"{name}","part":{text}}}\n\n'
                quiet = 0.0
            quiet += LOOK
            if quiet > 15:
                quiet = 0.0
                yield ": still here\n\n"
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK):
                    await self.closed.wait()

    async def _parts(self, shown: list[int]) -> dict[str, object]:
        room = self.room
        parts: dict[str, object] = {"page": {"locale": room.locale}, "clock": views.clock(room)}
        parts |= {"people": views.people(room), "weather": views.weather(room)}
        for number in shown:
            person = room.sim.people.get(number)
            if person is not None and number in room.phones:
                parts[f"phone-{number}"] = views.phone(room, person)
        parts["scene"] = self.theatre.view()
        parts["ledger"] = await room.ledger.page()
        return parts

    async def open(self) -> None:
        """Answers from now on."""
        config = uvicorn.Config(
            self.application(),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        self._server = _Quiet(config)
        self._running = asyncio.create_task(self._server.serve([self.listener]))
        while not self._server.started:  # noqa: ASYNC110 - uvicorn offers no event
            await asyncio.sleep(0.01)

    async def close(self) -> None:
        """Ends every stream and stops listening."""
        self.closed.set()
        if self._server is not None and self._running is not None:
            self._server.should_exit = True
            await self._running


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to the program."""
        yield


class Guard:
    """Turns away every request that does not know the secret, and puts the strict headers on every answer."""

    def __init__(self, inner: ASGIApp, page: Page) -> None:
        self._inner = inner
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or not self._page.knows(scope):
            await PlainTextResponse("Nothing here.", 404)(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*_headers(message), *extra]}
            await send(message)

        await self._inner(scope, receive, guarded)


def _headers(message: Message) -> list[tuple[bytes, bytes]]:
    found = message.get("headers")
    return list(found) if isinstance(found, list) else []


def _asset(name: str) -> Response:
    path = STATIC / name
    if path.parent != STATIC or path.suffix not in TYPES or not path.is_file():
        return PlainTextResponse("gone", 404)
    return Response(path.read_bytes(), media_type=TYPES[path.suffix])
