"""Methods that put a message into a chat: send, copy, forward. Changing one that is there: methods_edits.py."""

import struct

from peerbot.simulator import formatting, markup, wire
from peerbot.simulator.errors import bad_request
from peerbot.simulator.hub import Hub
from peerbot.simulator.parameters import Parameters
from peerbot.simulator.rights import check_may_send, check_reachable
from peerbot.simulator.world import Chat, Content, File, Json, Message

_PNG = b"\x89PNG\r\n\x1a\n"


def send_message(hub: Hub, parameters: Parameters) -> Json:
    """sendMessage."""
    text, entities = formatting.message_text(parameters)
    return _post(hub, parameters, Content("text", text, entities))


def send_photo(hub: Hub, parameters: Parameters) -> Json:
    """sendPhoto: uploaded, or by the file_id of an earlier one."""
    text, entities = formatting.caption(parameters)
    return _post(hub, parameters, Content("photo", text, entities, photo(_file(hub, parameters, "photo"))))


def send_document(hub: Hub, parameters: Parameters) -> Json:
    """sendDocument: uploaded, or by the file_id of an earlier one."""
    text, entities = formatting.caption(parameters)
    return _post(hub, parameters, Content("document", text, entities, document(_file(hub, parameters, "document"))))


def photo(file: File) -> Json:
    """The fields of a photo message, in one size; a PNG's own size, else a plain guess."""
    width, height = struct.unpack(">II", file.content[16:24]) if file.content.startswith(_PNG) else (1280, 720)
    return {"photo": [wire.file(file) | {"width": width, "height": height}]}


def document(file: File) -> Json:
    """The fields of a document message."""
    return {"document": wire.file(file) | {"file_name": file.path.partition("_")[2]}}


def copy_message(hub: Hub, parameters: Parameters) -> Json:
    """copyMessage: the same words in the bot's name, with a new caption if one is given."""
    source = _source(hub, parameters, "copy")
    content = source.content
    if "caption" in parameters.values and content.kind != "text":
        text, entities = formatting.caption(parameters)
        content = Content(content.kind, text, entities, content.fields)
    return {"message_id": _post(hub, parameters, content)["message_id"]}


def forward_message(hub: Hub, parameters: Parameters) -> Json:
    """forwardMessage: the same words, saying whose they are."""
    source = _source(hub, parameters, "forward")
    return _post(hub, parameters, source.content, origin=origin_of(source))


def origin_of(source: Message) -> Json:
    """The MessageOrigin a forward of this message carries."""
    if source.origin is not None:
        return source.origin
    date = wire.stamp(source.at)
    if source.chat.type == "channel":
        return {"type": "channel", "date": date, "chat": wire.chat(source.chat), "message_id": source.id}
    if source.sender_chat is not None:
        return {"type": "chat", "date": date, "sender_chat": wire.chat(source.sender_chat)}
    if source.sender is None:
        return {"type": "hidden_user", "date": date, "sender_user_name": "Somebody"}
    return {"type": "user", "date": date, "sender_user": wire.user(source.sender)}


def send_chat_action(hub: Hub, parameters: Parameters) -> bool:
    """sendChatAction: "typing ..."; shown for a moment, kept nowhere."""
    if not parameters.text("action"):
        raise bad_request("wrong parameter action in request")
    hub.target(parameters, writing=True)
    return True


def _source(hub: Hub, parameters: Parameters, verb: str) -> Message:
    place = hub.chat(parameters.text("from_chat_id"))
    check_reachable(hub.world, place, writing=False)
    found = place.messages.get(parameters.number("message_id"))
    if found is None:
        raise bad_request(f"message to {verb} not found")
    if found.service or found.protected:
        raise bad_request(f"the message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return found


def _file(hub: Hub, parameters: Parameters, name: str) -> File:
    upload = parameters.file(name)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return hub.world.add_file(upload.name, upload.content)
    known = hub.world.files.get(parameters.text(name))
    if known is not None:
        return known
    if not parameters.text(name):
        raise bad_request(f"there is no {name} in the request")
    raise bad_request("wrong file identifier/HTTP URL specified")


def _reply_to(parameters: Parameters, chat: Chat) -> Message | None:
    wanted = parameters.mapping("reply_parameters")
    number = wanted.get("message_id")
    if not isinstance(number, int):
        return None
    found = chat.messages.get(number)
    if found is None and wanted.get("allow_sending_without_reply") is not True:
        raise bad_request("message to be replied not found")
    return found


def _post(hub: Hub, parameters: Parameters, content: Content, origin: Json | None = None) -> Json:
    chat = hub.target(parameters, writing=True)
    check_may_send(hub.world, chat, content.kind)
    message = hub.post(
        chat,
        hub.bot,
        content,
        sender_chat=chat if chat.type == "channel" else None,
        reply_to=_reply_to(parameters, chat),
        origin=origin,
        markup=markup.read(parameters),
        protected=parameters.flag("protect_content"),
        silent=parameters.flag("disable_notification"),
    )
    return wire.message(message)


METHODS = {
    "sendmessage": send_message,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "copymessage": copy_message,
    "forwardmessage": forward_message,
    "sendchataction": send_chat_action,
}
