"""Reads content/scenarios: what the training room plays. One file is one scenario; playing it is `room.play`.

A step is one of: `tells` (a line to the audience), somebody (`who`) who `writes`, `taps`, `answers`, `sends_photo`,
`blocks`, `joins`, `asks_to_join`, `leaves` or `reads`, time that `passes`, `weather`, the `bot` itself killed, kept off
or started, or a trainee's own move (`task`, `until`).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from peerbot.content_files import CONTENT, ContentError
from peerbot.content_files.crisis_lines import LOCALES

FOLDER = CONTENT / "scenarios"
DEEDS = ("writes", "taps", "answers", "sends_photo", "blocks", "joins", "asks_to_join", "leaves")
SEEN = ("reads", "reads_nothing")
OTHERS = (*SEEN, "tells", "passes", "weather", "bot", "task")
AIMS = ("check-in", "morning")
UNTIL = ("acknowledged", "closed", "done")
WEATHER = ("slow", "too-many", "broken", "unreachable", "locked")
Words = Mapping[str, str]
_AMOUNT = re.compile(r"(\d+)([mh])")


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `kind` says which; the other fields hold what that kind needs and are empty otherwise.

    `label` is a button, a switch of the weather, or the question before which somebody stops to answer.
    """

    kind: str
    who: str = ""
    words: Words = field(default_factory=dict)
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    label: str = ""
    values: Mapping[str, int | str] = field(default_factory=dict)
    in_group: bool = False
    on: bool = True
    amount: timedelta | None = None
    aim: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario: whose phones are shown, who the trainee is, and what happens."""

    id: str
    order: int
    title: Words
    about: Words
    lesson: Words
    phones: tuple[str, ...]
    trainee: str
    newcomers: Mapping[str, str]
    steps: tuple[Step, ...]


def load_scenarios(folder: Path = FOLDER) -> tuple[Scenario, ...]:
    """Every scenario in its order. Raises ContentError, which names file and entry, for a mistake."""
    found = [_scenario(path) for path in sorted(folder.glob("*.toml"))]
    if len({one.id for one in found}) != len(found):
        raise ContentError(folder.name, "id", "two scenarios have the same id")
    return tuple(sorted(found, key=lambda one: one.order))


def _scenario(path: Path) -> Scenario:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(path.name, "the file", f"is not readable as TOML: {error}") from error
    known = {"id", "order", "title", "about", "lesson", "phones", "trainee", "newcomers", "step"}
    if unknown := sorted(set(content) - known):
        raise ContentError(path.name, unknown[0], "is not known here")
    steps = content.get("step")
    if not isinstance(steps, list) or not steps:
        raise ContentError(path.name, "step", "there is no [[step]]")
    return Scenario(
        id=str(content.get("id", "")),
        order=int(content.get("order", 0)),
        title=_words(path, "title", content.get("title")),
        about=_words(path, "about", content.get("about")),
        lesson=_words(path, "lesson", content.get("lesson")),
        phones=tuple(content.get("phones", ())),
        trainee=str(content.get("trainee", "")),
        newcomers=MappingProxyType(dict(content.get("newcomers", {}))),
        steps=tuple(_step(path, number, values) for number, values in enumerate(steps, start=1)),
    )


def _step(path: Path, number: int, values: dict[str, object]) -> Step:
    name = f"step {number}"
    kinds = [key for key in (*DEEDS, *OTHERS) if key in values]
    kind = "task" if "task" in kinds else kinds[0] if len(kinds) == 1 else ""
    if not kind:
        raise ContentError(path.name, name, f"needs exactly one of {', '.join((*DEEDS, *OTHERS))}")
    known = {kind, "who", "in", "without", "until", "on", "taps"} | ({"stop_at"} if kind == "answers" else set())
    if unknown := sorted(set(values) - known):
        raise ContentError(path.name, name, f"{unknown[0]} does not belong here")
    who = str(values.get("who", ""))
    if bool(who) != (kind in (*DEEDS, *SEEN, "task")):
        raise ContentError(path.name, name, "`who` belongs to what somebody does, and only there")
    value = values[kind]
    step = Step(kind, who, in_group=values.get("in") == "group", on=values.get("on", True) is True)
    return _filled(path, name, step, value, values)


def _filled(path: Path, name: str, step: Step, value: object, values: dict[str, object]) -> Step:
    kind, base = step.kind, (step.kind, step.who)
    if kind in ("tells", "writes"):
        return Step(*base, words=_words(path, name, value), in_group=step.in_group)
    if kind == "task":
        until = str(values.get("until", "done"))
        if until not in UNTIL or not isinstance(values.get("taps"), str):
            raise ContentError(path.name, name, f"a task needs `taps` and `until`, one of {', '.join(UNTIL)}")
        return Step(*base, words=_words(path, name, value), label=str(values["taps"]), until=until)
    if kind == "taps":
        return Step(*base, label=str(value), in_group=step.in_group)
    if kind == "reads":
        parts = _parts(path, name, value)
        without = _parts(path, name, values["without"]) if "without" in values else MappingProxyType({})
        return Step(*base, parts=parts, without=without, in_group=step.in_group)
    if kind == "answers":
        if not isinstance(value, dict):
            raise ContentError(path.name, name, "answers is a table of question = value")
        return Step(*base, values=MappingProxyType(dict(value)), label=str(values.get("stop_at", "")))
    if kind == "passes":
        return _passing(path, name, str(value))
    if kind in ("weather", "bot"):
        allowed = WEATHER if kind == "weather" else ("kill", "off", "start")
        if value not in allowed:
            raise ContentError(path.name, name, f"{kind} is one of {', '.join(allowed)}")
        return Step(kind, label=str(value), on=step.on)
    return step


def _passing(path: Path, name: str, value: str) -> Step:
    if value in AIMS:
        return Step("passes", aim=value)
    found = _AMOUNT.fullmatch(value)
    if found is None:
        raise ContentError(path.name, name, f"passes is like 15m, 2h, or one of {', '.join(AIMS)}")
    number = int(found[1])
    return Step("passes", amount=timedelta(minutes=number) if found[2] == "m" else timedelta(hours=number))


def _words(path: Path, name: str, value: object) -> Words:
    if not isinstance(value, dict) or set(value) != set(LOCALES) or not all(isinstance(v, str) for v in value.values()):
        raise ContentError(path.name, name, f"needs a text for each of {' and '.join(LOCALES)}")
    return MappingProxyType({locale: str(text).strip() for locale, text in value.items()})


def _parts(path: Path, name: str, value: object) -> Mapping[str, tuple[str, ...]]:
    """Parts of a text that must be seen: one list for every language, or one for each."""
    if isinstance(value, list):
        return MappingProxyType({locale: tuple(str(part) for part in value) for locale in LOCALES})
    if isinstance(value, dict) and set(value) == set(LOCALES):
        return MappingProxyType({locale: tuple(str(part) for part in value[locale]) for locale in LOCALES})
    raise ContentError(path.name, name, "parts are a list, or a list for each language")
