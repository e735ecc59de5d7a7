"""Whatever a person answers, takes back or corrects: no dead end, a consistent score, every question within reach."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from peerbot.care.questionnaires import (
    SKIPPED,
    InvalidAnswer,
    Kind,
    Option,
    Question,
    Questionnaire,
    Subscale,
    Value,
    applicable,
    check_value,
    drop_unreachable,
    next_question,
    previous_question,
    progress,
    score,
    understand,
)
from peerbot.care.questionnaires.model import (
    PROFILE_FACTS,
    AnswerIn,
    Condition,
    Either,
    Every,
    Not,
    Profile,
    ProfileIs,
    SubscaleWithin,
)
from peerbot.care.questionnaires.reachable import unreachable
from peerbot.content_files.questionnaires import load_questionnaires


def every_questionnaire() -> list[Questionnaire]:
    """The shipped ones, and the full daily check-in."""
    full = (Path(__file__).parent / "daily_full.toml").read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        (Path(folder) / "daily.toml").write_text(full, encoding="utf-8")
        return list(load_questionnaires(extra=Path(folder)).values())


ALL = every_questionnaire()
questionnaires = st.sampled_from(ALL)
profiles = st.dictionaries(st.sampled_from(sorted(PROFILE_FACTS)), st.booleans())


def values(question: Question) -> list[Value]:
    """Every answer to a question, or some of them where there are too many."""
    found: list[Value]
    match question.kind:
        case Kind.CHOICE | Kind.YESNO:
            found = [option.id for option in question.options]
        case Kind.SEVERAL:
            ids = [option.id for option in question.options]
            found = [(), *((option,) for option in ids), tuple(ids)]
        case Kind.SCALE | Kind.DAYS:
            found = list(range(question.low, question.high + 1))
        case Kind.TIME:
            found = ["08:00"]
        case Kind.TEXT:
            found = ["a few words"]
    return [*found, SKIPPED] if question.skippable else found


@settings(max_examples=300, deadline=None)
@given(questionnaire=questionnaires, profile=profiles, data=st.data())
def test_any_path_of_answers_steps_back_and_corrections_ends_complete_and_consistent(
    questionnaire: Questionnaire, profile: Profile, data: st.DataObject
) -> None:
    answers: dict[str, Value] = {}
    for _ in range(data.draw(st.integers(0, 25), label="steps")):
        upcoming = next_question(questionnaire, answers, profile)
        given_ = [q for q in applicable(questionnaire, answers, profile) if q.id in answers]
        back = previous_question(questionnaire, answers, profile, upcoming)
        choices = [q for q in (upcoming, back, *given_) if q is not None]
        question = data.draw(st.sampled_from(choices), label="question")
        answers[question.id] = check_value(question, data.draw(st.sampled_from(values(question)), label="answer"))
        if data.draw(st.booleans(), label="dropped at once"):
            answers = drop_unreachable(questionnaire, answers, profile)

    for _ in questionnaire.questions:
        question_left = next_question(questionnaire, answers, profile)
        if question_left is not None:
            answers[question_left.id] = data.draw(st.sampled_from(values(question_left)), label="last answers")

    assert next_question(questionnaire, answers, profile) is None
    kept = drop_unreachable(questionnaire, answers, profile)
    assert set(kept) == {q.id for q in applicable(questionnaire, answers, profile)}
    in_order = {q.id: kept[q.id] for q in questionnaire.questions if q.id in kept}
    assert score(questionnaire, answers, profile) == score(questionnaire, in_order, profile)
    check_score(questionnaire, in_order, profile)


def check_score(questionnaire: Questionnaire, answers: dict[str, Value], profile: Profile) -> None:
    """A finished questionnaire has a number for each subscale unless something was skipped or gated away."""
    found = score(questionnaire, answers, profile)
    for subscale in questionnaire.subscales:
        points = found.subscales[subscale.id]
        passed_over = [item for item in subscale.items if item not in answers]
        skipped = SKIPPED in answers.values()
        gated = bool(passed_over) and subscale.unasked is None
        assert points is not None or skipped or gated
        if points is not None:
            assert points >= found.at_least[subscale.id]
            banded = any(band.subscale == subscale.id for band in questionnaire.bands)
            assert (subscale.id in found.bands) is banded


@settings(max_examples=150, deadline=None)
@given(questionnaire=questionnaires, profile=profiles, data=st.data())
def test_going_forward_and_back_meets_the_same_questions(
    questionnaire: Questionnaire, profile: Profile, data: st.DataObject
) -> None:
    answers: dict[str, Value] = {}
    forward: list[str] = []
    while (question := next_question(questionnaire, answers, profile)) is not None:
        place, of = progress(questionnaire, answers, profile, question)
        assert place == len(forward) + 1 <= of
        forward.append(question.id)
        answers[question.id] = data.draw(st.sampled_from(values(question)))

    backward: list[str] = []
    question = None
    while (question := previous_question(questionnaire, answers, profile, question)) is not None:
        backward.append(question.id)

    assert backward == forward[::-1]


def test_every_shipped_question_is_met_by_somebody() -> None:
    chance = random.Random(7)
    for questionnaire in ALL:
        met: set[str] = set()
        for _ in range(400):
            profile = {fact: chance.random() < 0.5 for fact in sorted(PROFILE_FACTS)}
            answers: dict[str, Value] = {}
            while (question := next_question(questionnaire, answers, profile)) is not None:
                answers[question.id] = chance.choice(values(question))
            met |= set(answers)
        assert met == {question.id for question in questionnaire.questions}, questionnaire.id


@settings(max_examples=300, deadline=None)
@given(questionnaire=questionnaires, locale=st.sampled_from(["en", "es"]), typed=st.text(max_size=30), data=st.data())
def test_whatever_is_typed_is_understood_as_a_valid_answer_or_not_at_all(
    questionnaire: Questionnaire, locale: str, typed: str, data: st.DataObject
) -> None:
    question = data.draw(st.sampled_from(questionnaire.questions))

    understood = understand(question, typed, locale)

    assert understood is None or check_value(question, understood) == understood


@settings(max_examples=300, deadline=None)
@given(
    questionnaire=questionnaires,
    value=st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=30),
        st.lists(st.one_of(st.text(max_size=5), st.integers()), max_size=4),
        st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
    ),
    data=st.data(),
)
def test_no_value_breaks_the_check(questionnaire: Questionnaire, value: object, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(questionnaire.questions))

    try:
        kept = check_value(question, value)
    except InvalidAnswer:
        return
    assert check_value(question, kept) == kept


# --- the search for unreachable questions against trying every path --------------------------------------------------

LABEL = {"en": "x", "es": "x"}
OPTIONS = tuple(Option(id=name, label=LABEL, score=points) for name, points in (("a", 0), ("b", 1), ("c", 3)))
POINTS = "points"


def question(place: int, kind: Kind, when: Condition | None, *, skippable: bool) -> Question:
    return Question(id=f"q{place}", kind=kind, text=LABEL, options=OPTIONS, skippable=skippable, when=when)


def conditions(earlier: list[Question], *, points: bool) -> st.SearchStrategy[Condition]:
    leaves: list[st.SearchStrategy[Condition]] = [
        st.builds(ProfileIs, fact=st.sampled_from(["medication", "opioid"]), expected=st.booleans())
    ]
    for one in earlier:
        allowed = st.sampled_from(["a", "b", "c", SKIPPED] if one.skippable else ["a", "b", "c"])
        leaves.append(
            st.builds(AnswerIn, question=st.just(one.id), values=st.frozensets(allowed, min_size=1, max_size=2))
        )
    if points:
        low = st.integers(0, 7)
        leaves.append(low.map(lambda least: SubscaleWithin(POINTS, least, least + 1)))
    return st.recursive(
        st.one_of(leaves),
        lambda inner: st.one_of(
            st.builds(Not, of=inner),
            st.builds(Every, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
            st.builds(Either, of=st.lists(inner, min_size=1, max_size=3).map(tuple)),
        ),
        max_leaves=5,
    )


@st.composite
def made_up(draw: st.DrawFn) -> Questionnaire:
    """Four questions; the first two choices make a subscale that later conditions may use."""
    made: list[Question] = []
    for place in range(4):
        kind = Kind.CHOICE if place < 2 else draw(st.sampled_from([Kind.CHOICE, Kind.SEVERAL]))
        when = draw(st.none() | conditions(made, points=place >= 2))
        made.append(question(place, kind, when, skippable=draw(st.booleans())))
    return Questionnaire(
        id="made-up",
        version=1,
        title=LABEL,
        intro={},
        window=LABEL,
        licence="own",
        source="made up",
        signed_by="",
        signed_on=None,
        unverified=(),
        questions=tuple(made),
        subscales=(Subscale(id=POINTS, title=LABEL, items=("q0", "q1")),),
    )


def met_on_any_path(questionnaire: Questionnaire) -> set[str]:
    met: set[str] = set()
    for medication in (False, True):
        for opioid in (False, True):
            profile = {"medication": medication, "opioid": opioid}
            open_paths: list[dict[str, Value]] = [{}]
            while open_paths:
                answers = open_paths.pop()
                upcoming = next_question(questionnaire, answers, profile)
                if upcoming is not None:
                    met.add(upcoming.id)
                    open_paths += [{**answers, upcoming.id: value} for value in all_values(upcoming)]
    return met


def all_values(one: Question) -> list[Value]:
    if one.kind is not Kind.SEVERAL:
        return values(one)
    pairs: list[Value] = [("a", "b"), ("a", "c"), ("b", "c")]
    return [*values(one), *pairs]


@settings(max_examples=120, deadline=None)
@given(questionnaire=made_up())
def test_the_search_for_unreachable_questions_agrees_with_trying_every_path(questionnaire: Questionnaire) -> None:
    everything = {one.id for one in questionnaire.questions}

    assert everything - set(unreachable(questionnaire)) == met_on_any_path(questionnaire)
