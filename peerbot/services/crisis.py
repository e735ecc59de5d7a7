"""Help now: the crisis card at once, and the team told when the person is a participant. Never refused, however old."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import crisis
from peerbot.care.facts import Facts, Happening, Words
from peerbot.care.language import Category, Reading
from peerbot.care.levels import Level
from peerbot.care.risk import assess
from peerbot.db.models import Participant, Person
from peerbot.delivery.outbox import Target
from peerbot.messages import crisis as say
from peerbot.services import access, alerts, tips
from peerbot.services.post import tell
from peerbot.services.programme import programme_of


async def who_reads(session: AsyncSession, person_id: int) -> str:
    """Who is told first, by name; "your team" when the assigned counselor cannot be reached and others are told."""
    part = await session.get_one(Participant, person_id)
    counselor = await session.get_one(Person, part.counselor_id)
    if counselor.reachable and await access.roles(session, counselor.id) & access.CARERS:
        return counselor.alias
    person = await session.get_one(Person, person_id)
    return programme_of(session).texts.plain(person.locale, "your-team")


async def show_card(session: AsyncSession, who: Person | Target, *, told: bool, locale: str | None = None) -> None:
    """The card, in the person's language and for the programme's country."""
    programme = programme_of(session)
    speaks = who.locale if isinstance(who, Person) else locale or programme.locale
    lines = crisis.card(programme.crisis_lines, programme.country, speaks)
    name = await who_reads(session, who.id) if told and isinstance(who, Person) else None
    await tell(session, who, say.card(programme.texts, speaks, lines, told=name))


async def show_overdose_card(session: AsyncSession, person: Person) -> None:
    """What keeps someone alive after using opioids or something unknown, and whom to call."""
    programme = programme_of(session)
    lines = crisis.card(programme.crisis_lines, programme.country, person.locale, "overdose")
    await tell(session, person, say.overdose_card(programme.texts, person.locale, lines))


async def help_now(session: AsyncSession, user: int, locale: str, *, event: str, now: datetime) -> None:
    """I need help now. A participant's team is paged; anyone else, also one who left, still gets the card."""
    found = await access.participant(session, user)
    if found is None:
        known = await access.person(session, user)
        await show_card(session, known or Target(user), told=False, locale=locale)
        return
    person, part = found
    findings = assess(Facts(happening=Happening.HELP_ASKED))
    await alerts.raise_findings(session, part, findings, source=f"help:{event}", now=now)
    await show_card(session, person, told=True)


async def talk(session: AsyncSession, user: int, *, event: str, now: datetime) -> None:
    """Talk to my counselor: told today, without a reason having to be given."""
    person, part = await access.require_participant(session, user)
    findings = assess(Facts(happening=Happening.TALK_ASKED))
    await alerts.raise_findings(session, part, findings, source=f"talk:{event}", now=now)
    programme = programme_of(session)
    await tell(session, person, say.warm_reply(programme.texts, person.locale, who=await who_reads(session, person.id)))


async def read_words(
    session: AsyncSession, person: Person, part: Participant, text: str, *, event: str, now: datetime
) -> Reading:
    """Reads a private text for danger. URGENT and above: card at once, team paged; SAME_DAY: told today.

    DIGEST is noted for the weekly list, and what is answered is left to the caller.
    """
    programme = programme_of(session)
    reading = programme.reader.screen(text, person.locale)
    if reading.level is Level.LOG:
        return reading
    findings = assess(Facts(words=Words(reading.level, reading.category, reading.in_doubt)))
    await alerts.raise_findings(session, part, findings, source=f"words:{event}", now=now)
    if reading.level is Level.DIGEST:
        return reading
    if reading.level >= Level.URGENT:
        await show_card(session, person, told=True)
    else:
        await tell(
            session, person, say.warm_reply(programme.texts, person.locale, who=await who_reads(session, person.id))
        )
    return reading


async def answer_noted(session: AsyncSession, person: Person, reading: Reading, *, now: datetime) -> None:
    """To words that were noted and answer nothing: who will see the note, and a tip that fits what they said."""
    who = await who_reads(session, person.id)
    await tell(session, person, say.noted(programme_of(session).texts, person.locale, who=who))
    await tips.after_words(session, person, urge=reading.category is Category.LAPSE, now=now)
