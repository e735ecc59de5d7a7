"""A phone: what its owner can see, has read, and what lights up the locked screen. Acting is in people.py.

It knows only the world, never the bot: reading cannot depend on how the bot works inside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from peerbot.simulator.formatting import entity_text
from peerbot.simulator.methods_bot import menu
from peerbot.simulator.world import Chat, Message, Rows, Toast, User

if TYPE_CHECKING:
    from peerbot.simulator.groups import Group
    from peerbot.simulator.simulator import Simulator

Place: TypeAlias = "Group | Chat | None"  # None is the private chat with the bot


@dataclass(frozen=True, slots=True)
class Banner:
    """One notification as a locked phone shows it: spoilers covered, buttons not shown."""

    sender: str
    text: str
    silent: bool
    chat: str | None
    message: Message


class Phone:
    """What one account sees. Reading marks exactly what was read; an edit of the words makes a message unread again."""

    def __init__(self, sim: "Simulator", user: User) -> None:
        self._sim = sim
        self.user = user
        self._read: dict[Message, int] = {}
        self.notifications: list[Banner] = []

    @property
    def id(self) -> int:
        """The account's id, which is also the id of its private chat with the bot."""
        return self.user.id

    @property
    def name(self) -> str:
        """The first name."""
        return self.user.first_name

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self._sim.world.private_chat(self.user)

    def place(self, in_chat: Place) -> Chat:
        """The chat meant: the private one unless another is given."""
        if in_chat is None:
            return self.chat
        return in_chat if isinstance(in_chat, Chat) else in_chat.chat

    def visible(self, in_chat: Place = None) -> list[Message]:
        """Every message the owner can see in the chat, oldest first; nothing in a group they are not in."""
        chat = self.place(in_chat)
        if chat.user is None and not self._sim.world.member(chat, self.user).inside:
            return []
        return [] if chat.user not in {None, self.user} else list(chat.messages.values())

    def unread(self, in_chat: Place = None) -> list[Message]:
        """Others' messages that are new or were edited since they were read, in the order that happened."""
        found = [
            message
            for message in self.visible(in_chat)
            if message.sender is not self.user and not message.service and self._read.get(message) != message.version
        ]
        return sorted(found, key=lambda message: message.touched)

    def reads(self, *parts: str, without: Iterable[str] = (), in_chat: Place = None) -> Message:
        """Read the oldest unread message that holds all parts, in any case; it must hold none of `without`.

        Only this one is marked as read. Buttons are not looked at.
        """
        for message in self.unread(in_chat):
            if all(part.casefold() in message.text.casefold() for part in parts):
                for word in (without,) if isinstance(without, str) else without:
                    if word.casefold() in message.text.casefold():
                        raise AssertionError(f"{self.name} reads {word!r} in:\n{message.text}")
                self._read[message] = message.version
                return message
        wanted = " and ".join(repr(part) for part in parts) or "anything"
        raise AssertionError(f"{self.name} finds no unread message with {wanted}.\n{self.screen(in_chat)}")

    def reads_nothing(self, in_chat: Place = None) -> None:
        """There is nothing unread."""
        if found := self.unread(in_chat):
            raise AssertionError(f"{self.name} has {len(found)} unread.\n{self.screen(in_chat)}")

    def reads_all(self, in_chat: Place = None) -> list[Message]:
        """Mark everything as read and return what was not."""
        found = self.unread(in_chat)
        for message in found:
            self._read[message] = message.version
        return found

    def sees_button(self, label: str, in_chat: Place = None) -> bool:
        """Is there a button with this in its label, under a message or in the reply keyboard?"""
        under = any(label.casefold() in text.casefold() for text in self.buttons(in_chat))
        return under or any(label.casefold() in text.casefold() for text in self.keyboard_in(in_chat))

    def buttons(self, in_chat: Place = None) -> list[str]:
        """The labels of all inline buttons in sight, oldest message first."""
        return [label for message in self.visible(in_chat) for label in message.buttons]

    @property
    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard in the private chat; empty when there is none."""
        return self.keyboard_in(None)

    def keyboard_in(self, in_chat: Place) -> list[str]:
        """The labels of the reply keyboard in a chat."""
        return [button.text for row in self._keyboard_rows(in_chat) for button in row]

    def _keyboard_rows(self, in_chat: Place) -> Rows:
        message = self.place(in_chat).keyboards.get(self.user.id)
        return message.markup.keyboard if message is not None and message.markup is not None else ()

    def menu(self, in_chat: Place = None) -> list[str]:
        """The commands Telegram offers here, without the slash."""
        return [str(item["command"]) for item in menu(self._sim.hub, self.place(in_chat), self.user)]

    @property
    def toasts(self) -> list[Toast]:
        """Everything pressed buttons have answered with, oldest first."""
        return self._sim.world.toasts.get(self.user.id, [])

    @property
    def toast(self) -> str | None:
        """The text of the last answer to a pressed button."""
        return self.toasts[-1].text if self.toasts else None

    @property
    def spinning(self) -> bool:
        """Does a button the owner pressed still wait for its answer?"""
        return any(press.user is self.user and not press.answered for press in self._sim.world.presses.values())

    @property
    def lock_screen(self) -> list[Banner]:
        """The banners on the locked phone now: of messages not read and not deleted. All of them: `notifications`."""
        return [
            banner for banner in self.notifications if not banner.message.deleted and banner.message not in self._read
        ]

    def rings(self, message: Message) -> None:
        """A message arrives; the simulator calls this."""
        if message.sender is self.user or message.service:
            return
        sender = message.sender_chat.title if message.sender_chat else message.sender and message.sender.first_name
        title = message.chat.title if message.chat.user is None else None
        self.notifications.append(Banner(sender or "", _preview(message), message.silent, title, message))

    def screen(self, in_chat: Place = None) -> str:
        """The chat as text: every message with its buttons, unread ones marked, then keyboard and last toast."""
        chat = self.place(in_chat)
        lines = [f"--- {self.name}'s phone: {chat.title or self._sim.bot.first_name} ---"]
        unread = set(self.unread(in_chat))
        for message in self.visible(in_chat):
            lines.extend(self._lines(message, "*" if message in unread else " "))
        if len(lines) == 1:
            lines.append("  (empty)")
        lines.extend("  keyboard: " + _row(row) for row in self._keyboard_rows(in_chat))
        if in_chat is None and self.toast:
            lines.append(f"  last toast: {self.toast}")
        return "\n".join(lines)

    def _lines(self, message: Message, mark: str) -> list[str]:
        sender = "you" if message.sender is self.user else message.sender.first_name if message.sender else "channel"
        about = "" if message.content.kind == "text" else f" <{_kind(message)}>"
        edited = " (edited)" if message.version > 1 else ""
        first, *rest = message.text.split("\n")
        lines = [f"{mark} {message.id:>3} {sender}:{about} {first}{edited}".rstrip()]
        lines += [f"        {line}" for line in rest]
        if message.markup is not None:
            lines += ["        " + _row(row) for row in message.markup.inline]
        return lines


def _row(row: Iterable[object]) -> str:
    return " ".join(f"[{getattr(button, 'text', '')}]" for button in row)


def _kind(message: Message) -> str:
    return ", ".join(message.content.fields) if message.service else message.content.kind


def _preview(message: Message) -> str:
    """What a banner shows of a message."""
    text = message.text
    for entity in message.content.entities:
        if entity["type"] == "spoiler":
            hidden = entity_text(message.text, entity)
            text = text.replace(hidden, "▒" * len(hidden))
    return text or message.content.kind.capitalize()
