"""What may stand in a group: every moderation rule, and the verdict on one post.

Here: danger first, then exactly three rules (sourcing and selling; contact details, invites and foreign links;
flooding), and the pure reading of numbers, links and handles they need. Not here: the words and limits
(content/moderation, handed in as a Rulebook), danger itself (care/language reads it into `Post.level`), and what is
done with a verdict (services).
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum

from peerbot.care.crisis import digits
from peerbot.care.levels import Level

LONGEST_READ = 4096  # Telegram's own limit for one message


class Kind(IntEnum):
    """What happens to a post, mildest first: it stays; it stays and a person looks; it waits for a person; it goes."""

    ALLOW = 0
    FLAG = 1
    HOLD = 2
    REMOVE = 3


@dataclass(frozen=True, slots=True)
class Post:
    """One post as the rules see it. `level` and `category` are what care/language read in the same text.

    `links` are addresses hidden behind words (Telegram text links), `own_handles` names without @ that belong here (the
    bot, the moderators), `recent_post_times` the author's earlier posts in this group, an album counting once.
    """

    text: str
    now: datetime
    level: Level = Level.LOG
    category: str = ""
    links: tuple[str, ...] = ()
    own_handles: frozenset[str] = frozenset()
    shares_contact: bool = False
    is_forward: bool = False
    recent_post_times: tuple[datetime, ...] = ()
    author_has_open_alert: bool = False
    from_staff: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one post; `reason` is a text id for the author, `pattern` what fired, for staff.

    `danger` asks for the crisis card and an alert; such a post always stays.
    """

    kind: Kind
    rule: str = ""
    reason: str = ""
    pattern: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that must stand together: one match of each of `wanted`, `within` words apart at most, none of `unless`.

    `whole` looks at the post as one piece; otherwise each sentence is read alone.
    """

    id: str
    rule: str
    kind: Kind
    reason: str
    wanted: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    within: int
    whole: bool

    def fires(self, text: str) -> bool:
        """Whether the pattern is met by a post, read plainly and with look-alike signs undone."""
        return any(
            self._stands_in(piece)
            for reading in readings(text)
            for piece in ((reading,) if self.whole else SENTENCE_END.split(reading))
        )

    def _stands_in(self, piece: str) -> bool:
        found: list[list[tuple[int, int]]] = []
        for words in self.wanted:
            if not (spans := [match.span() for match in itertools.islice(words.finditer(piece), 8)]):
                return False
            found.append(spans)
        if any(words.search(piece) for words in self.unless):
            return False
        return any(self._close(piece, sorted(spans)) for spans in itertools.product(*found))

    def _close(self, piece: str, spans: list[tuple[int, int]]) -> bool:
        return all(len(piece[end:start].split()) <= self.within for (_, end), (start, _) in itertools.pairwise(spans))


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The data the rules judge by: patterns, what is always let through, and the limit of flooding."""

    patterns: tuple[Pattern, ...]
    number_cue: re.Pattern[str]
    platform: re.Pattern[str]
    allowed_numbers: frozenset[str]
    allowed_hosts: frozenset[str]
    flood_posts: int
    flood_within: timedelta


@dataclass(frozen=True, slots=True)
class Rule:
    """A moderation rule with what it says about itself; `firing` and `silent` are examples every test run judges."""

    id: str
    reason: str
    source: str
    firing: tuple[Post, ...]
    silent: tuple[Post, ...]
    judge: Callable[[Post, Rulebook], Verdict | None]


def rule(
    id: str,  # noqa: A002 - the field's own word
    *,
    reason: str,
    source: str,
    firing: tuple[Post, ...],
    silent: tuple[Post, ...],
) -> Callable[[Callable[[Post, Rulebook], Verdict | None]], Rule]:
    """Makes a Rule of a function that gives a verdict, or None where the rule has nothing to say."""

    def made(judge: Callable[[Post, Rulebook], Verdict | None]) -> Rule:
        return Rule(id, reason, source, firing, silent, judge)

    return made


# --- reading a text -------------------------------------------------------------------------------------------------

SENTENCE_END = re.compile(r"[.!?;]+(?=\s|$)|\n+")
LOOK_ALIKES = str.maketrans("аеорсхуіѕкмтвнԁ", "aeopcxyiskmtbhd", "'’‘´`")
LEET = str.maketrans("01345@$", "oieasas")
LEET_WORD = re.compile(r"(?<!\S)(?=\S*[a-z])(?=\S*[01345@$])[a-z01345@$]{3,}(?!\w)")
SPACED_WORD = re.compile(r"(?<!\w)(?:[a-z][ .\-_*]){3,}[a-z](?!\w)")


def plain(text: str) -> str:
    """Small letters without accents, apostrophes, fancy alphabets, invisible signs or look-alikes; lines are kept."""
    folded = unicodedata.normalize("NFKD", text[:LONGEST_READ]).casefold()
    kept = "".join(sign for sign in folded if unicodedata.category(sign) not in {"Mn", "Me", "Cf", "Cs"})
    return re.sub(r"[^\S\n]+", " ", kept.translate(LOOK_ALIKES))


def readings(text: str) -> Iterator[str]:
    """The plain text, and where it differs also the one behind "s3ll" and "s e l l"."""
    straight = plain(text)
    yield straight
    undone = SPACED_WORD.sub(lambda word: re.sub(r"[^a-z]", "", word[0]), straight)
    undone = LEET_WORD.sub(lambda word: word[0].translate(LEET), undone)
    if undone != straight:
        yield undone


DIGIT_WORDS = (
    "zero one two three four five six seven eight nine",
    "cero uno dos tres cuatro cinco seis siete ocho nueve",
)
NUMBER_WORDS: Mapping[str, str] = {"oh": "0"} | {
    word: str(value) for words in DIGIT_WORDS for value, word in enumerate(words.split())
}
DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(NUMBER_WORDS)})\b")
SPOKEN_NUMBER = re.compile(rf"(?:(?:{DIGIT_WORD.pattern}|\d\b)[\s,.\-]{{0,3}}){{5,}}")
SPOKEN_DASH = re.compile(r"(?<=\d)\s*[(\[]?\b(?:dash|dot|guion|punto|raya)\b[)\]]?\s*(?=\d)")
# Dates, clock times, money and counted things are numbers nobody can call.
NO_PHONE = re.compile(
    r"(?<![\d\-/.])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?![\d\-/]|\.\d)"
    r"|\d{1,2}:\d{2}(?::\d{2})?|[$€£]\s?\d[\d.,]{0,14}|(?<!\d)\d[\d.,]{0,14}\s?(?:[$€£%]|dollars|euros|pesos|usd)"
    r"|(?<!\d)\d{1,3}(?:,\d{3}){1,4}|(?<!\d)\d{1,3}(?:[. ]\d{3}){1,4}(?= (?:de |people|steps|pasos|personas|miles))"
)
PHONE = re.compile(r"(?<![\w@#])\+?\(?\d(?:[\s().\-_/·•*~,]{0,3}\d){6,18}(?!\w)")
SHORT_PHONE = re.compile(r"\d{3,4}[-.]\d{4}")


def phone_numbers(text: str, book: Rulebook) -> tuple[str, ...]:
    """The digits of each number in a text that looks like somebody's own, however it is typed or spelled out.

    Numbers of crisis lines never count, also next to each other or typed with spaces. Seven and eight digits only count
    where the text speaks of calling, or where they are written as a number ("555-0134").
    """
    straight = plain(text)
    cue = bool(book.number_cue.search(straight))
    spelled = SPOKEN_NUMBER.sub(lambda run: DIGIT_WORD.sub(lambda word: NUMBER_WORDS[word[0]], run[0]), straight)
    candidates = PHONE.finditer(NO_PHONE.sub(" # ", SPOKEN_DASH.sub("-", spelled)))
    return tuple(digits(found[0]) for found in candidates if _is_phone(found[0], book.allowed_numbers, cue))


def _is_phone(written: str, allowed: frozenset[str], cue: bool) -> bool:
    groups = re.findall(r"\d+", written)
    number = "".join(groups)
    if _all_allowed(groups, allowed) or any(number.endswith(line) for line in allowed if len(line) >= 9):
        return False
    if len(groups) >= 2 and (
        set(groups[1:]) == {"000"} or all(re.fullmatch("(?:19|20)\\d\\d", year) for year in groups)
    ):
        return False
    steps = {int(after) - int(before) for before, after in itertools.pairwise(groups)}
    if len(groups) >= 3 and len(steps) == 1 and len(groups[0]) <= 2 and steps != {0}:  # counting: 1 2 3, 30 60 90
        return False
    return len(number) >= 9 or cue or written.startswith("+") or bool(SHORT_PHONE.fullmatch(written))


def _all_allowed(groups: list[str], allowed: frozenset[str]) -> bool:
    """Whether the groups are nothing but known numbers side by side: "911 988", "1 800 662 4357"."""
    reached = {0}
    for start in range(len(groups)):
        if start in reached:
            reached |= {end for end in range(start + 1, len(groups) + 1) if "".join(groups[start:end]) in allowed}
    return len(groups) in reached


DOTS = re.compile(r"\s*[(\[{]\s*(?:dot|punto|\.)\s*[)\]}]\s*|\s+(?:dot|punto)\s+(?=(?:com|net|org|me|io|gg)\b)")
AT = re.compile(
    r"\s*[(\[{]\s*(?:at|arroba|@)\s*[)\]}]\s*|\s+arroba\s+|\s+at\s+(?=(?:gmail|hotmail|outlook|yahoo|icloud|proton))"
)
SPACED_INVITE = re.compile(r"\b(t|wa)\s*\.\s*me\s*/\s*|\bdiscord\s*\.\s*gg\s*/\s*")
LINK = re.compile(
    r"(?:https?://|www\.|tg://)(?P<full>[^\s/?#]+)"
    r"|(?<![\w@.-])(?P<bare>(?:[\w-]{1,63}\.){1,6}(?:com|net|org|io|gg|xyz|ru|onion|ly))(?![\w.-]*\w)"
    r"|(?<![\w@.-])(?P<path>(?:[\w-]{1,63}\.){1,6}[a-z]{2,})/[\w+~@-]"
    r"|(?<![\w@.])(?P<short>t\.me|wa\.me|telegram\.me|youtu\.be)\b"
)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,}")
HANDLE = re.compile(r"(?<![\w@./])@([a-z][\w.]{2,30}\w)")
INVITES = frozenset({"t.me", "telegram.me", "telegram.dog", "wa.me", "discord.gg", "chat.whatsapp.com"})


def hosts(text: str, links: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The hosts a text links to, plainly, without http, or dressed up as "t (dot) me", and those of hidden links."""
    straight = SPACED_INVITE.sub(
        lambda found: found[0].replace(" ", ""), DOTS.sub(".", "\n".join((plain(text), *map(plain, links))))
    )
    found = (match["full"] or match["bare"] or match["path"] or match["short"] for match in LINK.finditer(straight))
    return tuple(host.rpartition("@")[2].partition(":")[0].removeprefix("www.") for host in found)


def emails(text: str) -> tuple[str, ...]:
    """E-mail addresses in a text, also "name at gmail dot com"."""
    return tuple(EMAIL.findall(AT.sub("@", DOTS.sub(".", plain(text)))))


def handles(text: str) -> tuple[str, ...]:
    """Names written with @, without the sign."""
    return tuple(HANDLE.findall(plain(text)))


# --- the rules ------------------------------------------------------------------------------------------------------

SOME_DAY = datetime(2026, 1, 1, 12, tzinfo=UTC)


def _said(text: str, level: Level = Level.LOG) -> Post:
    return Post(text, SOME_DAY, level=level)


@rule(
    "danger",
    reason="A person may be in danger. The post stays, its author gets the crisis card, people are told.",
    source="moderation.md section 2 and 6.5: a message about wanting to die is kept, flagged and put before a human",
    firing=(
        _said("quiero morir, mi número es 555 010 9988", Level.URGENT),
        _said("selling my pills, goodbye", Level.EMERGENCY),
    ),
    silent=(_said("I slipped on Friday and I am back", Level.SAME_DAY), _said("day 30 today")),
)
def danger(post: Post, book: Rulebook) -> Verdict | None:  # noqa: ARG001 - every rule takes the same two
    """A reading of URGENT or above is kept and flagged, whatever else the post contains."""
    if post.level >= Level.URGENT:
        return Verdict(Kind.FLAG, "danger", "verdict-danger", post.category, danger=True)
    return None


@rule(
    "sourcing",
    reason="Selling or offering substances is removed; asking for them or naming prices waits for a person.",
    source="peers.md section 6, norm 4: no sourcing, prices, doses or how-to",
    firing=(
        _said("I'm selling percs, dm me"),
        _said("alguien sabe dónde conseguir perico"),
        _said("who wants to get high tonight"),
    ),
    silent=(
        _said("my old dealer texted me and I deleted his number"),
        _said("vendí mi moto para pagar la renta"),
        _said("where can I get naloxone"),
    ),
)
def sourcing(post: Post, book: Rulebook) -> Verdict | None:
    """The gravest pattern that fires; where only the reader of words suspects sourcing, a person looks."""
    if verdict := _gravest("sourcing", post, book):
        return verdict
    if post.category == "sourcing":
        return Verdict(Kind.FLAG, "sourcing", "verdict-doubt", "read-as-sourcing")
    return None


@rule(
    "contact",
    reason="Phone numbers, e-mail addresses, invites and foreign links wait for a person. Crisis lines never do.",
    source="moderation.md section 2 (7 Cups, Koko) and peers.md section 6, norm 2: a pseudonym and no contact data",
    firing=(
        _said("text me 555 010 9988"),
        _said("join t . me / +AbCdEf"),
        _said("escríbeme a luna arroba gmail punto com"),
        _said("add me on insta @moonlight_22"),
    ),
    silent=(_said("you can call or text 9 8 8, or 1 800 662 4357"), _said("meeting at 7:30 pm on 12/05/2026")),
)
def contact(post: Post, book: Rulebook) -> Verdict | None:
    """Holds what leads out of the group; flags what only might."""
    where = hosts(post.text, post.links)
    foreign = [host for host in where if not _allowed(host, book.allowed_hosts)]
    named = [name for name in handles(post.text) if name not in post.own_handles]
    held = (
        (any(_allowed(host, INVITES) for host in foreign), "verdict-invite", "invite-link"),
        (bool(foreign), "verdict-link", "foreign-link"),
        (bool(phone_numbers(post.text, book)), "verdict-contact", "phone-number"),
        (bool(emails(post.text)), "verdict-contact", "email"),
        (post.shares_contact, "verdict-contact", "shared-contact"),
        (bool(named and book.platform.search(plain(post.text))), "verdict-contact", "handle"),
    )
    for fires, reason, pattern in held:
        if fires:
            return Verdict(Kind.HOLD, "contact", reason, pattern)
    if verdict := _gravest("contact", post, book):
        return verdict
    if named and len(post.text.split()) <= 2:
        return Verdict(Kind.FLAG, "contact", "verdict-doubt", "bare-handle")
    if post.is_forward:
        return Verdict(Kind.FLAG, "contact", "verdict-doubt", "forwarded")
    return None


@rule(
    "flooding",
    reason="Many posts in a short time: the newest waits. Never for a person with an open alert or with hard news.",
    source="peerbot's own default, no published value known; issue 3: flooding never mutes a person with an open alert",
    firing=(Post("and another thing", SOME_DAY, recent_post_times=(SOME_DAY,) * 30),),
    silent=(
        Post("please", SOME_DAY, recent_post_times=(SOME_DAY,) * 30, author_has_open_alert=True),
        Post("and another thing", SOME_DAY, recent_post_times=(SOME_DAY - timedelta(hours=1),) * 30),
    ),
)
def flooding(post: Post, book: Rulebook) -> Verdict | None:
    """Holds the newest of many posts; one that tells of a lapse is only flagged."""
    lately = [at for at in post.recent_post_times if timedelta(0) <= post.now - at < book.flood_within]
    if post.author_has_open_alert or len(lately) + 1 < book.flood_posts:
        return None
    kind = Kind.FLAG if post.level >= Level.SAME_DAY else Kind.HOLD
    return Verdict(kind, "flooding", "verdict-flooding", f"{len(lately) + 1}-posts")


RULES: tuple[Rule, ...] = (danger, sourcing, contact, flooding)


def judge(post: Post, book: Rulebook) -> Verdict:
    """The verdict on one post.

    1. Danger is judged first and overrides every rule: such a post is never removed or held.
    2. Staff may post links and numbers.
    3. Otherwise the gravest of the rules; the first of equals.
    """
    if found := danger.judge(post, book):
        return found
    if post.from_staff:
        return Verdict(Kind.ALLOW)
    verdicts = [verdict for rule in RULES[1:] if (verdict := rule.judge(post, book))]
    return max(verdicts, key=lambda verdict: verdict.kind, default=Verdict(Kind.ALLOW))


def _gravest(rule_id: str, post: Post, book: Rulebook) -> Verdict | None:
    fired = [pattern for pattern in book.patterns if pattern.rule == rule_id and pattern.fires(post.text)]
    if not fired:
        return None
    worst = max(fired, key=lambda pattern: pattern.kind)
    return Verdict(worst.kind, rule_id, worst.reason, worst.id)


def _allowed(host: str, allowed: frozenset[str]) -> bool:
    return any(host == known or host.endswith(f".{known}") for known in allowed)
