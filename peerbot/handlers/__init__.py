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
    ChatJoinRequestHandler,
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
    Appeal,
    Button,
    CaseView,
    CheckInMove,
    ChipShare,
    Coming,
    Consented,
    ConsentLocale,
    Declined,
    DialogChoice,
    GroupPage,
    GroupSet,
    HelpNow,
    InviteMade,
    JoinDecision,
    LeaveChoice,
    PauseChoice,
    PlanAct,
    ReviewAct,
    RulesAnswer,
    RulesPage,
    ShowCard,
    ShowProgress,
    TipRate,
    TipTime,
)
from peerbot.handlers import chats, groups, people, staff, taps, tips
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
    in_groups: bool = False
    """Shown in the menu of groups too; what it does there stands in `groups.IN_GROUPS`."""


EVERYONE, PARTICIPANT, STAFF, GROUP = "everyone", "participant", "staff", "group"

# One line per command. Menus and /help are built from this list; their texts are `command-<name>`.
COMMANDS: tuple[Command, ...] = (
    Command("start", EVERYONE, people.started),
    Command("help", EVERYONE, people.guide_wanted),
    Command("now", EVERYONE, people.help_wanted, in_groups=True),
    Command("checkin", PARTICIPANT, people.check_in_wanted),
    Command("progress", PARTICIPANT, people.progress_wanted),
    Command("milestones", PARTICIPANT, people.milestones_wanted),
    Command("talk", PARTICIPANT, people.talk_wanted),
    Command("tip", PARTICIPANT, tips.tip_wanted),
    Command("settings", PARTICIPANT, people.settings_wanted),
    Command("rules", EVERYONE, staff.rules_wanted, in_groups=True),
    Command("report", GROUP, groups.report_explained, in_groups=True),
    Command("worried", PARTICIPANT, groups.worry_said, in_groups=True),
    Command("alerts", STAFF, staff.alerts_wanted),
    Command("caseload", STAFF, staff.caseload_wanted),
    Command("digest", STAFF, staff.digest_wanted),
    Command("month", STAFF, staff.report_wanted),
    Command("invite", STAFF, staff.invite_wanted),
    Command("groups", STAFF, groups.groups_wanted),
    Command("sessions", STAFF, groups.sessions_wanted),
    Command("review", STAFF, groups.review_wanted),
    Command("setup", STAFF, groups.setup_explained),
    Command("stop", EVERYONE, people.leaving_wanted),
)

# One line per kind of button.
TAPS: Mapping[type[Button], Act] = {
    HelpNow: taps.help_tapped,
    ShowCard: taps.card_tapped,
    AnswerTap: taps.answer_tapped,
    CheckInMove: taps.check_in_moved,
    ShowProgress: taps.progress_tapped,
    ChipShare: taps.chip_shared,
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
    RulesAnswer: groups.rules_answered,
    JoinDecision: groups.request_decided,
    ReviewAct: groups.review_tapped,
    Appeal: groups.appealed,
    Coming: groups.coming_answered,
    GroupPage: groups.page_tapped,
    GroupSet: groups.setting_tapped,
    TipRate: tips.tip_rated,
    TipTime: tips.time_tapped,
}


def menu() -> tuple[MenuEntry, ...]:
    """The commands as the help text and Telegram's menus list them."""
    return tuple(MenuEntry(command.name, command.audience, command.in_groups) for command in COMMANDS)


def _handlers() -> list[BaseHandler[Any, Any, Any]]:
    private = filters.ChatType.PRIVATE
    written, edited = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
    in_groups = filters.ChatType.GROUPS
    return [
        # Blocking and unblocking first: it decides whether anything can be said at all. Then who is at and in the door.
        ChatMemberHandler(chats.membership_changed, ChatMemberHandler.MY_CHAT_MEMBER),
        ChatMemberHandler(chats.somebody_moved, ChatMemberHandler.CHAT_MEMBER),
        ChatJoinRequestHandler(chats.knocked),
        # Taps, by kind; what no kind packs to ends at the last one.
        *(CallbackQueryHandler(act, pattern=rf"^{kind.code}(:|$)") for kind, act in TAPS.items()),
        CallbackQueryHandler(taps.unknown_tapped),
        # Commands and words in private chats. Edited messages are read for danger, never as answers.
        *(CommandHandler(command.name, command.act, filters=private & written) for command in COMMANDS),
        MessageHandler(private & written & filters.COMMAND, people.unknown_command),
        MessageHandler(private & written & filters.TEXT, people.text_written),
        MessageHandler(private & edited, people.text_edited),
        MessageHandler(private & written, people.media_sent),
        # In groups every post is judged, new or edited, before a command in it is looked at.
        MessageHandler(in_groups & filters.StatusUpdate.MIGRATE, chats.moved),
        MessageHandler(in_groups & filters.StatusUpdate.NEW_CHAT_TITLE, chats.renamed),
        MessageHandler(in_groups & (written | edited) & ~filters.StatusUpdate.ALL, groups.posted),
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
