"""How people of the stories tap through a check-in: by option id and number, whatever language they read."""

from peerbot.buttons import AnswerTap, BadButtonError, CheckInMove
from peerbot.simulator.people import Person
from peerbot.simulator.world import Message
from tests.town import StoryTown

SKIP, DONE, BACK, LATER, GO, LIST, SNOOZE = "skip", "done", "back", "stop", "go", "list", "snooze"
MOVES = frozenset({SKIP, DONE, BACK, LATER, GO, LIST, SNOOZE})
GOOD_DAY: tuple[str | int, ...] = ("no", 1, 9, 8, "well", "no", "no", SKIP)
"""use, craving, confidence, mood, sleep, ahead, help, note."""


def bubble_of(person: Person) -> Message:
    """The newest message that has a check-in on it."""
    found = (message for message in reversed(person.visible()) if _tapped(message))
    return next(found)


def _tapped(message: Message) -> list[tuple[str, str, str]]:
    """(question, value or move, data) of every check-in button."""
    buttons = []
    for button in message.inline_buttons:
        for kind in (AnswerTap, CheckInMove):
            try:
                tap = kind.unpack(button.data or "")
            except BadButtonError:
                continue
            value = tap.value if isinstance(tap, AnswerTap) else f"move:{tap.move}"
            buttons.append((tap.question, value, button.data or ""))
    return buttons


def question_shown(person: Person) -> str:
    """The id of the question the newest bubble stands at."""
    return _tapped(bubble_of(person))[0][0]


async def answer(_town: StoryTown, person: Person, *values: str | int) -> None:
    """Taps these options or moves one after the other on the newest bubble."""
    for value in values:
        wanted = f"move:{value}" if value in MOVES else str(value)
        bubble = bubble_of(person)
        offered = _tapped(bubble)
        data = next((data for _, said, data in offered if said == wanted), None)
        assert data is not None, f"{wanted} is not among {[said for _, said, _ in offered]}\n{bubble.text}"
        await person.presses(bubble, data)


async def finish_good_day(town: StoryTown, person: Person) -> None:
    """A whole good day, from the first question."""
    await answer(town, person, *GOOD_DAY)
