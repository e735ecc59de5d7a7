"""Small questionnaires for tests, written as a programme would write them."""

from pathlib import Path

from peerbot.care.questionnaires import Questionnaire
from peerbot.content_files.questionnaires import load_questionnaires

HEADER = """
id = "small"
version = 1
licence = "own"
source = "made for a test"
title = { en = "Small", es = "Pequeño" }
window = { en = "Today", es = "Hoy" }
"""


def scale(question_id: str, extra: str = "") -> str:
    """One 0-10 question."""
    return f"""
[[questions]]
id = "{question_id}"
kind = "scale"
low = 0
high = 10
text = {{ en = "How strong is it?", es = "¿Cuánto es?" }}
low_label = {{ en = "None", es = "Nada" }}
high_label = {{ en = "Most", es = "Todo" }}
{extra}
"""


def yesno(question_id: str, extra: str = "") -> str:
    """One yes/no question."""
    return f"""
[[questions]]
id = "{question_id}"
kind = "yesno"
text = {{ en = "Is it so?", es = "¿Es así?" }}
{extra}
"""


def free(question_id: str, kind: str = "text", extra: str = "") -> str:
    """One question of a kind that needs nothing else."""
    return f"""
[[questions]]
id = "{question_id}"
kind = "{kind}"
text = {{ en = "Tell us", es = "Cuéntanos" }}
{extra}
"""


def choice(question_id: str, extra: str = "", kind: str = "choice") -> str:
    """Red, green or blue, worth 0, 1 and 3."""
    return f"""
[[questions]]
id = "{question_id}"
kind = "{kind}"
text = {{ en = "Which one?", es = "¿Cuál?" }}
options = [
    {{ id = "red", score = 0, label = {{ en = "Red", es = "Rojo" }} }},
    {{ id = "green", score = 1, label = {{ en = "Green", es = "Verde" }} }},
    {{ id = "blue", score = 3, label = {{ en = "Blue", es = "Azul" }}, words = {{ en = ["navy", "dark blue"] }} }},
]
{extra}
"""


def days(question_id: str, extra: str = "", high: int = 7) -> str:
    """How many of the days."""
    return f"""
[[questions]]
id = "{question_id}"
kind = "days"
low = 0
high = {high}
text = {{ en = "How many days?", es = "¿Cuántos días?" }}
{extra}
"""


def subscale(subscale_id: str, items: list[str], extra: str = "") -> str:
    """The sum of some items."""
    return f"""
[[subscales]]
id = "{subscale_id}"
title = {{ en = "Points", es = "Puntos" }}
items = {items}
{extra}
"""


def band(band_id: str, subscale_id: str, low: int, high: int) -> str:
    """A range of points with a name."""
    return f"""
[[bands]]
id = "{band_id}"
subscale = "{subscale_id}"
low = {low}
high = {high}
label = {{ en = "A band", es = "Una banda" }}
"""


def load(folder: Path, *parts: str, header: str = HEADER, name: str = "small.toml") -> Questionnaire:
    """Write the parts as one file and load it."""
    (folder / name).write_text(header + "".join(parts), encoding="utf-8")
    return load_questionnaires(folder)[name.removesuffix(".toml")]
