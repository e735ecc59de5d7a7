"""The commands menu Telegram shows: for everyone by language, in groups, for staff in their own chat."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.db.models import Person
from peerbot.delivery.outbox import Target
from peerbot.outgoing import Lane
from peerbot.services.post import call, target_of
from peerbot.services.programme import programme_of
from peerbot.texts import LOCALES

NOBODY = Target(1)
"""Menus belong to no chat; the outbox wants one all the same, and forgets rows to strangers once sent."""


async def publish(session: AsyncSession) -> None:
    """Queues the menus every chat starts with; the one in English is also the one for all other languages."""
    for locale in LOCALES:
        commands = _commands(session, locale, "participant")
        code = {} if locale == "en" else {"language_code": locale}
        await call(
            session,
            NOBODY,
            "setMyCommands",
            {"commands": commands, **code},
            lane=Lane.BROADCAST,
            edit_key=f"menu:{locale}",
        )
    for locale in LOCALES:
        code = {} if locale == "en" else {"language_code": locale}
        payload: dict[str, Any] = {
            "commands": _commands(session, locale, "group"),
            "scope": {"type": "all_group_chats"},
        }
        await call(
            session, NOBODY, "setMyCommands", payload | code, lane=Lane.BROADCAST, edit_key=f"menu:group:{locale}"
        )


async def give_staff(session: AsyncSession, person: Person) -> None:
    """Queues the menu of a member of staff for their own chat."""
    scope: dict[str, Any] = {"type": "chat", "chat_id": int(person.chat)}
    payload = {"commands": _commands(session, person.locale, "staff"), "scope": scope}
    await call(session, target_of(person), "setMyCommands", payload, lane=Lane.REPLY)


def _commands(session: AsyncSession, locale: str, audience: str) -> list[list[str]]:
    programme = programme_of(session)
    wanted = [
        entry
        for entry in programme.menu
        if (entry.in_groups if audience == "group" else entry.audience in ("everyone", audience))
    ]
    return [[entry.name, programme.texts.plain(locale, f"command-{entry.name}")] for entry in wanted]
