"""What someone sees of their own way, and their carer of theirs: chart, chips, and the summary before a session."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care.questionnaires import SKIPPED, Answers, Questionnaire, Value, in_locale, score
from peerbot.charts import spec, summarise
from peerbot.db.models import Participant, Person
from peerbot.errors import Refusal
from peerbot.messages import progress as say
from peerbot.messages.checkins import answer_in_words
from peerbot.services import access, history, schedules
from peerbot.services.post import tell
from peerbot.services.programme import programme_of

SESSION_DAYS = 7
FORM_DAYS = timedelta(days=28)  # the longest interval between two of a kind
MOST_WORDS = 160  # characters of one's own words on the carer's one screen
MOST_LINES = 3
_DAY = timedelta(days=1)


async def show(session: AsyncSession, user: int, *, days: int = say.SPANS[0], now: datetime) -> None:
    """/progress: one's own chart."""
    person, _part = await access.require_participant(session, user)
    title = programme_of(session).texts.plain(person.locale, "progress-title")
    await _picture(session, person, person, days, title, now)


async def show_case(session: AsyncSession, user: int, participant: int, *, days: int, now: datetime) -> None:
    """The same chart of a participant, for their carer."""
    who, person, part = await access.entitled_case(session, user, participant)
    await _picture(session, who, person, days, f"{part.case_code} · {person.alias}", now)


async def _picture(
    session: AsyncSession, reader: Person, subject: Person, days: int, title: str, now: datetime
) -> None:
    if days not in say.SPANS:
        raise Refusal("refused-old-button")
    texts, own = programme_of(session).texts, reader.id == subject.id
    on = schedules.day_of(subject, await schedules.rhythm_of(session, subject.id), now)
    first = on - (days - 1) * _DAY
    shown = await history.chart_days(session, subject.id, since=first)
    seen = summarise(shown, on, days)
    labels = say.labels(texts, reader.locale, title, seen, first, on)
    _, sober = await history.sober(session, subject.id, on)
    outgoing = say.picture(
        texts,
        reader.locale,
        spec(shown, labels, last_on=on, span=days),
        title,
        seen,
        sober=say.sober_line(texts, reader.locale, sober),
        participant=0 if own else subject.id,
        protect=not own,
    )
    await tell(session, reader, outgoing)


async def caseload(session: AsyncSession, user: int, *, page: int = 0, edit: int | None = None) -> None:
    """/caseload: the people a carer looks after, a page at a time."""
    who, entries, count = await access.cases_of(session, user, page, say.CASES_A_PAGE)
    outgoing = say.caseload(
        programme_of(session).texts,
        who.locale,
        [(person.id, part.case_code, person.alias) for person, part in entries],
        first=page * say.CASES_A_PAGE,
        count=count,
    )
    await tell(session, who, outgoing, edit=edit)


async def week(session: AsyncSession, user: int, participant: int, *, edit: int | None, now: datetime) -> None:
    """The last seven days of one participant on one screen, for their carer before a session."""
    who, person, part = await access.entitled_case(session, user, participant)
    seen = await _week(session, person, part, who.locale, now)
    await tell(session, who, say.week(programme_of(session).texts, who.locale, seen, participant=person.id), edit=edit)


async def _week(session: AsyncSession, person: Person, part: Participant, locale: str, now: datetime) -> say.Week:
    programme = programme_of(session)
    asked = programme.questionnaires[schedules.DAILY]
    on = schedules.day_of(person, await schedules.rhythm_of(session, person.id), now)
    since = on - (SESSION_DAYS - 1) * _DAY
    told = await history.told(session, person.id, since=since)
    kept = await history.adherence(session, person.id, since=since, until=on + _DAY)
    _, sober = await history.sober(session, person.id, on)
    cravings = [value for answers in told.values() if isinstance(value := answers.get("craving"), int)]
    seen = summarise([history.charted(asked, day, answers) for day, answers in told.items()], on, SESSION_DAYS)
    forms = await history.forms(session, person.id, since=on - FORM_DAYS)
    return say.Week(
        case=part.case_code,
        alias=person.alias,
        seen=seen,
        sent=kept.sent,
        answered=kept.answered,
        late=kept.late,
        silent=kept.silent,
        unreachable=kept.unreachable,
        not_sent=kept.not_sent,
        craving_highest=max(cravings, default=None),
        uses=[(day, _use(session, asked, answers, locale)) for day, answers in told.items() if _used(answers)],
        feelings=_feelings(asked, told.values(), locale),
        plans=_words(told, "plan"),
        notes=_words(told, "note"),
        forms=[(row.local_on, form, _result(form, given, locale)) for row, form, given in forms[:5]],
        sober=sober,
    )


def _used(answers: Answers) -> bool:
    return history.USES.get(str(answers.get("use"))) == "yes"


def _use(session: AsyncSession, asked: Questionnaire, answers: Answers, locale: str) -> str:
    """What was used, as far as it was said."""
    texts = programme_of(session).texts
    named = [asked.question(name) for name in ("use", "substance")]
    said = [(one, answers[one.id]) for one in named if one is not None and one.id in answers]
    return ", ".join(answer_in_words(texts, locale, one, value) for one, value in said if value not in (SKIPPED, ()))


def _feelings(asked: Questionnaire, told: Iterable[Answers], locale: str) -> list[str]:
    """The feelings named most often, with how often."""
    one = asked.question("feelings")
    chosen = [value for answers in told if isinstance(value := answers.get("feelings"), tuple)]
    counts = Counter(option for options in chosen for option in options)
    labels = {option.id: in_locale(option.label, locale) for option in (one.options if one else ())}
    return [f"{labels.get(option, option)} ({count})" for option, count in counts.most_common(MOST_LINES)]


def _words(told: Mapping[date, Mapping[str, Value]], question: str) -> list[tuple[date, str]]:
    """The latest of their own words, cut to what one screen holds."""
    said = [(on, str(answers[question])) for on, answers in told.items() if answers.get(question, SKIPPED) != SKIPPED]
    return [(on, words if len(words) <= MOST_WORDS else f"{words[: MOST_WORDS - 1]}…") for on, words in said][
        -MOST_LINES:
    ]


def _result(form: Questionnaire, given: Answers, locale: str) -> str:
    """Each subscale with its number and what it is called; a dash while the form is not finished."""
    reached = score(form, given)
    lines = []
    for subscale in form.subscales:
        points = reached.subscales[subscale.id]
        band = next(
            (one for one in form.bands if one.id == reached.bands.get(subscale.id) and one.subscale == subscale.id),
            None,
        )
        named = "" if band is None else f" ({in_locale(band.label, locale)})"
        lines.append(f"{in_locale(subscale.title, locale)} {'–' if points is None else points}{named}")
    return "; ".join(lines) or "–"
