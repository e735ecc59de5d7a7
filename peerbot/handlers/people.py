"""What people write in their private chat with the bot."""

from telegram import Update

from peerbot.handlers.turn import Context, visitor
from peerbot.services import asking, conversation, crisis, enrolment, milestones, progress, welcome


async def started(update: Update, context: Context) -> None:
    """/start, with an invite code or without."""
    turn = context.turn
    who = visitor(update, turn.programme.locale)
    if context.args:
        await enrolment.arrive(turn.session, who, context.args[0][:64], now=turn.now)
    else:
        await conversation.greet(turn.session, who)


async def guide_wanted(update: Update, context: Context) -> None:
    """/help"""
    await conversation.guide(context.turn.session, visitor(update, context.turn.programme.locale))


async def help_wanted(update: Update, context: Context) -> None:
    """/now: I need help now."""
    turn = context.turn
    who = visitor(update, turn.programme.locale)
    await crisis.help_now(turn.session, who.user, who.locale, event=turn.event, now=turn.now)


async def check_in_wanted(update: Update, context: Context) -> None:
    """/checkin"""
    turn = context.turn
    await asking.begin(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def progress_wanted(update: Update, context: Context) -> None:
    """/progress"""
    turn = context.turn
    await progress.show(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def milestones_wanted(update: Update, context: Context) -> None:
    """/milestones"""
    turn = context.turn
    await milestones.show(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def talk_wanted(update: Update, context: Context) -> None:
    """/talk"""
    turn = context.turn
    await crisis.talk(turn.session, visitor(update, turn.programme.locale).user, event=turn.event, now=turn.now)


async def settings_wanted(update: Update, context: Context) -> None:
    """/settings"""
    await welcome.show_settings(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def leaving_wanted(update: Update, context: Context) -> None:
    """/stop"""
    await enrolment.ask_leave(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def unknown_command(update: Update, context: Context) -> None:
    """A command nobody knows; its words are read for danger all the same."""
    await _read(update, context, edited=False)


async def text_written(update: Update, context: Context) -> None:
    """Any other text."""
    await _read(update, context, edited=False)


async def text_edited(update: Update, context: Context) -> None:
    """An edited message is read again, and answers nothing."""
    await _read(update, context, edited=True)


async def _read(update: Update, context: Context, *, edited: bool) -> None:
    turn, message = context.turn, update.effective_message
    words = (message.text or message.caption or "") if message else ""
    who = visitor(update, turn.programme.locale)
    await conversation.hear(turn.session, who, words, event=turn.event, now=turn.now, edited=edited)


async def media_sent(update: Update, context: Context) -> None:
    """A photo, voice, sticker or file: not kept; a caption is read."""
    turn, message = context.turn, update.effective_message
    who = visitor(update, turn.programme.locale)
    caption = (message.caption or "") if message else ""
    await conversation.hear_media(turn.session, who, caption, event=turn.event, now=turn.now)
