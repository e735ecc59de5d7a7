"""People: they write, tap, edit and block, as a Telegram client lets them. Reading: phone.py; groups: members.py.

Every action ends with `await sim.settled()`, which a story test sets to "run the bot until it is quiet".
"""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from peerbot.simulator import methods_sends, wire
from peerbot.simulator.errors import NotPossible
from peerbot.simulator.formatting import TEXT_LIMIT, formatted
from peerbot.simulator.html import utf16
from peerbot.simulator.members import Neighbour
from peerbot.simulator.phone import Place
from peerbot.simulator.rights import NEEDED, has_right, permitted
from peerbot.simulator.world import ANONYMOUS_ADMIN_ID, Button, Chat, Content, Json, Message

EDIT_WITHIN = timedelta(hours=48)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Person(Neighbour):
    """Somebody with a phone. Whatever their Telegram would not allow raises NotPossible, an AssertionError."""

    _last_press: tuple[Message, str] | None = None

    async def starts(self, payload: str = "") -> None:
        """Press Start, or open t.me/<bot>?start=payload; whoever had blocked the bot unblocks it this way."""
        if not _PAYLOAD.fullmatch(payload):
            raise NotPossible("a start code has up to 64 characters of A-Z, a-z, 0-9, _ and -")
        self._sim.hub.set_blocked(self.user, blocked=False)
        await self.writes(f"/start {payload}".rstrip())

    async def writes(self, text: str, reply_to: Message | None = None, in_chat: Place = None) -> Message:
        """Send a text."""
        return await self._sends(_words(text), in_chat, reply_to=reply_to)

    async def sends_photo(self, caption: str = "", in_chat: Place = None) -> Message:
        """Send a photo."""
        return await self._sends(self._photo(caption), in_chat)

    async def sends_document(self, name: str = "note.pdf", caption: str = "", in_chat: Place = None) -> Message:
        """Send a file."""
        file = self._sim.world.add_file(name, b"a simulated file")
        return await self._sends(Content("document", *formatted(caption, []), methods_sends.document(file)), in_chat)

    async def sends_sticker(self, emoji: str = "😀", in_chat: Place = None) -> Message:
        """Send a sticker."""
        file = wire.file(self._sim.world.add_file("sticker.webp", b"a simulated sticker"))
        look = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return await self._sends(Content("sticker", fields={"sticker": file | look | {"emoji": emoji}}), in_chat)

    async def sends_voice(self, seconds: int = 5, in_chat: Place = None) -> Message:
        """Send a voice message."""
        file = wire.file(self._sim.world.add_file("voice.ogg", b"a simulated voice"))
        fields: Json = {"voice": file | {"duration": seconds, "mime_type": "audio/ogg"}}
        return await self._sends(Content("voice", fields=fields), in_chat)

    async def sends_poll(self, question: str, *options: str, in_chat: Place = None) -> Message:
        """Send a poll."""
        answers = [
            {"persistent_id": str(number), "text": option, "voter_count": 0} for number, option in enumerate(options)
        ]
        poll: Json = {
            "id": str(self._sim.world.random.getrandbits(60)),
            "question": question,
            "options": answers,
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return await self._sends(Content("poll", fields={"poll": poll}), in_chat)

    async def sends_album(self, *captions: str, in_chat: Place = None) -> list[Message]:
        """Send several photos at once: as many messages, held together by their media_group_id."""
        album = str(self._sim.world.random.getrandbits(56))
        chat = self.place(in_chat)
        sent = [self._put(chat, self._photo(caption), album=album) for caption in captions]
        await self._sim.settled()
        return sent

    async def forwards(self, message: Message, in_chat: Place = None) -> Message:
        """Forward a message; a protected one cannot be."""
        if message.protected:
            raise NotPossible("this message is protected: Telegram offers no way to forward it")
        return await self._sends(message.content, in_chat, origin=methods_sends.origin_of(message))

    async def sends_forwarded(self, text: str, source: str = "Somebody", in_chat: Place = None) -> Message:
        """Forward a text from somebody outside who hides their account."""
        origin: Json = {
            "type": "hidden_user",
            "date": wire.stamp(self._sim.world.now()),
            "sender_user_name": source,
        }
        return await self._sends(_words(text), in_chat, origin=origin)

    async def edits(self, message: Message, text: str) -> None:
        """Change the words of an own message, within 48 hours."""
        late = self._sim.world.now() - message.at >= EDIT_WITHIN
        if message.deleted or message.sender is not self.user or message.origin is not None or late:
            raise NotPossible(f"{self.name} cannot edit this message")
        content = message.content
        self._sim.hub.edit(message, Content(content.kind, *formatted(text, []), content.fields), message.markup)
        await self._sim.settled()

    async def deletes(self, message: Message) -> None:
        """Take a message away for everybody. The bot hears nothing of it."""
        chat = message.chat
        may = message.sender is self.user or chat.user is self.user
        if not may and not has_right(self._sim.world.member(chat, self.user), "can_delete_messages"):
            raise NotPossible(f"{self.name} cannot delete this message")
        if message.deleted:
            raise NotPossible("the message is gone already")
        self._sim.hub.delete(message, self.user)
        await self._sim.settled()

    async def reacts(self, message: Message, *emoji: str) -> None:
        """Put these reactions under a message, in place of own earlier ones; none takes them away."""
        if not wire.may_react(self._sim.world, message.chat, self._sim.world.member(message.chat, self.user)):
            raise NotPossible(f"{self.name} may not react in {message.chat.title}")
        self._sim.hub.react(message, self.user, emoji)
        await self._sim.settled()

    async def pins(self, message: Message) -> None:
        """Pin a message."""
        if message.chat.user is None:
            self._may(message.chat, "can_pin_messages")
        self._sim.hub.pin(message, self.user)
        await self._sim.settled()

    async def blocks_bot(self) -> None:
        """Block the bot."""
        self._sim.hub.set_blocked(self.user, blocked=True)
        await self._sim.settled()

    async def unblocks_bot(self) -> None:
        """Unblock the bot, without a word to it."""
        self._sim.hub.set_blocked(self.user, blocked=False)
        await self._sim.settled()

    async def deletes_account(self) -> None:
        """Leave Telegram altogether. The bot hears nothing until it writes."""
        self.user.deactivated = True
        self._sim.truth.happened("deactivated", user_id=self.id)
        await self._sim.settled()

    async def taps(self, label: str, message: Message | None = None, in_chat: Place = None) -> None:
        """Tap the inline button with this in its label on the newest message that has one, else on the keyboard.

        The exact label wins over a part of it. A keyboard button sends its text. A link to the bot presses Start.
        """
        for candidate in [message] if message is not None else reversed(self.visible(in_chat)):
            if button := _matching(label, candidate.inline_buttons):
                await self._taps_inline(candidate, button)
                return
        keys = [Button(text) for text in self.keyboard_in(in_chat)] if message is None else []
        if key := _matching(label, keys):
            await self._taps_key(key.text, self.place(in_chat))
            return
        seen = [*(message.buttons if message else self.buttons(in_chat)), *(key.text for key in keys)]
        raise NotPossible(f"{self.name} sees no button {label!r}, only {seen}.\n{self.screen(in_chat)}")

    async def taps_again(self) -> None:
        """Press the last pressed inline button once more, even if it has changed since."""
        if self._last_press is None:
            raise NotPossible(f"{self.name} has not pressed anything yet")
        await self.presses(*self._last_press)

    async def presses(self, message: Message, data: str) -> None:
        """Press with any data, as an old screen or a modified client may; only the message must be in sight."""
        if message not in self.visible(message.chat):
            raise NotPossible(f"{self.name} does not see this message (any more)")
        self._last_press = (message, data)
        self._sim.hub.press(self.user, message, data)
        await self._sim.settled()

    async def _taps_inline(self, message: Message, button: Button) -> None:
        if button.data is not None:
            await self.presses(message, button.data)
            return
        url = urlsplit(button.url or "")
        self._sim.truth.happened("opened", user_id=self.id, message_id=message.id, url=button.url, label=button.text)
        if url.netloc == "t.me" and url.path.strip("/") == self._sim.bot.username:
            await self.starts(parse_qs(url.query).get("start", [""])[0])
            return
        await self._sim.settled()

    async def _taps_key(self, text: str, chat: Chat) -> None:
        message = chat.keyboards[self.user.id]
        if message.markup is not None and message.markup.one_time:
            del chat.keyboards[self.user.id]
        await self.writes(text, in_chat=chat)

    def _photo(self, caption: str) -> Content:
        file = self._sim.world.add_file("photo.jpg", b"a simulated photo")
        return Content("photo", *formatted(caption, []), methods_sends.photo(file))

    async def _sends(
        self,
        content: Content,
        in_chat: Place,
        *,
        reply_to: Message | None = None,
        origin: Json | None = None,
    ) -> Message:
        message = self._put(self.place(in_chat), content, reply_to=reply_to, origin=origin)
        await self._sim.settled()
        return message

    def _put(
        self,
        chat: Chat,
        content: Content,
        *,
        reply_to: Message | None = None,
        origin: Json | None = None,
        album: str | None = None,
    ) -> Message:
        world, sender, sender_chat = self._sim.world, self.user, None
        if chat.user is not None:
            if self.user.blocked_bot or self.user.deactivated:
                raise NotPossible(f"{self.name} has blocked the bot or is gone, and cannot write to it")
            self.user.started = True
        else:
            member = world.member(chat, self.user)
            if not permitted(chat, member, NEEDED[content.kind][0]):
                raise NotPossible(f"{self.name} may not send {NEEDED[content.kind][1]} in {chat.title}")
            if member.anonymous:
                sender, sender_chat = world.users[ANONYMOUS_ADMIN_ID], chat
        return self._sim.hub.post(
            chat, sender, content, sender_chat=sender_chat, reply_to=reply_to, origin=origin, album=album
        )


def _words(text: str) -> Content:
    """A text as a client sends it: not empty, and not so long that the client would split it."""
    if not text.strip() or utf16(text.strip()) > TEXT_LIMIT:
        raise NotPossible(f"Telegram sends texts of 1 to {TEXT_LIMIT} characters as one message")
    return Content("text", *formatted(text, []))


def _matching(label: str, buttons: list[Button]) -> Button | None:
    exact = [button for button in buttons if button.text == label]
    return next((button for button in [*exact, *buttons] if label.casefold() in button.text.casefold()), None)
