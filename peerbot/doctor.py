"""`peerbot doctor`: looks at everything an operator can get wrong, and says what to do about each finding."""

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
from sqlalchemy import func, make_url, select
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from peerbot import control
from peerbot.care import crisis
from peerbot.content_files import ContentError
from peerbot.content_files.crisis_lines import load_crisis_lines
from peerbot.content_files.language import load_patterns
from peerbot.content_files.moderation import load_rulebook
from peerbot.content_files.questionnaires import load_questionnaires, unsigned
from peerbot.content_files.tips import load_tips
from peerbot.content_files.topics import load_group_rules, load_ice_breakers, load_topics
from peerbot.db.engine import Database
from peerbot.db.migrate import look, unlock
from peerbot.db.models import Group, InboxRow, InboxState, OutboxRow, OutboxState, Person, Role, StaffRole
from peerbot.db.sealed import Keys
from peerbot.errors import StartError
from peerbot.settings import Settings, load_settings
from peerbot.texts import TextError, Texts

WAL_FIXED = (3, 51, 3)
LARGEST_SKEW = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `advice_only` marks what a person should decide but what stops nothing."""

    name: str
    good: bool
    says: str
    remedy: str = ""
    advice_only: bool = False


async def examine() -> list[Check]:
    """Every check, in the order a newcomer would fix them."""
    try:
        settings = load_settings()
    except StartError as error:
        return [
            Check("settings", good=False, says=str(error), remedy="Edit .env or the environment; see .env.example."),
            *_content(None),
        ]
    content = _content(settings.content_dir)
    checks = [Check("settings", good=True, says="complete and well-formed")]
    checks += await _database(settings)
    checks += content
    checks += await _telegram(settings)
    return checks


def _no_file(url: str) -> bool:
    return url.startswith("sqlite") and not Path(make_url(url).database or "").exists()


async def _database(settings: Settings) -> list[Check]:
    url = settings.database
    if _no_file(url):
        return [Check("database", good=True, says="will be created on the first start")]
    try:
        current, head, known = await look(url, reading=True)
    except StartError as error:
        return [Check("database", good=False, says=str(error), remedy="Is the address right, and does the server run?")]
    if not known:
        return [
            Check(
                "database",
                good=False,
                says="written by a newer peerbot",
                remedy="Start that version, or restore a backup.",
            )
        ]
    if current is None:
        return [Check("database", good=True, says="empty; it will be filled on the first start")]
    if current != head:
        return [
            Check(
                "migrations",
                good=False,
                says=f"at {current}, needed {head}",
                remedy="Back up, then run `peerbot migrate`.",
            )
        ]
    checks = [Check("migrations", good=True, says=f"at {head}")]
    if url.startswith("sqlite") and sqlite3.sqlite_version_info < WAL_FIXED:
        checks.append(
            Check(
                "sqlite",
                good=False,
                says=f"version {sqlite3.sqlite_version} has a rare WAL fault when two processes write",
                remedy="Run one peerbot per file (it does so by itself), or use PostgreSQL.",
                advice_only=True,
            )
        )
    return checks + await _inside(settings)


async def _inside(settings: Settings) -> list[Check]:
    """What the database itself tells. It is opened read-only: looking beside a running bot changes nothing."""
    keys = Keys([key.get_secret_value() for key in settings.encryption_keys])
    database = Database(settings.database, keys, reading=True)
    try:
        await unlock(database)
        async with database.begin() as session:
            rows = await session.execute(
                select(StaffRole.role, func.count())
                .join(Person, Person.id == StaffRole.person_id)
                .where(StaffRole.ended_at.is_(None), Person.reachable)
                .group_by(StaffRole.role)
            )
            held = {role: count for role, count in rows}  # noqa: C416 - a row is no pair to dict()
            parked = await session.scalar(select(func.count()).where(InboxRow.state == InboxState.PARKED)) or 0
            parked += await session.scalar(select(func.count()).where(OutboxRow.state == OutboxState.PARKED)) or 0
            lacking = list(await session.scalars(select(Group.told_missing).where(Group.left_at.is_(None))))
    except StartError as error:
        return [Check("keys", good=False, says=str(error), remedy="Find the key this database was made with.")]
    finally:
        await database.close()
    running = control.socket_path(settings.data_dir).exists()
    return [
        Check("keys", good=True, says="open the database"),
        _staff(held),
        *_groups(lacking),
        Check(
            "parked work",
            good=not parked,
            says=f"{parked} rows wait for a person" if parked else "nothing waits",
            remedy="Run `peerbot parked`." if parked else "",
        ),
        Check(
            "process",
            good=running,
            says="a bot is running" if running else "no bot runs on this data folder",
            advice_only=True,
        ),
    ]


def _staff(held: dict[str, int]) -> Check:
    missing = [role for role in (Role.SUPERVISOR, Role.COUNSELOR) if not held.get(role)]
    if not missing:
        return Check("staff", good=True, says="supervisor and counselor can be reached")
    return Check(
        "staff",
        good=False,
        says=f"nobody reachable as {' or '.join(missing)}",
        remedy=f"Run `peerbot invite {missing[0]}` and open the link on that person's phone.",
    )


def _groups(lacking: Sequence[str | None]) -> list[Check]:
    """What Telegram last said the bot may do in its groups; the bot itself asks again every ten minutes."""
    if not lacking:
        return []
    missing = sorted({name for one in lacking for name in (one or "").split()})
    return [
        Check(
            "groups",
            good=not missing,
            says=f"{len(lacking)} looked after"
            + (f"; {sum(map(bool, lacking))} of them without {', '.join(missing)}" if missing else ""),
            remedy="Send /setup in the group to see what is off; an owner of the group can allow it."
            if missing
            else "",
            advice_only=True,
        )
    ]


def _content(own: Path | None) -> list[Check]:
    try:
        texts, lines, questionnaires = (
            Texts(),
            load_crisis_lines(),
            load_questionnaires(extra=own / "questionnaires" if own else None),
        )
        load_patterns()
        load_rulebook(lines)
        tips, topics = load_tips(), load_topics()
        load_group_rules()
        load_ice_breakers()
    except (ContentError, TextError) as error:
        return [Check("content", good=False, says=str(error), remedy="Correct the file and entry named.")]
    checks = [
        Check(
            "content",
            good=True,
            says=f"{len(texts.ids('en'))} texts, {len(lines)} crisis lines, {len(questionnaires)} questionnaires, "
            f"{len(tips)} tips, {len(topics)} topics",
        )
    ]
    checks += _to_sign(
        "crisis lines", crisis.unverified(lines, datetime.now(UTC).date()), "Call each line, then set verified_on."
    )
    checks += _to_sign("questionnaires", unsigned(questionnaires), "A clinician of the programme reads and signs them.")
    return checks


def _to_sign(name: str, open_points: Sequence[str], remedy: str) -> list[Check]:
    return [Check(name, good=False, says=point, remedy="", advice_only=True) for point in open_points] + (
        [Check(name, good=False, says=f"{len(open_points)} points to sign", remedy=remedy, advice_only=True)]
        if open_points
        else []
    )


async def _telegram(settings: Settings) -> list[Check]:
    try:
        async with httpx.AsyncClient(timeout=10) as client:
            answer = await client.get(settings.api_url)
    except httpx.HTTPError as error:
        return [
            Check(
                "telegram",
                good=False,
                says=f"cannot be reached ({type(error).__name__})",
                remedy="Check network and PEERBOT_API_URL.",
            )
        ]
    checks = [_clock(answer.headers.get("date"))]
    bot = Bot(settings.token.get_secret_value(), base_url=f"{settings.api_url}/bot")
    try:
        await bot.initialize()
        checks.append(Check("token", good=True, says=f"belongs to @{bot.username}"))
        checks.append(await _webhook(bot, settings))
    except InvalidToken:
        checks.append(
            Check("token", good=False, says="Telegram does not accept it", remedy="Copy it anew from BotFather.")
        )
    except (TelegramError, OSError) as error:
        checks.append(
            Check("token", good=False, says=f"could not be checked ({type(error).__name__})", remedy="Try again.")
        )
    finally:
        await asyncio.gather(*(request.shutdown() for request in bot._request))
    return checks


def _clock(date: str | None) -> Check:
    try:
        told = parsedate_to_datetime(date or "")
    except ValueError:
        return Check("clock", good=True, says="could not be compared: the server tells no date", advice_only=True)
    skew = abs((datetime.now(UTC) - told.astimezone(UTC)).total_seconds())
    return Check(
        "clock",
        good=skew <= LARGEST_SKEW,
        says=f"{skew:.0f} s from Telegram's",
        remedy="" if skew <= LARGEST_SKEW else "Switch on time synchronisation (NTP).",
    )


async def _webhook(bot: Bot, settings: Settings) -> Check:
    info = await bot.get_webhook_info()
    if settings.mode == "webhook":
        good = info.url == settings.webhook_url
        return Check(
            "webhook", good=good, says="set" if good else "not set yet; `peerbot run` sets it", advice_only=True
        )
    return Check(
        "webhook",
        good=not info.url,
        says="none, as polling needs" if not info.url else "one is set elsewhere; `peerbot run` removes it",
        advice_only=True,
    )
