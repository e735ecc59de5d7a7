"""A person's progress as a picture for a phone, and the same in values for those who cannot see it.

Here: drawing mood, craving, sleep and use over some days into PNG bytes, and the summary from which texts write the
words beside it. Not here: any wording (labels are given, in the person's language), and where the days come from.

Pure: the same values give the same bytes with the same Pillow. Drawing takes about 0.1 s of processor time, so it is
done in a thread, outside any transaction, when the picture is sent: until then its `spec` waits in the outbox. Pillow
is imported only when a picture is drawn, because it costs start time.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SIZE = (1080, 1350)  # pixels; 4:5 fills a phone's width upright and is not cropped in the chat

_PANELS = ("mood", "craving", "sleep")
Trend = Literal["rising", "falling", "steady", "too-few"]


@dataclass(frozen=True, slots=True)
class ProgressDay:
    """What one local day is known to hold; None is "not answered", which is neither zero nor no.

    `mood` (10 is best) and `craving` (10 is strongest) run from 0 to 10, `sleep` from 0 (very bad) to 4 (very good).
    """

    on: date
    mood: float | None = None
    craving: float | None = None
    sleep: float | None = None
    used: bool | None = None


@dataclass(frozen=True, slots=True)
class PanelLabels:
    """The words around one panel: its name, a note beside it ("average 6.4, steady"), its upper and lower end."""

    name: str
    note: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class ChartLabels:
    """Every word in the picture, already in the person's language; words too wide for their place are made smaller."""

    title: str
    period: str
    mood: PanelLabels
    craving: PanelLabels
    sleep: PanelLabels
    use: str
    use_note: str
    no_answers: str
    footer: str
    date_label: Callable[[date], str]


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over the days: how many answers, their mean, and where it went."""

    answers: int
    average: float | None
    trend: Trend


@dataclass(frozen=True, slots=True)
class Summary:
    """The picture in values, for alt text and notes."""

    days: int
    answered_days: int
    mood: Course
    craving: Course
    sleep: Course
    use_days: int


def span_of(days: Sequence[ProgressDay], last_on: date, span: int) -> tuple[ProgressDay, ...]:
    """Exactly `span` days up to `last_on`, one each, with empty ones where nothing is known."""
    known = {day.on: day for day in days}
    wanted = (last_on - timedelta(days=n) for n in reversed(range(span)))
    return tuple(known.get(on, ProgressDay(on)) for on in wanted)


def summarise(days: Sequence[ProgressDay], last_on: date, span: int) -> Summary:
    """Averages and trends of the same days the picture shows."""
    shown = span_of(days, last_on, span)
    moods, cravings, sleeps = ([getattr(d, name) for d in shown] for name in ("mood", "craving", "sleep"))
    return Summary(
        days=span,
        answered_days=sum(day != ProgressDay(day.on) for day in shown),
        mood=_course(moods, step=1),
        craving=_course(cravings, step=1),
        sleep=_course(sleeps, step=0.5),
        use_days=sum(day.used is True for day in shown),
    )


def _course(values: Sequence[float | None], *, step: float) -> Course:
    """A trend is a difference of at least `step` between the means of both halves, each with three answers or more.

    That is our own rule for a word beside a picture, not a clinical measure (unverified).
    """
    known = [value for value in values if value is not None]
    half = len(values) // 2
    earlier, later = ([v for v in part if v is not None] for part in (values[:half], values[half:]))
    average = fmean(known) if known else None
    if min(len(earlier), len(later)) < 3:
        return Course(len(known), average, "too-few")
    change = fmean(later) - fmean(earlier)
    trend: Trend = "steady" if abs(change) < step else "rising" if change > 0 else "falling"
    return Course(len(known), average, trend)


# --- drawing ---------------------------------------------------------------------------------------------------------

# Okabe and Ito's palette, told apart with every kind of colour blindness; shapes differ as well.
_PAPER, _CARD, _INK, _GREY, _GRID = "#F6F4EF", "#FFFFFF", "#1F2933", "#5B6670", "#E3E1DB"
_BLUE, _ORANGE, _GREEN, _PLUM = "#0072B2", "#C24E00", "#007F5F", "#7B2D6B"
_PALE_PLUM, _FAINT = "#EFE3EC", "#B9B5AB"
_FINE = 2  # shapes are drawn this much larger and scaled down, because Pillow draws hard edges
_LEFT, _RIGHT = 172, 1016  # the days lie between these
_CARD_LEFT, _CARD_RIGHT = 36, 1044


@dataclass(frozen=True, slots=True)
class _Word:
    """Anchors as Pillow's: l, m or r across; s for the base line or m for the middle of capitals."""

    at: tuple[float, float]
    text: str
    size: int
    fill: str
    anchor: str
    width: int


@dataclass(slots=True)
class _Sheet:
    """Shapes go to the large picture at once; words wait until it has been scaled down, so that they stay crisp."""

    ink: ImageDraw
    words: list[_Word] = field(default_factory=list)

    def line(self, points: Sequence[tuple[float, float]], fill: str, width: float) -> None:
        self.ink.line([(x * _FINE, y * _FINE) for x, y in points], fill, round(width * _FINE), joint="curve")

    def box(self, left: float, top: float, right: float, bottom: float, *, fill: str, radius: float) -> None:
        corners = tuple(edge * _FINE for edge in (left, top, right, bottom))
        self.ink.rounded_rectangle((corners[0], corners[1], corners[2], corners[3]), radius * _FINE, fill)

    def dot(self, x: float, y: float, radius: float, fill: str) -> None:
        self.ink.circle((x * _FINE, y * _FINE), radius * _FINE, fill)

    def diamond(self, x: float, y: float, radius: float, fill: str) -> None:
        around = ((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y))
        self.ink.polygon([(a * _FINE, b * _FINE) for a, b in around], fill)


@dataclass(frozen=True, slots=True)
class _Panel:
    """One card: where its values lie and how high they may go."""

    top: float
    bottom: float
    highest: float
    labels: PanelLabels
    colour: str

    def y(self, value: float) -> float:
        kept = min(max(value, 0), self.highest)
        return self.bottom - kept / self.highest * (self.bottom - self.top)


def spec(days: Sequence[ProgressDay], labels: ChartLabels, *, last_on: date, span: int) -> str:
    """Everything a picture is drawn from, as text that waits in the outbox until the picture is sent."""
    words = {name: getattr(labels, name) for name in ("title", "period", "use", "use_note", "no_answers", "footer")}
    panels = {name: asdict(getattr(labels, name)) for name in _PANELS}
    dates = {day.on.isoformat(): labels.date_label(day.on) for day in span_of((), last_on, span)}
    told = [[day.on.isoformat(), day.mood, day.craving, day.sleep, day.used] for day in days]
    made = {"last_on": last_on.isoformat(), "span": span, "days": told, "words": words, "panels": panels}
    return json.dumps(made | {"dates": dates}, ensure_ascii=False)


def drawn_from(text: str) -> bytes:
    """The picture of a `spec`."""
    made = json.loads(text)
    days = [ProgressDay(date.fromisoformat(on), *values) for on, *values in made["days"]]
    mood, craving, sleep = (PanelLabels(**made["panels"][name]) for name in _PANELS)
    dates = made["dates"]
    labels = ChartLabels(
        **made["words"], mood=mood, craving=craving, sleep=sleep, date_label=lambda on: dates[on.isoformat()]
    )
    return progress_chart(days, labels, last_on=date.fromisoformat(made["last_on"]), span=made["span"])


def progress_chart(days: Sequence[ProgressDay], labels: ChartLabels, *, last_on: date, span: int = 30) -> bytes:
    """A PNG of `span` days up to `last_on`: mood, craving and sleep in their own panels, use as marks below.

    A day without an answer is a gap, never a zero. Raises ValueError for a span outside 7 to 120 days.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415

    if not 7 <= span <= 120:
        raise ValueError("a chart shows 7 to 120 days")
    large = Image.new("RGB", (SIZE[0] * _FINE, SIZE[1] * _FINE), _PAPER)
    sheet = _Sheet(ImageDraw.Draw(large))
    _draw(sheet, span_of(days, last_on, span), labels)
    picture = large.resize(SIZE, Image.Resampling.BOX)
    _write(picture, sheet.words)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw(sheet: _Sheet, days: Sequence[ProgressDay], labels: ChartLabels) -> None:
    sheet.words.append(_Word((_CARD_LEFT + 8, 84), labels.title, 54, _INK, "ls", 1000))
    sheet.words.append(_Word((_CARD_LEFT + 8, 132), labels.period, 32, _GREY, "ls", 1000))
    panels = (
        _Panel(258, 440, 10, labels.mood, _BLUE),
        _Panel(578, 760, 10, labels.craving, _ORANGE),
        _Panel(898, 1030, 4, labels.sleep, _GREEN),
    )
    for panel in panels:
        _card(sheet, panel, days)
    moods, cravings, sleeps = panels
    _curve(sheet, moods, [day.mood for day in days], labels.no_answers)
    _curve(sheet, cravings, [day.craving for day in days], labels.no_answers)
    _bars(sheet, sleeps, [day.sleep for day in days], labels.no_answers)
    _marks(sheet, days, labels)
    _dates(sheet, days, labels)


def _x(index: int, count: int) -> float:
    return _LEFT + 12 + index * (_RIGHT - _LEFT - 24) / (count - 1)


def _card(sheet: _Sheet, panel: _Panel, days: Sequence[ProgressDay]) -> None:
    sheet.box(_CARD_LEFT, panel.top - 98, _CARD_RIGHT, panel.bottom + 26, fill=_CARD, radius=20)
    sheet.words.append(_Word((_CARD_LEFT + 28, panel.top - 44), panel.labels.name, 38, panel.colour, "ls", 480))
    sheet.words.append(_Word((_CARD_RIGHT - 28, panel.top - 44), panel.labels.note, 30, _GREY, "rs", 460))
    for index, day in enumerate(days):
        if day.used:  # the days before and after a mark are what a person and their counselor look at
            sheet.line([(_x(index, len(days)), panel.top), (_x(index, len(days)), panel.bottom)], _PALE_PLUM, 8)
    for value in (0, panel.highest / 2, panel.highest):
        sheet.line([(_LEFT, panel.y(value)), (_RIGHT, panel.y(value))], _GRID, 2)
    sheet.words.append(_Word((_LEFT - 16, panel.top), panel.labels.top, 26, _GREY, "rm", 104))
    sheet.words.append(_Word((_LEFT - 16, panel.bottom), panel.labels.bottom, 26, _GREY, "rm", 104))


def _curve(sheet: _Sheet, panel: _Panel, values: Sequence[float | None], no_answers: str) -> None:
    """Dots for answers, joined only from one day to the very next."""
    points = [None if v is None else (_x(i, len(values)), panel.y(v)) for i, v in enumerate(values)]
    for one, other in pairwise(points):
        if one and other:
            sheet.line([one, other], panel.colour, 5)
    known = [point for point in points if point]
    for x, y in known:
        sheet.dot(x, y, 7 if len(values) <= 45 else 4.5, panel.colour)
    if not known:
        _nothing(sheet, panel, no_answers)


def _bars(sheet: _Sheet, panel: _Panel, values: Sequence[float | None], no_answers: str) -> None:
    """A bar for each answer; the lowest one is a stub, so that a very bad night is not a missing one."""
    half = (_RIGHT - _LEFT) / len(values) * 0.36
    for index, value in enumerate(values):
        if value is not None:
            x, y = _x(index, len(values)), min(panel.y(value), panel.bottom - 7)
            sheet.box(x - half, y, x + half, panel.bottom, fill=panel.colour, radius=min(half, 4))
    if all(value is None for value in values):
        _nothing(sheet, panel, no_answers)


def _nothing(sheet: _Sheet, panel: _Panel, no_answers: str) -> None:
    middle = ((_LEFT + _RIGHT) / 2, (panel.top + panel.bottom) / 2 - 24)
    sheet.words.append(_Word(middle, no_answers, 30, _GREY, "mm", 780))


def _marks(sheet: _Sheet, days: Sequence[ProgressDay], labels: ChartLabels) -> None:
    """A diamond for a day of use, a small dot for a day told without, nothing where nothing was told."""
    y = 1198
    sheet.box(_CARD_LEFT, 1068, _CARD_RIGHT, 1232, fill=_CARD, radius=20)
    sheet.words.append(_Word((_CARD_LEFT + 28, 1122), labels.use, 38, _PLUM, "ls", 480))
    sheet.words.append(_Word((_CARD_RIGHT - 28, 1122), labels.use_note, 30, _GREY, "rs", 460))
    close = len(days) > 45
    for index, day in enumerate(days):
        if day.used is False:
            sheet.dot(_x(index, len(days)), y, 3 if close else 5, _FAINT)
    for index, day in enumerate(days):
        if day.used:
            sheet.diamond(_x(index, len(days)), y, 13 if close else 16, _PLUM)


def _dates(sheet: _Sheet, days: Sequence[ProgressDay], labels: ChartLabels) -> None:
    """A date each week, each fortnight or each month, counted back from the last day."""
    every = 7 if len(days) <= 45 else 14 if len(days) <= 70 else 28
    for index in range(len(days) - 1, -1, -every):
        last = index == len(days) - 1
        at, anchor = (_CARD_RIGHT - 8, "rm") if last else (_x(index, len(days)), "mm")
        sheet.words.append(_Word((at, 1264), labels.date_label(days[index].on), 26, _GREY, anchor, 130))
    sheet.words.append(_Word((SIZE[0] / 2, 1312), labels.footer, 26, _GREY, "mm", 1000))


# --- lettering -------------------------------------------------------------------------------------------------------

# The font inside Pillow (Aileron) has English letters only, so accents are set over them: mark, its glyph, its size.
_MARKS = {
    "\u0301": ("´", 1.0),
    "\u0300": ("`", 1.0),
    "\u0303": ("~", 0.66),
    "\u0308": ("..", 0.9),
    "\u0302": ("^", 0.6),
}
_INSTEAD = str.maketrans({"–": "-", "—": "-", "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\n": " "})
_LETTERS = frozenset(map(chr, range(32, 127))) | frozenset("©«°±´·»‘’“”…‹›™")


def missing_letters(text: str) -> str:
    """The characters of a label that the picture cannot show; empty for English, Spanish, Portuguese without ç."""
    spelled = unicodedata.normalize("NFD", text.translate(_INSTEAD))
    return "".join(sorted({c for c in spelled if c not in _LETTERS and c not in _MARKS}))


def _write(picture: Image, words: Sequence[_Word]) -> None:
    """Puts the words on the finished picture, each as large as its place allows."""
    from PIL import ImageFont  # noqa: PLC0415

    for word in words:
        letters, marks = _spelled(word.text)
        size = word.size
        while size > 16 and ImageFont.load_default(size).getlength(letters) > word.width:
            size -= 2
        _set(picture, word, letters, marks, size)


def _spelled(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The bare letters, and which letter wears which mark."""
    letters, marks = "", list[tuple[int, str]]()
    for character in unicodedata.normalize("NFD", text.translate(_INSTEAD)):
        if character in _MARKS and letters:
            marks.append((len(letters) - 1, character))
        else:
            letters += character
    return letters, marks


def _sign(mark: str, size: int) -> Image:
    """The mark alone, cut to its ink."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    glyph, scale = _MARKS[mark]
    tile = Image.new("L", (size * 2, size * 2))
    ImageDraw.Draw(tile).text((size / 2, size * 1.5), glyph, 255, ImageFont.load_default(size * scale), "ls")
    return tile.crop(tile.getbbox())


def _set(picture: Image, word: _Word, letters: str, marks: Sequence[tuple[int, str]], size: int) -> None:
    """Sets one word in a mask of its own, marks above their letters, and prints the mask in the word's colour."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415

    font = ImageFont.load_default(size)
    mask = Image.new("L", (round(font.getlength(letters)) + size, size * 2))
    draw = ImageDraw.Draw(mask)
    base = round(size * 1.4)
    draw.text((0, base), letters, 255, font, "ls")
    for index, mark in marks:
        left, right = font.getlength(letters[:index]), font.getlength(letters[: index + 1])
        dotted = letters[index] in "ij"
        top = base + font.getbbox("x" if dotted else letters[index], anchor="ls")[1]
        if dotted:  # an accent takes the place of the dot
            draw.rectangle((round(left), 0, round(right) - 1, top - 2), 0)
        sign = _sign(mark, size)
        mask.paste(sign, (round((left + right - sign.width) / 2), round(top - size * 0.06) - sign.height))
    across, up = word.at
    shift = {"l": 0.0, "m": 0.5, "r": 1.0}[word.anchor[0]] * font.getlength(letters)
    rise = base - (size * 0.35 if word.anchor[1] == "m" else 0)
    picture.paste(Image.new("RGB", mask.size, word.fill), (round(across - shift), round(up - rise)), mask)
