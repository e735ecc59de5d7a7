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
check-in-day-over = That day is over, and that's okay. There will be another check-in. If you want to talk before then, tap <b>{ key-talk }</b>.

said-use = Alcohol or other drugs: { $answer }
said-mood = Mood: { $answer }
said-craving = Strongest urge: { $answer }
answer-of = { $value } of { $high }

button-back = ← Back
button-change = ✏️ Change an answer
