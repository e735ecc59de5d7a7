"""Methods on the door of a group: invite links and requests to join."""

from datetime import datetime

from peerbot.simulator import wire
from peerbot.simulator.errors import bad_request
from peerbot.simulator.hub import Hub
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.rights import require
from peerbot.simulator.world import Chat, InviteLink, Json, User

NO_LINKS = "not enough rights to manage chat invite link"


def new_link(hub: Hub, chat: Chat, creator: User, *, asks: bool = False, primary: bool = False) -> InviteLink:
    """A fresh link into the chat; a new primary one ends the old."""
    if primary:
        for old in chat.links.values():
            if old.primary and old.creator is creator:
                old.revoked = True
    url = f"https://t.me/+{hub.world.random.getrandbits(80):020x}"
    chat.links[url] = InviteLink(url, creator, asks, primary)
    return chat.links[url]


def create_link(hub: Hub, parameters: Parameters) -> Json:
    """createChatInviteLink."""
    chat = _door(hub, parameters)
    if len(parameters.text("name")) > 32:
        raise bad_request("chat invite link name is too long")
    asks, limit = parameters.flag("creates_join_request"), parameters.number("member_limit")
    if asks and limit:
        raise bad_request("member limit can't be specified for links requiring administrator approval")
    link = new_link(hub, chat, hub.bot, asks=asks)
    link.name, link.limit = parameters.text("name") or None, limit or None
    if end := parameters.number("expire_date"):
        link.expires = datetime.fromtimestamp(end, hub.world.now().tzinfo)
    return wire.link(link, 0)


def revoke_link(hub: Hub, parameters: Parameters) -> Json:
    """revokeChatInviteLink."""
    chat = _door(hub, parameters)
    link = chat.links.get(parameters.text("invite_link"))
    if link is None or link.creator is not hub.bot:
        raise bad_request("INVITE_HASH_EXPIRED")
    link.revoked = True
    return wire.link(link, 0)


def export_link(hub: Hub, parameters: Parameters) -> str:
    """exportChatInviteLink: a new primary link; the old one ends."""
    return new_link(hub, _door(hub, parameters), hub.bot, primary=True).url


def approve(hub: Hub, parameters: Parameters) -> bool:
    """approveChatJoinRequest."""
    chat, user, link = _request(hub, parameters)
    link.uses += 1
    hub.enter(chat, user, user, link=link, via_request=True)
    return True


def decline(hub: Hub, parameters: Parameters) -> bool:
    """declineChatJoinRequest."""
    chat, user, _ = _request(hub, parameters)
    del chat.requests[user.id]
    return True


def _door(hub: Hub, parameters: Parameters) -> Chat:
    chat = hub.target(parameters)
    if chat.type == "private":
        raise bad_request("can't manage invite links in this chat")
    require(hub.world, chat, "can_invite_users", NO_LINKS)
    return chat


def _request(hub: Hub, parameters: Parameters) -> tuple[Chat, User, InviteLink]:
    chat = _door(hub, parameters)
    user = hub.user(parameters.number("user_id"))
    link = chat.requests.get(user.id)
    if link is None:
        inside = hub.world.member(chat, user).inside
        raise bad_request("USER_ALREADY_PARTICIPANT" if inside else "HIDE_REQUESTER_MISSING")
    return chat, user, link


METHODS = {
    "createchatinvitelink": create_link,
    "revokechatinvitelink": revoke_link,
    "exportchatinvitelink": export_link,
    "approvechatjoinrequest": approve,
    "declinechatjoinrequest": decline,
}
