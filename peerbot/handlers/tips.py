"""What people ask for and tap about tips."""

from telegram import Update

from peerbot.buttons import TipRate, TipTime
from peerbot.handlers.taps import _bubble, _taken
from peerbot.handlers.turn import Context, visitor
from peerbot.services import checkins, tips


async def tip_wanted(update: Update, context: Context) -> None:
    """/tip"""
    turn = context.turn
    await tips.give(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def tip_rated(update: Update, context: Context) -> None:
    """A thumb up or down."""
    query, tap = await _taken(update, context, TipRate)
    await checkins.rate_tip(context.turn.session, query.from_user.id, tap.shown, tap.value, message_id=_bubble(query))


async def time_tapped(update: Update, context: Context) -> None:
    """The daily tip: show, a time, or off."""
    query, tap = await _taken(update, context, TipTime)
    turn = context.turn
    await tips.settings(turn.session, query.from_user.id, tap.value, message_id=_bubble(query), now=turn.now)
