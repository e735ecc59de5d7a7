"""How the world looks as Bot API JSON. Rendering only: it reads the world and changes nothing.

Every shape is proved against python-telegram-bot's own types in tests/simulator/test_shapes.py.
"""

from datetime import datetime

from peerbot.simulator.rights import ADMIN_RIGHTS, CHANNEL_RIGHTS, PERMISSIONS, has_right, permitted
from peerbot.simulator.world import Chat, File, InviteLink, Json, Member, Message, Press, User, World


def stamp(moment: datetime | None) -> int:
    """Unix time in seconds; 0 stands for "for ever"."""
    return int(moment.timestamp()) if moment else 0


def _filled(**fields: object) -> Json:
    return {name: value for name, value in fields.items() if value is not None}


def user(found: User) -> Json:
    """A User."""
    return _filled(
        id=found.id,
        is_bot=found.is_bot,
        first_name="" if found.deactivated else found.first_name,
        username=found.username,
        language_code=found.language_code,
    )


def me(found: User, reads_all: bool) -> Json:
    """The bot's own User, as getMe gives it."""
    return user(found) | {
        "can_join_groups": True,
        "can_read_all_group_messages": reads_all,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
        "supports_guest_queries": False,
    }


def chat(found: Chat) -> Json:
    """A Chat."""
    if found.user is not None:
        return _filled(
            id=found.id, type="private", first_name=found.user.first_name, username=found.user.username, title=None
        )
    return _filled(id=found.id, type=found.type, title=found.title, username=found.username)


def full_chat(world: World, found: Chat) -> Json:
    """A ChatFullInfo."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    content = chat(found) | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if found.user is not None:
        return content
    primary = next((link for link in found.links.values() if link.primary and not link.revoked), None)
    if primary is not None and has_right(world.member(found, world.bot), "can_invite_users"):
        content["invite_link"] = primary.url
    if found.type != "channel":
        content["permissions"] = permissions(found.permissions)
    if found.linked is not None:
        content["linked_chat_id"] = found.linked.id
    if found.pinned and (message_found := found.messages.get(found.pinned[-1])):
        content["pinned_message"] = message(message_found)
    return content


def permissions(found: dict[str, bool]) -> Json:
    """A ChatPermissions."""
    return {name: found.get(name, True) for name in PERMISSIONS}


def member(world: World, place: Chat, found: Member) -> Json:
    """One of the six kinds of ChatMember."""
    content: Json = {"status": found.status, "user": user(found.user)}
    if found.status == "creator":
        content["is_anonymous"] = found.anonymous
    elif found.status == "administrator":
        content |= {"can_be_edited": has_right(world.member(place, world.bot), "can_promote_members")}
        content |= {name: name in found.rights for name in ADMIN_RIGHTS}
        if place.type == "channel":
            content |= {name: name in found.rights for name in CHANNEL_RIGHTS}
        content["is_anonymous"] = found.anonymous
    elif found.status == "restricted":
        content |= {name: found.permissions.get(name, True) for name in PERMISSIONS}
        content |= {"is_member": found.present, "until_date": stamp(found.until)}
    elif found.status == "kicked":
        content["until_date"] = stamp(found.until)
    return content


def link(found: InviteLink, waiting: int) -> Json:
    """A ChatInviteLink; `waiting` is the number of open join requests made with it."""
    return _filled(
        invite_link=found.url,
        creator=user(found.creator),
        creates_join_request=found.asks,
        is_primary=found.primary,
        is_revoked=found.revoked,
        name=found.name,
        expire_date=stamp(found.expires) or None,
        member_limit=found.limit,
        pending_join_request_count=waiting or None,
    )


def file(found: File, with_path: bool = False) -> Json:
    """A File, or the four fields every medium shares."""
    content: Json = {"file_id": found.id, "file_unique_id": found.unique_id, "file_size": len(found.content)}
    return content | {"file_path": found.path} if with_path else content


def message(found: Message, with_reply: bool = True) -> Json:
    """A Message; the one it answers is shown without its own answer, as the real server does."""
    content: Json = {"message_id": found.id, "date": stamp(found.at), "chat": chat(found.chat)}
    if found.sender is not None and found.chat.type != "channel":
        content["from"] = user(found.sender)
    if found.sender_chat is not None:
        content["sender_chat"] = chat(found.sender_chat)
    if found.edited_at is not None:
        content["edit_date"] = stamp(found.edited_at)
    content |= said(found)
    content |= _filled(forward_origin=found.origin, media_group_id=found.album)
    if found.from_linked_channel:
        content["is_automatic_forward"] = True
    if found.protected:
        content["has_protected_content"] = True
    if with_reply and found.reply_to is not None and not found.reply_to.deleted:
        content["reply_to_message"] = message(found.reply_to, with_reply=False)
    if found.markup is not None and found.markup.inline:
        content["reply_markup"] = {"inline_keyboard": [[button.raw for button in row] for row in found.markup.inline]}
    return content


def said(found: Message) -> Json:
    """The words and the medium of a message."""
    content, words = dict(found.content.fields), found.content
    if words.kind == "text":
        content["text"] = words.text
        if words.entities:
            content["entities"] = list(words.entities)
    elif words.text:
        content["caption"] = words.text
        if words.entities:
            content["caption_entities"] = list(words.entities)
    return content


def callback_query(press: Press, data: str) -> Json:
    """A CallbackQuery. The chat instance is the same for every press in one chat."""
    return {
        "id": press.id,
        "from": user(press.user),
        "message": message(press.message),
        "chat_instance": str(7_000_000_000_000_000 + abs(press.message.chat.id)),
        "data": data,
    }


def may_react(world: World, place: Chat, found: Member) -> bool:
    """May this member react to messages here?"""
    return place.type == "private" or permitted(place, world.member(place, found.user), "can_react_to_messages")
