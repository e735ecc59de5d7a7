"""What is said around the flows: help, the keyboard, kind refusals, goodbyes, and words to the staff."""

from collections.abc import Sequence

from peerbot.buttons import InviteMade, LeaveChoice, inline, reply_keyboard
from peerbot.care.crisis import CrisisLine
from peerbot.messages.crisis import lines_of, offer
from peerbot.outgoing import NO_KEYBOARD, Keyboard, Lane, Outgoing
from peerbot.texts import LOCALES, Texts

KEYS = ("key-check-in", "key-tip", "key-talk", "key-help")


def participant_keyboard(texts: Texts, locale: str) -> Keyboard:
    """The persistent keyboard; help has a row of its own, so that a shaking thumb finds it."""
    check_in, tip, talk, help_now = (texts.plain(locale, key) for key in KEYS)
    return reply_keyboard([check_in, tip], [talk], [help_now])


def key_pressed(texts: Texts, text: str) -> str | None:
    """Which key of the keyboard this text is, in any language and with or without its emoji."""
    wanted = _bare(text)
    for locale in LOCALES:
        for key in KEYS:
            if wanted and wanted == _bare(texts.plain(locale, key)):
                return key
    return None


def _bare(text: str) -> str:
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text.lower()).split())


def plain(texts: Texts, locale: str, text_id: str, **values: str | int) -> Outgoing:
    """One text and nothing else."""
    return Outgoing(texts.say(locale, text_id, **values))


def refusal(texts: Texts, locale: str, text_id: str, **values: str | int) -> Outgoing:
    """A kind no, with what to do next."""
    return plain(texts, locale, text_id, **values)


def guide(
    texts: Texts, locale: str, *, audience: str, commands: Sequence[str], lines: Sequence[CrisisLine]
) -> Outgoing:
    """/help: what this is, what can be typed, that it is not watched, whom to call."""
    listed = "\n".join(f"/{name} – {texts.say(locale, f'command-{name}')}" for name in commands)
    parts = [
        texts.say(locale, f"help-{audience}"),
        listed,
        texts.say(locale, "not-for-emergencies"),
        lines_of(lines, texts, locale),
    ]
    return Outgoing("\n\n".join(parts))


def stranger(texts: Texts, locale: str) -> Outgoing:
    """To someone without an invite: what this is and how people get in."""
    return Outgoing(texts.say(locale, "start-stranger"))


def declined(texts: Texts, locale: str, lines: Sequence[CrisisLine]) -> Outgoing:
    """After a no to the consent screen."""
    return Outgoing(f"{texts.say(locale, 'consent-declined')}\n\n{lines_of(lines, texts, locale)}", keyboard=inline())


def agreed(texts: Texts, locale: str, *, version: str) -> Outgoing:
    """What the consent screen becomes after a yes."""
    return Outgoing(texts.say(locale, "consent-agreed", version=version), keyboard=inline())


def chosen(texts: Texts, locale: str, *, value: str) -> Outgoing:
    """What a question of a dialog becomes once answered by tap."""
    return Outgoing(texts.say(locale, "chosen", value=value), keyboard=inline())


def enrolled(texts: Texts, locale: str, *, case: str) -> Outgoing:
    """To the counselor: somebody of theirs has joined."""
    return Outgoing(texts.say(locale, "staff-participant-joined", case=case))


def ask_leave(texts: Texts, locale: str, *, staff: bool) -> Outgoing:
    """Do you want to leave?"""
    return Outgoing(
        texts.say(locale, "leave-ask-staff" if staff else "leave-ask"),
        keyboard=inline(
            [(texts.plain(locale, "button-leave"), LeaveChoice("yes"))],
            [(texts.plain(locale, "button-stay"), LeaveChoice("no"))],
        ),
    )


def stayed(texts: Texts, locale: str) -> Outgoing:
    """Not leaving after all."""
    return Outgoing(texts.say(locale, "leave-stayed"), keyboard=inline())


def left(texts: Texts, locale: str, lines: Sequence[CrisisLine]) -> Outgoing:
    """Goodbye, and the lines that stay open."""
    return Outgoing(f"{texts.say(locale, 'leave-done')}\n\n{lines_of(lines, texts, locale)}", keyboard=inline())


def keyboard_gone(texts: Texts, locale: str) -> Outgoing:
    """Takes the persistent keyboard away."""
    return Outgoing(texts.say(locale, "leave-door-open"), keyboard=NO_KEYBOARD)


def caseload_taken(texts: Texts, locale: str, *, count: int) -> Outgoing:
    """To the carer who inherits a caseload."""
    return Outgoing(texts.say(locale, "staff-caseload-taken", count=count), lane=Lane.CRISIS)


def not_understood(texts: Texts, locale: str) -> Outgoing:
    """A text that fits nothing: it was not stored, nobody reads it, and here is what does work."""
    return Outgoing(texts.say(locale, "text-not-understood"), keyboard=inline([offer(texts, locale)]))


def choose_invite(texts: Texts, locale: str, roles: Sequence[str]) -> Outgoing:
    """Whom is the invite for?"""
    rows = [[(texts.plain(locale, f"role-{role}"), InviteMade(role))] for role in roles]
    return Outgoing(texts.say(locale, "invite-whom"), keyboard=inline(*rows))


def could_not_handle(texts: Texts, locale: str, lines: Sequence[CrisisLine], *, told: bool) -> Outgoing:
    """To the person whose message could not be handled: say so, say who was told, give the lines."""
    text_id = "parked-person-told" if told else "parked-person"
    return Outgoing(f"{texts.say(locale, text_id)}\n\n{lines_of(lines, texts, locale)}", lane=Lane.CRISIS)


def parked(texts: Texts, locale: str, *, row: int) -> Outgoing:
    """To an admin: something could not be handled and waits."""
    return Outgoing(texts.say(locale, "parked-admin", row=row), lane=Lane.CRISIS)


def gap(texts: Texts, locale: str, *, hours: int) -> Outgoing:
    """To everyone after an outage longer than Telegram keeps messages: we may have missed yours."""
    return Outgoing(texts.say(locale, "gap-announced", hours=hours), lane=Lane.REPLY)
