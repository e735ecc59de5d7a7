"""What each member may do: names of rights and permissions, and the questions asked of them.

The texts of refusals are the official server's (Client.cpp and td's DialogParticipantManager).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from peerbot.simulator.errors import bad_request, forbidden
from peerbot.simulator.world import Chat, Member, World

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_change_info",
    "can_delete_messages",
    "can_invite_users",
    "can_restrict_members",
    "can_pin_messages",
    "can_promote_members",
    "can_manage_video_chats",
    "can_manage_topics",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_manage_tags",
)
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
ALL_RIGHTS = frozenset(ADMIN_RIGHTS)
MODERATOR_RIGHTS = frozenset(
    {"can_manage_chat", "can_delete_messages", "can_restrict_members", "can_invite_users", "can_pin_messages"}
)

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
MEDIA_PERMISSIONS = PERMISSIONS[1:7]
DEFAULT_PERMISSIONS = {
    name: name not in {"can_change_info", "can_pin_messages", "can_manage_topics"} for name in PERMISSIONS
}

# kind of content -> permission it needs, and its name in "not enough rights to send ... to the chat"
NEEDED = {
    "text": ("can_send_messages", "text messages"),
    "photo": ("can_send_photos", "photos"),
    "video": ("can_send_videos", "videos"),
    "document": ("can_send_documents", "documents"),
    "voice": ("can_send_voice_notes", "voice notes"),
    "sticker": ("can_send_other_messages", "stickers"),
    "poll": ("can_send_polls", "polls"),
}


def permissions_from(raw: Mapping[str, object], independent: bool) -> dict[str, bool]:
    """A full set of permissions from a ChatPermissions object; what it leaves out is forbidden.

    Unless `independent`, the old implications hold: previews and other messages imply every medium, and any of them
    implies plain messages.
    """
    found = {name: raw.get(name) is True for name in PERMISSIONS}
    if not independent:
        if found["can_send_other_messages"] or found["can_add_web_page_previews"]:
            found.update(dict.fromkeys((*MEDIA_PERMISSIONS, "can_send_messages"), True))
        if found["can_send_polls"]:
            found["can_send_messages"] = True
    return found


def until(now: datetime, timestamp: int | None) -> datetime | None:
    """When a ban or restriction ends; None is for ever: nothing given, under 30 seconds or over 366 days from now."""
    if not timestamp:
        return None
    end = datetime.fromtimestamp(timestamp, now.tzinfo)
    return end if timedelta(seconds=30) <= end - now <= timedelta(days=366) else None


def permitted(chat: Chat, member: Member, permission: str) -> bool:
    """May this member do what the permission names, given the chat's own and their personal limits?"""
    if member.admin:
        return True
    if not member.inside:
        return False
    personal = member.permissions.get(permission, True) if member.status == "restricted" else True
    return personal and chat.permissions.get(permission, True)


def has_right(member: Member, right: str) -> bool:
    """Does this administrator hold the right? The owner holds all of them."""
    return member.status == "creator" or (member.status == "administrator" and right in member.rights)


def require(world: World, chat: Chat, right: str, refusal: str) -> None:
    """Raise the official refusal unless the bot holds the right in the chat."""
    if not has_right(world.member(chat, world.bot), right):
        raise bad_request(refusal)


def check_reachable(world: World, chat: Chat, writing: bool) -> None:
    """Raise what the real server says when the bot cannot be heard, or even look, in this chat.

    Order as in `check_chat_access`: gone, moved, not a person to talk to, blocked, never started; kicked, not inside.
    """
    if chat.migrated_to is not None:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to.id)
    if chat.user is not None:
        _check_private(world, chat, writing)
        return
    if chat.deleted:
        raise forbidden("the group chat was deleted")
    member = world.member(chat, world.bot)
    if member.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.type} chat")
    if world.bot.id not in chat.members:
        raise bad_request("chat not found")
    if not member.inside:
        raise forbidden(f"bot is not a member of the {chat.type} chat")


def _check_private(world: World, chat: Chat, writing: bool) -> None:
    user = chat.user
    if user is None or not (world.meets_bot(user) or _window_open(world, chat)):
        raise bad_request("chat not found")
    if not writing:
        return
    if user.deactivated:
        raise forbidden("user is deactivated")
    if user.is_bot:
        raise forbidden("bot can't send messages to bots")
    if user.blocked_bot:
        raise forbidden("bot was blocked by the user")
    if not user.started and not _window_open(world, chat):
        raise forbidden("bot can't initiate conversation with a user")


def _window_open(world: World, chat: Chat) -> bool:
    """Someone who asked to join may be written to for five minutes without having pressed Start."""
    limit = chat.user.may_be_written_until if chat.user else None
    return limit is not None and world.now() <= limit


def check_may_send(world: World, chat: Chat, kind: str) -> None:
    """Raise the official refusal when the bot may not send this kind of content here."""
    if chat.type == "private":
        return
    member = world.member(chat, world.bot)
    if chat.type == "channel":
        if not has_right(member, "can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    permission, named = NEEDED[kind]
    if not permitted(chat, member, permission):
        raise bad_request(f"not enough rights to send {named} to the chat")
