"""Groups as tests hold them: made, migrated, tied to a channel. Who is in them is the people's doing (members.py)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from peerbot.simulator.formatting import formatted
from peerbot.simulator.methods_links import new_link
from peerbot.simulator.methods_sends import origin_of
from peerbot.simulator.rights import ALL_RIGHTS, DEFAULT_PERMISSIONS
from peerbot.simulator.world import TELEGRAM_ID, Chat, Content, Member, Message

if TYPE_CHECKING:
    from peerbot.simulator.people import Person
    from peerbot.simulator.phone import Phone
    from peerbot.simulator.simulator import Simulator


class Group:
    """A group, supergroup or channel. After `migrate` it stands for the supergroup; `former` is what it was."""

    def __init__(self, sim: "Simulator", chat: Chat, creator: "Person") -> None:
        self._sim = sim
        self.chat = chat
        self.creator = creator
        self.former: Chat | None = None

    @classmethod
    def create(
        cls,
        sim: "Simulator",
        kind: str,
        title: str,
        *,
        creator: "Person",
        members: Iterable["Person"],
        bot_rights: Iterable[str] | None,
        with_bot: bool,
    ) -> "Group":
        """Make a group of this kind and tell the bot, if it is in it."""
        chat = sim.world.add_chat(kind, title, DEFAULT_PERMISSIONS)
        found = cls(sim, chat, creator)
        chat.members[creator.id] = Member(creator.user, "creator")
        for person in members:
            chat.members[person.id] = Member(person.user, "member")
        if kind == "group":
            sim.hub.service(chat, creator.user, group_chat_created=True)
        if with_bot:
            sim.hub.enter(chat, sim.bot, creator.user)
        if with_bot and bot_rights is not None:
            rights = frozenset(bot_rights) | {"can_manage_chat"}
            sim.hub.change_member(chat, Member(sim.bot, "administrator", rights=rights), creator.user)
        return found

    @property
    def id(self) -> int:
        """The chat id; it changes when a basic group becomes a supergroup."""
        return self.chat.id

    @property
    def title(self) -> str:
        """The title."""
        return self.chat.title or ""

    @property
    def messages(self) -> list[Message]:
        """Everything that stands in the group now, oldest first."""
        return list(self.chat.messages.values())

    @property
    def pinned(self) -> list[Message]:
        """The pinned messages, newest last."""
        return [self.chat.messages[number] for number in self.chat.pinned]

    def status(self, person: "Phone") -> str:
        """How somebody stands here: creator, administrator, member, restricted, left or kicked."""
        return self._sim.world.member(self.chat, person.user).status

    @property
    def bot_status(self) -> str:
        """How the bot stands here."""
        return self._sim.world.member(self.chat, self._sim.bot).status

    def asks_to_join(self, person: "Phone") -> bool:
        """Is a request to join open?"""
        return person.id in self.chat.requests

    def new_link(self, *, asks: bool = False) -> str:
        """A link the owner makes; with `asks` people need approval."""
        return new_link(self._sim.hub, self.chat, self.creator.user, asks=asks).url

    async def migrate(self) -> None:
        """A basic group becomes a supergroup with a new id; Telegram notes it in both."""
        old, world = self.chat, self._sim.world
        new = world.add_chat("supergroup", self.title, old.permissions)
        new.members = {
            user_id: Member(member.user, member.status, rights=member.rights) for user_id, member in old.members.items()
        }
        by = self.creator.user
        self._sim.hub.service(old, by, migrate_to_chat_id=new.id)
        self._sim.hub.service(new, by, migrate_from_chat_id=old.id)
        old.migrated_to = new
        self.chat, self.former = new, old
        self._sim.truth.happened("migrated", chat_id=old.id, to=new.id)
        await self._sim.settled()

    async def vanish(self) -> None:
        """The owner deletes the group."""
        self.chat.deleted = True
        self._sim.truth.happened("group_deleted", chat_id=self.id)
        await self._sim.settled()

    async def link_channel(self, title: str, *, with_bot: bool = False) -> "Channel":
        """Tie a new channel to this group: its posts appear here by themselves."""
        chat = self._sim.world.add_chat("channel", title, {})
        chat.members[self.creator.id] = Member(self.creator.user, "creator")
        if with_bot:
            rights = ALL_RIGHTS | {"can_post_messages", "can_edit_messages"}
            self._sim.hub.change_member(chat, Member(self._sim.bot, "administrator", rights=rights), self.creator.user)
        chat.linked, self.chat.linked = self.chat, chat
        await self._sim.settled()
        return Channel(self._sim, chat, self.creator)


class Channel(Group):
    """A channel tied to a group."""

    async def posts(self, text: str) -> Message:
        """Post in the channel; Telegram carries it into the discussion group. Returns the post there."""
        hub = self._sim.hub
        content = Content("text", *formatted(text, []))
        post = hub.post(self.chat, self.creator.user, content, sender_chat=self.chat)
        carried = post
        if self.chat.linked is not None:
            carried = hub.post(
                self.chat.linked,
                self._sim.world.users[TELEGRAM_ID],
                content,
                sender_chat=self.chat,
                origin=origin_of(post),
                from_linked_channel=True,
            )
        await self._sim.settled()
        return carried
