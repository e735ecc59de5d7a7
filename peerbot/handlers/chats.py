"""What happens to chats: blocking and unblocking, the bot's rights, who knocks, comes and goes, moves and titles."""

from telegram import Chat, ChatMember, Update

from peerbot.handlers.turn import Context, visitor
from peerbot.messages.groups import RIGHTS
from peerbot.services import conversation, groups, joining
from peerbot.services.enrolment import Visitor
from peerbot.services.groups import Spot
from peerbot.texts import known

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


def spot(chat: Chat) -> Spot:
    """A group chat as the services take it."""
    return Spot(chat.id, chat.title or "", chat.type == chat.SUPERGROUP)


def _inside(member: ChatMember) -> bool:
    return member.status not in _GONE and bool(getattr(member, "is_member", True))


async def membership_changed(update: Update, context: Context) -> None:
    """The bot's own membership changed; in a private chat that is blocking or unblocking."""
    change, turn = update.my_chat_member, context.turn
    if change is None:
        return
    inside = _inside(change.new_chat_member)
    if change.chat.type == change.chat.PRIVATE:
        await conversation.block_changed(turn.session, change.from_user.id, reachable=inside, now=turn.now)
    elif change.chat.type != change.chat.CHANNEL:
        rights = frozenset(name for name in RIGHTS if getattr(change.new_chat_member, name, False))
        was_inside, where = _inside(change.old_chat_member), spot(change.chat)
        await groups.membership(turn.session, where, was_inside=was_inside, inside=inside, rights=rights, now=turn.now)


async def somebody_moved(update: Update, context: Context) -> None:
    """Somebody came into a group, or is out of it."""
    change, turn = update.chat_member, context.turn
    if change is None or change.new_chat_member.user.is_bot:
        return
    was, is_in = _inside(change.old_chat_member), _inside(change.new_chat_member)
    user = change.new_chat_member.user
    if is_in and not was:
        who = Visitor(user.id, user.first_name[:60], known(user.language_code))
        await joining.came_in(turn.session, spot(change.chat), who, now=turn.now)
    elif was and not is_in:
        await joining.went_out(turn.session, change.chat.id, user.id)


async def knocked(update: Update, context: Context) -> None:
    """Somebody asks to join a group."""
    request, turn = update.chat_join_request, context.turn
    if request is not None:
        who = visitor(update, turn.programme.locale)
        await joining.knocked(turn.session, spot(request.chat), who, asked_at=request.date, now=turn.now)


async def moved(update: Update, context: Context) -> None:
    """A group became a supergroup; Telegram says so in the old chat and in the new one."""
    message, turn = update.effective_message, context.turn
    if message is not None and message.migrate_to_chat_id:
        old, new = message.chat_id, message.migrate_to_chat_id
        await groups.migrated(turn.session, old_chat=old, new_chat=new, now=turn.now)
    elif message is not None and message.migrate_from_chat_id:
        old, new = message.migrate_from_chat_id, message.chat_id
        await groups.migrated(turn.session, old_chat=old, new_chat=new, now=turn.now)


async def renamed(update: Update, context: Context) -> None:
    """A group has a new title."""
    message = update.effective_message
    if message is not None and message.new_chat_title:
        await groups.renamed(context.turn.session, message.chat_id, message.new_chat_title)
