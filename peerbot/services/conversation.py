"""Free words in a private chat: danger is read first, then the keyboard, the open dialog, the open check-in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from peerbot.care import crisis as care_crisis
from peerbot.care.levels import Level
from peerbot.delivery.outbox import Target
from peerbot.errors import Refusal
from peerbot.messages import general
from peerbot.services import access, answering, asking, crisis, group_settings, joining, rules, tips, upkeep, welcome
from peerbot.services.enrolment import Visitor
from peerbot.services.post import target_of, tell, toast
from peerbot.services.programme import Programme, programme_of
from peerbot.texts import known as known_locale


async def hear(
    session: AsyncSession, who: Visitor, text: str, *, event: str, now: datetime, edited: bool = False
) -> None:
    """A text. Words of danger reach a person whatever else is going on; then it is read as what it may answer."""
    found = await access.participant(session, who.user)
    if found is None:
        await _hear_other(session, who, text, now=now, edited=edited)
        return
    person, part = found
    programme = programme_of(session)
    key = general.key_pressed(programme.texts, text)
    if key == "key-help":
        await crisis.help_now(session, who.user, person.locale, event=event, now=now)
        return
    reading = await crisis.read_words(session, person, part, text, event=event, now=now)
    if edited:
        return
    if reading.level >= Level.SAME_DAY:
        # The team has been told; what answers an open question is kept all the same.
        await answering.record_typed(session, person, part, text, now=now)
        return
    if key is not None:
        await _press(session, who, key, event=event, now=now)
    elif text.startswith("/"):
        raise Refusal("refused-unknown-command")
    elif not (
        await tips.type_in(session, person, text, now=now)
        or await welcome.type_in(session, person, text, now=now)
        or await answering.record_typed(session, person, part, text, now=now)
    ):
        if reading.level is Level.DIGEST:
            await crisis.answer_noted(session, person, reading, now=now)
        else:
            await tell(session, person, general.not_understood(programme.texts, person.locale))


async def _press(session: AsyncSession, who: Visitor, key: str, *, event: str, now: datetime) -> None:
    if key == "key-check-in":
        await asking.begin(session, who.user, now=now)
    elif key == "key-talk":
        await crisis.talk(session, who.user, event=event, now=now)
    else:
        await tips.give(session, who.user, now=now)


async def _hear_other(session: AsyncSession, who: Visitor, text: str, *, now: datetime, edited: bool) -> None:
    """Words of staff, of someone who left, or of a stranger: nothing is stored; danger still gets the card."""
    programme = programme_of(session)
    known = await access.person(session, who.user)
    locale = known.locale if known else who.locale
    asks = general.key_pressed(programme.texts, text) == "key-help"
    if asks or programme.reader.screen(text, locale).level >= Level.URGENT:
        await crisis.show_card(session, known or who.target, told=False, locale=locale)
    elif known is not None and await access.roles(session, known.id):
        command = text.startswith("/")
        if edited or command or not await group_settings.type_in(session, known, text, now=now):
            await tell(session, known, general.plain(programme.texts, locale, "staff-text-not-understood"))
    else:
        await tell(session, known or who.target, general.stranger(programme.texts, locale))


async def hear_media(session: AsyncSession, who: Visitor, caption: str, *, event: str, now: datetime) -> None:
    """Something that is not text. It is not kept; a caption is read for danger."""
    found = await access.participant(session, who.user)
    if found is None:
        await _hear_other(session, who, caption, now=now, edited=True)
        return
    person, part = found
    reading = await crisis.read_words(session, person, part, caption, event=event, now=now)
    if reading.level is Level.LOG:
        raise Refusal("refused-media")
    if reading.level is Level.DIGEST:
        await crisis.answer_noted(session, person, reading, now=now)


async def greet(session: AsyncSession, who: Visitor) -> None:
    """/start without an invite: to a stranger how to get in, to others where they stand."""
    programme = programme_of(session)
    known = await access.person(session, who.user)
    if known is None:
        await tell(session, who.target, general.stranger(programme.texts, who.locale))
        return
    found = await access.participant(session, who.user)
    if found is not None:
        if found[1].enrolled_at is None:
            await welcome.ask_again(session, known)
            return
        outgoing = general.plain(programme.texts, known.locale, "welcome-back")
        keyboard = general.participant_keyboard(programme.texts, known.locale)
        await tell(session, known, type(outgoing)(outgoing.text, keyboard))
    elif await access.roles(session, known.id):
        await tell(session, known, general.plain(programme.texts, known.locale, "staff-welcome-back"))
    else:
        await tell(session, known, general.stranger(programme.texts, known.locale))


async def guide(session: AsyncSession, who: Visitor) -> None:
    """/help, for whoever asks."""
    programme = programme_of(session)
    known = await access.person(session, who.user)
    locale = known.locale if known else who.locale
    audience = await _audience(session, who.user)
    names = [entry.name for entry in programme.menu if entry.audience in ("everyone", audience)]
    lines = care_crisis.card(programme.crisis_lines, programme.country, locale)
    outgoing = general.guide(programme.texts, locale, audience=audience, commands=names, lines=lines)
    await tell(session, known or who.target, outgoing)


async def _audience(session: AsyncSession, user: int) -> str:
    if await access.participant(session, user) is not None:
        return "participant"
    known = await access.person(session, user)
    return "staff" if known is not None and await access.roles(session, known.id) else "stranger"


async def card(session: AsyncSession, who: Visitor) -> None:
    """The crisis card, for whoever asks."""
    known = await access.person(session, who.user)
    await crisis.show_card(session, known or who.target, told=False, locale=who.locale)


async def stayed(session: AsyncSession, user: int, *, message_id: int) -> None:
    """Not leaving after all."""
    known = await access.person(session, user)
    if known is None:
        raise Refusal("refused-not-in")
    await tell(session, known, general.stayed(programme_of(session).texts, known.locale), edit=message_id)


async def block_changed(session: AsyncSession, user: int, *, reachable: bool, now: datetime) -> None:
    """Somebody blocked or unblocked the bot."""
    known = await access.person(session, user)
    if known is not None:
        await upkeep.reachability(session, known, reachable=reachable, now=now)


async def point_to_private(session: AsyncSession, chat: int, locale: str) -> None:
    """A command in a group: write to me privately."""
    programme: Programme = programme_of(session)
    outgoing = general.plain(programme.texts, locale, "command-in-group", bot=programme.bot_username)
    await tell(session, Target(chat), outgoing)


async def refuse(session: AsyncSession, raw: dict[str, Any], user: int | None, refusal: Refusal) -> None:
    """Tells the person why not: as a toast where they tapped, as a message where they wrote."""
    if user is None:
        return
    programme = programme_of(session)
    known = await access.person(session, user)
    source = next((value for key, value in raw.items() if key != "update_id" and isinstance(value, dict)), {})
    sender = source.get("from") or {}
    locale = known.locale if known else known_locale(sender.get("language_code")) if sender else programme.locale
    query = raw.get("callback_query")
    if isinstance(query, dict):
        text = programme.texts.plain(locale, refusal.text_id, **refusal.values)
        await toast(session, target_of(known) if known else Target(user), str(query.get("id")), text)
        return
    await tell(
        session, known or Target(user), general.refusal(programme.texts, locale, refusal.text_id, **refusal.values)
    )


async def rules_asked(session: AsyncSession, who: Visitor, words: Sequence[str], *, now: datetime) -> None:
    """/rules means what a person works with: the rules behind alerts for a carer, their group's for anybody else."""
    known = await access.person(session, who.user)
    if known is not None and await access.roles(session, known.id) & access.CARERS:
        await rules.command(session, who.user, words, now=now)
    else:
        await joining.show_rules(session, who.user, who)
