"""The town of the stories: a rehearsal with its usual people, and a strict end."""

import re
from collections.abc import Iterable
from functools import cache
from io import StringIO
from pathlib import Path

from peerbot.app import Config, Content, load_content
from peerbot.rehearsal import Town, offline_config
from peerbot.simulator.groups import Group
from peerbot.simulator.people import Person
from peerbot.simulator.rights import MODERATOR_RIGHTS


def config_for(url: str, folder: Path, token: str, **changes: object) -> Config:
    """A programme for one test."""
    return offline_config(url, folder, token, **changes)


@cache
def content() -> Content:
    """Read once for all tests of a process; it never changes."""
    return load_content()


class StoryTown(Town):
    """Ana, Dr Roth, Dr Lind and Max live here. Nothing unread and no error in the log may be left at the end."""

    __slots__ = ("allowed_errors", "ana", "dr_lind", "dr_roth", "groups", "language", "log_lines", "max")

    ana: Person
    dr_roth: Person
    dr_lind: Person
    max: Person

    def __init__(self, config: Config, log_lines: StringIO) -> None:
        super().__init__(config, content=content())
        self.log_lines = log_lines
        self.allowed_errors: set[str] = set()
        self.language = config.locale
        self.groups: list[Group] = []

    async def moves_in(self, language: str) -> None:
        """Everybody joins; Max stays a stranger."""
        self.language = language
        self.dr_lind = self.sim.person("Dr Lind", language=language)
        self.dr_roth = self.sim.person("Dr Roth", language=language)
        self.ana = self.sim.person("Ana", language=language)
        self.max = self.sim.person("Max", language=language)
        await self.join_staff(self.dr_lind, "supervisor")
        await self.join_staff(self.dr_roth, "counselor")
        await self.join_participant(self.ana, counselor=self.dr_roth)
        self.all_read()

    def all_read(self) -> None:
        """Everyone has read everything so far."""
        for person in self.sim.people.values():
            person.reads_all()
            for group in self.groups:
                person.reads_all(group)

    async def gets_moderator(self) -> Person:
        """Mo looks after groups."""
        mo = self.sim.person("Mo", language=self.language)
        await self.join_staff(mo, "moderator")
        return mo

    async def gets_group(
        self, by: Person, *members: Person, title: str = "Tuesday", rights: Iterable[str] = MODERATOR_RIGHTS
    ) -> Group:
        """A supergroup of these people, with the bot in it, set up by one of the staff; everything is read."""
        group = self.sim.supergroup(title, creator=by, members=members, bot_rights=rights)
        self.groups.append(group)
        await self.settle()
        await by.writes("/setup", in_chat=group)
        self.all_read()
        return group

    def say(self, text_id: str, **values: str | int) -> str:
        """A text of the bot in the town's language, without markup."""
        return re.sub(r"<[^>]+>", "", self.app.programme.texts.plain(self.language, text_id, **values))

    def ends_well(self) -> None:
        """The strict end of every story."""
        for person in self.sim.people.values():
            person.reads_nothing()
        lines = [
            line
            for line in self.log_lines.getvalue().splitlines()
            if ("level='error'" in line or "level='critical'" in line)
            and not any(f"event='{event}'" in line for event in self.allowed_errors)
        ]
        assert not lines, "\n".join(lines)
        assert not self.sim.complaints, "\n".join(self.sim.complaints)
