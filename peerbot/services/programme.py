"""What every use case of one programme relies on: texts, content, defaults. Set once by `app`, kept on the session."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.crisis import CrisisLine
from peerbot.care.language import Reader
from peerbot.care.moderation import Rulebook
from peerbot.care.questionnaires import Questionnaire
from peerbot.care.tips import Tip
from peerbot.care.topics import GroupText
from peerbot.clock import Clock
from peerbot.texts import Texts

CONSENT_VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A command as people see it: its name and who may use it (`everyone`, `participant`, `staff`, `group`)."""

    name: str
    audience: str
    in_groups: bool = False


@dataclass(frozen=True, slots=True)
class Programme:
    """One IOP: its voice, its content, its defaults and its bot's name."""

    texts: Texts
    questionnaires: Mapping[str, Questionnaire]
    crisis_lines: tuple[CrisisLine, ...]
    reader: Reader
    rulebook: Rulebook
    tips: tuple[Tip, ...]
    topics: tuple[GroupText, ...]
    group_rules: tuple[GroupText, ...]
    ice_breakers: tuple[GroupText, ...]
    clock: Clock
    menu: tuple[MenuEntry, ...]
    zone: str
    locale: str
    country: str
    bot_username: str
    bot_id: int


def programme_of(session: AsyncSession) -> Programme:
    """The programme this unit of work belongs to."""
    programme: Programme = session.info["programme"]
    return programme
