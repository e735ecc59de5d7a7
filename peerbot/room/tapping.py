"""How somebody taps through a check-in on their phone: the answers they want, else a calm day's."""

from collections.abc import Mapping
from types import MappingProxyType

from peerbot.buttons import AnswerTap, BadButtonError, CheckInMove
from peerbot.simulator.people import Person
from peerbot.simulator.world import Message

CALM: Mapping[str, int | str] = MappingProxyType(
    {
        "use": "no",
        "safe-now": "yes",
        "alone": "no",
        "craving": 1,
        "confidence": 8,
        "mood": 8,
        "sleep": "well",
        "ahead": "no",
        "medication": "taken",
        "help": "no",
    }
)
"""The answers of a day on which nobody needs to be told."""


async def answer(person: Person, wanted: Mapping[str, int | str], *, most: int = 60) -> bool:
    """Taps through the open check-in: the wanted answers, else a calm day's; texts are skipped. False at its end."""
    for _ in range(most):
        found = _open_question(person)
        if found is None:
            return False
        message, taps, moves = found
        await person.presses(message, _next_tap(message, taps, moves, {**CALM, **wanted}))
    return True


def question_of(person: Person) -> str:
    """The question somebody's open check-in stands at; empty where none is open."""
    found = _open_question(person)
    if found is None:
        return ""
    _message, taps, moves = found
    return next((one.question for one in taps.values()), "") or next((one.question for one in moves.values()), "")


def _next_tap(
    message: Message, taps: Mapping[str, AnswerTap], moves: Mapping[str, CheckInMove], wanted: Mapping[str, int | str]
) -> str:
    """The wanted answer; where several may be ticked and it is, or there is nothing to choose, the way on."""
    ticked = {button.data for button in message.inline_buttons if button.text.startswith("✓")}
    question = next((tap.question for tap in taps.values()), "")
    chosen = taps.get(str(wanted.get(question, "")))
    if chosen is not None and not ("done" in moves and chosen.pack() in ticked):
        return chosen.pack()
    onward = next((moves[name] for name in ("done", "skip", "go") if name in moves), None)
    return (onward or next(iter(taps.values()))).pack()


def _open_question(person: Person) -> tuple[Message, dict[str, AnswerTap], dict[str, CheckInMove]] | None:
    """The newest check-in in the chat with its answers and moves; None when it is a finished one."""
    for message in reversed(person.visible()):
        buttons = [found for button in message.inline_buttons if (found := _button(button.data or "")) is not None]
        taps = {one.value: one for one in buttons if isinstance(one, AnswerTap)}
        moves = {one.move: one for one in buttons if isinstance(one, CheckInMove)}
        if buttons:
            return None if "list" in moves else (message, taps, moves)
    return None


def _button(data: str) -> AnswerTap | CheckInMove | None:
    for kind in (AnswerTap, CheckInMove):
        try:
            return kind.unpack(data)
        except BadButtonError:
            continue
    return None
