# The table of rules, its numbers, the monthly page, what was noticed this week, and what carers say of a closed alert.

command-month = How the rules did this month
command-digest = What was noticed this week, without an alert

rules-head = <b>The rules behind alerts</b>
rules-count = { $level }: { $count ->
        [one] { $count } rule
       *[other] { $count } rules
    }
rules-foot = Tap a level to read its rules. Every number is a starting point that nobody has yet proved for your people: your program may change it.
rules-level-head = <b>{ $level }</b>
rules-button-numbers = 🔢 The numbers
rules-numbers-head = <b>The numbers in force</b> for everyone, and from where to where each may go
rules-number = { $key } = { $value } ({ $low }–{ $high })
rules-changed =
    <b>{ $key } = { $value }</b> · { $whose }
    { $by }, { $time }: { $why }
rules-everyone = everyone
rules-by-command = command line
rules-how-to-change =
    To change one for a person you look after, write:
    /rules set C-4F7K craving.high 9 and why
    To take it back:
    /rules reset C-4F7K craving.high and why
    For everyone, a supervisor writes “all” instead of the case code.

report-head = <b>Alerts in { $month }</b>
report-head-so-far = <b>Alerts in { $month }, so far</b>
report-alerts = { $count ->
        [one] { $count } alert
       *[other] { $count } alerts
    }. That is { $rate } a day for every ten people.
report-within = Within the budget of { $budget }.
report-over = Over the budget of { $budget }: look at what fires most below, and try other numbers.
report-urgent = Urgent alerts that were useful: { $useful } of { $judged } judged.
report-urgent-enough = The aim is at least half.
report-urgent-few = The aim is at least half, so please look at these rules together.
report-urgent-none = Nobody has judged an urgent alert yet.
report-unjudged =
    { $count ->
        [one] { $count } alert was closed without a word on whether it was useful.
       *[other] { $count } alerts were closed without a word on whether they were useful.
    }
report-rules-head = <b>Each rule</b>: times fired; useful, false alarm, already known
report-rule = { $level } · { $about }: <b>{ $fired }</b>; { $useful }, { $wrong }, { $known }

digest-head = <b>Noticed in the last 7 days, without an alert</b>
digest-none = Nothing was noticed in the last 7 days that is not in an alert.
digest-line = { $reason }{ $count ->
        [1] { "" }
       *[other] { " " }({ $count } times)
    }
digest-foot = <i>These are signs, not a diagnosis.</i>

alert-feedback-asked = Was this alert useful?
alert-feedback-given = What was said of it: { $feedback }
feedback-useful = 👍 Useful
feedback-false-alarm = 👎 False alarm
feedback-known = 👌 Already knew

refused-alert-not-closed = Please close the alert first.
refused-rules-usage = Write it like: /rules set C-4F7K craving.high 9 and why. /rules shows every name and number.
refused-rules-key = There is no such number. /rules shows every name.
refused-rules-bounds = That number has to be from { $low } to { $high }.
refused-rules-why = Please add why. It is kept with the change, so that others understand it later.
refused-rules-everyone = Only a supervisor can change a number for everyone. You can change it for a person you look after.
refused-rules-unchanged = Nothing was changed there, so there is nothing to take back.
refused-rules-case = There is no participant with that case code.
refused-report-month = Write the month like: /month 2026-03
