"""Every row, in one place to import from; each family has its own module."""

from peerbot.db.alert_rows import Alert, AlertEvent, AlertState, Feedback, Finding, Notice, Outcome
from peerbot.db.check_in_rows import Answer, Cause, CheckIn, CheckInState, Rhythm, Schedule, Silence
from peerbot.db.people_rows import Consent, Dialog, Invite, Participant, Person, Role, StaffRole
from peerbot.db.queue_rows import InboxRow, InboxState, OutboxRow, OutboxState, Programme
from peerbot.db.rule_rows import RuleChange

__all__ = [
    "Alert",
    "AlertEvent",
    "AlertState",
    "Answer",
    "Cause",
    "CheckIn",
    "CheckInState",
    "Consent",
    "Dialog",
    "Feedback",
    "Finding",
    "InboxRow",
    "InboxState",
    "Invite",
    "Notice",
    "OutboxRow",
    "OutboxState",
    "Outcome",
    "Participant",
    "Person",
    "Programme",
    "Rhythm",
    "Role",
    "RuleChange",
    "Schedule",
    "Silence",
    "StaffRole",
]
