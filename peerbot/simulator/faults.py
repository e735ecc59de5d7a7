"""The fault script: which call meets which trouble. What a fault does on the wire is up to transport.py and server.py.

A fault either comes before the call takes effect (refuse, too_many, unauthorized_once, unreachable) or after it
(hang_after_accept, drop_after_accept; server_error and garbage as told). The difference is what delivery is tested on.
"""

from dataclasses import dataclass
from typing import Literal

from peerbot.simulator.errors import PREFIXES, ApiError
from peerbot.simulator.replies import Reply, refusal

_HTML = b"<html><head><title>%d</title></head><body><center><h1>%d</h1></center></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of trouble. `accepts`: the call takes effect first. `cut`: the connection ends without an answer."""

    name: str
    accepts: bool = False
    reply: Reply | None = None
    hangs: float = 0.0
    cut: Literal["", "dropped", "unreachable"] = ""


def refuse(code: int, description: str, **parameters: int) -> Fault:
    """A refusal as the server writes it; the prefix ("Forbidden: ") is added when missing."""
    prefix = PREFIXES.get(code, "")
    text = description if not prefix or description.startswith(prefix) else f"{prefix}: {description}"
    return Fault("refuse", reply=refusal(ApiError(code, text, **parameters)))


def too_many(retry_after: int) -> Fault:
    """429 with the time to wait, in seconds."""
    text = f"Too Many Requests: retry after {retry_after}"
    return Fault("too_many", reply=refusal(ApiError(429, text, retry_after=retry_after)))


def server_error(status: int = 502, *, accepts: bool = False) -> Fault:
    """A 5xx page from the gateway, not JSON; with `accepts` the call took effect all the same."""
    return Fault("server_error", accepts, Reply(status, _HTML.replace(b"%d", str(status).encode()), "text/html"))


def garbage(*, accepts: bool = True) -> Fault:
    """200 with something that is not JSON: probably sent."""
    return Fault("garbage", accepts, Reply(200, b"<!doctype html><p>Welcome to the hotel network</p>", "text/html"))


def hang_after_accept(seconds: float) -> Fault:
    """The call takes effect, the answer comes `seconds` later or, for an impatient client, never."""
    return Fault("hang_after_accept", accepts=True, hangs=seconds)


def drop_after_accept() -> Fault:
    """The call takes effect, then the connection is cut."""
    return Fault("drop_after_accept", accepts=True, cut="dropped")


def unreachable() -> Fault:
    """No connection comes about; nothing takes effect.

    In-process only is it a refused connection. Over real HTTP the server has taken the connection before it knows the
    call, so it can only close it unanswered; to have connections refused, `ServerHandle.shut` the door.
    """
    return Fault("unreachable", cut="unreachable")


def unauthorized_once() -> Fault:
    """401 for a right token, as a proxy or a restarting server may answer."""
    return Fault("unauthorized_once", reply=refusal(ApiError(401, "Unauthorized")))


@dataclass(slots=True)
class Rule:
    """One line of the script: from the `nth` fitting call on, `times` times (None: always)."""

    fault: Fault
    method: str | None
    chat: int | None
    nth: int
    times: int | None
    met: int = 0
    fired: int = 0
    cancelled: bool = False

    def fires(self, method: str, chat: int | None) -> bool:
        """Count a call that fits and say whether it meets the fault."""
        if self.cancelled or self.method not in {None, method} or self.chat not in {None, chat}:
            return False
        self.met += 1
        if self.met < self.nth or (self.times is not None and self.fired >= self.times):
            return False
        self.fired += 1
        return True


class Faults:
    """The script. Rules are asked in the order they were added; the first that fires decides."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def add(
        self,
        fault: Fault,
        *,
        method: str | None = None,
        chat: int | None = None,
        nth: int | None = None,
        times: int | None = 1,
    ) -> Rule:
        """Add a line; the rule that comes back counts how often it fired and can be cancelled."""
        rule = Rule(fault, method.lower() if method else None, chat, nth or 1, times)
        self.rules.append(rule)
        return rule

    def clear(self) -> None:
        """From now on, no faults."""
        self.rules.clear()

    def meet(self, method: str, chat: int | None) -> Fault | None:
        """The fault this call meets, if any."""
        return next((rule.fault for rule in self.rules if rule.fires(method, chat)), None)
