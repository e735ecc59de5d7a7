"""The bot as a process that can be killed: a nursery that has read everything once and forks a real bot for each order.

Orders come as JSON lines on standard input, one bot at a time; its pid, its quiet and its end go out the same way on
standard output. A bot kills itself with SIGKILL at the n-th passing of a named point: no handler runs, nothing is
flushed, and what the kernel has not got is gone. What happens to the world around it is world.py.
"""

import asyncio
import json
import os
import signal
import sys
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, select
from telegram.request import BaseRequest

from peerbot import log
from peerbot.app import App, Config, Content, load_content
from peerbot.clock import RehearsalClock
from peerbot.db.models import Alert, AlertState, InboxRow, InboxState, OutboxRow, OutboxState, Schedule
from peerbot.delivery.connection import Connection
from peerbot.delivery.pace import Pace
from peerbot.rehearsal import FAST

POINTS = (
    "after-fetch",
    "after-inbox-commit",
    "before-flow-commit",
    "after-flow-commit",
    "after-claim",
    "after-accepted",
    "before-settle",
)
PATIENCE = 0.8  # seconds a bot waits for an answer; the real one waits nine, which no campaign has time for
HURRY = 5.0  # ticks this much faster than in production


@dataclass(frozen=True, slots=True)
class Order:
    """One bot to start. `point` empty: it is killed from outside or not at all. `watched`: it says when it is quiet."""

    token: str
    key: str
    database_url: str
    folder: str
    api_url: str
    clock: str
    log: str
    point: str = ""
    nth: int = 1
    watched: bool = False

    def line(self) -> bytes:
        """As it goes over the pipe."""
        return json.dumps(asdict(self)).encode() + b"\n"


class CrashPoint:
    """Ends this process at the n-th passing of one named point."""

    def __init__(self, point: str, nth: int) -> None:
        self._point, self._left = point, nth

    def passed(self, point: str) -> None:
        """The bot stands at `point`."""
        if point == self._point:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def impatient(connections: int) -> BaseRequest:
    """A pool that gives up soon; a long poll sets its own patience."""
    return Connection(connections, connect=PATIENCE, read=PATIENCE, proxies=False)


def config_of(order: Order) -> Config:
    """The programme an order is about."""
    return Config(
        token=order.token,
        keys=(order.key,),
        database_url=order.database_url,
        data_dir=Path(order.folder),
        api_url=order.api_url,
        control=False,
        tick_speed=HURRY,
    )


async def live(order: Order, content: Content) -> None:
    """Runs one bot until SIGTERM, or until its crash point."""
    point = CrashPoint(order.point, order.nth)
    app = App(config_of(order), RehearsalClock(Path(order.clock)), impatient, point.passed, content)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, app.stop)
    try:
        await app.open()
        app.sender.pace = Pace(FAST, private_gap=0, group_gap=0)
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(_watch(app)) if order.watched else None
            await app.run()
            if watching is not None:
                watching.cancel()
    finally:
        await app.close()


async def _watch(app: App) -> None:
    """Says how much is left to do, several times a second. It steers the campaign; the checker never hears of it."""
    while True:
        left = await _left(app)
        _say(left=left)
        await asyncio.sleep(0.15)


async def _left(app: App) -> int:
    now, real = app.clock.now(), app.clock.real()
    soon = real.replace(microsecond=0).timestamp() + 60
    async with app.database.begin() as session:
        waiting = await session.scalars(select(OutboxRow.due_at).where(OutboxRow.state == OutboxState.PENDING))
        sends = sum(due.timestamp() < soon for due in waiting)
        counts = [
            await session.scalar(select(func.count()).select_from(table).where(*where))
            for table, where in (
                (InboxRow, (InboxRow.state == InboxState.OPEN,)),
                (OutboxRow, (OutboxRow.state == OutboxState.CLAIMED,)),
                (Alert, (Alert.next_page_at <= now, Alert.state != AlertState.CLOSED)),
                (Schedule, (Schedule.due_at <= now,)),
            )
        ]
    return sends + sum(count or 0 for count in counts)


def _say(**what: int) -> None:
    """One write, so that lines of two processes never mix."""
    os.write(1, json.dumps(what).encode() + b"\n")


def _born(order: Order, content: Content) -> int:
    """The forked bot's whole life; returns its exit code."""
    file = os.open(order.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 2)
    log.configure(sys.stderr)
    try:
        asyncio.run(live(order, content))
    except BaseException:  # noqa: BLE001 - a fork must never run on into the nursery's loop
        traceback.print_exc()
        return 1
    return 0


def main() -> None:
    """Takes orders until standard input ends."""
    content = load_content()
    _say(ready=1)
    for line in sys.stdin.buffer:
        order = Order(**json.loads(line))
        pid = os.fork()
        if pid == 0:
            code = _born(order, content)
            sys.stderr.flush()
            os._exit(code)
        _say(pid=pid)
        _, status = os.waitpid(pid, 0)
        _say(ended=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
