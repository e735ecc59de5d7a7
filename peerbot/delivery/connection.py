"""How python-telegram-bot reaches the Bot API: its request seam over aiohttp, cheaper a call than its stock client.

What a failure means for a row is `fate`; a proxy named by the environment is used. Timeouts are seconds.
"""

from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ = 5.0, 9.0


class Connection(BaseRequest):
    """A pool of at most `size` connections. Opens on `initialize`, which python-telegram-bot calls."""

    def __init__(self, size: int, *, connect: float = CONNECT, read: float = READ, proxies: bool = True) -> None:
        self._size, self._connect, self._read, self._proxies = size, connect, read, proxies
        self._session: aiohttp.ClientSession | None = None
        self._proxy_of: dict[str, str | None] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds an answer may take where a call says nothing else."""
        return self._read

    async def initialize(self) -> None:
        """Opens the pool; again is no harm."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._size)
            self._session = aiohttp.ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})

    async def shutdown(self) -> None:
        """Closes the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_more: Any,
        **_others: Any,
    ) -> tuple[int, bytes]:
        """Status and body. Raises TimedOut or NetworkError with aiohttp's own error as the cause."""
        await self.initialize()
        assert self._session is not None  # noqa: S101 - initialize has just made it
        patience = aiohttp.ClientTimeout(
            total=None,
            connect=self._connect + self._read,  # to wait for a free connection, and then to open one
            sock_connect=self._connect,
            sock_read=read_timeout if isinstance(read_timeout, int | float) else self._read,
        )
        sending = self._session.request(method, url, data=_body(request_data), timeout=patience, proxy=self._proxy(url))
        try:
            async with sending as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from error

    def _proxy(self, url: str) -> str | None:
        """What the environment says, asked once a host: aiohttp's own way asks in two threads with every call."""
        at = urlsplit(url)
        if at.netloc not in self._proxy_of:
            around = not self._proxies or proxy_bypass(at.hostname or "")
            self._proxy_of[at.netloc] = None if around else getproxies().get(at.scheme)
        return self._proxy_of[at.netloc]


def _body(data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if data is None:
        return None
    files = data.multipart_data
    if not files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in files.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
