# What staff read about alerts. Notices carry no content: number, level and case code, fit for a lock screen.

level-log = NOTE
level-digest = WEEKLY
level-same-day = TODAY
level-urgent = URGENT
level-emergency = EMERGENCY

alert-notice =
    <b>Alert { NUMBER($alert, useGrouping: 0) } · { $level }</b>
    Case <b>{ $case }</b> needs you.
    If nobody taps “{ alert-button-ack }” within { alert-minutes }, the next person is told.
alert-notice-again =
    <b>Alert { NUMBER($alert, useGrouping: 0) } · { $level }</b>
    Case <b>{ $case }</b> is still waiting and needs you.
    If nobody taps “{ alert-button-ack }” within { alert-minutes }, this goes out again.
alert-minutes =
    { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    }
alert-may-be-repeat = (You may have seen this already: it was first sent at { $time }.)

alert-head = <b>Alert { NUMBER($alert, useGrouping: 0) } · { $level }</b> · { $case }
alert-still-open = Nobody has taken it yet.
alert-acknowledged = { $by } is on it since { $time }. If it is not closed within { alert-minutes }, it comes back.
alert-closed = Closed by { $by } at { $time }: { $outcome }
alert-how-ended = How did it end?
outcome-reached = I reached them
outcome-not-reached = I could not reach them
outcome-handed-over = Handed over to someone else

alert-button-ack = ✋ I'm on it
alert-button-open = Show why
alert-button-close = ✅ Close

alert-details-head = <b>Alert { NUMBER($alert, useGrouping: 0) }</b> · { $case } · { $alias }
alert-reason = <b>{ $level }</b> · { $time }
alert-details-foot = <i>These are signs, not a diagnosis. The words of messages are not kept, so please ask. This message removes itself after a while.</i>
alert-nobody-reachable =
    <b>Alert { NUMBER($alert, useGrouping: 0) } found nobody it was meant for.</b>
    I can't reach the assigned counselor or any supervisor. I'm telling whoever else on the care team I can reach, and that may be nobody. Please call your team now.

alerts-none = No open alerts.
alerts-head = <b>Open alerts</b>
alerts-button = Alert { NUMBER($alert, useGrouping: 0) }
alert-state-open = Nobody is on it yet. Open since { $time }.
alert-state-acknowledged = Someone is on it. Open since { $time }.
