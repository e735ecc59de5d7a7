"""What a page may do: everything a hand can do on a phone, and what the room's own buttons do.

One function an act; each takes the room and the values of the request and raises `Refused` or NotPossible with a
sentence for the person. The table ACTS names them as requests do.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from peerbot.errors import StartError
from peerbot.room.room import PhoneState, Room
from peerbot.simulator.people import Person
from peerbot.simulator.phone import Phone
from peerbot.simulator.rights import MODERATOR_RIGHTS
from peerbot.simulator.world import Chat, Message

ROLES = ("participant", "counselor", "supervisor", "moderator", "admin")


class Refused(Exception):
    """The request asks for something that does not exist here."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The values of one request, read strictly."""

    values: Mapping[str, object]

    def number(self, name: str) -> int:
        """A whole number."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused(f"{name} is not a number")
        return value

    def words(self, name: str, longest: int = 4096) -> str:
        """A text that is not too long."""
        value = self.values.get(name)
        if not isinstance(value, str) or len(value) > longest:
            raise Refused(f"{name} is not a text of at most {longest} characters")
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        return self.values.get(name) is True


Act = Callable[[Room, Asked], Awaitable[object]]


def _person(room: Room, asked: Asked, name: str = "person") -> Person:
    found = room.sim.people.get(asked.number(name))
    if found is None or found.id not in room.phones:
        raise Refused("there is no such phone")
    return found


def _chat(room: Room, asked: Asked) -> Chat:
    number = asked.number("chat")
    person = room.sim.people.get(number)
    found = person.chat if person is not None else room.sim.world.chats.get(number)
    if found is None:
        raise Refused("there is no such chat")
    return found


def _message(room: Room, asked: Asked, name: str = "message") -> Message:
    found = _chat(room, asked).messages.get(asked.number(name))
    if found is None:
        raise Refused("this message is gone")
    return found


async def show(room: Room, asked: Asked) -> None:
    """Open a chat, or with no chat the list; unlocks the phone."""
    person = _person(room, asked)
    opened = None if asked.values.get("chat") is None else _chat(room, asked).id
    room.phones[person.id] = PhoneState(locked=False, open=opened)


async def lock(room: Room, asked: Asked) -> None:
    """Lock or unlock the screen."""
    room.phones[_person(room, asked).id].locked = asked.flag("on")


async def write(room: Room, asked: Asked) -> None:
    """Send a text, perhaps as an answer to a message."""
    person, chat = _person(room, asked), _chat(room, asked)
    reply = _message(room, asked, "reply") if asked.values.get("reply") is not None else None
    await person.writes(asked.words("text"), reply_to=reply, in_chat=chat)


async def start(room: Room, asked: Asked) -> None:
    """Press Start, with the code of an invite or without."""
    await _person(room, asked).starts(asked.words("code", 64))


async def tap(room: Room, asked: Asked) -> object:
    """Tap an inline button by its place; a link is only named, never opened."""
    person, message = _person(room, asked), _message(room, asked)
    rows = message.markup.inline if message.markup is not None else ()
    row, column = asked.number("row"), asked.number("column")
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Refused("this button is gone")
    button = rows[row][column]
    if button.data is not None:
        await person.presses(message, button.data)
        return None
    await person.taps(button.text, message)
    return {"link": button.url}


async def photo(room: Room, asked: Asked) -> None:
    """Send a photo."""
    await _person(room, asked).sends_photo(asked.words("text"), in_chat=_chat(room, asked))


async def edit(room: Room, asked: Asked) -> None:
    """Change an own message."""
    await _person(room, asked).edits(_message(room, asked), asked.words("text"))


async def delete(room: Room, asked: Asked) -> None:
    """Take a message away for everybody."""
    await _person(room, asked).deletes(_message(room, asked))


async def block(room: Room, asked: Asked) -> None:
    """Block the bot, or take it back."""
    person = _person(room, asked)
    await (person.blocks_bot() if asked.flag("on") else person.unblocks_bot())


async def join(room: Room, asked: Asked) -> None:
    """Come into a group by its link."""
    person, chat = _person(room, asked), _chat(room, asked)
    await person.joins(chat)
    room.phones[person.id].open = chat.id


async def ask(room: Room, asked: Asked) -> None:
    """Ask to be let into a group."""
    await _person(room, asked).requests_to_join(_chat(room, asked))


async def approve(room: Room, asked: Asked) -> None:
    """An administrator lets somebody in who knocked."""
    await _person(room, asked).approves(_person(room, asked, "other"), _chat(room, asked))


async def decline(room: Room, asked: Asked) -> None:
    """An administrator turns somebody away who knocked."""
    await _person(room, asked).declines(_person(room, asked, "other"), _chat(room, asked))


async def leave(room: Room, asked: Asked) -> None:
    """Walk out of a group."""
    person = _person(room, asked)
    await person.leaves(_chat(room, asked))
    room.phones[person.id].open = None


def _other(room: Room, asked: Asked) -> Phone:
    """Another account in a group: a person, or the bot itself."""
    number = asked.number("other")
    if number == room.sim.bot.id:
        return Phone(room.sim, room.sim.bot)
    return _person(room, asked, "other")


async def promote(room: Room, asked: Asked) -> None:
    """Make somebody, or the bot, an administrator, or take it back."""
    rights = MODERATOR_RIGHTS if asked.flag("on") else frozenset()
    await _person(room, asked).promotes(_other(room, asked), _chat(room, asked), rights)


async def remove(room: Room, asked: Asked) -> None:
    """Put somebody out who may come back; the bot is put out for good until it is added again."""
    person, other, chat = _person(room, asked), _other(room, asked), _chat(room, asked)
    await person.bans(other, chat)
    if other.user is not room.sim.bot:
        await person.unbans(other, chat)


async def ban(room: Room, asked: Asked) -> None:
    """Put somebody out for ever, or forgive."""
    person, other, chat = _person(room, asked), _other(room, asked), _chat(room, asked)
    await (person.bans(other, chat) if asked.flag("on") else person.unbans(other, chat))


async def add_bot(room: Room, asked: Asked) -> None:
    """Bring the bot into a group as a plain member."""
    await _person(room, asked).adds_bot(_chat(room, asked))


async def newcomer(room: Room, asked: Asked) -> object:
    """A new phone, with an invite in hand or without."""
    name, role = asked.words("name", 32).strip(), asked.words("role", 16)
    if not name:
        raise Refused("A new phone needs a name.")
    code = ""
    if role in ROLES:
        counselor = room.cast.people["roth"] if role == "participant" else None
        try:
            code = await room.invite(role, counselor)
        except StartError as error:
            raise Refused(str(error)) from None
    person = room.newcomer(name, asked.words("language", 2), role or "stranger")
    return {"id": person.id, "code": code}


async def turn(room: Room, asked: Asked) -> None:
    """Turn the clock, or stop turning it."""
    to = asked.words("to", 16)
    if to == "stop":
        room.stop_turning()
        return
    try:
        room.turn(to)
    except KeyError:
        raise Refused("the clock cannot be turned to that") from None


async def weather(room: Room, asked: Asked) -> None:
    """Turn one switch of the weather."""
    try:
        await room.weather.turn(asked.words("switch", 16), on=asked.flag("on"))
    except KeyError:
        raise Refused("there is no such weather") from None


async def bot(room: Room, asked: Asked) -> None:
    """Kill the bot's process (and let it come back, or keep it off), or start it."""
    match asked.words("do", 16):
        case "kill":
            await room.keeper.kill(again=True)
        case "off":
            await room.keeper.kill(again=False)
        case "start":
            await room.keeper.start()
        case _:
            raise Refused("the bot can be killed, kept off, or started")


ACTS: dict[str, Act] = {
    act.__name__: act
    for act in (
        show,
        lock,
        write,
        start,
        tap,
        photo,
        edit,
        delete,
        block,
        join,
        ask,
        approve,
        decline,
        leave,
        promote,
        remove,
        ban,
        add_bot,
        newcomer,
        turn,
        weather,
        bot,
    )
}
