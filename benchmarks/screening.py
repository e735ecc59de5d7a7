"""How long the reader of words takes for one text: ordinary ones, and the worst that fuzzing finds.

Target (house.md, section 12): p99 <= 5 ms at 4096 characters in the worst case found, <= 1 ms at 300 characters.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator

from peerbot.care.language import Patterns, Reader
from peerbot.content_files.language import load_patterns

ROUNDS = 400
_ORDINARY = (
    "Today was hard. I went to the seven o'clock meeting, I shared about my brother and I cried, but I did not drink. "
    "My sponsor says feelings are not facts. Work is killing me, I am tired and the kids are sick. "
    "¿Alguien más duerme mal? Yo llevo tres semanas y sigo soñando con tomar, pero solo por hoy estoy bien. "
)


def main() -> None:
    """Print the figures, one line each, in milliseconds of processor time, so that other programs do not count."""
    patterns = load_patterns()
    reader = Reader(patterns)
    for pattern in patterns.patterns:  # the first texts pay for compiling what they need; a running bot has paid
        for text in pattern.fires + pattern.silent:
            reader.screen(text, "en")
    for name, make in _texts(patterns).items():
        for length in (300, 4096):
            took = sorted(_timed(reader, make, length))
            print(
                f"{name:22} {length:5} characters: median {statistics.median(took):6.2f} ms, "
                f"p99 {took[int(len(took) * 0.99)]:6.2f} ms, most {took[-1]:6.2f} ms"
            )


def _timed(reader: Reader, make: Callable[[random.Random], Iterator[str]], length: int) -> Iterator[float]:
    for seed in range(ROUNDS):
        text = _filled(make(random.Random(seed)), length)
        before = time.thread_time()
        reader.screen(text, "en")
        yield (time.thread_time() - before) * 1000


def _filled(pieces: Iterator[str], length: int) -> str:
    text = ""
    while len(text) < length:
        text += next(pieces)
    return text[:length]


def _texts(patterns: Patterns) -> dict[str, Callable[[random.Random], Iterator[str]]]:
    words = sorted({word for pattern in patterns.patterns for form in pattern.forms for word in form.words})
    examples = [text for pattern in patterns.patterns for text in pattern.fires + pattern.silent]
    starts = sorted({word for pattern in patterns.patterns for form in pattern.forms for word in form.starts})
    known = [word for word in starts if word.isalpha()]

    def forever(choose: Callable[[random.Random], str]) -> Callable[[random.Random], Iterator[str]]:
        def pieces(chance: random.Random) -> Iterator[str]:
            while True:
                yield choose(chance)

        return pieces

    return {
        "ordinary talk": forever(lambda chance: " ".join(chance.sample(_ORDINARY.split(), 12)) + ". "),
        "words of the patterns": forever(lambda chance: chance.choice(words) + " "),
        "first words of patterns": forever(lambda chance: chance.choice(known) + " "),
        "examples, shuffled": forever(lambda chance: chance.choice(examples) + chance.choice([". ", " ", ", but "])),
        "the same word": forever(lambda chance: chance.choice(["not ", "no ", "i ", "want ", "me ", "to "])),
        "unknown long words": forever(lambda chance: "".join(chance.choices("kilmuscdeatho", k=18)) + " "),
        "odd letters": forever(
            lambda chance: chr(chance.choice([0x41, 0x301, 0x430, 0x1F480, 0xFF41, 0xD800, 0, 0x202E, 0x20]))
        ),
        "marks and digits": forever(
            lambda chance: chance.choice(["k1ll ", "s*", "*", ". ", "'", '"', "a.b.", "d1e", "@$!", "-"])
        ),
    }


if __name__ == "__main__":
    main()
