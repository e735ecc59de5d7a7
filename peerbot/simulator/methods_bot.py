"""Methods about the bot itself: who it is, its updates and webhook, its menus, and the chats and files it asks for."""

import json
import re
from urllib.parse import urlsplit

import telegram.constants

from peerbot.simulator import wire
from peerbot.simulator.errors import bad_request, conflict
from peerbot.simulator.hub import Hub
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.updates import ALL_KINDS
from peerbot.simulator.world import Chat, Json, User

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1", "bot"})
SCOPES = frozenset(telegram.constants.BotCommandScopeType)
DESCRIPTION_LIMITS = {"description": 512, "short_description": 120}


def get_me(hub: Hub, _parameters: Parameters) -> Json:
    """getMe."""
    return wire.me(hub.bot, reads_all=not hub.privacy_mode)


async def get_updates(hub: Hub, parameters: Parameters) -> list[Json]:
    """getUpdates; the wanted kinds count from now on."""
    _want(hub, parameters)
    return await hub.updates.poll(
        parameters.number("offset"), parameters.number("limit", 100), float(parameters.number("timeout"))
    )


def _want(hub: Hub, parameters: Parameters) -> None:
    """Take the wanted kinds, if any are named. The real server passes over unknown ones in silence."""
    if not parameters.text("allowed_updates"):
        return
    kinds = [str(kind) for kind in parameters.items("allowed_updates")]
    if unknown := sorted(set(kinds) - ALL_KINDS):
        parameters.complain(f"there is no kind of update {', '.join(unknown)}")
    hub.updates.want(kinds)


def set_webhook(hub: Hub, parameters: Parameters) -> bool:
    """setWebhook. Plain HTTP is taken for this machine only, where the real server would want HTTPS."""
    url, secret = parameters.text("url"), parameters.text("secret_token")
    parts = urlsplit(url)
    if url and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if not _SECRET.fullmatch(secret):
        raise bad_request(
            "secret token is too long" if len(secret) > 256 else "secret token contains unallowed characters"
        )
    _want(hub, parameters)
    if parameters.flag("drop_pending_updates"):
        hub.updates.drop_all()
    hub.updates.abort_waiting(conflict("terminated by setWebhook request"))
    hub.webhook.set(url, secret, parameters.number("max_connections", 40), parameters.text("ip_address"))
    return True


def delete_webhook(hub: Hub, parameters: Parameters) -> bool:
    """deleteWebhook."""
    if parameters.flag("drop_pending_updates"):
        hub.updates.drop_all()
    hub.webhook.set("", "", 40, "")
    return True


def get_webhook_info(hub: Hub, _parameters: Parameters) -> Json:
    """getWebhookInfo."""
    hub.updates.expire()
    webhook = hub.webhook
    content: Json = {
        "url": webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(hub.updates.pending),
    }
    if webhook.url:
        content["max_connections"] = webhook.max_connections
        if webhook.ip_address:
            content["ip_address"] = webhook.ip_address
    if webhook.last_error is not None:
        content |= {"last_error_date": wire.stamp(webhook.last_error_at), "last_error_message": webhook.last_error}
    if hub.updates.kinds_chosen:
        content["allowed_updates"] = sorted(hub.updates.kinds)
    return content


def set_commands(hub: Hub, parameters: Parameters) -> bool:
    """setMyCommands for one scope and language."""
    commands = parameters.objects("commands")
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not _COMMAND.fullmatch(str(command.get("command", "")).removeprefix("/")):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", "")).strip()) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    key = _menu_key(hub, parameters)
    hub.commands[key] = [
        {"command": str(item["command"]).removeprefix("/"), "description": str(item["description"]).strip()}
        for item in commands
    ]
    return True


def get_commands(hub: Hub, parameters: Parameters) -> list[Json]:
    """getMyCommands of exactly this scope and language."""
    return hub.commands.get(_menu_key(hub, parameters), [])


def delete_commands(hub: Hub, parameters: Parameters) -> bool:
    """deleteMyCommands of this scope and language."""
    hub.commands.pop(_menu_key(hub, parameters), None)
    return True


def scope_key(kind: str, chat_id: int | None = None, user_id: int | None = None) -> str:
    """One text for one scope of commands."""
    return json.dumps([kind, chat_id, user_id])


def menu(hub: Hub, chat: Chat, user: User) -> list[Json]:
    """The commands Telegram shows this user in this chat: the narrowest scope that has any, own language first."""
    admin = chat.type != "private" and hub.world.member(chat, user).admin
    scopes = [scope_key("chat_member", chat.id, user.id)]
    if admin:
        scopes.append(scope_key("chat_administrators", chat.id))
    scopes.append(scope_key("chat", chat.id))
    if admin:
        scopes.append(scope_key("all_chat_administrators"))
    scopes.append(scope_key("all_private_chats" if chat.type == "private" else "all_group_chats"))
    scopes.append(scope_key("default"))
    keys = [(scope, language) for scope in scopes for language in (user.language_code or "", "")]
    return next((hub.commands[key] for key in keys if key in hub.commands), [])


def _menu_key(hub: Hub, parameters: Parameters) -> tuple[str, str]:
    scope = parameters.mapping("scope")
    kind = str(scope.get("type", "default"))
    if kind not in SCOPES:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = user_id = None
    if kind in {"chat", "chat_administrators", "chat_member"}:
        chat_id = hub.chat(str(scope.get("chat_id", ""))).id
    if kind == "chat_member":
        raw = scope.get("user_id")
        user_id = hub.user(raw if isinstance(raw, int) else 0).id
    return scope_key(kind, chat_id, user_id), parameters.text("language_code")


def set_description(hub: Hub, parameters: Parameters) -> bool:
    """setMyDescription: what an empty chat shows."""
    return _describe(hub, parameters, "description", "BOT_DESCRIPTION_TOO_LONG")


def set_short_description(hub: Hub, parameters: Parameters) -> bool:
    """setMyShortDescription: what the profile shows."""
    return _describe(hub, parameters, "short_description", "BOT_ABOUT_TOO_LONG")


def get_description(hub: Hub, parameters: Parameters) -> Json:
    """getMyDescription; a language without its own has the general one."""
    return {"description": _described(hub, parameters, "description")}


def get_short_description(hub: Hub, parameters: Parameters) -> Json:
    """getMyShortDescription; a language without its own has the general one."""
    return {"short_description": _described(hub, parameters, "short_description")}


def _describe(hub: Hub, parameters: Parameters, name: str, refusal: str) -> bool:
    text = parameters.text(name)
    if len(text) > DESCRIPTION_LIMITS[name]:
        raise bad_request(refusal)
    hub.descriptions[name, parameters.text("language_code")] = text
    return True


def _described(hub: Hub, parameters: Parameters, name: str) -> str:
    own = hub.descriptions.get((name, parameters.text("language_code")), "")
    return own or hub.descriptions.get((name, ""), "")


def get_chat(hub: Hub, parameters: Parameters) -> Json:
    """getChat."""
    return wire.full_chat(hub.world, hub.target(parameters))


def get_file(hub: Hub, parameters: Parameters) -> Json:
    """getFile."""
    found = hub.world.files.get(parameters.text("file_id"))
    if found is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    return wire.file(found, with_path=True)


METHODS = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "setmycommands": set_commands,
    "getmycommands": get_commands,
    "deletemycommands": delete_commands,
    "setmydescription": set_description,
    "getmydescription": get_description,
    "setmyshortdescription": set_short_description,
    "getmyshortdescription": get_short_description,
    "getchat": get_chat,
    "getfile": get_file,
}
