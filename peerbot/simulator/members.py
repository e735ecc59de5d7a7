"""What people do in and around groups with their phones: join, ask, leave, add the bot, promote, mute, ban."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from peerbot.simulator.errors import NotPossible
from peerbot.simulator.methods_links import new_link
from peerbot.simulator.phone import Phone
from peerbot.simulator.rights import MODERATOR_RIGHTS, PERMISSIONS, has_right
from peerbot.simulator.world import Chat, InviteLink, Member, User

if TYPE_CHECKING:
    from peerbot.simulator.groups import Group


class Neighbour(Phone):
    """A person among others. Whatever their Telegram would not allow raises NotPossible."""

    async def joins(self, group: "Group | Chat", link: str | None = None) -> None:
        """Come in by a link (the group's own unless one is given) that lets people in at once."""
        chat = self.place(group)
        found = self._door(chat, link)
        if found.asks:
            raise NotPossible(f"{self.name} can only ask to join: the link wants approval")
        found.uses += 1
        self._sim.hub.enter(chat, self.user, self.user, link=found)
        await self._sim.settled()

    async def requests_to_join(self, group: "Group | Chat", link: str | None = None) -> None:
        """Knock, by a link that wants approval."""
        chat = self.place(group)
        if link is None:
            asking = (found for found in chat.links.values() if found.asks and not found.revoked)
            found = next(asking, None) or new_link(self._sim.hub, chat, self._owner(chat), asks=True)
            link = found.url
        self._sim.hub.ask_to_join(chat, self.user, self._door(chat, link))
        await self._sim.settled()

    async def approves(self, other: Phone, group: "Group | Chat") -> None:
        """Let somebody in who knocked."""
        chat, _ = self._inside(group)
        self._may(chat, "can_invite_users")
        link = chat.requests.get(other.id)
        if link is None:
            raise NotPossible(f"{other.name} has not asked to join {chat.title}")
        link.uses += 1
        self._sim.hub.enter(chat, other.user, self.user, link=link, via_request=True)
        await self._sim.settled()

    async def declines(self, other: Phone, group: "Group | Chat") -> None:
        """Turn somebody away who knocked."""
        chat, _ = self._inside(group)
        self._may(chat, "can_invite_users")
        if chat.requests.pop(other.id, None) is None:
            raise NotPossible(f"{other.name} has not asked to join {chat.title}")
        self._sim.truth.happened("join_declined", chat_id=chat.id, user_id=other.id)
        await self._sim.settled()

    async def leaves(self, group: "Group | Chat") -> None:
        """Walk out. A restriction is remembered."""
        chat, own = self._inside(group)
        muted = own.status == "restricted"
        new = Member(self.user, own.status, permissions=own.permissions, until=own.until, present=False)
        self._sim.hub.exit(chat, self.user, self.user, new if muted else Member(self.user, "left"))
        await self._sim.settled()

    async def adds(self, other: Phone, group: "Group | Chat") -> None:
        """Bring somebody in."""
        chat, own = self._inside(group)
        if not (own.admin or chat.permissions.get("can_invite_users", True)):
            raise NotPossible(f"{self.name} may not add people to {chat.title}")
        self._sim.hub.enter(chat, other.user, self.user)
        await self._sim.settled()

    async def adds_bot(self, group: "Group | Chat", rights: Iterable[str] | None = None) -> None:
        """Bring the bot in, as an administrator when rights are given."""
        chat, _ = self._inside(group)
        self._sim.hub.enter(chat, self._sim.bot, self.user)
        if rights is not None:
            self._promote(chat, self._sim.bot, rights)
        await self._sim.settled()

    async def removes_bot(self, group: "Group | Chat") -> None:
        """Put the bot out."""
        await self._removes(self._sim.bot, group, "kicked")

    async def promotes_bot(self, group: "Group | Chat", rights: Iterable[str] = MODERATOR_RIGHTS) -> None:
        """Make the bot an administrator with these rights; with none, a plain member."""
        self._promote(self._inside(group)[0], self._sim.bot, rights)
        await self._sim.settled()

    async def promotes(
        self,
        other: Phone,
        group: "Group | Chat",
        rights: Iterable[str] = MODERATOR_RIGHTS,
        *,
        anonymous: bool = False,
    ) -> None:
        """Make somebody an administrator with these rights; with none, a plain member."""
        self._promote(self._inside(group)[0], other.user, rights, anonymous=anonymous)
        await self._sim.settled()

    async def mutes(self, other: Phone, group: "Group | Chat", until: datetime | None = None) -> None:
        """Take away every permission from somebody."""
        chat, _ = self._inside(group)
        self._may(chat, "can_restrict_members")
        permissions = dict.fromkeys(PERMISSIONS, False)
        present = self._sim.world.member(chat, other.user).inside
        new = Member(other.user, "restricted", permissions=permissions, until=until, present=present)
        self._sim.hub.change_member(chat, new, self.user)
        await self._sim.settled()

    async def bans(self, other: Phone, group: "Group | Chat") -> None:
        """Put somebody out for ever."""
        await self._removes(other.user, group, "kicked")

    async def unbans(self, other: Phone, group: "Group | Chat") -> None:
        """Let somebody come back."""
        chat, _ = self._inside(group)
        self._may(chat, "can_restrict_members")
        self._sim.hub.change_member(chat, Member(other.user, "left"), self.user)
        await self._sim.settled()

    async def goes_anonymous(self, group: "Group | Chat", *, anonymous: bool = True) -> None:
        """From now on an administrator writes as the group."""
        chat, own = self._inside(group)
        if not own.admin:
            raise NotPossible(f"{self.name} is no administrator of {chat.title}")
        new = Member(self.user, own.status, rights=own.rights, anonymous=anonymous)
        self._sim.hub.change_member(chat, new, self.user)
        await self._sim.settled()

    def _inside(self, group: "Group | Chat") -> tuple[Chat, Member]:
        chat = self.place(group)
        own = self._sim.world.member(chat, self.user)
        if not own.inside:
            raise NotPossible(f"{self.name} is not in {chat.title}")
        return chat, own

    def _may(self, chat: Chat, right: str) -> None:
        if not has_right(self._sim.world.member(chat, self.user), right):
            raise NotPossible(f"{self.name} has no right {right} in {chat.title}")

    def _door(self, chat: Chat, link: str | None) -> InviteLink:
        """The link, if it lets this person try."""
        member = self._sim.world.member(chat, self.user)
        if member.status == "kicked":
            raise NotPossible(f"{self.name} is banned from {chat.title}")
        if member.inside:
            raise NotPossible(f"{self.name} is in {chat.title} already")
        if link is None:
            link = new_link(self._sim.hub, chat, self._owner(chat), primary=True).url
        found = chat.links.get(link)
        now = self._sim.world.now()
        if found is None or found.revoked or (found.expires is not None and found.expires <= now):
            raise NotPossible("this invite link does not work (any more)")
        if found.limit is not None and found.uses >= found.limit:
            raise NotPossible("this invite link has been used up")
        return found

    def _owner(self, chat: Chat) -> User:
        return next(member.user for member in chat.members.values() if member.status == "creator")

    def _promote(self, chat: Chat, user: User, rights: Iterable[str], *, anonymous: bool = False) -> None:
        self._may(chat, "can_promote_members")
        held = frozenset(rights)
        new = Member(user, "administrator", rights=held | {"can_manage_chat"}, anonymous=anonymous)
        self._sim.hub.change_member(chat, new if held else Member(user, "member"), self.user)

    async def _removes(self, user: User, group: "Group | Chat", status: str) -> None:
        chat, _ = self._inside(group)
        self._may(chat, "can_restrict_members")
        if self._sim.world.member(chat, user).status == "creator":
            raise NotPossible("nobody can put the owner out")
        self._sim.hub.exit(chat, user, self.user, Member(user, status))
        await self._sim.settled()
