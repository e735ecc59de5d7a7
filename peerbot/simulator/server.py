"""The simulator over real HTTP, on loopback only, for a bot in another process. It runs in the caller's event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

from peerbot.simulator.simulator import Simulator


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self.ended = asyncio.Event()

    async def main_loop(self) -> None:
        """Wait to be ended, where uvicorn would look ten times a second."""
        await self.ended.wait()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say when it listens."""
        await super().startup(sockets)
        self.ready.set()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the program the simulator runs in."""
        yield

    def cut(self, scope: Scope) -> None:
        """Close the connection a request came by, without a word."""
        for connection in list(self.server_state.connections):
            if isinstance(connection, H11Protocol) and connection.client == tuple(scope["client"]):
                connection.transport.abort()


class ServerHandle:
    """A running server. `shut` and `open` close and reopen the door: between them nobody can connect."""

    def __init__(self, sim: Simulator, port: int) -> None:
        self._sim = sim
        self._server: _Server | None = None
        self._running: asyncio.Task[None] | None = None
        self.port = port

    @property
    def url(self) -> str:
        """Where the server listens, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def api_url(self) -> str:
        """What a bot takes as base_url: the token follows directly."""
        return f"{self.url}/bot"

    async def open(self) -> None:
        """Listen; on the first call a port of 0 becomes a free one."""
        # With the protocol left out asyncio would not set TCP_NODELAY, and every answer would take 40 ms.
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        config = uvicorn.Config(
            self._sim.app,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_keep_alive=75,
            backlog=512,
        )
        server = self._server = _Server(config)
        self._sim.front.cut = server.cut
        self._running = asyncio.create_task(server.serve([listener]))
        await server.ready.wait()

    async def shut(self) -> None:
        """Stop listening and cut every connection: from now on connecting is refused."""
        server, running = self._server, self._running
        if server is None or running is None:
            return
        self._server = self._running = None
        server.force_exit = server.should_exit = True
        server.ended.set()
        for listener in server.servers:
            listener.close()
        for connection in list(server.server_state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()
        await running
        self._sim.front.cut = None

    async def close(self) -> None:
        """End for good."""
        await self.shut()


async def serve(sim: Simulator, port: int = 0) -> ServerHandle:
    """Serve the simulator on 127.0.0.1; port 0 takes a free one."""
    handle = ServerHandle(sim, port)
    await handle.open()
    return handle
