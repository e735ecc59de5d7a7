# The check-in bubble, from the first question to the thank-you.

check-in-progress = {$step}/{$of}
check-in-ends = <i>{ $low } = { $low_label } · { $high } = { $high_label }</i>
check-in-thanks = <b>Done. Thank you for checking in.</b>
check-in-thanks-lapse =
    <b>It takes courage to say that, and I'm glad you're here.</b>
    One hard day doesn't undo the days before it. You can start again from right now.
check-in-who-reads =
    Your counselor can read this during working hours. If you'd like to talk sooner, tap <b>{ key-talk }</b>.
check-in-next = Next check-in: <b>{ $time }</b>
check-in-next-session = { $group } meets next: <b>{ $time }</b>
check-in-day-over = That day is over, and that's okay. There will be another check-in. If you want to talk before then, tap <b>{ key-talk }</b>.

said-use = Alcohol or other drugs: { $answer }
said-craving = Strongest urge: { $answer }
said-confidence = Confidence: { $answer }
said-mood = Mood: { $answer }
said-sleep = Sleep: { $answer }
said-medication = Medication: { $answer }
answer-of = { $value } of { $high }

button-back = ← Back
button-change = ✏️ Change an answer

check-in-type-text = <i>Just type it here.</i>
check-in-type-time = <i>Just type the time, like 22:30.</i>
check-in-reminder = <b>A gentle reminder.</b> There's time until { $until } if you'd like to check in today.
check-in-put-off = <b>Here I am again, as you asked.</b> There's time until { $until }.
check-in-snoozed = That's fine. I'll come back at <b>{ $time }</b>. You can also start any time before.
check-in-stopped = Paused. Your answers so far are kept, and your team can see them. You can go on any time until { $until }.
check-in-part-done = <b>Part { $step } of { $of } is done.</b> Would you like to go on, or take a break?
check-in-continues = This check-in goes on below. ↓
check-in-which-answer = <b>Which answer would you like to change?</b>

answer-skipped = skipped
answer-none = none of these

button-skip = Skip
button-done = Done ✓
button-none-of-these = None of these
button-snooze = ⏰ In an hour
button-later = Later
button-go-on = Go on

# Days as they are said. Weekday 0 is Monday.
day-name = { weekday } { day-short }
day-short =
    { $day } { $month ->
        [1] Jan
        [2] Feb
        [3] Mar
        [4] Apr
        [5] May
        [6] Jun
        [7] Jul
        [8] Aug
        [9] Sep
        [10] Oct
        [11] Nov
       *[12] Dec
    }
