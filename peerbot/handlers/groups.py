"""What is posted in groups, and what people ask for and tap about them. Who comes and goes is chats.py."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from telegram import Message, MessageEntity, Update

from peerbot.buttons import (
    Appeal,
    Coming,
    GroupPage,
    GroupSet,
    JoinDecision,
    ReviewAct,
    RulesAnswer,
)
from peerbot.handlers.chats import spot
from peerbot.handlers.taps import _bubble, _taken
from peerbot.handlers.turn import Context, visitor
from peerbot.services import (
    conversation,
    crisis,
    group_settings,
    groups,
    joining,
    moderation,
    reviews,
    sessions,
)
from peerbot.services.enrolment import Visitor
from peerbot.services.moderation import Asked, Posted

InGroup = Callable[[Message, Visitor | None, Context], Coroutine[Any, Any, None]]


# --- posts ---------------------------------------------------------------------------------------------------------


async def posted(update: Update, context: Context) -> None:
    """A post, new or edited: judged first; then, if it stays, a command in it is carried out."""
    message, turn = update.effective_message, context.turn
    if message is None or message.is_automatic_forward:
        return  # the group's own channel speaks here; nobody in the group wrote that
    if message.from_user is not None and message.from_user.is_bot and message.sender_chat is None:
        return
    edited = update.edited_message is not None
    stays = await moderation.hear(turn.session, _posted(message, edited=edited), now=turn.now)
    name = None if edited or not stays else _command(message, turn.programme.bot_username)
    if name is None:
        return
    who = None if message.sender_chat is not None else visitor(update, turn.programme.locale)
    if name in IN_GROUPS:
        await IN_GROUPS[name](message, who, context)
    elif who is not None and name in {entry.name for entry in turn.programme.menu}:
        await conversation.point_to_private(turn.session, message.chat_id, who.locale)


def _posted(message: Message, *, edited: bool = False) -> Posted:
    user = message.from_user if message.sender_chat is None else None
    words = [message.text or message.caption or ""]
    if message.poll is not None:
        words += [message.poll.question, *(option.text for option in message.poll.options)]
    entities = [*message.entities, *message.caption_entities]
    return Posted(
        chat=message.chat_id,
        message_id=message.message_id,
        user=user.id if user else None,
        name=(user.first_name if user else message.sender_chat.title if message.sender_chat else None) or "?",
        text="\n".join(word for word in words if word),
        at=message.date,
        links=tuple(entity.url for entity in entities if entity.type == MessageEntity.TEXT_LINK and entity.url),
        album=message.media_group_id or "",
        edited=edited,
        is_forward=message.forward_origin is not None,
        shares_contact=any((message.contact, message.location, message.venue)),
        has_media=message.text is None,
        as_group=message.sender_chat is not None and message.sender_chat.id == message.chat_id,
    )


def _command(message: Message, bot: str) -> str | None:
    """The command a text begins with; None when it is meant for another bot."""
    for entity, text in message.parse_entities([MessageEntity.BOT_COMMAND]).items():
        name, _, addressed = text[1:].partition("@")
        if entity.offset == 0 and addressed.lower() in ("", bot.lower()):
            return name.lower()
    return None


async def _setup(message: Message, who: Visitor | None, context: Context) -> None:
    turn = context.turn
    await groups.set_up(turn.session, spot(message.chat), who.user if who else None, now=turn.now)


async def _rules(message: Message, who: Visitor | None, context: Context) -> None:
    await joining.show_rules(context.turn.session, message.chat_id, who)


def _asked(message: Message, who: Visitor) -> Asked:
    answered = message.reply_to_message
    is_post = answered is not None and answered.forum_topic_created is None
    return Asked(
        chat=message.chat_id,
        message_id=message.message_id,
        by=who,
        post=_posted(answered) if answered is not None and is_post else None,
    )


async def _report(message: Message, who: Visitor | None, context: Context) -> None:
    if who is not None:
        await moderation.report(context.turn.session, _asked(message, who), worried=False, now=context.turn.now)


async def _worried(message: Message, who: Visitor | None, context: Context) -> None:
    if who is not None:
        await moderation.report(context.turn.session, _asked(message, who), worried=True, now=context.turn.now)


async def _help(_message: Message, who: Visitor | None, context: Context) -> None:
    turn = context.turn
    if who is not None:
        await crisis.help_now(turn.session, who.user, who.locale, event=turn.event, now=turn.now)


IN_GROUPS: Mapping[str, InGroup] = {
    "setup": _setup,
    "rules": _rules,
    "report": _report,
    "worried": _worried,
    "now": _help,
}


# --- in private: what people ask for -------------------------------------------------------------------------------


async def rules_wanted(update: Update, context: Context) -> None:
    """/rules"""
    who = visitor(update, context.turn.programme.locale)
    await joining.show_rules(context.turn.session, who.user, who)


async def report_explained(update: Update, context: Context) -> None:
    """/report outside a group."""
    await moderation.explain_report(context.turn.session, visitor(update, context.turn.programme.locale))


async def worry_said(update: Update, context: Context) -> None:
    """/worried in private."""
    turn = context.turn
    await moderation.worry(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def groups_wanted(update: Update, context: Context) -> None:
    """/groups"""
    await group_settings.listing(context.turn.session, visitor(update, context.turn.programme.locale).user)


async def sessions_wanted(update: Update, context: Context) -> None:
    """/sessions"""
    turn = context.turn
    await sessions.overview(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def review_wanted(update: Update, context: Context) -> None:
    """/review"""
    turn = context.turn
    await reviews.waiting(turn.session, visitor(update, turn.programme.locale).user, now=turn.now)


async def setup_explained(update: Update, context: Context) -> None:
    """/setup outside a group."""
    await groups.set_up_in_private(context.turn.session, visitor(update, context.turn.programme.locale).user)


# --- in private: what people tap -----------------------------------------------------------------------------------


async def rules_answered(update: Update, context: Context) -> None:
    """Yes to the rules, or not now."""
    query, tap = await _taken(update, context, RulesAnswer)
    turn = context.turn
    await joining.answer_rules(
        turn.session, query.from_user.id, tap.group, tap.choice, message_id=_bubble(query), now=turn.now
    )


async def request_decided(update: Update, context: Context) -> None:
    """Staff let somebody in, or not."""
    query, tap = await _taken(update, context, JoinDecision)
    turn = context.turn
    await joining.decide(
        turn.session, query.from_user.id, tap.request, tap.act, message_id=_bubble(query), now=turn.now
    )


async def review_tapped(update: Update, context: Context) -> None:
    """A moderator decides."""
    query, tap = await _taken(update, context, ReviewAct)
    await reviews.act(context.turn.session, query.from_user.id, tap.review, tap.act, now=context.turn.now)


async def appealed(update: Update, context: Context) -> None:
    """Let a person look at my post."""
    query, tap = await _taken(update, context, Appeal)
    turn = context.turn
    await reviews.appeal(turn.session, query.from_user.id, tap.review, message_id=_bubble(query), now=turn.now)


async def coming_answered(update: Update, context: Context) -> None:
    """Coming, late, or can't."""
    query, tap = await _taken(update, context, Coming)
    turn = context.turn
    await sessions.answer(
        turn.session, query.from_user.id, tap.session, tap.answer, message_id=_bubble(query), now=turn.now
    )


async def page_tapped(update: Update, context: Context) -> None:
    """A page of a group's settings, or the group somebody is worried in."""
    query, tap = await _taken(update, context, GroupPage)
    turn = context.turn
    if tap.page == "worry":
        await moderation.worry(turn.session, query.from_user.id, group_id=tap.group, now=turn.now)
        return
    await group_settings.show(
        turn.session, query.from_user.id, tap.group, tap.page, message_id=_bubble(query), now=turn.now
    )


async def setting_tapped(update: Update, context: Context) -> None:
    """A change in a group's settings."""
    query, tap = await _taken(update, context, GroupSet)
    turn = context.turn
    await group_settings.change(
        turn.session, query.from_user.id, tap.group, tap.what, tap.value, message_id=_bubble(query), now=turn.now
    )
