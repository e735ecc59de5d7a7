"""Who to call now: the crisis lines and which of them go on a person's card.

Here: the type of a line, the choice for a country and a language, the numbers moderation must always let through, and
what `doctor` says about lines nobody has checked. Not here: the entries (content/crisis_lines), the wording around the
card (texts), and telling staff (alerts).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("emergency", "suicide", "overdose", "treatment", "domestic", "poison", "veterans")

# Reference clinical.md section 4: emergency plus two, or nobody reads the card; check again every 90 days.
LINES_BESIDE_EMERGENCY = 2
CHECK_AGAIN_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class CrisisLine:
    """One line people can call. `countries` empty means anywhere; `region` empty means the whole country.

    `evidence` repeats the mark of the clinical reference: V read in a source, M general knowledge. Neither means that
    someone dialled the number: that is `verified_on`, and None means nobody in this programme has.
    """

    id: str
    countries: frozenset[str]
    region: str
    kinds: frozenset[str]
    name: Mapping[str, str]
    text: Mapping[str, str]
    numbers: tuple[str, ...]
    languages: frozenset[str]
    verified_on: date | None
    evidence: str
    source: str

    def says(self, locale: str) -> str:
        """What to do, in this language: "Call or text 988". English where the language is unknown."""
        return self.text.get(language(locale), self.text["en"])

    def named(self, locale: str) -> str:
        """What the line is called in this language."""
        return self.name.get(language(locale), self.name["en"])


def language(locale: str) -> str:
    """The language of a locale: "es-MX", "es_MX" and "ES" are "es"."""
    return locale.replace("_", "-").partition("-")[0].lower()


def card(lines: Iterable[CrisisLine], country: str, locale: str, kind: str = "suicide") -> tuple[CrisisLine, ...]:
    """The emergency number and at most two lines for this country and language, best first.

    A line in the person's language comes before a better fitting one they cannot talk to; a national line before a
    regional one; a line for another need than suicide is followed by the suicide line. A country we do not know gets
    "your local emergency number", never 911.
    """
    known, here = tuple(lines), country.strip().upper()
    emergency = [line for line in known if "emergency" in line.kinds and here in line.countries]
    anywhere = [line for line in known if "emergency" in line.kinds and not line.countries]
    wanted = {kind, "suicide"} - {"emergency"}
    others = [
        line for line in known if here in line.countries and wanted & line.kinds and "emergency" not in line.kinds
    ]
    if kind == "emergency":
        others = []

    def fit(line: CrisisLine) -> tuple[bool, bool, bool]:
        return language(locale) not in line.languages, bool(line.region), kind not in line.kinds

    return tuple((emergency or anywhere)[:1] + sorted(others, key=fit)[:LINES_BESIDE_EMERGENCY])


def digits(number: str) -> str:
    """A number as its plain digits, so that "988", "9 8 8" and "９-８-８" are one."""
    return "".join(str(int(sign)) for sign in number if sign.isdecimal())


def numbers(lines: Iterable[CrisisLine]) -> frozenset[str]:
    """The digits of every number of every line: what moderation must never take for a private contact."""
    return frozenset(digits(number) for line in lines for number in line.numbers)


def unverified(lines: Iterable[CrisisLine], on: date | None = None) -> list[str]:
    """One sentence for each line nobody has checked, or, given a day, not within the 90 days before it."""
    said = []
    for line in lines:
        if not line.numbers:
            continue
        if line.verified_on is None:
            said.append(
                f"{line.id} ({line.named('en')}): no one has called this line to check it; evidence {line.evidence}."
            )
        elif on is not None and on - line.verified_on > CHECK_AGAIN_AFTER:
            said.append(f"{line.id} ({line.named('en')}): last checked on {line.verified_on}, more than 90 days ago.")
    return said
