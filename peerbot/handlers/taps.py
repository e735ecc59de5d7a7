"""What people tap. Every tap is answered, so that its spinner ends; who may do what is decided by the services."""

from typing import TypeVar

from telegram import CallbackQuery, Update

from peerbot.buttons import (
    AlertAct,
    AlertClose,
    AlertFeedback,
    AnswerTap,
    BadButtonError,
    Button,
    CaseView,
    CheckInMove,
    ChipShare,
    Consented,
    ConsentLocale,
    Declined,
    DialogChoice,
    InviteMade,
    LeaveChoice,
    PauseChoice,
    PlanAct,
    RulesPage,
    ShowProgress,
)
from peerbot.delivery.outbox import Target
from peerbot.errors import Refusal
from peerbot.handlers.turn import Context, visitor
from peerbot.services import (
    answering,
    caseload,
    conversation,
    crisis,
    enrolment,
    milestones,
    plans,
    progress,
    rules,
    welcome,
)
from peerbot.services.post import toast

Kind = TypeVar("Kind", bound=Button)


async def _taken(update: Update, context: Context, kind: type[Kind]) -> tuple[CallbackQuery, Kind]:
    """The query, answered, and its button; data that no button packs to is refused."""
    query = update.callback_query
    if query is None:
        raise ValueError("a tap without a query")
    await toast(context.turn.session, Target(query.from_user.id), query.id)
    try:
        return query, kind.unpack(query.data or "")
    except BadButtonError:
        raise Refusal("refused-old-button") from None


def _bubble(query: CallbackQuery) -> int:
    """The message the button sits on."""
    return query.message.message_id if query.message else 0


async def help_tapped(update: Update, context: Context) -> None:
    """I need help now, however old the button."""
    turn, query = context.turn, update.callback_query
    who = visitor(update, turn.programme.locale)
    if query is not None:
        await toast(turn.session, who.target, query.id)
    await crisis.help_now(turn.session, who.user, who.locale, event=turn.event, now=turn.now)


async def card_tapped(update: Update, context: Context) -> None:
    """Show me whom to call."""
    turn, query = context.turn, update.callback_query
    who = visitor(update, turn.programme.locale)
    if query is not None:
        await toast(turn.session, who.target, query.id)
    await conversation.card(turn.session, who)


async def answer_tapped(update: Update, context: Context) -> None:
    """An answer to a question."""
    query, tap = await _taken(update, context, AnswerTap)
    await answering.record_answer(
        context.turn.session,
        query.from_user.id,
        tap.check_in,
        tap.question,
        tap.value,
        message_id=_bubble(query),
        event=context.turn.event,
        now=context.turn.now,
    )


async def check_in_moved(update: Update, context: Context) -> None:
    """A move inside a check-in that is no answer."""
    query, tap = await _taken(update, context, CheckInMove)
    await answering.move(
        context.turn.session,
        query.from_user.id,
        tap.check_in,
        tap.question,
        tap.move,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def progress_tapped(update: Update, context: Context) -> None:
    """The chart of another span of days."""
    query, tap = await _taken(update, context, ShowProgress)
    turn = context.turn
    if tap.participant:
        await progress.show_case(turn.session, query.from_user.id, tap.participant, days=tap.days, now=turn.now)
    else:
        await progress.show(turn.session, query.from_user.id, days=tap.days, now=turn.now)


async def chip_shared(update: Update, context: Context) -> None:
    """A chip to be shared with a group, or taken back."""
    query, tap = await _taken(update, context, ChipShare)
    await milestones.share(
        context.turn.session,
        visitor(update, context.turn.programme.locale),
        tap.chip,
        tap.group,
        tap.act,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def pause_chosen(update: Update, context: Context) -> None:
    """A pause of one's own check-ins, or its end."""
    query, tap = await _taken(update, context, PauseChoice)
    await plans.pause_own(context.turn.session, query.from_user.id, tap.days, now=context.turn.now)


async def case_viewed(update: Update, context: Context) -> None:
    """A screen of the caseload."""
    query, tap = await _taken(update, context, CaseView)
    await plans.view(
        context.turn.session,
        query.from_user.id,
        tap.participant,
        tap.screen,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def plan_changed(update: Update, context: Context) -> None:
    """A change to what a participant is asked."""
    query, tap = await _taken(update, context, PlanAct)
    await plans.change(
        context.turn.session,
        query.from_user.id,
        tap.participant,
        tap.act,
        tap.value,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def alert_tapped(update: Update, context: Context) -> None:
    """Acknowledge, open, close or back on an alert."""
    query, tap = await _taken(update, context, AlertAct)
    await caseload.act(
        context.turn.session, query.from_user.id, tap.alert, tap.act, message_id=_bubble(query), now=context.turn.now
    )


async def alert_closed(update: Update, context: Context) -> None:
    """An alert closed with its outcome."""
    query, tap = await _taken(update, context, AlertClose)
    await caseload.close(
        context.turn.session,
        query.from_user.id,
        tap.alert,
        tap.outcome,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def alert_judged(update: Update, context: Context) -> None:
    """Whether a closed alert was worth it."""
    query, tap = await _taken(update, context, AlertFeedback)
    await caseload.give_feedback(
        context.turn.session,
        query.from_user.id,
        tap.alert,
        tap.feedback,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def rules_turned(update: Update, context: Context) -> None:
    """Another page of the table of rules."""
    query, tap = await _taken(update, context, RulesPage)
    await rules.show(context.turn.session, query.from_user.id, tap.page, edit=_bubble(query))


async def consented(update: Update, context: Context) -> None:
    """Yes to the consent screen."""
    query, tap = await _taken(update, context, Consented)
    turn = context.turn
    who = visitor(update, turn.programme.locale)
    await enrolment.consent(turn.session, who, tap.invite, tap.locale, message_id=_bubble(query), now=turn.now)


async def declined(update: Update, context: Context) -> None:
    """No to the consent screen."""
    query, tap = await _taken(update, context, Declined)
    who = visitor(update, context.turn.programme.locale)
    await enrolment.decline(context.turn.session, who, tap.locale, message_id=_bubble(query))


async def consent_locale_chosen(update: Update, context: Context) -> None:
    """The consent screen in another language."""
    query, tap = await _taken(update, context, ConsentLocale)
    turn = context.turn
    who = visitor(update, turn.programme.locale)
    await enrolment.arrive(turn.session, who, tap.invite, now=turn.now, locale=tap.locale, edit=_bubble(query))


async def dialog_answered(update: Update, context: Context) -> None:
    """A tapped answer to a welcome question or a setting."""
    query, tap = await _taken(update, context, DialogChoice)
    await welcome.choose(
        context.turn.session,
        query.from_user.id,
        tap.step,
        tap.value,
        message_id=_bubble(query),
        now=context.turn.now,
    )


async def leaving_answered(update: Update, context: Context) -> None:
    """Leaving, or staying after all."""
    query, tap = await _taken(update, context, LeaveChoice)
    turn = context.turn
    if tap.choice == "yes":
        await enrolment.leave(
            turn.session, query.from_user.id, message_id=_bubble(query), event=turn.event, now=turn.now
        )
    else:
        await conversation.stayed(turn.session, query.from_user.id, message_id=_bubble(query))


async def invite_chosen(update: Update, context: Context) -> None:
    """Whom the invite is for."""
    query, tap = await _taken(update, context, InviteMade)
    await caseload.make_invite(
        context.turn.session, query.from_user.id, tap.role, message_id=_bubble(query), now=context.turn.now
    )


async def unknown_tapped(update: Update, context: Context) -> None:
    """Data that no button of ours packs to: an older version's, or forged."""
    query = update.callback_query
    if query is not None:
        await toast(context.turn.session, Target(query.from_user.id), query.id)
    raise Refusal("refused-old-button")
