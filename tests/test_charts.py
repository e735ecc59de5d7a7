"""The progress picture and its summary: gaps stay gaps, every letter shows, and the picture stays as it was looked at.

After a wanted change, look at the new pictures and keep them: `python -m tests.test_charts` writes them anew.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from peerbot.charts import (
    SIZE,
    ChartLabels,
    Course,
    PanelLabels,
    ProgressDay,
    drawn_from,
    missing_letters,
    progress_chart,
    span_of,
    spec,
    summarise,
)

GOLDEN = Path(__file__).parent / "golden"
LAST = date(2026, 6, 6)
DAY = timedelta(days=1)
BLUE, PLUM = (0, 114, 178), (123, 45, 107)

ENGLISH = ChartLabels(
    title="Your last 30 days",
    period="May 8 - Jun 6, 2026",
    mood=PanelLabels("Mood", "average 5.8 · going up", "10", "0"),
    craving=PanelLabels("Craving", "average 4.8 · going down", "10", "0"),
    sleep=PanelLabels("Sleep", "average 1.9 · steady", "very good", "very bad"),
    use="Use",
    use_note="2 days",
    no_answers="No answers yet",
    footer="A gap is a day without an answer.",
    date_label=lambda on: f"{'Jan Feb Mar Apr May Jun'.split()[on.month - 1]} {on.day}",
)
SPANISH = ChartLabels(
    title="Tus últimos 90 días",
    period="9 de marzo – 6 de junio de 2026",
    mood=PanelLabels("Ánimo", "promedio 6,0 · subiendo", "10", "0"),
    craving=PanelLabels("Ganas de consumir", "promedio 4,5 · bajando", "10", "0"),
    sleep=PanelLabels("Sueño", "promedio 2,0 · estable", "muy bien", "muy mal"),
    use="Consumo",
    use_note="3 días",
    no_answers="Todavía no hay respuestas",
    footer="Un hueco es un día sin respuesta.",
    date_label=lambda on: f"{on.day} {'ene feb mar abr may jun'.split()[on.month - 1]}",
)

NOTHING_YET = replace(
    SPANISH,
    title="Tus últimos 30 días",
    period="8 de mayo – 6 de junio de 2026",
    mood=replace(SPANISH.mood, note=""),
    craving=replace(SPANISH.craving, note=""),
    sleep=replace(SPANISH.sleep, note=""),
    use_note="",
)


def history(span: int) -> list[ProgressDay]:
    """A made-up course with ups and downs, some days of use, and silent days, among them three in a row."""
    days = []
    for n in range(span):
        wave = (n * 7) % 5 - 2
        if n in (12, 13, 14) or n % 11 == 6:
            continue
        days.append(
            ProgressDay(
                on=LAST - (span - 1 - n) * DAY,
                mood=min(10, max(0, round(5 + 2 * n / span) + wave)),
                craving=min(10, max(0, round(6 - 4 * n / span) - wave + n % 2)),
                sleep=(n * 3) % 5,
                used=n in (9, 21, 55),
            )
        )
    return days


PICTURES = {
    "progress-30-en.png": (history(30), ENGLISH, 30),
    "progress-90-es.png": (history(90), SPANISH, 90),
    "progress-empty-es.png": ([], NOTHING_YET, 30),
}


def drawn(days: Sequence[ProgressDay], labels: ChartLabels = ENGLISH, span: int = 30) -> Image.Image:
    return Image.open(BytesIO(progress_chart(days, labels, last_on=LAST, span=span)))


def pixels_of(picture: Image.Image, colour: tuple[int, int, int]) -> int:
    return sum(n for n, c in picture.getcolors(SIZE[0] * SIZE[1]) or [] if c == colour)


class TestThePicture:
    @pytest.mark.parametrize("name", PICTURES)
    def test_it_looks_as_it_did_when_a_person_looked_at_it(self, name: str) -> None:
        days, labels, span = PICTURES[name]
        kept = Image.open(GOLDEN / name).convert("RGB")

        difference = ImageChops.difference(drawn(days, labels, span), kept).convert("L")

        changed = sum(difference.histogram()[48:]) / (SIZE[0] * SIZE[1])
        assert changed < 0.004, f"{changed:.2%} of the picture changed"
        assert ImageStat.Stat(difference).mean[0] < 0.6

    def test_the_comparison_above_notices_one_missing_panel_and_one_missing_mark(self) -> None:
        days, labels, span = PICTURES["progress-30-en.png"]
        without = [replace(day, mood=None) for day in days]
        kept = Image.open(GOLDEN / "progress-30-en.png").convert("RGB")

        difference = ImageChops.difference(drawn(without, labels, span), kept).convert("L")

        assert sum(difference.histogram()[48:]) / (SIZE[0] * SIZE[1]) > 0.004

    def test_it_is_an_upright_picture_for_a_phone(self) -> None:
        picture = drawn(history(30))

        assert (picture.format, picture.size, picture.mode) == ("PNG", (1080, 1350), "RGB")

    def test_the_same_values_give_the_same_bytes(self) -> None:
        one, other = (progress_chart(history(30), ENGLISH, last_on=LAST) for _ in range(2))

        assert one == other

    def test_a_missing_day_is_a_gap_and_not_a_zero(self) -> None:
        answered = [ProgressDay(LAST - n * DAY, mood=5) for n in range(30)]
        silent_middle = [day for day in answered if day.on not in (LAST - 10 * DAY, LAST - 11 * DAY)]
        zeros_there = [*silent_middle, ProgressDay(LAST - 10 * DAY, mood=0), ProgressDay(LAST - 11 * DAY, mood=0)]

        full, gap, fall = (pixels_of(drawn(days), BLUE) for days in (answered, silent_middle, zeros_there))

        assert gap < full < fall

    def test_the_worst_night_still_shows_and_a_silent_one_does_not(self) -> None:
        nothing, worst = drawn([ProgressDay(LAST, mood=5)]), drawn([ProgressDay(LAST, mood=5, sleep=0)])

        assert ImageChops.difference(nothing, worst).crop((900, 1000, 1044, 1040)).getbbox() is not None

    def test_use_told_no_use_told_and_nothing_told_look_different(self) -> None:
        used, sober, silent = (drawn([ProgressDay(LAST, used=told)]) for told in (True, False, None))

        assert pixels_of(used, PLUM) > pixels_of(sober, PLUM) + 200
        assert ImageChops.difference(sober, silent).getbbox() is not None

    def test_values_out_of_range_stay_inside_their_panel(self) -> None:
        at_the_ends = drawn([ProgressDay(LAST, mood=10, craving=0)])
        beyond = drawn([ProgressDay(LAST, mood=99, craving=-3)])

        assert ImageChops.difference(at_the_ends, beyond).getbbox() is None

    def test_long_words_are_made_smaller_and_never_run_off_the_paper(self) -> None:
        long = "Unas ganas de consumir que vienen y se van durante todo el día y la noche"

        picture = drawn(history(30), replace(SPANISH, title=long, mood=PanelLabels(long, long, long, long)))

        paper = picture.getpixel((2, 2))
        edge = picture.crop((1070, 0, 1080, 1350))
        assert {colour for _, colour in edge.getcolors() or []} == {paper}

    @pytest.mark.parametrize("span", [0, 6, 121])
    def test_a_span_no_phone_can_show_is_refused(self, span: int) -> None:
        with pytest.raises(ValueError, match="7 to 120"):
            progress_chart([], ENGLISH, last_on=LAST, span=span)

    def test_drawing_is_not_paid_for_until_a_picture_is_wanted(self) -> None:
        ask = "import sys, peerbot.charts; print(any(name.split('.')[0] == 'PIL' for name in sys.modules))"

        answer = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)

        assert answer.stdout.strip() == "False"


class TestLetters:
    def test_english_and_spanish_can_be_written(self) -> None:
        assert missing_letters("aáeéiíoóuúüñ AÁEÉIÍOÓUÚÜÑ “It’s” – 3,5 · 50 % …") == ""

    def test_what_the_font_lacks_is_named(self) -> None:
        assert missing_letters("¿Día? Привет") == "¿Пвеирт"

    @pytest.mark.parametrize(
        ("plain", "accented"), [("Animo", "Ánimo"), ("Sueno", "Sueño"), ("dia", "día"), ("u", "ü")]
    )
    def test_an_accent_is_drawn_above_its_letter(self, plain: str, accented: str) -> None:
        one, other = (drawn([], replace(ENGLISH, title=title)) for title in (plain, accented))

        box = ImageChops.difference(one, other).getbbox()

        assert box is not None
        assert 20 < box[1] < box[3] < 66  # the title stands on 84 and is 54 high; its small letters begin at 55


class TestSummary:
    def test_it_tells_the_same_days_as_the_picture(self) -> None:
        days = [ProgressDay(LAST - n * DAY, mood=n, used=n == 2) for n in range(40)]

        summary = summarise(days, LAST, 10)

        assert (summary.days, summary.answered_days, summary.use_days) == (10, 10, 1)
        assert summary.mood == Course(answers=10, average=4.5, trend="falling")
        assert summary.craving == Course(answers=0, average=None, trend="too-few")

    @pytest.mark.parametrize(
        ("moods", "trend"),
        [
            ([3, 3, 3, 3, 5, 5, 5, 5], "rising"),
            ([5, 5, 5, 5, 3, 3, 3, 3], "falling"),
            ([5, 5, 5, 5, 5, 5, 6, 6], "steady"),
            ([5, 5, 5, 5, 6, 6, 6, 6], "rising"),
            ([5, None, None, 5, 9, 9, 9, 9], "too-few"),
            ([None] * 8, "too-few"),
        ],
    )
    def test_a_trend_needs_a_real_difference_and_enough_answers(self, moods: list[float | None], trend: str) -> None:
        days = [ProgressDay(LAST - (7 - n) * DAY, mood=mood) for n, mood in enumerate(moods)]

        assert summarise(days, LAST, 8).mood.trend == trend

    def test_missing_days_are_not_averaged_as_zero(self) -> None:
        days = [ProgressDay(LAST, sleep=4), ProgressDay(LAST - 5 * DAY, sleep=3)]

        summary = summarise(days, LAST, 30)

        assert summary.sleep.average == 3.5
        assert summary.answered_days == 2

    def test_the_span_is_filled_up_with_empty_days(self) -> None:
        shown = span_of([ProgressDay(LAST - DAY, mood=4), ProgressDay(LAST + DAY, mood=9)], LAST, 3)

        assert shown == (ProgressDay(LAST - 2 * DAY), ProgressDay(LAST - DAY, mood=4), ProgressDay(LAST))


if __name__ == "__main__":
    for name, (days, labels, span) in PICTURES.items():
        (GOLDEN / name).write_bytes(progress_chart(days, labels, last_on=LAST, span=span))


def test_a_picture_drawn_from_its_spec_is_the_same_picture() -> None:
    for labels, span in ((ENGLISH, 30), (SPANISH, 90)):
        days = history(span)

        assert drawn_from(spec(days, labels, last_on=LAST, span=span)) == progress_chart(
            days, labels, last_on=LAST, span=span
        )
