"""What happens to chats: blocking and unblocking, and commands in places where they are not for."""

from telegram import ChatMember, Update

from peerbot.handlers.turn import Context, visitor
from peerbot.services import conversation

_GONE = (ChatMember.BANNED, ChatMember.LEFT)


async def membership_changed(update: Update, context: Context) -> None:
    """The bot's own membership changed; in a private chat that is blocking or unblocking."""
    change, turn = update.my_chat_member, context.turn
    if change is not None and change.chat.type == change.chat.PRIVATE:
        reachable = change.new_chat_member.status not in _GONE
        await conversation.block_changed(turn.session, change.from_user.id, reachable=reachable, now=turn.now)


async def command_in_group(update: Update, context: Context) -> None:
    """A command in a group is answered with where to write it."""
    message, turn = update.effective_message, context.turn
    if message is not None and update.effective_user is not None and not update.effective_user.is_bot:
        who = visitor(update, turn.programme.locale)
        await conversation.point_to_private(turn.session, message.chat_id, who.locale)
