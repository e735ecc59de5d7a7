"""Every row, in one place to import from; each family has its own module."""

from peerbot.db.alert_rows import Alert, AlertEvent, AlertState, Finding, Notice, Outcome
from peerbot.db.check_in_rows import Answer, CheckIn, CheckInState, Schedule, Silence
from peerbot.db.people_rows import Consent, Dialog, Invite, Participant, Person, Role, StaffRole
from peerbot.db.queue_rows import InboxRow, InboxState, OutboxRow, OutboxState, Programme

__all__ = [
    "Alert",
    "AlertEvent",
    "AlertState",
    "Answer",
    "CheckIn",
    "CheckInState",
    "Consent",
    "Dialog",
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
    "Role",
    "Schedule",
    "Silence",
    "StaffRole",
]
