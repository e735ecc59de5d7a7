"""What Telegram does when something happens: keeps it in the world and tells the bot what the bot may know.

Whoever acts - the bot through a method, a person through their phone - ends up here. Whether they may is asked before.
"""

from collections.abc import Callable
from datetime import timedelta

from peerbot.simulator import wire
from peerbot.simulator.errors import bad_request
from peerbot.simulator.formatting import entity_text
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.rights import check_reachable, has_right
from peerbot.simulator.truth import Truth
from peerbot.simulator.updates import Updates
from peerbot.simulator.webhooks import Webhook
from peerbot.simulator.world import (
    ANONYMOUS_ADMIN_ID,
    CHANNEL_BOT_ID,
    TELEGRAM_ID,
    Chat,
    Content,
    InviteLink,
    Json,
    Markup,
    Member,
    Message,
    Press,
    User,
    World,
)

VOICES_OF_CHATS = frozenset({ANONYMOUS_ADMIN_ID, CHANNEL_BOT_ID, TELEGRAM_ID})
JOIN_WINDOW = timedelta(minutes=5)  # how long someone who asks to join may be written to


class Hub:
    """World, updates and truth, moved together."""

    def __init__(self, world: World, updates: Updates, webhook: Webhook, truth: Truth) -> None:
        self.world = world
        self.updates = updates
        self.webhook = webhook
        self.truth = truth
        self.complaints: list[str] = []
        self.privacy_mode = True
        self.answer_within = timedelta(seconds=60)
        self.commands: dict[tuple[str, str], list[Json]] = {}
        self.descriptions: dict[tuple[str, str], str] = {}
        self.announce: Callable[[Message], None] = lambda _message: None

    @property
    def bot(self) -> User:
        """The bot's account."""
        return self.world.bot

    def chat(self, raw: str) -> Chat:
        """The chat a chat_id or @username names, or "chat not found"."""
        if not raw:
            raise bad_request("chat_id is empty")
        if raw.startswith("@"):
            named = (chat for chat in self.world.chats.values() if chat.username == raw[1:])
            found = next(named, None)
        else:
            number = int(raw) if raw.removeprefix("-").isdecimal() else 0
            user = self.world.users.get(number)
            found = self.world.private_chat(user) if user else self.world.chats.get(number)
        if found is None:
            raise bad_request("chat not found")
        return found

    def user(self, user_id: int) -> User:
        """An account the bot may name."""
        found = self.world.users.get(user_id)
        if found is None or not (found is self.bot or self.world.meets_bot(found) or user_id in VOICES_OF_CHATS):
            raise bad_request("invalid user_id specified")
        return found

    def target(self, parameters: Parameters, *, writing: bool = False) -> Chat:
        """The chat a call is about, once it is sure that the bot can reach it."""
        chat = self.chat(parameters.text("chat_id"))
        check_reachable(self.world, chat, writing)
        return chat

    def post(
        self,
        chat: Chat,
        sender: User | None,
        content: Content,
        *,
        sender_chat: Chat | None = None,
        reply_to: Message | None = None,
        origin: Json | None = None,
        album: str | None = None,
        markup: Markup | None = None,
        protected: bool = False,
        silent: bool = False,
        from_linked_channel: bool = False,
    ) -> Message:
        """Put a message into a chat and tell the bot, if it may see it."""
        chat.last_message_id += 1
        message = Message(
            chat=chat,
            id=chat.last_message_id,
            at=self.world.now(),
            content=content,
            sender=sender,
            sender_chat=sender_chat,
            reply_to=reply_to,
            origin=origin,
            album=album,
            markup=markup,
            protected=protected,
            silent=silent,
            from_linked_channel=from_linked_channel,
            touched=self.world.tick(),
        )
        self._keep(message)
        self.announce(message)
        self.tell_message(message)
        return message

    def _keep(self, message: Message) -> None:
        chat, sender, content = message.chat, message.sender, message.content
        chat.messages[message.id] = message
        if sender is not None and sender.is_bot and sender.id not in VOICES_OF_CHATS:
            chat.last_bot_id = sender.id
        self._turn_keyboard(message)
        self.truth.happened(
            "message",
            chat_id=chat.id,
            user_id=sender.id if sender else None,
            message_id=message.id,
            content_kind=content.kind,
            text=content.text,
        )

    def service(self, chat: Chat, by: User, **fields: object) -> Message:
        """Put one of Telegram's own notes into a chat."""
        return self.post(chat, by, Content("service", fields=fields))

    def edit(self, message: Message, content: Content, markup: Markup | None) -> None:
        """Change what a message says or what hangs under it."""
        if content != message.content:
            message.version += 1
            message.touched = self.world.tick()
        message.content, message.markup = content, markup
        message.edited_at = self.world.now()
        by = message.sender.id if message.sender else None
        self.truth.happened("edit", chat_id=message.chat.id, user_id=by, message_id=message.id, text=content.text)
        self.tell_message(message, edited=True)

    def delete(self, message: Message, by: User) -> None:
        """Take a message off every phone. The bot is told nothing: there is no such update."""
        message.deleted = True
        del message.chat.messages[message.id]
        if message.id in message.chat.pinned:
            message.chat.pinned.remove(message.id)
        keyboards = message.chat.keyboards
        message.chat.keyboards = {user: found for user, found in keyboards.items() if found is not message}
        self.truth.happened("delete", chat_id=message.chat.id, user_id=by.id, message_id=message.id)

    def _turn_keyboard(self, message: Message) -> None:
        """A reply keyboard stays until another order comes; a selective one is for those answered or named."""
        markup, chat = message.markup, message.chat
        if markup is None or not markup.orders_keyboard:
            return
        if chat.user is not None:
            chat.keyboards[chat.user.id] = message
            return
        names = {entity_text(message.text, entity) for entity in message.content.entities}
        for member in self.world.inside(chat):
            answered = message.reply_to is not None and message.reply_to.sender is member.user
            if not markup.selective or answered or f"@{member.user.username}" in names:
                chat.keyboards[member.user.id] = message

    # What the bot hears

    def tell_message(self, message: Message, edited: bool = False) -> None:
        """Queue the update of a new or edited message when the bot may see it."""
        if not self._hears(message):
            return
        channel = message.chat.type == "channel"
        kind = ("edited_" if edited else "") + ("channel_post" if channel else "message")
        if message.sender is not None:
            message.sender.seen_by_bot = True
        said_at = message.edited_at if edited else message.at
        self.updates.add(kind, wire.message(message), lane=str(message.chat.id), said_at=said_at)

    def _hears(self, message: Message) -> bool:
        chat, sender = message.chat, message.sender
        if sender is self.bot:
            return message.service and not {"left_chat_member", "pinned_message"}.isdisjoint(message.content.fields)
        if sender is not None and sender.is_bot and sender.id not in VOICES_OF_CHATS:
            return message.service
        if chat.user is not None:
            return True
        member = self.world.member(chat, self.bot)
        if not member.inside:
            return False
        return member.admin or message.service or not self.privacy_mode or self._addressed(message)

    def _addressed(self, message: Message) -> bool:
        """Privacy mode: commands to the bot, answers to it, mentions of it. A bare command goes to the bot that spoke
        last; with no other bot about, to this one."""
        if message.reply_to is not None and message.reply_to.sender is self.bot:
            return True
        name = f"@{self.bot.username}".lower()
        for entity in message.content.entities:
            words = entity_text(message.text, entity).lower()
            if entity["type"] == "mention" and words == name:
                return True
            if entity["type"] == "bot_command":
                bare = "@" not in words and message.chat.last_bot_id in {None, self.bot.id}
                if bare or words.endswith(name):
                    return True
        return False

    def change_member(
        self,
        chat: Chat,
        new: Member,
        by: User,
        *,
        link: InviteLink | None = None,
        via_request: bool = False,
    ) -> None:
        """Change how someone stands in a chat. The bot hears of itself always, of others as an administrator."""
        old = wire.member(self.world, chat, self.world.member(chat, new.user))
        chat.members[new.user.id] = new
        content: Json = {
            "chat": wire.chat(chat),
            "from": wire.user(by),
            "date": wire.stamp(self.world.now()),
            "old_chat_member": old,
            "new_chat_member": wire.member(self.world, chat, new),
        }
        if link is not None and new.user is not self.bot:
            content["invite_link"] = wire.link(link, 0)
        if via_request:
            content["via_join_request"] = True
        self.truth.happened("member", chat_id=chat.id, user_id=new.user.id, status=new.status, by=by.id)
        if new.user is self.bot:
            self.updates.add("my_chat_member", content, lane=str(chat.id))
        elif self.world.member(chat, self.bot).admin:
            self.updates.add("chat_member", content, lane=str(chat.id))

    def enter(
        self, chat: Chat, user: User, by: User, link: InviteLink | None = None, via_request: bool = False
    ) -> None:
        """Let someone into a group: the change of membership and Telegram's note about it. A mute survives leaving."""
        old = self.world.member(chat, user)
        muted = old.status == "restricted"
        new = Member(user, "restricted", permissions=old.permissions, until=old.until) if muted else None
        chat.requests.pop(user.id, None)
        self.change_member(chat, new or Member(user, "member"), by, link=link, via_request=via_request)
        self.service(chat, by, new_chat_members=[wire.user(user)])

    def exit(self, chat: Chat, user: User, by: User, new: Member) -> None:
        """Let someone leave or be put out, with Telegram's note when they were inside."""
        inside = self.world.member(chat, user).inside
        self.change_member(chat, new, by)
        if inside and chat.type != "channel" and user is not self.bot:
            self.service(chat, by, left_chat_member=wire.user(user))

    def ask_to_join(self, chat: Chat, user: User, link: InviteLink) -> None:
        """Someone knocks; the bot hears of it when it may let people in, and may write to them for five minutes."""
        chat.requests[user.id] = link
        self.truth.happened("join_request", chat_id=chat.id, user_id=user.id)
        if not has_right(self.world.member(chat, self.bot), "can_invite_users"):
            return
        user.seen_by_bot = True
        user.may_be_written_until = self.world.now() + JOIN_WINDOW
        content: Json = {
            "chat": wire.chat(chat),
            "from": wire.user(user),
            "user_chat_id": user.id,
            "date": wire.stamp(self.world.now()),
            "invite_link": wire.link(link, len(chat.requests)),
        }
        self.updates.add("chat_join_request", content, lane=str(chat.id))

    def press(self, user: User, message: Message, data: str) -> Press:
        """Somebody taps an inline button, or says that they did: the data is whatever their client sends."""
        press = Press(str(self.world.random.getrandbits(60)), user, message, self.world.now())
        self.world.presses[press.id] = press
        user.seen_by_bot = True
        self.truth.happened("press", chat_id=message.chat.id, user_id=user.id, message_id=message.id, data=data)
        self.updates.add("callback_query", wire.callback_query(press, data), lane=f"press:{user.id}")
        return press

    def react(self, message: Message, user: User, emoji: tuple[str, ...]) -> None:
        """Set somebody's reactions to a message. The bot hears of people's; in groups as an administrator only."""
        old = message.reactions.get(user.id, ())
        message.reactions[user.id] = emoji
        chat = message.chat
        self.truth.happened("reaction", chat_id=chat.id, user_id=user.id, message_id=message.id, emoji=emoji)
        if user.is_bot or not (chat.type == "private" or self.world.member(chat, self.bot).admin):
            return
        content: Json = {
            "chat": wire.chat(chat),
            "message_id": message.id,
            "user": wire.user(user),
            "date": wire.stamp(self.world.now()),
            "old_reaction": [{"type": "emoji", "emoji": face} for face in old],
            "new_reaction": [{"type": "emoji", "emoji": face} for face in emoji],
        }
        self.updates.add("message_reaction", content, lane=str(chat.id))

    def set_blocked(self, user: User, blocked: bool) -> None:
        """Somebody blocks the bot or takes it back; the bot hears of both."""
        if user.blocked_bot == blocked:
            return
        user.blocked_bot = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        chat = self.world.private_chat(user)
        self.truth.happened("blocked" if blocked else "unblocked", chat_id=chat.id, user_id=user.id)
        content: Json = {
            "chat": wire.chat(chat),
            "from": wire.user(user),
            "date": wire.stamp(self.world.now()),
            "old_chat_member": wire.member(self.world, chat, Member(self.bot, before)),
            "new_chat_member": wire.member(self.world, chat, Member(self.bot, after)),
        }
        self.updates.add("my_chat_member", content, lane=str(chat.id))

    def pin(self, message: Message, by: User) -> None:
        """Pin a message, with Telegram's note about it."""
        chat = message.chat
        if message.id in chat.pinned:
            chat.pinned.remove(message.id)
        chat.pinned.append(message.id)
        self.service(chat, by, pinned_message=wire.message(message, with_reply=False))
