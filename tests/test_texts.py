"""The bot's voice: complete and the same in every locale, used by something, short where it must be, never shaming.

What the code asks for is read from its sources: the ids, and the variables it hands over. Questionnaires, tips and
crisis lines bring their own words and their own tests.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import get_args, get_type_hints

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent
from fluent.syntax.visitor import Visitor

import peerbot
from peerbot.care import crisis, moderation
from peerbot.care.facts import Facts, Words
from peerbot.care.language import Category
from peerbot.care.levels import Level
from peerbot.care.questionnaires import Kind
from peerbot.care.questionnaires.model import PROFILE_FACTS
from peerbot.care.risk import BROKEN_RULE, RULES, Relation, assess
from peerbot.care.sessions import Misread
from peerbot.care.thresholds import DEFAULTS
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.moderation import load_rulebook
from peerbot.content_files.questionnaires import load_questionnaires
from peerbot.db.models import Feedback, Outcome, Place, ReviewKind, Role, SanctionState
from peerbot.handlers import COMMANDS
from peerbot.messages import crisis as say_crisis
from peerbot.messages import enrolment as say_enrolment
from peerbot.messages import general, group_settings, groups, milestones, plans, reviews
from peerbot.messages.alerts import FEEDBACK, OUTCOMES
from peerbot.messages.checkins import SAID
from peerbot.services import ladder
from peerbot.services.schedules import PHASES
from peerbot.services.welcome import STEPS
from peerbot.texts import LOCALES, TEXTS, Texts

SOURCES = Path(peerbot.__file__).parent
MESSAGE_LENGTH = 4096  # of a Telegram message
TOAST_LENGTH = 200  # of answerCallbackQuery
LABEL_LENGTH = 40  # longer ones are cut off on a small phone
NO_LABELS = ("command-", "about-", "rule-")  # plain, but no button carries them: lines of a menu, of a list, reasons
LONGEST_SENTENCE = 28  # words; short sentences are most of what makes a text easy to read

SAMPLE: Mapping[str, str | int] = {
    **DEFAULTS.values(),
    "form": "our-harbour",
    "first": 31,
    "wrong": 1,
    "why": "rates every day high",
    "whose": "C-4F7K",
    "usual": 3,
    "useful": 2,
    "title": "Daily check-in",
    "times": 3,
    "review": 1234,
    "reason": "Had an argument.",
    "question": "What was one good moment this week?",
    "rate": "0.42",
    "points": 12,
    "now": 9,
    "nights": 3,
    "month": "2026-03",
    "medication": "ran-out",
    "median": "3.5",
    "last": 4,
    "known": 1,
    "key": "craving.high",
    "judged": 4,
    "group": "Thursday evening group",
    "fired": 7,
    "feedback": "Useful",
    "fact": "the urge",
    "days": 3,
    "day": "2026-03-02",
    "confidence": 2,
    "changes": "the urge at 7 or less",
    "budget": "1",
    "about": "Mood at 2 or less of 10",
    "weekday": 2,
    "trend": "rising",
    "number": 3,
    "unit": "month",
    "since": "2 Mar",
    "average": "6.4",
    "sent": 7,
    "answered": 5,
    "late": 1,
    "silent": 2,
    "feelings": "Lonely (3), Tired (2)",
    "words": "A quiet day.",
    "chip": "9 months",
    "weeks": 2,
    "quiet": "22:00-08:00",
    "result": "Risk 12",
    "alert": 1234,
    "alias": "Someone with quite a long name",
    "answer": "7 of 10",
    "bot": "peerbot_example_bot",
    "by": "Dr Roth",
    "case": "C-4F7K",
    "category": "self-harm",
    "count": 3,
    "counselor": "Dr Roth",
    "craving": 9,
    "high": 10,
    "high_label": "Really good",
    "hours": 26,
    "language": "English",
    "level": "URGENT",
    "link": "t.me/peerbot_example_bot?start=code",
    "low": 0,
    "low_label": "Very low",
    "minutes": 15,
    "mood": 1,
    "most": 30,
    "name": "Crisis line",
    "of": 3,
    "outcome": "reached",
    "role": "Counselor",
    "row": 1234,
    "rule": "mood-low",
    "step": 1,
    "time": "09:00",
    "until": "2026-01-05 09:00",
    "use": "other",
    "value": "7",
    "version": "1",
    "what": "Call 000",
    "who": "Dr Roth",
    "zone": "Mexico City",
}

CHANGES = [
    change for rule in RULES for facts in rule.firing for finding in assess(facts) for change in finding.silent_if
]


def short_answers() -> set[str]:
    """The questions of the daily check-in that an alert shows with a short name; what was written is never shown."""
    return {one.id for one in load_questionnaires()["daily"].questions if one.kind is not Kind.TEXT}


def verdicts() -> set[str]:
    """Why a post came to a person or went: what patterns and rules say, and a person's report. Danger shows no why."""
    book = load_rulebook(load_crisis_lines())
    said = {one.reason for one in book.patterns}
    said |= {found.reason for rule in moderation.RULES for post in rule.firing if (found := rule.judge(post, book))}
    return {reason.removeprefix("verdict-") for reason in said | {"verdict-person"}} - {"danger"}


def review_acts() -> set[str]:
    """Every button a review can carry, however it stands."""
    decided: set[str | None] = {None}
    while True:  # until no act leads to one that is new
        acts = {
            act
            for kind in ReviewKind
            for place in Place
            for decision in decided
            for act in reviews.offered(kind, place, decision, has_words=True)
        }
        if acts <= decided:
            return acts
        decided |= acts


NO_DECISIONS = frozenset({"show", "undo", "lift"})  # buttons of a review that decide nothing

# What stands behind each id the code puts together. `said-*` is optional: a question without one is left out.
FAMILIES: Mapping[str, frozenset[str]] = {
    "about-*": frozenset(rule.id for rule in RULES) | {BROKEN_RULE},
    "alert-button-*": frozenset({"ack", "open", "close"}),
    "alert-state-*": frozenset({"open", "acknowledged"}),
    "measure-*": frozenset(change.fact for change in CHANGES if change.relation is not Relation.WITHOUT),
    "feedback-*": frozenset(FEEDBACK) | frozenset(Feedback),
    "command-*": frozenset(command.name for command in COMMANDS),
    "help-*": frozenset({"participant", "staff", "stranger"}),
    "level-*": frozenset(level.name.lower().replace("_", "-") for level in Level),
    "outcome-*": frozenset(OUTCOMES) | frozenset(Outcome),
    "role-*": frozenset(Role) | {"participant"},
    "rule-*": frozenset(rule.id for rule in RULES) | {BROKEN_RULE},
    "said-*": frozenset(SAID),
    "sober-*": frozenset({"total", "run", "day-one", "best"}),
    "chip-told-*": frozenset(milestones.TOLD),
    "chart-*": frozenset({"mood", "craving", "sleep"}),
    "chart-*-top": frozenset({"mood", "craving", "sleep"}),
    "chart-*-bottom": frozenset({"mood", "craving", "sleep"}),
    "progress-*": frozenset({"mood", "craving", "sleep"}),
    "plan-why-*": frozenset(plans.REASONS),
    "plan-did-*": frozenset({"phase", "day", "form", "hour", "ends", "quiet", "fact", "pause"}),
    "phase-*": frozenset(PHASES),
    "fact-*": frozenset(fact.replace("_", "-") for fact in PROFILE_FACTS),
    "short-*": frozenset(short_answers()),
    "settings-*": frozenset(STEPS),
    "without-*": frozenset(change.fact for change in CHANGES if change.relation is Relation.WITHOUT),
    "staff-welcome-*": frozenset(Role),
    "group-page-*": frozenset(group_settings.PAGES),
    "misread-*": frozenset(get_args(get_type_hints(Misread)["reason"])),
    "review-button-*": frozenset(review_acts()),
    "review-decided-*": frozenset(review_acts()) - NO_DECISIONS,
    "review-kind-*": frozenset(ReviewKind),
    "review-place-*": frozenset({Place.STANDS, Place.DOUBTFUL}),
    "right-*": frozenset(name.removeprefix("can_").replace("_", "-") for name in groups.RIGHTS),
    "session-*": frozenset(groups.ANSWERS),
    "step-*": frozenset(ladder.STEPS),
    "step-state-*": frozenset(SanctionState),
    "verdict-*": frozenset(verdicts()),
}


def parsed(locale: str) -> list[tuple[str, fluent.EntryType]]:
    """Every entry of a locale with the file it stands in."""
    parser = FluentParser()
    return [
        (file.name, entry)
        for file in sorted((TEXTS / locale).glob("*.ftl"))
        for entry in parser.parse(file.read_text(encoding="utf-8")).body
    ]


class Mentions(Visitor):
    """The variables and the other texts one text mentions."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.texts: set[str] = set()

    def visit_VariableReference(self, node: fluent.VariableReference) -> None:  # noqa: N802 - Fluent names it
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: fluent.MessageReference) -> None:  # noqa: N802 - Fluent names it
        self.texts.add(node.id.name)


def mentions(locale: str) -> dict[str, Mentions]:
    """What each text of a locale mentions, through the texts it contains."""
    found: dict[str, Mentions] = {}
    for _, entry in parsed(locale):
        if isinstance(entry, fluent.Message):
            found[entry.id.name] = Mentions()
            found[entry.id.name].visit(entry)
    for _ in range(3):  # texts within texts within texts
        for one in found.values():
            for other in tuple(one.texts & found.keys()):
                one.variables |= found[other].variables
                one.texts |= found[other].texts
    return found


MENTIONS = {locale: mentions(locale) for locale in LOCALES}
IDS = sorted(MENTIONS["en"])


@dataclass(frozen=True, slots=True)
class Use:
    """One place in the sources that asks for a text: the ids or id patterns it may ask for, and what it hands over."""

    where: str
    how: str
    ids: frozenset[str]
    variables: frozenset[str]
    any_variables: bool

    def members(self) -> frozenset[str]:
        """Every single text this place may ask for."""
        return frozenset(
            name
            for wanted in self.ids
            for name in ([wanted.replace("*", one) for one in FAMILIES.get(wanted, ())] if "*" in wanted else [wanted])
        )


def literals(node: ast.AST, scopes: tuple[ast.AST, ...]) -> set[str]:
    """The strings an expression can be; an f-string becomes a pattern, a name is looked up where it is bound."""
    match node:
        case ast.Constant(value=str(value)):
            return {value}
        case ast.IfExp(body=body, orelse=other):
            return literals(body, scopes) | literals(other, scopes)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            return {value for part in parts for value in literals(part, scopes)}
        case ast.JoinedStr(values=parts):
            return {"".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in parts)}
        case ast.Name(id=name):
            return {value for bound in bindings(name, scopes) for value in literals(bound, scopes)}
    return set()


def bindings(name: str, scopes: tuple[ast.AST, ...]) -> Iterator[ast.AST]:
    for scope in scopes:
        for node in ast.walk(scope):
            match node:
                case ast.Assign(targets=[ast.Name(id=bound)], value=value) if bound == name:
                    yield value
                case ast.comprehension(target=ast.Name(id=bound), iter=value) if bound == name:
                    yield value


def wanted_argument(call: ast.Call) -> tuple[str, int] | None:
    """How a call asks for a text, and which of its arguments says for which."""
    match call.func:
        case ast.Name(id="Refusal"):
            return "refusal", 0
        case ast.Attribute(value=ast.Name(id="general"), attr="plain"):
            return "say", 2
        case ast.Attribute(attr="say" | "plain" as how):
            return how, 1
    return None


def uses() -> list[Use]:
    """Every place in the sources that asks for a text by an id that can be read there."""
    found = []
    for file in sorted(SOURCES.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        for function in functions:
            for call in ast.walk(function):
                asks = wanted_argument(call) if isinstance(call, ast.Call) else None
                if not isinstance(call, ast.Call) or asks is None or len(call.args) <= asks[1]:
                    continue
                ids = literals(call.args[asks[1]], (function,)) or literals(call.args[asks[1]], (function, tree))
                names = [keyword.arg for keyword in call.keywords]
                where = f"{file.relative_to(SOURCES)}:{call.lineno}"
                given = frozenset(name for name in names if name)
                found.append(Use(where, asks[0], frozenset(ids), given, None in names))
    return found


USES = uses()
PLAIN = sorted({name for use in USES if use.how == "plain" for name in use.members()})
REFUSALS = sorted({name for use in USES if use.how == "refusal" for name in use.members()})


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts()


def every_text(texts: Texts) -> Iterator[tuple[str, str, str]]:
    """Locale, id and text, as a person would read it."""
    for locale in LOCALES:
        for text_id in IDS:
            variables = MENTIONS[locale][text_id].variables
            yield locale, text_id, texts.say(locale, text_id, **{name: SAMPLE[name] for name in variables})


@pytest.mark.parametrize("locale", LOCALES)
def test_every_entry_parses_and_no_id_stands_twice(locale: str) -> None:
    entries = parsed(locale)
    broken = [(file, entry.content) for file, entry in entries if isinstance(entry, fluent.Junk)]
    names = [entry.id.name for _, entry in entries if isinstance(entry, fluent.Message)]

    assert broken == []
    assert sorted(names) == sorted(set(names))
    assert len(names) > 100


def test_every_locale_has_the_same_texts_in_the_same_files() -> None:
    places = {
        locale: {(file, entry.id.name) for file, entry in parsed(locale) if isinstance(entry, fluent.Message)}
        for locale in LOCALES
    }

    assert all(found == places["en"] for found in places.values())


@pytest.mark.parametrize("text_id", IDS)
def test_a_text_has_the_same_variables_and_keys_in_every_locale(text_id: str) -> None:
    here = [MENTIONS[locale][text_id] for locale in LOCALES]

    assert all(one.variables == here[0].variables for one in here)
    assert all(one.texts == here[0].texts for one in here)


def test_every_text_formats_with_its_variables_and_fits_one_message(texts: Texts) -> None:
    for locale, text_id, text in every_text(texts):
        assert 0 < len(text.strip()) <= MESSAGE_LENGTH, (locale, text_id)
        assert "{" not in text, (locale, text_id)


def test_every_text_the_code_asks_for_exists() -> None:
    missing = {(use.where, name) for use in USES for name in use.members() if name not in IDS}

    assert missing == set()
    assert len(REFUSALS) > 20
    assert len(PLAIN) > 30


def test_every_id_the_code_puts_together_belongs_to_a_known_family() -> None:
    patterns = {name for use in USES for name in use.ids if "*" in name}

    assert patterns == set(FAMILIES)


def test_every_place_hands_over_the_variables_its_text_wants() -> None:
    missing = {
        (use.where, name, variable)
        for use in USES
        if not use.any_variables
        for name in use.members()
        for variable in MENTIONS["en"][name].variables - use.variables
    }

    assert missing == set()


def test_every_text_is_used_by_something() -> None:
    asked = {name for use in USES for name in use.members()}
    within = {name for one in MENTIONS["en"].values() for name in one.texts}
    in_families = {name for name in IDS for family in FAMILIES if fnmatchcase(name, family)}

    assert set(IDS) - asked - within == set()
    assert in_families <= asked | within


def test_every_thing_said_back_is_the_answer_to_a_question_that_is_asked() -> None:
    questions = {one.id for asked in load_questionnaires().values() for one in asked.questions}

    assert FAMILIES["said-*"] <= questions


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_can_be_said_from_what_its_rule_found(texts: Texts, locale: str) -> None:
    cases = [facts for rule in RULES for facts in rule.firing]
    cases += [Facts(words=Words(level, category)) for level in Level for category in Category]
    findings = [finding for facts in cases for finding in assess(facts)]
    said = {finding.rule: texts.say(locale, f"rule-{finding.rule}", **finding.inputs) for finding in findings}

    assert set(said) == {rule.id for rule in RULES}
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_rule_is_described_with_the_number_it_uses(texts: Texts, locale: str) -> None:
    limits = DEFAULTS.changed({"craving.high": 9, "mood.low": 1}).values()

    assert " 9 " in texts.say(locale, "about-craving-high", **limits)
    assert " 1 " in texts.say(locale, "about-mood-low", **limits)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_of_danger_has_words_of_its_own(texts: Texts, locale: str) -> None:
    said = {category: texts.say(locale, "words-about", category=category) for category in Category}

    assert len(set(said.values())) == len(Category)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_someone_said_they_used_is_told_apart(texts: Texts, locale: str) -> None:
    alcohol, other = (texts.say(locale, "rule-use-reported", use=use) for use in ("alcohol", "other"))

    assert alcohol != other


def test_only_bold_and_italic_stand_in_texts_and_every_mark_is_closed(texts: Texts) -> None:
    for locale, text_id, text in every_text(texts):
        open_marks: list[str] = []
        for slash, mark in re.findall(r"<(/?)([^>]*)>", text):
            assert mark in ("b", "i"), (locale, text_id, mark)
            if slash:
                assert open_marks, (locale, text_id)
                assert open_marks.pop() == mark, (locale, text_id)
            else:
                open_marks.append(mark)
        assert open_marks == [], (locale, text_id)
        assert not re.search(r"[<>&]", re.sub(r"</?[bi]>", "", text)), (locale, text_id)


@pytest.mark.parametrize("text_id", sorted({*PLAIN, *REFUSALS}))
def test_labels_toasts_and_menu_lines_hold_no_markup(texts: Texts, text_id: str) -> None:
    for locale in LOCALES:
        variables = MENTIONS[locale][text_id].variables
        text = texts.plain(locale, text_id, **{name: SAMPLE[name] for name in variables})

        assert not re.search(r"[<>\n]", text), (locale, text)


@pytest.mark.parametrize("text_id", REFUSALS)
def test_a_refusal_fits_a_toast(texts: Texts, text_id: str) -> None:
    for locale in LOCALES:
        variables = MENTIONS[locale][text_id].variables

        assert len(texts.plain(locale, text_id, **{name: SAMPLE[name] for name in variables})) <= TOAST_LENGTH


@pytest.mark.parametrize("text_id", [name for name in PLAIN if not name.startswith(NO_LABELS)])
def test_a_label_fits_a_button(texts: Texts, text_id: str) -> None:
    for locale in LOCALES:
        variables = MENTIONS[locale][text_id].variables

        assert len(texts.plain(locale, text_id, **{name: SAMPLE[name] for name in variables})) <= LABEL_LENGTH


def test_every_key_of_the_keyboard_is_known_again_when_it_is_pressed_or_typed(texts: Texts) -> None:
    for locale in LOCALES:
        for key in general.KEYS:
            label = texts.plain(locale, key)

            assert general.key_pressed(texts, label) == key
            assert general.key_pressed(texts, label.split(" ", 1)[1].upper()) == key


def test_numbers_of_alerts_reviews_and_rows_are_said_as_they_are_written(texts: Texts) -> None:
    numbered = [name for name in IDS if MENTIONS["en"][name].variables & {"alert", "row", "review"}]
    said = {(locale, name): text for locale, name, text in every_text(texts) if name in numbered}

    assert len(said) == 2 * len(numbered) > 10
    assert [place for place, text in said.items() if "1234" not in text] == []


@pytest.mark.parametrize(
    ("text_id", "variable", "one", "more"),
    [
        ("alert-minutes", "minutes", {"en": "1 minute", "es": "1 minuto"}, {"en": "5 minutes", "es": "5 minutos"}),
        ("gap-announced", "hours", {"en": "1 hour.", "es": "1 hora."}, {"en": "5 hours.", "es": "5 horas."}),
        (
            "staff-caseload-taken",
            "count",
            {"en": "1 participant</b> is", "es": "1 participante</b> pasa "},
            {"en": "5 participants</b> are", "es": "5 participantes</b> pasan "},
        ),
    ],
)
def test_one_is_said_differently_from_many(
    texts: Texts, text_id: str, variable: str, one: dict[str, str], more: dict[str, str]
) -> None:
    for locale in LOCALES:
        assert one[locale] in texts.say(locale, text_id, **{variable: 1})
        assert more[locale] in texts.say(locale, text_id, **{variable: 5})


NEVER = {
    "en": r"addict\w*|junkies?|alcoholics?|abuse\w*|drunks?|dirty|clean|weak|weakness|fail(?:ure|ures)|you failed"
    r"|guilt\w*|asham\w*|shame\w*|excuses?|disappoint\w*|streak|should have|non-?complian\w*|commit suicide",
    "es": r"adict\w*|drogadict\w*|yonquis?|borrach\w*|alcoh[oó]lic\w*|limpi\w*|suci\w*|d[eé]bil\w*|fracas\w*|culpa\w*"
    r"|verg[uü]enza|vicio\w*|toxic[oó]man\w*|excusas?|decepci\w*|racha|deber[ií]as haber|has fallado|fallaste",
}
PROMISES = (
    r"hipaa|confiden[ct]ial\w*|an[oó]nim\w*|anonymous\w*|guarantee\w*|garanti\w*|24/7"
    r"|prevents?|previene|detects?|detecta|cures?|cura"
)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_shames_or_promises_what_the_bot_cannot_keep(texts: Texts, locale: str) -> None:
    never = re.compile(rf"\b(?:{NEVER[locale]}|{PROMISES})\b", re.IGNORECASE)
    found = [(text_id, never.findall(text)) for here, text_id, text in every_text(texts) if here == locale]

    assert [(text_id, words) for text_id, words in found if words] == []


def test_spanish_says_tu_and_neither_usted_nor_vos_nor_vosotros(texts: Texts) -> None:
    other = re.compile(
        r"\b(?:usted(?:es)?|vos|vosotr[oa]s|vuestr\w+|os|ten[eé]s|pod[eé]s|quer[eé]s|toque|env[ií]e|elija)\b",
        re.IGNORECASE,
    )
    found = [(text_id, other.findall(text)) for locale, text_id, text in every_text(texts) if locale == "es"]

    assert [(text_id, words) for text_id, words in found if words] == []


def test_no_text_with_words_in_it_was_left_in_english(texts: Texts) -> None:
    english = {text_id: text for locale, text_id, text in every_text(texts) if locale == "en"}
    values = {str(value) for value in SAMPLE.values()}
    for locale, text_id, text in every_text(texts):
        if locale == "en" or text != english[text_id]:
            continue
        for value in sorted(values, key=len, reverse=True):
            text = text.replace(value, "")  # noqa: PLW2901 - what is left are the words of the text itself
        assert not re.search(r"[A-Za-z]{2,}", re.sub(r"</?[bi]>", "", text)), text_id


def test_no_sentence_is_too_long_for_a_bad_night(texts: Texts) -> None:
    for locale, text_id, text in every_text(texts):
        for sentence in re.split(r"[.!?:…](?:\s|<|$)|\n", text):
            assert len(sentence.split()) <= LONGEST_SENTENCE, (locale, text_id, sentence)


@pytest.mark.parametrize(("locale", "phrase"), [("en", "You are not alone."), ("es", "No estás solo ni sola.")])
def test_the_crisis_card_opens_with_warmth_and_ends_with_the_limits(texts: Texts, locale: str, phrase: str) -> None:
    lines = crisis.card(load_crisis_lines(), "US", locale)
    told = say_crisis.card(texts, locale, lines, told="Dr Roth").text
    alone = say_crisis.card(texts, locale, lines, told=None).text

    assert told.startswith(f"<b>{phrase}</b>")
    assert "Dr Roth" in told
    assert told.endswith(texts.say(locale, "not-watched"))
    assert texts.plain(locale, "key-help") in alone
    assert all(line.says(locale) in told for line in lines)


@pytest.mark.parametrize("locale", LOCALES)
def test_consent_names_telegram_the_readers_the_way_out_and_whom_to_call_in_one_message(
    texts: Texts, locale: str
) -> None:
    lines = crisis.card(load_crisis_lines(), "US", locale)
    screen = say_enrolment.consent(texts, locale, lines, invite="code", role="participant").text

    assert len(screen) <= MESSAGE_LENGTH
    assert "/stop" in screen
    assert "911" in screen
    assert {"en": "not end-to-end encrypted", "es": "no está cifrado de extremo a extremo"}[locale] in screen
    assert {"en": "supervisor", "es": "supervisión"}[locale] in screen
    assert {"en": "Not for emergencies", "es": "no es para emergencias"}[locale] in screen


@pytest.mark.parametrize(
    ("text_id", "variables"),
    [
        ("text-not-understood", {}),
        ("words-noted", {"who": 0}),
        ("gap-announced", {"hours": 30}),
        ("refused-not-participant", {}),
        ("refused-media", {}),
        ("refused-old-button", {}),
        ("refused-unknown-command", {}),
        ("start-stranger", {}),
    ],
)
def test_whoever_was_not_heard_is_told_how_to_get_help_now(
    texts: Texts, text_id: str, variables: dict[str, int]
) -> None:
    for locale in LOCALES:
        said = texts.say(locale, text_id, **variables)

        assert "/now" in said or texts.plain(locale, "key-help") in said
