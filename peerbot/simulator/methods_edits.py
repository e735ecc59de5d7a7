"""Methods on a message that is there: edit, delete, pin, react, and the answer to a pressed button."""

from datetime import timedelta

from telegram.constants import ReactionEmoji

from peerbot.simulator import formatting, markup, wire
from peerbot.simulator.errors import ApiError, bad_request
from peerbot.simulator.hub import Hub
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.rights import has_right, permitted
from peerbot.simulator.world import Chat, Content, Json, Markup, Message, Toast

DELETE_WITHIN = timedelta(hours=48)
TOAST_LIMIT = 200  # characters of an answered button
MOST_DELETED = 100  # messages of one deleteMessages
FACES = frozenset(ReactionEmoji)
OLD_PRESS = "query is too old and response timeout expired or query ID is invalid"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)


def edit_text(hub: Hub, parameters: Parameters) -> Json:
    """editMessageText. Leaving out the keyboard takes it away."""
    text, entities = formatting.message_text(parameters)
    message = _editable(hub, parameters)
    if message.content.kind != "text":
        raise bad_request("there is no text in the message to edit")
    return _edit(hub, message, Content("text", text, entities), markup.read_inline(parameters))


def edit_caption(hub: Hub, parameters: Parameters) -> Json:
    """editMessageCaption. Leaving out the keyboard takes it away."""
    text, entities = formatting.caption(parameters)
    message = _editable(hub, parameters)
    if message.content.kind in {"text", "sticker", "poll"}:
        raise bad_request("there is no caption in the message to edit")
    content = Content(message.content.kind, text, entities, message.content.fields)
    return _edit(hub, message, content, markup.read_inline(parameters))


def edit_markup(hub: Hub, parameters: Parameters) -> Json:
    """editMessageReplyMarkup."""
    message = _editable(hub, parameters)
    return _edit(hub, message, message.content, markup.read_inline(parameters))


def _message(parameters: Parameters, chat: Chat, verb: str) -> Message:
    if not parameters.text("message_id"):
        raise bad_request("message identifier is not specified")
    found = chat.messages.get(parameters.number("message_id"))
    if found is None:
        raise bad_request(f"message to {verb} not found")
    return found


def _editable(hub: Hub, parameters: Parameters) -> Message:
    message = _message(parameters, hub.target(parameters, writing=True), "edit")
    fixed = message.markup is not None and message.markup.orders_keyboard
    if message.sender is not hub.bot or message.service or message.origin is not None or fixed:
        raise bad_request("message can't be edited")
    return message


def _edit(hub: Hub, message: Message, content: Content, keyboard: Markup | None) -> Json:
    if content == message.content and keyboard == message.markup:
        raise bad_request(NOT_MODIFIED)
    hub.edit(message, content, keyboard)
    return wire.message(message)


def delete_message(hub: Hub, parameters: Parameters) -> bool:
    """deleteMessage: within 48 hours; somebody else's in a group only with the right."""
    chat = hub.target(parameters)
    message = _message(parameters, chat, "delete")
    _check_deletable(hub, message)
    hub.delete(message, hub.bot)
    return True


def delete_messages(hub: Hub, parameters: Parameters) -> bool:
    """deleteMessages: what is not there, or may not be deleted, is passed over."""
    chat = hub.target(parameters)
    numbers = parameters.numbers("message_ids")
    if not numbers:
        raise bad_request("message identifiers are not specified")
    if len(numbers) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    for message in [found for number in numbers if (found := chat.messages.get(number))]:
        try:
            _check_deletable(hub, message)
        except ApiError:
            continue
        hub.delete(message, hub.bot)
    return True


def _check_deletable(hub: Hub, message: Message) -> None:
    chat = message.chat
    may = message.sender is hub.bot or chat.type == "private"
    if not may and not has_right(hub.world.member(chat, hub.bot), "can_delete_messages"):
        raise bad_request("message can't be deleted")
    if hub.world.now() - message.at >= DELETE_WITHIN:
        raise bad_request("message can't be deleted for everyone")


def answer_callback_query(hub: Hub, parameters: Parameters) -> bool:
    """answerCallbackQuery: once for each press, and not too late."""
    if len(parameters.text("text")) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press = hub.world.presses.get(parameters.text("callback_query_id"))
    if press is None or press.answered or hub.world.now() - press.at > hub.answer_within:
        raise bad_request(OLD_PRESS)
    press.answered = True
    toast = Toast(parameters.text("text"), parameters.flag("show_alert"), parameters.text("url") or None)
    if toast.text or toast.url:
        hub.world.toasts.setdefault(press.user.id, []).append(toast)
    return True


def set_reaction(hub: Hub, parameters: Parameters) -> bool:
    """setMessageReaction: one of Telegram's own faces, or none."""
    chat = hub.target(parameters)
    message = _message(parameters, chat, "react")
    faces = tuple(str(item.get("emoji", "")) for item in parameters.objects("reaction"))
    if not FACES.issuperset(faces) or len(faces) > 1:
        raise bad_request("REACTION_INVALID")
    hub.react(message, hub.bot, faces)
    return True


def pin(hub: Hub, parameters: Parameters) -> bool:
    """pinChatMessage."""
    chat = hub.target(parameters)
    _check_pins(hub, chat)
    message = _message(parameters, chat, "pin")
    if message.id in chat.pinned[-1:]:
        raise bad_request("CHAT_NOT_MODIFIED")
    hub.pin(message, hub.bot)
    return True


def unpin(hub: Hub, parameters: Parameters) -> bool:
    """unpinChatMessage: the one named, else the newest pinned."""
    chat = hub.target(parameters)
    _check_pins(hub, chat)
    number = parameters.number("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad_request("message to unpin not found")
    chat.pinned.remove(number)
    return True


def unpin_all(hub: Hub, parameters: Parameters) -> bool:
    """unpinAllChatMessages."""
    chat = hub.target(parameters)
    _check_pins(hub, chat)
    chat.pinned.clear()
    return True


def _check_pins(hub: Hub, chat: Chat) -> None:
    if chat.type == "private":
        return
    member = hub.world.member(chat, hub.bot)
    allowed = has_right(member, "can_pin_messages") if member.admin else permitted(chat, member, "can_pin_messages")
    if not allowed:
        raise bad_request("not enough rights to manage pinned messages in the chat")


METHODS = {
    "editmessagetext": edit_text,
    "editmessagecaption": edit_caption,
    "editmessagereplymarkup": edit_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
    "answercallbackquery": answer_callback_query,
    "setmessagereaction": set_reaction,
    "pinchatmessage": pin,
    "unpinchatmessage": unpin,
    "unpinallchatmessages": unpin_all,
}
