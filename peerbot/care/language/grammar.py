"""The grammar around a match: is it denied, whose state is it, when, under a condition, in somebody else's words.

Every function looks only at the words around the match, never at what the pattern means. English and Spanish run together:
a person may change language in the middle of a sentence.
"""

from dataclasses import dataclass

from peerbot.care.language.clauses import Clauses

_DENIALS = frozenset(
    "not never without neither nor deny denied denies nobody zero hardly nunca jamas sin ni tampoco niego negado niega".split()
)
_NO_BEFORE = frozenset("no ningun ninguna".split())  # "no thoughts of", "no quiero"; counts only close by
# After "not": what follows is no denial of what comes later ("cannot stop thinking of", "not sure if", "not only").
_NO_DENIAL_AFTER = frozenset(
    "stop help handle shake quit escape fight resist take deny lie cope control know sure certain only just sleep even"
    " believe breathe kidding joking hold bear stand tell ignore eat longer one ok okay good well fine doing"
    " puedo_parar aguanto paro dejo soporto se doy deja logro resisto controlo duermo".split()
)
_LETS_DENIAL_PAST = frozenset(  # verbs and links after which a denial still reaches: "I don't think I", "no creo que"
    "think thought believe mean means say saying said says that feel like if whether swear imply suggest hope"
    " creo pienso digo decir que dije diria significa quiere".split()
)
_SUBJECT_I = frozenset({"i", "yo"})
_SELF = frozenset("i am me myself my mine yo mi mis conmigo".split())
_OTHERS = frozenset(
    "he she they him her them hes shes himself herself themselves friend brother sister mom mum mother dad father husband wife"
    " son daughter boyfriend girlfriend partner roommate cousin uncle aunt neighbor neighbour ex kid buddy grandma grandpa"
    " sponsee bro nephew niece client patient bf gf bestie stepdad stepmom guy girl dude grandson granddaughter coworker"
    " el ella ellos ellas hermano hermana amigo amiga mama papa madre padre esposo esposa marido mujer hijo hija novio novia pareja"
    " primo prima tio tia vecino vecina companero companera abuelo abuela cunado cunada sobrino sobrina compa nieto nieta".split()
)
_ANYONE = frozenset(
    "people anyone someone somebody anybody everyone everybody those who you we us addicts veterans teens teenagers others folks"
    " youth persons men women students yourself your loved gente alguien quienes personas quien jovenes ustedes tu usted vos"
    " muchos todos one users survivors patients clients individuals characters character hero".split()
)
_RELATIVES = frozenset({"who", "that", "que", "quien"})
_PAST_AUXILIARIES = frozenset("was were had did used wasnt would estaba era tenia solia habia queria pensaba".split())
_PAST_TIMES = (
    "years ago",
    "year ago",
    "months ago",
    "decades ago",
    "long ago",
    "long time ago",
    "back then",
    "back when",
    "back in",
    "in the past",
    "in my past",
    "last year",
    "last summer",
    "last winter",
    "used to",
    "when i was",
    "when i used",
    "when i first",
    "when i got clean",
    "before i got",
    "before recovery",
    "before rehab",
    "before treatment",
    "before i came",
    "before i found",
    "in my addiction",
    "in active addiction",
    "in high school",
    "in college",
    "as a kid",
    "as a child",
    "as a teen",
    "as a teenager",
    "growing up",
    "at one point",
    "at my lowest",
    "in those days",
    "once upon",
    "there was a time",
    "anniversary",
    "hace anos",
    "hace un ano",
    "hace mucho",
    "hace tiempo",
    "hace meses",
    "el ano pasado",
    "en el pasado",
    "cuando era",
    "cuando estaba",
    "cuando tenia",
    "cuando consumia",
    "cuando bebia",
    "de joven",
    "de nino",
    "de nina",
    "de adolescente",
    "en aquel entonces",
    "en esa epoca",
    "en aquella epoca",
    "en mis tiempos",
    "antes de la recuperacion",
    "una vez",
    "en un momento",
    "anos atras",
    "aniversario",
)
_NOW_TIMES = (
    "now",
    "right now",
    "again",
    "still",
    "today",
    "tonight",
    "lately",
    "currently",
    "these days",
    "recently",
    "this week",
    "this morning",
    "last night",
    "yesterday",
    "just",
    "every day",
    "all the time",
    "ever since",
    "are back",
    "is back",
    "came back",
    "coming back",
    "ahora",
    "ahorita",
    "hoy",
    "otra vez",
    "de nuevo",
    "todavia",
    "aun",
    "sigo",
    "ultimamente",
    "esta noche",
    "anoche",
    "ayer",
    "volvieron",
    "han vuelto",
    "estos dias",
    "cada dia",
    "todos los dias",
)
_IF = frozenset({"if", "si"})
_NO_CONDITION_BEFORE_IF = frozenset(
    "know sure wonder wondering what as ask asking see matter care even like certain idk se como pregunto aunque saber importa dont not"
    " tell wondered unsure think duda".split()
)
_SAYING = frozenset(
    "said says say saying song lyric lyrics book movie film quote quotes quoted called titled title poem sign poster chapter line lines"
    " sponsor told tells chorus podcast shirt character step read reads singer sang sings scene episode show novel headline tweet meme"
    " dice dijo decia dicen cancion libro pelicula letra titulo llamada llamado cartel poema frase cita capitulo canta lei leimos titulado"
    " contaba conto escena serie novela post training wrote bumper documentary".split()
)
_OWN_WORDS = frozenset("i my me mi yo thought thinking note nota pienso pense escribi".split())


@dataclass(frozen=True, slots=True)
class Setting:
    """What the grammar found around a match."""

    about: str  # "self", "other", "anyone", "unknown"
    when: str  # "now", "past", "unclear"
    denied: bool
    conditional: bool
    quoted: bool


def setting(clauses: Clauses, start: int, end: int, *, find_subject: bool, about: str) -> Setting:
    """Look around the words [start, end)."""
    return Setting(
        about=_subject(clauses, start, end) if find_subject else about,
        when=_time(clauses, start, end),
        denied=_denied(clauses, start, end),
        conditional=_conditional(clauses, start),
        quoted=_quoted(clauses, start, end),
    )


def _denied(clauses: Clauses, start: int, end: int) -> bool:
    words = clauses.words
    denials = 0
    for at in range(start - 1, max(clauses.clause[start], start - 10) - 1, -1):
        word = words[at]
        if word in _DENIALS or (word in _NO_BEFORE and _no_reaches(words, at, start)):
            following = words[at + 1] if at + 1 < len(words) else ""
            if following in _NO_DENIAL_AFTER and at + 1 < start:
                continue
            denials += 1
        elif word in _SUBJECT_I and at > clauses.clause[start] and words[at - 1] not in _LETS_DENIAL_PAST:
            break
    if denials % 2 == 1:
        return True
    return denials == 0 and (_answered_no(words, end) or _listed_no(clauses, start))


def _no_reaches(words: tuple[str, ...], at: int, start: int) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    return following not in _NO_DENIAL_AFTER and start - at <= 7 and following != "one"


def _answered_no(words: tuple[str, ...], end: int) -> bool:
    """'Suicidal thoughts? No.' and 'suicidal thoughts: none'."""
    at = end
    while at < len(words) and at - end < 4 and words[at] not in '.,?"':
        at += 1
    if at >= len(words) or words[at] not in ",?":
        return False
    after = words[at + 1 : at + 3]
    if not after or after[0] not in {
        "no",
        "none",
        "never",
        "nope",
        "nah",
        "negative",
        "nada",
        "ninguno",
        "ninguna",
        "nunca",
        "denied",
    }:
        return False
    return len(after) == 1 or after[1] in '.,?"' or words[at] == "?"


def _listed_no(clauses: Clauses, start: int) -> bool:
    """'I am not going to drink, use or hurt myself': a denied list whose last part has no subject of its own."""
    words = clauses.words
    at = start - 1
    if at < 1 or words[at] not in {"or", "nor", "o", "ni", "u"}:
        return False
    for back in range(at - 1, max(clauses.sentence[start], at - 9) - 1, -1):
        if words[back] in _DENIALS or words[back] == "no":
            return True
        if words[back] in _BREAK_LIST:
            return False
    return False


_BREAK_LIST = frozenset({"but", "pero", ".", "?"})


def _subject(clauses: Clauses, start: int, end: int) -> str:
    words = clauses.words
    inside = words[start:end]
    if any(word in _SELF for word in inside):
        return "self"
    if any(word in ("himself", "herself", "themselves") for word in inside):
        return "other"
    if any(word in ("yourself", "yourselves") for word in inside):
        return "anyone"
    first = max(clauses.sentence[start], start - 12)
    for at in range(start - 1, first - 1, -1):
        word = words[at]
        if word in _SUBJECT_I or (word == "me" and start - at <= 3):
            return "self"
        if word in _RELATIVES and at > first and words[at - 1] in _OTHERS:
            return "other"
        if word in {"he", "she", "they", "ella"} or (word in _OTHERS and word not in {"el", "her", "him", "them"}):
            return "self" if _makes_me(words, at, start) else "other"
        if word in {"him", "her", "them"} and at == start - 1:
            return "other"
        if word in _ANYONE:
            return "anyone"
    return "self"


def _makes_me(words: tuple[str, ...], at: int, start: int) -> bool:
    return "me" in words[at + 1 : start]


def _time(clauses: Clauses, start: int, end: int) -> str:
    words, low = clauses.words, clauses.clause[start]
    before = words[max(low, start - 4) : start]
    sentence = f" {' '.join(words[clauses.sentence[start] : clauses.sentence_end[start]])} "
    clause = f" {' '.join(words[max(low - 6, clauses.sentence[start]) : min(end + 8, clauses.sentence_end[start])])} "
    now = any(f" {mark} " in clause for mark in _NOW_TIMES)
    if any(word in _PAST_AUXILIARIES for word in before) and not now:
        return "past"
    if now:
        return "now"
    if any(f" {mark} " in sentence for mark in _PAST_TIMES) or _dated(
        words[clauses.sentence[start] : clauses.sentence_end[start]]
    ):
        return "past"
    return "unclear"


def _dated(words: tuple[str, ...]) -> bool:
    """'in 2014', 'en 2014'."""
    return any(
        word in {"in", "en", "since"} and len(year) == 4 and year.isdecimal() and year[:2] in {"19", "20"}
        for word, year in zip(words, words[1:], strict=False)
    )


def _conditional(clauses: Clauses, start: int) -> bool:
    words = clauses.words
    for at in range(start - 1, max(clauses.clause[start], start - 9) - 1, -1):
        if words[at] in _IF:
            return at == 0 or words[at - 1] not in _NO_CONDITION_BEFORE_IF
    return False


def _quoted(clauses: Clauses, start: int, end: int) -> bool:
    opening = clauses.quote[start]
    if opening < 0 or clauses.quote[end - 1] != opening:
        return False
    words = clauses.words
    before = words[max(0, opening - 9) : opening]
    closing = next((at for at in range(end, len(words)) if words[at] == '"'), len(words))
    around = (*before, *words[closing + 1 : closing + 7])
    if not any(word in _SAYING for word in around):
        return closing - opening > 5
    speaker = [word for word in before[-5:] if word in _OWN_WORDS or word in _OTHERS]
    return not (speaker and speaker[-1] in {"i", "yo"} and "told" not in before and "read" not in before)
