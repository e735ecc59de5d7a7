"""What staff ask for in their private chat."""

from telegram import Update

from peerbot.handlers.turn import Context, visitor
from peerbot.services import caseload


async def alerts_wanted(update: Update, context: Context) -> None:
    """/alerts"""
    await caseload.list_alerts(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def invite_wanted(update: Update, context: Context) -> None:
    """/invite"""
    await caseload.ask_invite(context.turn.session, visitor(update, context.turn.programme.locale).user)
