"""The ear: one list of everything that can come in, top to bottom, first match wins. Order is explained on each group.

A handler unpacks an update and calls one service. Decisions, SQL and sending live elsewhere.
"""

import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from telegram import Bot, Update
from telegram.ext import (
    ApplicationBuilder,
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from peerbot.buttons import (
    AlertAct,
    AlertClose,
    AlertFeedback,
    AnswerTap,
    Button,
    CaseView,
    CheckInMove,
    Consented,
    ConsentLocale,
    Declined,
    DialogChoice,
    HelpNow,
    InviteMade,
    LeaveChoice,
    PauseChoice,
    PlanAct,
    RulesPage,
    ShowCard,
    ShowProgress,
)
from peerbot.handlers import chats, people, staff, taps
from peerbot.handlers.turn import Context, Router, Turn, remember_failure
from peerbot.services.programme import MenuEntry

__all__ = ["COMMANDS", "Router", "Turn", "make_router", "menu"]

Act = Callable[[Update, Context], Coroutine[Any, Any, None]]


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, who sees it in menus and help, and what happens."""

    name: str
    audience: str
    act: Act


EVERYONE, PARTICIPANT, STAFF = "everyone", "participant", "staff"

# One line per command. Menus and /help are built from this list; their texts are `command-<name>`.
COMMANDS: tuple[Command, ...] = (
    Command("start", EVERYONE, people.started),
    Command("help", EVERYONE, people.guide_wanted),
    Command("now", EVERYONE, people.help_wanted),
    Command("checkin", PARTICIPANT, people.check_in_wanted),
    Command("progress", PARTICIPANT, people.progress_wanted),
    Command("milestones", PARTICIPANT, people.milestones_wanted),
    Command("talk", PARTICIPANT, people.talk_wanted),
    Command("settings", PARTICIPANT, people.settings_wanted),
    Command("alerts", STAFF, staff.alerts_wanted),
    Command("caseload", STAFF, staff.caseload_wanted),
    Command("digest", STAFF, staff.digest_wanted),
    Command("rules", STAFF, staff.rules_wanted),
    Command("report", STAFF, staff.report_wanted),
    Command("invite", STAFF, staff.invite_wanted),
    Command("stop", EVERYONE, people.leaving_wanted),
)

# One line per kind of button.
TAPS: Mapping[type[Button], Act] = {
    HelpNow: taps.help_tapped,
    ShowCard: taps.card_tapped,
    AnswerTap: taps.answer_tapped,
    CheckInMove: taps.check_in_moved,
    ShowProgress: taps.progress_tapped,
    PauseChoice: taps.pause_chosen,
    CaseView: taps.case_viewed,
    PlanAct: taps.plan_changed,
    AlertAct: taps.alert_tapped,
    AlertClose: taps.alert_closed,
    AlertFeedback: taps.alert_judged,
    RulesPage: taps.rules_turned,
    Consented: taps.consented,
    Declined: taps.declined,
    ConsentLocale: taps.consent_locale_chosen,
    DialogChoice: taps.dialog_answered,
    LeaveChoice: taps.leaving_answered,
    InviteMade: taps.invite_chosen,
}


def menu() -> tuple[MenuEntry, ...]:
    """The commands as the help text and Telegram's menus list them."""
    return tuple(MenuEntry(command.name, command.audience) for command in COMMANDS)


def _handlers() -> list[BaseHandler[Any, Any, Any]]:
    private = filters.ChatType.PRIVATE
    written = filters.UpdateType.MESSAGE
    return [
        # Blocking and unblocking first: it decides whether anything can be said at all.
        ChatMemberHandler(chats.membership_changed, ChatMemberHandler.MY_CHAT_MEMBER),
        # Taps, by kind; what no kind packs to ends at the last one.
        *(CallbackQueryHandler(act, pattern=rf"^{kind.code}(:|$)") for kind, act in TAPS.items()),
        CallbackQueryHandler(taps.unknown_tapped),
        # Commands and words in private chats. Edited messages are read for danger, never as answers.
        *(CommandHandler(command.name, command.act, filters=private & written) for command in COMMANDS),
        MessageHandler(private & written & filters.COMMAND, people.unknown_command),
        MessageHandler(private & written & filters.TEXT, people.text_written),
        MessageHandler(private & filters.UpdateType.EDITED_MESSAGE, people.text_edited),
        MessageHandler(private & written, people.media_sent),
        # In groups the bot answers commands only.
        MessageHandler(filters.ChatType.GROUPS & written & filters.COMMAND, chats.command_in_group),
    ]


class _MuteRequest(BaseRequest):
    """Answers getMe from what is stored and refuses everything else: handlers cannot speak."""

    def __init__(self, bot_json: str) -> None:
        self._me = json.dumps({"ok": True, "result": json.loads(bot_json)}).encode()

    @property
    def read_timeout(self) -> float | None:
        return None

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, *_args: Any, **_kwargs: Any) -> tuple[int, bytes]:
        if url.endswith("/getMe"):
            return 200, self._me
        raise PermissionError("a handler tried to speak to Telegram; only the sender may")


async def make_router(bot_json: str) -> Router:
    """The routing application: it needs the bot's stored identity and no network."""
    request = _MuteRequest(bot_json)
    bot = Bot(token="0:routing-only", request=request, get_updates_request=request)  # noqa: S106 - no token at all
    context_types = ContextTypes(context=Context)
    router = (
        ApplicationBuilder()
        .application_class(Router)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(context_types)
        .build()
    )
    assert isinstance(router, Router)  # noqa: S101
    router.turns = {}
    for handler in _handlers():
        router.add_handler(handler)
    router.add_error_handler(remember_failure)
    await router.initialize()
    return router
