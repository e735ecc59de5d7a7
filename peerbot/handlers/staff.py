"""What staff ask for in their private chat."""

from telegram import Update

from peerbot.handlers.turn import Context, visitor
from peerbot.services import caseload, progress, rule_report, rules


async def alerts_wanted(update: Update, context: Context) -> None:
    """/alerts"""
    await caseload.list_alerts(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def caseload_wanted(update: Update, context: Context) -> None:
    """/caseload"""
    await progress.caseload(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def invite_wanted(update: Update, context: Context) -> None:
    """/invite"""
    await caseload.ask_invite(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def rules_wanted(update: Update, context: Context) -> None:
    """/rules, alone or with a change."""
    turn = context.turn
    await rules.command(turn.session, visitor(update, turn.programme.locale).user, context.args or [], now=turn.now)


async def report_wanted(update: Update, context: Context) -> None:
    """/report, alone or with a month."""
    turn = context.turn
    month = context.args[0] if context.args else None
    await rule_report.monthly(turn.session, visitor(update, turn.programme.locale).user, month, now=turn.now)


async def digest_wanted(update: Update, context: Context) -> None:
    """/digest"""
    turn = context.turn
    await rule_report.weekly(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)
