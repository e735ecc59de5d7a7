"""What taps on check-ins must have left behind, worked out anew. What is compared with it is checker.py.

The paths through the daily check-in stand here a second time on purpose: the judge does not ask the bot what it asks.
Of typed answers only the wording is known: whether words were an answer depends on what was on the screen.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Value = str | tuple[str, ...]
SEVERAL = frozenset({"substance", "feelings"})
TYPED = frozenset({"plan", "note"})
SKIPPED = "skipped"
USED = ("alcohol", "other")
CALLS = frozenset({("help", "help-now"), ("safe-now", "no")})


def _off_path(question: str, *values: str) -> Callable[[Mapping[str, Value]], bool]:
    return lambda said: question in said and said[question] not in values


def _no_feelings(said: Mapping[str, Value]) -> bool:
    """Whether nothing asks for them, and everything that could has been answered."""
    if not {"mood", "craving", "use"} <= said.keys():
        return False
    return int(str(said["mood"])) > 6 and int(str(said["craving"])) < 4 and said["use"] not in USED


NOT_ASKED = {
    "safe-now": _off_path("use", *USED),
    "substance": _off_path("use", "other"),
    "alone": _off_path("use", *USED),
    "when": _off_path("use", *USED),
    "feelings": _no_feelings,
    "plan": _off_path("ahead", "maybe", "yes"),
}
"""By question of the daily check-in: when an answer to it is taken off the path by others."""


@dataclass(slots=True)
class Sheet:
    """One check-in as its taps make it."""

    stands: dict[str, Value] = field(default_factory=dict)
    stored: defaultdict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    """Every answer that ever stood, by question, oldest first."""

    def tap(self, question: str, value: str) -> None:
        """An answer; of several options one is turned on or off."""
        chosen = self.stands.get(question)
        if question in SEVERAL:
            before = set(chosen) if isinstance(chosen, tuple) else set()
            self._take(question, tuple(sorted(before ^ {value})))
        else:
            self._take(question, value)

    def move(self, question: str, act: str) -> None:
        """Skipping is an answer, and so is the end of choosing; other moves change no answer."""
        chosen = self.stands.get(question)
        if act == "skip":
            self._take(question, SKIPPED)
        elif act == "done":
            self._take(question, chosen if isinstance(chosen, tuple) else ())

    def calls(self, question: str, value: str) -> bool:
        """Whether the tap is a call for help beyond its answer: said once more, or where it is no longer asked."""
        return (question, value) in CALLS and (self.stands.get(question) == value or self._is_off(question, value))

    def _is_off(self, question: str, value: Value) -> bool:
        return question in NOT_ASKED and NOT_ASKED[question]({**self.stands, question: value})

    def _take(self, question: str, value: Value) -> None:
        if self._is_off(question, value):
            return
        before = dict(self.stands)
        said = {**before, question: value}
        for name in before:
            if name in NOT_ASKED and NOT_ASKED[name](said):
                del self.stands[name]
        if question not in self.stands or before[question] != value:
            self.stands[question] = value
            self.stored[question].append(value)


def plain(value: object) -> Value:
    """A stored value as taps are written here."""
    return tuple(sorted(str(one) for one in value)) if isinstance(value, list) else str(value)


def without_echo(values: list[Value]) -> list[Value]:
    """The same without what follows itself."""
    return [value for number, value in enumerate(values) if number == 0 or values[number - 1] != value]
