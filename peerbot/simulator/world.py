"""What exists in the simulated Telegram: people, chats, members, messages, links, files. State only.

Nothing here decides what is allowed (rights.py), what the bot hears of it (hub.py) or how it looks as JSON (wire.py).
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

Json = dict[str, object]

ANONYMOUS_ADMIN_ID = 1087968824  # @GroupAnonymousBot, the sender of every anonymous admin's post
TELEGRAM_ID = 777000  # the account that carries a channel's posts into its discussion group
CHANNEL_BOT_ID = 136817688  # @Channel_Bot, the sender of a post made in the name of a channel
FIRST_USER_ID = 5_000_000_001  # past 32 bits, as ids of new accounts are
PRESENT = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True, eq=False)
class User:
    """A Telegram account, and how it stands with the one bot of this world."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = None
    is_bot: bool = False
    deactivated: bool = False
    started: bool = False
    blocked_bot: bool = False
    seen_by_bot: bool = False
    may_be_written_until: datetime | None = None


@dataclass(slots=True, eq=False)
class Member:
    """How one user stands in one chat. `until` is None for "for ever"; `present` matters for the restricted only."""

    user: User
    status: str
    rights: frozenset[str] = frozenset()
    permissions: dict[str, bool] = field(default_factory=dict)
    until: datetime | None = None
    present: bool = True
    anonymous: bool = False

    @property
    def inside(self) -> bool:
        """Is the user in the chat now?"""
        return self.status in PRESENT or (self.status == "restricted" and self.present)

    @property
    def admin(self) -> bool:
        """Does the user run the chat, as owner or administrator?"""
        return self.status in {"creator", "administrator"}


@dataclass(frozen=True, slots=True)
class Button:
    """One button; `raw` is the JSON it was sent as."""

    text: str
    data: str | None = None
    url: str | None = None
    raw: Json = field(default_factory=dict)


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Markup:
    """What hangs under a message: inline buttons, or an order to the reply keyboard (keyboard, removes, forces)."""

    inline: Rows = ()
    keyboard: Rows = ()
    removes: bool = False
    forces: bool = False
    one_time: bool = False
    persistent: bool = False
    selective: bool = False

    @property
    def orders_keyboard(self) -> bool:
        """Does it change the reply keyboard?"""
        return bool(self.keyboard) or self.removes or self.forces


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says: text or caption, and the media or service fields as JSON."""

    kind: str
    text: str = ""
    entities: tuple[Json, ...] = ()
    fields: Json = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Message:
    """One message in one chat. `version` counts edits of what is said, `touched` orders arrivals and edits."""

    chat: "Chat"
    id: int
    at: datetime
    content: Content
    sender: User | None
    sender_chat: "Chat | None" = None
    reply_to: "Message | None" = None
    origin: Json | None = None
    album: str | None = None
    markup: Markup | None = None
    protected: bool = False
    silent: bool = False
    from_linked_channel: bool = False
    edited_at: datetime | None = None
    deleted: bool = False
    version: int = 1
    touched: int = 0
    reactions: dict[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text, or the caption of a medium."""
        return self.content.text

    @property
    def service(self) -> bool:
        """Is it Telegram's own note (joined, left, pinned), not somebody's words?"""
        return self.content.kind == "service"

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline buttons, left to right, top to bottom."""
        return [button.text for button in self.inline_buttons]

    @property
    def inline_buttons(self) -> list[Button]:
        """The inline buttons, left to right, top to bottom."""
        return [button for row in self.markup.inline for button in row] if self.markup else []


@dataclass(slots=True, eq=False)
class InviteLink:
    """A link into a group; `uses` counts who came in."""

    url: str
    creator: User
    asks: bool = False
    primary: bool = False
    revoked: bool = False
    name: str | None = None
    expires: datetime | None = None
    limit: int | None = None
    uses: int = 0


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat (same id as its user), group, supergroup or channel."""

    id: int
    type: str
    title: str | None = None
    username: str | None = None
    user: User | None = None
    members: dict[int, Member] = field(default_factory=dict)
    permissions: dict[str, bool] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    last_message_id: int = 0
    pinned: list[int] = field(default_factory=list)
    links: dict[str, InviteLink] = field(default_factory=dict)
    requests: dict[int, InviteLink] = field(default_factory=dict)
    keyboards: dict[int, Message] = field(default_factory=dict)
    linked: "Chat | None" = None
    migrated_to: "Chat | None" = None
    deleted: bool = False
    last_bot_id: int | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A stored file; `path` is what getFile names and `/file/bot<token>/` serves."""

    id: str
    unique_id: str
    path: str
    content: bytes


@dataclass(slots=True)
class Press:
    """A tap on an inline button that waits for its answer."""

    id: str
    user: User
    message: Message
    at: datetime
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """What an answered button showed: a line at the top, or (alert) a box to close."""

    text: str
    alert: bool = False
    url: str | None = None


class World:
    """Everything that exists, and the counters that name new things the same way under the same seed."""

    def __init__(self, now: Callable[[], datetime], bot: User, seed: int) -> None:
        self.now = now
        self.bot = bot
        self.random = random.Random(seed)
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.presses: dict[str, Press] = {}
        self.toasts: dict[int, list[Toast]] = {}
        self._counter = 0
        for user_id, name, username in (
            (ANONYMOUS_ADMIN_ID, "Group", "GroupAnonymousBot"),
            (CHANNEL_BOT_ID, "Channel", "Channel_Bot"),
            (TELEGRAM_ID, "Telegram", None),
        ):
            self.users[user_id] = User(user_id, name, username, is_bot=user_id != TELEGRAM_ID)

    def tick(self) -> int:
        """The next number of this world: orders events and makes names."""
        self._counter += 1
        return self._counter

    def add_user(self, first_name: str, username: str | None, language: str | None, is_bot: bool = False) -> User:
        """A new account. Its private chat with the bot exists once something is said in it."""
        user = User(FIRST_USER_ID + len(self.users), first_name, username, language, is_bot)
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """The chat between a user and the bot."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", user=user)
        return self.chats[user.id]

    def add_chat(self, kind: str, title: str, permissions: dict[str, bool]) -> Chat:
        """A new group, supergroup or channel, still empty."""
        number = self.tick()
        chat_id = -4_000_000_000 - number if kind == "group" else -1_002_000_000_000 - number
        chat = self.chats[chat_id] = Chat(chat_id, kind, title, permissions=dict(permissions))
        return chat

    def add_file(self, name: str, content: bytes) -> File:
        """Keep a file; its id is opaque to the bot, as the real ones are."""
        number = self.tick()
        found = File(f"AgACAgSIM{number:08d}", f"AQADSIM{number:06d}", f"files/{number}_{name}", content)
        self.files[found.id] = found
        return found

    def file_at(self, path: str) -> File | None:
        """The file behind a download path."""
        return next((found for found in self.files.values() if found.path == path), None)

    def member(self, chat: Chat, user: User) -> Member:
        """How the user stands in the chat now: bans and restrictions that ran out have ended."""
        found = chat.members.get(user.id)
        if found is None:
            return Member(user, "left")
        if found.until is not None and found.until <= self.now():
            ended = Member(user, "member" if found.status == "restricted" and found.present else "left")
            found = chat.members[user.id] = ended
        return found

    def inside(self, chat: Chat) -> Iterable[Member]:
        """Everyone who is in the chat now."""
        return [member for user_id in list(chat.members) if (member := self.member(chat, self.users[user_id])).inside]

    def meets_bot(self, user: User) -> bool:
        """Has the bot any way of knowing this account? An unknown one does not exist for it."""
        if user.started or user.seen_by_bot:
            return True
        return any(user.id in chat.members and self.bot.id in chat.members for chat in self.chats.values())
