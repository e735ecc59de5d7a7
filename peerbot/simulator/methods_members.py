"""Methods on the members of a group: look, restrict, ban, promote, leave. Getting in by link: methods_links.py."""

from peerbot.simulator import wire
from peerbot.simulator.errors import bad_request
from peerbot.simulator.hub import Hub
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.rights import ADMIN_RIGHTS, CHANNEL_RIGHTS, has_right, permissions_from, require, until
from peerbot.simulator.world import Chat, Json, Member, User

NO_RESTRICT = "not enough rights to restrict/unrestrict chat member"


def get_member(hub: Hub, parameters: Parameters) -> Json:
    """getChatMember."""
    chat = hub.target(parameters)
    return wire.member(hub.world, chat, _member(hub, parameters, chat))


def get_administrators(hub: Hub, parameters: Parameters) -> list[Json]:
    """getChatAdministrators: the owner first; other bots are left out."""
    chat = hub.target(parameters)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    found = [member for member in hub.world.inside(chat) if member.admin]
    found.sort(key=lambda member: member.status != "creator")
    return [
        wire.member(hub.world, chat, member) for member in found if member.user is hub.bot or not member.user.is_bot
    ]


def get_count(hub: Hub, parameters: Parameters) -> int:
    """getChatMemberCount."""
    chat = hub.target(parameters)
    return 2 if chat.type == "private" else len(list(hub.world.inside(chat)))


def ban(hub: Hub, parameters: Parameters) -> bool:
    """banChatMember: out, and not back before until_date (never, if that is near or far)."""
    chat, user = _removable(hub, parameters)
    end = until(hub.world.now(), parameters.number("until_date"))
    hub.exit(chat, user, hub.bot, Member(user, "kicked", until=end))
    return True


def unban(hub: Hub, parameters: Parameters) -> bool:
    """unbanChatMember: may come back. Somebody who is inside is put out, unless only_if_banned."""
    chat = hub.target(parameters)
    if chat.type not in {"supergroup", "channel"}:
        raise bad_request("method is available for supergroup and channel chats only")
    require(hub.world, chat, "can_restrict_members", NO_RESTRICT)
    member, careful = _member(hub, parameters, chat), parameters.flag("only_if_banned")
    if member.status == "kicked":
        hub.change_member(chat, Member(member.user, "left"), hub.bot)
    elif member.inside and not careful:
        _removable(hub, parameters)
        hub.exit(chat, member.user, hub.bot, Member(member.user, "left"))
    return True


def restrict(hub: Hub, parameters: Parameters) -> bool:
    """restrictChatMember: with every permission given back, the member is free again."""
    chat = hub.target(parameters)
    if chat.type != "supergroup":
        raise bad_request("method is available only for supergroups")
    _, user = _removable(hub, parameters)
    permissions = permissions_from(
        parameters.mapping("permissions"), parameters.flag("use_independent_chat_permissions")
    )
    inside = hub.world.member(chat, user).inside
    end = until(hub.world.now(), parameters.number("until_date"))
    if all(permissions[name] or not chat.permissions.get(name, True) for name in permissions):
        new = Member(user, "member" if inside else "left")
    else:
        new = Member(user, "restricted", permissions=permissions, until=end, present=inside)
    hub.change_member(chat, new, hub.bot)
    return True


def promote(hub: Hub, parameters: Parameters) -> bool:
    """promoteChatMember: only with rights the bot has itself; none at all takes the post away."""
    chat = hub.target(parameters)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    require(hub.world, chat, "can_promote_members", "not enough rights")
    member = _member(hub, parameters, chat)
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    if not member.inside:
        raise bad_request("USER_NOT_PARTICIPANT")
    rights = frozenset(name for name in (*ADMIN_RIGHTS, *CHANNEL_RIGHTS) if parameters.flag(name))
    own = hub.world.member(chat, hub.bot)
    if not all(has_right(own, right) for right in rights):
        raise bad_request("RIGHT_FORBIDDEN")
    rights |= {"can_manage_chat"} if rights else frozenset()
    status = "administrator" if rights else "member"
    anonymous = parameters.flag("is_anonymous")
    hub.change_member(chat, Member(member.user, status, rights=rights, anonymous=anonymous), hub.bot)
    return True


def set_permissions(hub: Hub, parameters: Parameters) -> bool:
    """setChatPermissions: what everybody may do."""
    chat = hub.target(parameters)
    if chat.type not in {"group", "supergroup"}:
        raise bad_request("can't change chat permissions in this chat")
    require(hub.world, chat, "can_restrict_members", "not enough rights to change chat permissions")
    independent = parameters.flag("use_independent_chat_permissions")
    wanted = permissions_from(parameters.mapping("permissions"), independent)
    if wanted == chat.permissions:
        raise bad_request("CHAT_NOT_MODIFIED")
    chat.permissions = wanted
    return True


def leave(hub: Hub, parameters: Parameters) -> bool:
    """leaveChat."""
    chat = hub.target(parameters)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    hub.exit(chat, hub.bot, hub.bot, Member(hub.bot, "left"))
    return True


def _member(hub: Hub, parameters: Parameters, chat: Chat) -> Member:
    user = hub.user(parameters.number("user_id"))
    if chat.type == "private":
        if user not in {chat.user, hub.bot}:
            raise bad_request("member not found")
        return Member(user, "member")
    return hub.world.member(chat, user)


def _removable(hub: Hub, parameters: Parameters) -> tuple[Chat, User]:
    """A member the bot may restrict or put out."""
    chat = hub.target(parameters)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    member = _member(hub, parameters, chat)
    if member.user is hub.bot:
        raise bad_request("can't restrict self")
    if member.status == "creator":
        raise bad_request("can't remove chat owner")
    require(hub.world, chat, "can_restrict_members", NO_RESTRICT)
    if member.status == "administrator":
        raise bad_request("user is an administrator of the chat")
    return chat, member.user


METHODS = {
    "getchatmember": get_member,
    "getchatadministrators": get_administrators,
    "getchatmembercount": get_count,
    "banchatmember": ban,
    "unbanchatmember": unban,
    "restrictchatmember": restrict,
    "promotechatmember": promote,
    "setchatpermissions": set_permissions,
    "leavechat": leave,
}
