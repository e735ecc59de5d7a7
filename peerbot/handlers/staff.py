"""What staff ask for in their private chat."""

from telegram import Update

from peerbot.handlers.turn import Context, visitor
from peerbot.services import caseload, conversation, progress, rule_report


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
    """/rules: to staff the rules behind alerts, alone or with a change; to everybody else their group's."""
    turn = context.turn
    who = visitor(update, turn.programme.locale)
    await conversation.rules_asked(turn.session, who, context.args or [], now=turn.now)


async def report_wanted(update: Update, context: Context) -> None:
    """/month, alone or with a month."""
    turn = context.turn
    month = context.args[0] if context.args else None
    await rule_report.monthly(turn.session, visitor(update, turn.programme.locale).user, month, now=turn.now)


async def digest_wanted(update: Update, context: Context) -> None:
    """/digest"""
    turn = context.turn
    await rule_report.weekly(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)
