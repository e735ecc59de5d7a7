"""One update's turn: the unit of work it runs in, and how PTB's context carries it to a handler.

The routing application has a mute bot: it can tell updates apart but refuses every call, so that only the sender ever
speaks to Telegram.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from telegram import Update
from telegram.ext import Application, ApplicationHandlerStop, CallbackContext

from peerbot.services.enrolment import Visitor
from peerbot.services.programme import Programme, programme_of
from peerbot.texts import known


@dataclass(slots=True)
class Turn:
    """The work of one update: its session, the time it is handled at, and the failure PTB would have swallowed."""

    session: AsyncSession
    now: datetime
    event: str
    failure: BaseException | None = field(default=None)

    @property
    def programme(self) -> Programme:
        """The programme this update belongs to."""
        return programme_of(self.session)


class Router(Application[Any, Any, Any, Any, Any, Any]):
    """PTB's application, used for routing only; `turns` holds the updates being handled."""

    turns: dict[int, Turn]


class Context(CallbackContext[Any, Any, Any, Any]):
    """PTB's context with the turn it belongs to."""

    @property
    def turn(self) -> Turn:
        """The unit of work of the update being handled."""
        router = self.application
        assert isinstance(router, Router)  # noqa: S101 - built by handlers.make_router only
        return router.turns[self._update_id]

    _update_id: int

    @classmethod
    def from_update(cls, update: object, application: Any) -> "Context":
        """Made by PTB for each update that matched a handler."""
        made: Context = super().from_update(update, application)
        if isinstance(update, Update):
            made._update_id = update.update_id
        return made


async def remember_failure(update: object, context: Context) -> None:
    """PTB swallows what handlers raise; this keeps it for the inbox and stops the later groups."""
    if isinstance(update, Update):
        context.turn.failure = context.error
    raise ApplicationHandlerStop


def visitor(update: Update, fallback: str) -> Visitor:
    """Whoever sent the update. Their name and language are Telegram's, until they choose their own."""
    user = update.effective_user
    if user is None:
        raise ValueError("an update without a user reached a handler for people")
    name = " ".join(part for part in (user.first_name, user.last_name) if part)[:60]
    return Visitor(user=user.id, name=name or "?", locale=known(user.language_code) if user.language_code else fallback)
