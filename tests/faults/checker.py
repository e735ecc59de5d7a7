"""The judge: what must be true when the faults are over, read from Telegram's truth log and the database alone.

It shares no code with the bot but its tables and keys, and asks nothing of those who played: updates, answers, calls
for help and acknowledgements are worked out anew from what people did. A finding is one sentence; none is a pass.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from peerbot.db import models
from peerbot.simulator.truth import Call
from tests.faults.evidence import Act, Books, Evidence
from tests.faults.taps import CALLS, SKIPPED, TYPED, Sheet, Value, plain, without_echo

COOL_DOWN = timedelta(hours=24)
URGENT, SAME_DAY = 3, 2
ALERT = re.compile(r"<b>Alert (\d+) · ")
REPEAT = "(You may have seen this already: it was first sent at "
CARD = "You are not alone."
EXPECTED_ERRORS = frozenset({"another_poller", "outbox_unavailable", "leadership_unavailable", "leadership_lost"})
"""What faults may make a bot say. Anything else at this level is a finding."""
DOUBTFUL = frozenset({"hang_after_accept", "drop_after_accept", "server_error", "garbage", "unreachable"})


@dataclass(slots=True)
class Verdict:
    """The findings, and what was counted on the way."""

    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


class Judge:
    """One judgement."""

    def __init__(self, evidence: Evidence, books: Books) -> None:
        self.evidence, self.books, self.verdict = evidence, books, Verdict()
        self.expired = evidence.expired()
        self.acts = list(evidence.acts())
        self.sends = [call for call in evidence.truth.sent() if call.chat_id is not None]
        self.chat_of = {row.id: int(row.chat) for row in books[models.Person]}
        self.calls: set[int] = set()
        """Taps on a check-in that were calls for help; known once `_answers` has followed them."""
        self.case_of = {row.person_id: row.case_code for row in books[models.Participant]}

    def wrong(self, text: str) -> None:
        """Writes down a finding."""
        self.verdict.wrong.append(text)

    def judge(self) -> Verdict:
        """Every rule once."""
        self.verdict.counts.update(kills=self.evidence.kills, updates=len(self.acts), expired=len(self.expired))
        for rule in (
            self._queues,
            self._sent,
            self._answers,
            self._alarms,
            self._notices,
            self._repeats,
            self._entitled,
            self._acknowledged,
            self._cards,
            self._words_of_bots,
        ):
            rule()
        return self.verdict

    def _queues(self) -> None:
        """Nothing waits anywhere, and every update that Telegram let go of was taken in once."""
        if self.evidence.waiting:
            self.wrong(f"{self.evidence.waiting} updates still wait at Telegram")
        stored = Counter(row.update_id for row in self.books[models.InboxRow])
        for act in self.acts:
            if stored[act.update] != 1:
                self.wrong(f"update {act.update} is stored {stored[act.update]} times")
        for row in self.books[models.InboxRow]:
            if row.state != "done":
                self.wrong(f"inbox row {row.id} is left {row.state}: {row.failure}")
        latest = max((row.created_at for row in self.books[models.OutboxRow]), default=None)
        for row in self.books[models.OutboxRow]:
            later = row.state == "pending" and latest is not None and row.due_at > latest + timedelta(minutes=5)
            if row.state in ("claimed", "parked", "pending") and not later:
                tries = f"{row.failure}, {row.attempts} tries, due {row.due_at:%H:%M:%S}, chat {row.chat_key[:6]}"
                self.wrong(f"outbox row {row.id} ({row.method}) is left {row.state}: {tries}")

    def _sent(self) -> None:
        """What counts as sent was accepted: each row has a message of its own, and a notice has the word of its row."""
        accepted = {(call.chat_id, call.message_id) for call in self.sends}
        notices = {row.id: row for row in self.books[models.Notice]}
        seen: set[tuple[int, int]] = set()
        for row in self.books[models.OutboxRow]:
            if row.method != "sendMessage" or row.state != "sent" or row.person_id is None:
                continue
            message = self.chat_of[row.person_id], row.message_id or 0
            if message not in accepted or message in seen:
                self.wrong(f"outbox row {row.id} counts as sent without a message of its own")
            seen.add(message)
            if row.then == "notice_settled" and notices[row.subject_id].message_id != row.message_id:
                self.wrong(f"notice {row.subject_id} does not know that it was sent")

    def _answers(self) -> None:
        """Each tapped answer stands once, in the order of the taps; the last one counts while it is on the path."""
        sheets = self._sheets()
        stored: dict[tuple[int, str], list[Value]] = defaultdict(list)
        standing: dict[tuple[int, str], list[Value]] = defaultdict(list)
        for row in sorted(self.books[models.Answer], key=lambda row: int(row.id)):
            value, key = plain(json.loads(row.value)), (row.check_in_id, row.question)
            if row.question in TYPED and value != SKIPPED:
                if value not in self._written(row.check_in_id):
                    self.wrong(f"answer row {row.id} ({row.question}) was never written")
                continue
            stored[key].append(value)
            if row.replaced_at is None:
                standing[key].append(value)
        wanted = {(number, name): given for number, sheet in sheets.items() for name, given in sheet.stored.items()}
        for key in wanted.keys() | stored.keys():
            given, kept = wanted.get(key, []), stored[key]
            if key[1] in TYPED:
                given, kept = without_echo(given), without_echo(kept)
            if given != kept:
                self.wrong(f"check-in {key[0]}, {key[1]}: tapped {given}, stored {kept}")
            last = [sheets[key[0]].stands[key[1]]] if key[0] in sheets and key[1] in sheets[key[0]].stands else []
            if key[1] not in TYPED and standing[key] != last:
                self.wrong(f"check-in {key[0]}, {key[1]}: {standing[key]} counts instead of {last}")

    def _sheets(self) -> dict[int, Sheet]:
        """By check-in: what its owner's taps must have made of it."""
        check_ins = {row.id: row for row in self.books[models.CheckIn]}
        sheets: dict[int, Sheet] = defaultdict(Sheet)
        for act in self.acts:
            kind, _, rest = act.data.partition(":")
            if kind not in ("a", "m"):
                continue
            number, question, what = rest.split(":")
            check_in = check_ins.get(int(number))
            mine = check_in is not None and self.chat_of[check_in.participant_id] == act.user
            if check_in is None or not mine or act.at >= check_in.closes_at:
                self.verdict.counts["answers refused"] += 1
                if (question, what) in CALLS:
                    self.calls.add(act.update)
            elif kind == "a":
                self.verdict.counts["answers"] += 1
                if sheets[check_in.id].calls(question, what):
                    self.calls.add(act.update)
                sheets[check_in.id].tap(question, what)
            else:
                self.verdict.counts["moves"] += 1
                sheets[check_in.id].move(question, what)
        return sheets

    def _written(self, check_in: int) -> set[str]:
        """What the owner of a check-in has ever typed."""
        owner = next(row.participant_id for row in self.books[models.CheckIn] if row.id == check_in)
        return {act.text for act in self.acts if act.user == self.chat_of[owner]}

    def _alarms(self) -> None:
        """Every call for help is a finding in an alert, exactly once, and a carer's phone rang for it afterwards."""
        people = {self.chat_of[row.person_id]: row for row in self.books[models.Participant]}
        found: dict[str, list[models.Finding]] = defaultdict(list)
        for row in self.books[models.Finding]:
            found[row.source_key].append(row)
        for act in self.acts:
            if act.user not in people:
                continue
            if act.text in ("/now", "🆘 I need help now") or act.data == "help" or act.update in self.calls:
                source = f"help:u{act.update}"
            elif "want to die" in act.text or "kill myself" in act.text:
                source = f"words:u{act.update}"
            elif act.text == "/talk":
                source = f"talk:u{act.update}"
            else:
                continue
            rows = found[source]
            self.verdict.counts["calls for help"] += 1
            if len(rows) != 1 or rows[0].alert_id is None:
                self.wrong(f"{source} has {len(rows)} findings in alerts")
        for row in self.books[models.Finding]:
            if row.alert_id is not None:
                self._rang(row)
        self._risks(found)

    def _risks(self, found: dict[str, list[models.Finding]]) -> None:
        """A worrying answer is a finding, even if it was taken back afterwards."""
        for row in self.books[models.Answer]:
            value = json.loads(row.value)
            rule = {
                "safe-now": "not-safe-now" if value == "no" else "",
                "use": "use-reported" if value in ("alcohol", "other") else "",
                "mood": "mood-low" if isinstance(value, int) and value <= 2 else "",
                "craving": "craving-high" if isinstance(value, int) and value >= 8 else "",
            }.get(row.question, "")
            if rule:
                self.verdict.counts["worrying answers"] += 1
                rows = [one for one in found[f"check-in:{row.check_in_id}"] if one.rule == rule]
                if len(rows) != 1 or (rows[0].alert_id is None and not self._cooled(rows[0])):
                    self.wrong(f"answer {row.id} ({row.question}) has {len(rows)} findings of {rule}")

    def _cooled(self, row: models.Finding) -> bool:
        """Whether the same was found in this person within the 24 hours before, and told: then no new alert is due."""
        return any(
            one.rule == row.rule
            and one.participant_id == row.participant_id
            and one.alert_id is not None
            and timedelta() < row.found_at - one.found_at <= COOL_DOWN
            for one in self.books[models.Finding]
        )

    def _rang(self, row: models.Finding) -> None:
        """URGENT rings anew; SAME_DAY may join what has rung. Who looked at the alert since may act before it rings."""
        alert = next(one for one in self.books[models.Alert] if one.id == row.alert_id)
        rings = [send for send in self.sends if _alert(send) == alert.id and send.chat_id in self._carers(alert)]
        after = [send for send in rings if send.at >= row.found_at]
        if after or (row.level < URGENT and rings):
            return
        events = [one for one in self.books[models.AlertEvent] if one.alert_id == alert.id and one.at >= row.found_at]
        acted = {one.person_id for one in events if one.event in ("acknowledged", "closed")}
        if acted & {one.person_id for one in events if one.event == "seen"}:
            self.verdict.counts["acted on by somebody who looked before it rang"] += 1
        else:
            self.wrong(f"alert {alert.id}: nobody was told of finding {row.id} ({row.rule})")

    def _carers(self, alert: models.Alert) -> set[int]:
        """Chats that may hear of an alert: the assigned counselor's and the supervisors'."""
        part = next(row for row in self.books[models.Participant] if row.person_id == alert.participant_id)
        supervisors = {row.person_id for row in self.books[models.StaffRole] if row.role == "supervisor"}
        return {self.chat_of[person] for person in supervisors | {part.counselor_id}}

    def _notices(self) -> None:
        """No alert is lost: each rang, each unfinished one is due again, each notice was sent or rightly taken back."""
        for alert in self.books[models.Alert]:
            self.verdict.counts["alerts"] += 1
            if alert.state != "closed" and alert.next_page_at is None:
                self.wrong(f"alert {alert.id} is {alert.state} and will never page again")
        rings = Counter((_alert(send), send.chat_id) for send in self.sends)
        told: Counter[tuple[int, int]] = Counter()
        for notice in self.books[models.Notice]:
            self.verdict.counts["notices"] += 1
            alert = next(one for one in self.books[models.Alert] if one.id == notice.alert_id)
            if notice.sent_at is not None:
                told[alert.id, self.chat_of[notice.person_id]] += 1
            elif not any(
                event.event in ("acknowledged", "closed") and event.at >= notice.queued_at
                for event in self.books[models.AlertEvent]
                if event.alert_id == alert.id
            ):
                self.wrong(f"notice {notice.id} of alert {alert.id} was never sent")
        for (number, chat), count in told.items():
            if rings[number, chat] < count:
                self.wrong(f"alert {number}: {count} notices count as sent, {rings[number, chat]} arrived")

    def _repeats(self) -> None:
        """One unmarked message for one notice; every further one is marked, and there was a doubt for each."""
        queued = Counter((row.alert_id, self.chat_of[row.person_id]) for row in self.books[models.Notice])
        doubts = Counter(
            call.chat_id
            for call in self.evidence.truth.calls("sendMessage")
            if call.fault in DOUBTFUL and _alert(call) is not None
        )
        plain: Counter[tuple[int, int]] = Counter()
        marked: Counter[int] = Counter()
        for send in self.sends:
            number = _alert(send)
            if number is None or send.chat_id is None or not _is_notice(send):
                continue
            if REPEAT in send.parameters["text"]:
                marked[send.chat_id] += 1
            else:
                plain[number, send.chat_id] += 1
        self.verdict.counts["notices arrived"] += plain.total() + marked.total()
        self.verdict.counts["repeats, marked"] += marked.total()
        for (number, chat), count in plain.items():
            if count > queued[number, chat]:
                self.verdict.counts["repeats, not marked"] += count - queued[number, chat]
                self.wrong(
                    f"alert {number}: {count} unmarked messages for {queued[number, chat]} notices to one person"
                )
        for chat, count in marked.items():
            if count > doubts[chat] + self.evidence.kills:
                self.wrong(f"one chat got {count} repeats for {doubts[chat]} doubts and {self.evidence.kills} kills")

    def _entitled(self) -> None:
        """Whoever is not a carer of the case hears nothing of it."""
        alerts = {alert.id: self._carers(alert) for alert in self.books[models.Alert]}
        for send in self.sends:
            number, text = _alert(send), send.parameters.get("text", "")
            if number is not None and send.chat_id not in alerts.get(number, set()):
                self.wrong(f"alert {number} was shown to chat {send.chat_id}")
            for participant, case in self.case_of.items():
                if case in text and "has joined" not in text and send.chat_id not in self._carers_of(participant):
                    self.wrong(f"a case code was shown to chat {send.chat_id}")

    def _carers_of(self, participant: int) -> set[int]:
        return set().union(
            *[self._carers(one) for one in self.books[models.Alert] if one.participant_id == participant]
        )

    def _acknowledged(self) -> None:
        """An acknowledgement or closing by someone entitled stands, or the alert was taken already."""
        for act in self.acts:
            kind, _, rest = act.data.partition(":")
            number, _, what = rest.partition(":")
            if kind not in ("al", "ac") or (kind == "al" and what != "ack"):
                continue
            alert = next((one for one in self.books[models.Alert] if one.id == int(number)), None)
            if alert is None or act.user not in self._carers(alert):
                self.verdict.counts["staff acts refused"] += 1
                continue
            self.verdict.counts["acknowledged" if kind == "al" else "closed"] += 1
            stands = alert.state == "closed" if kind == "ac" else self._taken_after(alert.id, act.at)
            if not stands and self._newer_on_its_way(alert.id, act):
                self.verdict.counts["refused: something newer was on its way"] += 1
            elif not stands and kind == "ac":
                self.wrong(f"alert {alert.id} was closed with {what} and is {alert.state}")
            elif not stands:
                self.wrong(f"alert {alert.id} was acknowledged at {act.at} and stayed open")

    def _newer_on_its_way(self, alert: int, act: Act) -> bool:
        """Whether the alert had rung again, and the bot could not know yet that this person heard of it.

        Known is what was settled: a message may have arrived whose answer died with a bot.
        """
        done = next(row.done_at for row in self.books[models.InboxRow] if row.update_id == act.update) or act.at
        rounds: dict[int, list[models.Notice]] = defaultdict(list)
        for notice in self.books[models.Notice]:
            if notice.alert_id == alert and notice.queued_at <= done:
                rounds[notice.round].append(notice)
        latest = max((number for number, rung in rounds.items() if rung[0].queued_at <= act.at), default=1)
        return any(
            number > 1 and not any(self._heard(one, act) for one in rung)
            for number, rung in rounds.items()
            if number >= latest
        )

    def _heard(self, notice: models.Notice, act: Act) -> bool:
        sent_in_time = notice.sent_at is not None and notice.sent_at < act.at
        return sent_in_time and self.chat_of[notice.person_id] == act.user

    def _taken_after(self, alert: int, moment: datetime) -> bool:
        """Whether the alert was in somebody's hands at the moment or at any time after it."""
        taken = False
        events = [event for event in self.books[models.AlertEvent] if event.alert_id == alert]
        for event in sorted(events, key=lambda event: int(event.id)):
            if event.at >= moment and taken:
                return True
            if event.event in ("acknowledged", "closed"):
                taken = True
            elif event.event in ("paged", "paged-again", "not-closed", "not-acknowledged"):
                taken = False
            if event.at >= moment and taken:
                return True
        return taken

    def _cards(self) -> None:
        """Who asks for help is shown whom to call, every time."""
        cards = Counter(send.chat_id for send in self.sends if CARD in send.parameters.get("text", ""))
        asked = Counter(act.user for act in self.acts if act.text == "/now" or act.data == "help")
        for user, count in asked.items():
            if cards[user] < count:
                self.wrong(f"{count} calls for help, {cards[user]} crisis cards")

    def _words_of_bots(self) -> None:
        """The simulator refused no malformed call, and no bot logged an error that no fault explains."""
        for complaint in self.evidence.complaints:
            self.wrong(f"the bot made a call no Bot API takes: {complaint}")
        for line in self.evidence.log.splitlines():
            event = re.search(r"event='?(\w+)", line)
            severe = "level='error'" in line or "level='critical'" in line or line.startswith("Traceback")
            if severe and (event is None or event[1] not in EXPECTED_ERRORS):
                self.wrong(f"in the log: {line}")


def _alert(call: Call) -> int | None:
    found = ALERT.search(call.parameters.get("text", ""))
    return int(found[1]) if found else None


def _is_notice(call: Call) -> bool:
    """The page itself, not a list of alerts and not the reasons behind one."""
    return "needs you" in call.parameters.get("text", "")
