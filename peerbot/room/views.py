"""What the page shows, as plain JSON values: phones, the clock, the weather. Looking at an open chat reads it.

Nothing here decides or changes anything but what was read.
"""

from collections.abc import Iterable

from peerbot.room.room import PhoneState, Room
from peerbot.simulator.members import Neighbour
from peerbot.simulator.methods_bot import menu
from peerbot.simulator.people import Person
from peerbot.simulator.phone import Banner
from peerbot.simulator.rights import has_right
from peerbot.simulator.world import Chat, Json, Message

SHOWN = 60  # messages of an open chat


def people(room: Room) -> list[Json]:
    """Everybody in the room, for the switchers."""
    return [
        {
            "id": person.id,
            "name": person.name,
            "role": room.role(person),
            "unread": _unread_everywhere(room, person),
        }
        for person in room.sim.people.values()
        if not person.user.is_bot and person.id in room.phones
    ]


def phone(room: Room, person: Person) -> Json:
    """One phone, as it is now. An open chat on an unlocked phone counts as read."""
    state = room.phones[person.id]
    chat = _open_chat(room, person, state)
    if chat is not None and not state.locked:
        person.reads_all(in_chat=chat)
    toast = person.toasts[-1] if person.toasts else None
    last = person.notifications[-1] if person.notifications else None
    return {
        "id": person.id,
        "name": person.name,
        "role": room.role(person),
        "language": person.user.language_code or "en",
        "locked": state.locked,
        "blocked": person.user.blocked_bot,
        "banners": [_banner(banner) for banner in person.lock_screen[-6:]],
        "ring": {"n": len(person.notifications), **_banner(last)} if last is not None else None,
        "toast": {"n": len(person.toasts), "text": toast.text, "alert": toast.alert} if toast is not None else None,
        "chats": [_line(room, person, one) for one in _chats(room, person)],
        "doors": [{"id": one.id, "title": one.title} for one in _doors(room, person)],
        "open": chat.id if chat is not None else None,
        "chat": _chat(room, person, chat) if chat is not None else None,
    }


def _groups(room: Room) -> Iterable[Chat]:
    return (chat for chat in room.sim.world.chats.values() if chat.type == "supergroup" and not chat.deleted)


def _chats(room: Room, person: Person) -> list[Chat]:
    inside = [chat for chat in _groups(room) if room.sim.world.member(chat, person.user).inside]
    return [person.chat, *inside]


def _doors(room: Room, person: Person) -> list[Chat]:
    """Groups somebody could knock at."""
    found = ((chat, room.sim.world.member(chat, person.user)) for chat in _groups(room))
    return [chat for chat, member in found if not member.inside and member.status != "kicked"]


def _unread_everywhere(room: Room, person: Person) -> int:
    return sum(len(person.unread(chat)) for chat in _chats(room, person))


def _open_chat(room: Room, person: Person, state: PhoneState) -> Chat | None:
    return next((chat for chat in _chats(room, person) if chat.id == state.open), None)


def _banner(banner: Banner) -> Json:
    chat = banner.message.chat
    return {
        "sender": banner.sender,
        "text": banner.text[:180],
        "silent": banner.silent,
        "group": banner.chat,
        "chat": chat.id,
        "at": banner.message.at.timestamp(),
    }


def _title(room: Room, chat: Chat) -> str:
    return chat.title or room.sim.bot.first_name


def _line(room: Room, person: Person, chat: Chat) -> Json:
    visible = person.visible(chat)
    last = visible[-1] if visible else None
    return {
        "id": chat.id,
        "title": _title(room, chat),
        "group": chat.user is None,
        "unread": len(person.unread(chat)),
        "last": _preview(last),
        "kind": last.content.kind if last is not None else "",
        "note": _note(last) if last is not None and last.service else None,
        "at": last.at.timestamp() if last is not None else None,
    }


def _preview(message: Message | None) -> str:
    if message is None:
        return ""
    return message.text.replace("\n", " ")[:80]


def _chat(room: Room, person: Person, chat: Chat) -> Json:
    messages = person.visible(chat)[-SHOWN:]
    keyboard = chat.keyboards.get(person.id)
    rows = keyboard.markup.keyboard if keyboard is not None and keyboard.markup is not None else ()
    return {
        "id": chat.id,
        "title": _title(room, chat),
        "group": chat.user is None,
        "started": bool(messages) or chat.user is None,
        "messages": [_message(room, person, message) for message in messages],
        "keyboard": [[button.text for button in row] for row in rows],
        "menu": [
            {"command": item["command"], "description": item["description"]}
            for item in menu(room.sim.hub, chat, person.user)
        ],
        "pinned": _preview(chat.messages.get(chat.pinned[-1])) if chat.pinned else "",
        "members": _members(room, person, chat) if chat.user is None else [],
        "requests": _requests(room, person, chat) if chat.user is None else [],
        "may": _may(room, person, chat),
    }


def _may(room: Room, person: Neighbour, chat: Chat) -> Json:
    """Which administrator's acts this phone offers."""
    if chat.user is not None:
        return {}
    own = room.sim.world.member(chat, person.user)
    return {
        "write": own.status != "restricted" or own.permissions.get("can_send_messages", True),
        "ban": has_right(own, "can_restrict_members"),
        "promote": has_right(own, "can_promote_members"),
        "approve": has_right(own, "can_invite_users"),
        "delete": has_right(own, "can_delete_messages"),
    }


def _members(room: Room, person: Person, chat: Chat) -> list[Json]:
    found = []
    for user_id in list(chat.members):
        member = room.sim.world.member(chat, room.sim.world.users[user_id])
        if member.inside or member.status == "kicked":
            found.append(
                {
                    "id": user_id,
                    "name": member.user.first_name,
                    "status": member.status,
                    "bot": member.user is room.sim.bot,
                    "you": user_id == person.id,
                }
            )
    return found


def _requests(room: Room, person: Person, chat: Chat) -> list[Json]:
    if not has_right(room.sim.world.member(chat, person.user), "can_invite_users"):
        return []
    return [{"id": user_id, "name": room.sim.world.users[user_id].first_name} for user_id in chat.requests]


def _message(room: Room, person: Person, message: Message) -> Json:
    sender, reply = message.sender, message.reply_to
    name = message.sender_chat.title if message.sender_chat is not None else sender and sender.first_name
    own = sender is person.user and message.origin is None
    return {
        "id": message.id,
        "own": sender is person.user,
        "bot": sender is room.sim.bot,
        "name": name or "",
        "at": message.at.timestamp(),
        "kind": message.content.kind,
        "text": message.text,
        "entities": list(message.content.entities),
        "service": _note(message) if message.service else None,
        "photo": _photo(message),
        "edited": message.version > 1,
        "protected": message.protected,
        "silent": message.silent,
        "reply": {"name": reply.sender.first_name if reply.sender else "", "text": _preview(reply)} if reply else None,
        "editable": own and message.content.kind == "text",
        "deletable": own or message.chat.user is not None or bool(_may(room, person, message.chat).get("delete")),
        "buttons": [
            [{"text": button.text, "link": button.url is not None} for button in row]
            for row in (message.markup.inline if message.markup is not None else ())
        ],
    }


def _note(message: Message) -> Json:
    """Telegram's own note: what happened and to whom; the page has the words."""
    fields = message.content.fields
    kind = next(iter(fields), "")
    named = fields.get(kind)
    users = named if isinstance(named, list) else [named]
    names = [str(user["first_name"]) for user in users if isinstance(user, dict) and "first_name" in user]
    return {"kind": kind, "names": names, "by": message.sender.first_name if message.sender else ""}


def _photo(message: Message) -> str | None:
    """The id of the largest size of a photo."""
    sizes = message.content.fields.get("photo")
    if isinstance(sizes, list) and sizes and isinstance(sizes[-1], dict):
        return str(sizes[-1].get("file_id", "")) or None
    return None


def clock(room: Room) -> Json:
    """The room's time; the page lets it run on by itself."""
    return {"now": round(room.clock.now().timestamp(), 1), "zone": room.zone, "turning": room.turning}


def weather(room: Room) -> Json:
    """Switches and the bot's process."""
    return {"on": room.weather.on(), "bot": room.keeper.state, "kills": room.keeper.kills}
