# The reason behind a finding, for the carer who asked: what was seen, never what it proves. One text for each risk rule.

rule-use-reported =
    { $use ->
        [alcohol] Said they drank alcohol since the last check-in.
       *[other] Said they used something other than alcohol since the last check-in.
    }
rule-not-safe-now = Told of use, and is not safe right now or not sure of it.
rule-opioid-after-break =
    { $days ->
        [-1] Used an opioid or something that may be one, and told of no use before.
       *[other] Used an opioid or something that may be one, after { $days } days without.
    } Their body may now take much less than before.
rule-opioid-alone = Used an opioid or something that may be one, and is alone right now.
rule-opioid-mixed = Mixed an opioid, or something that may be one, with sedatives, alcohol or stimulants. That makes an overdose more likely.
rule-use-kept-private = Chose { $times } times in a row not to say whether they used. It is not counted as use.
rule-medication-gap =
    { $medication ->
        [ran-out] Ran out of their medication for recovery.
       *[other] Stopped their medication for recovery.
    }
rule-craving-high = Said the strongest urge in the last 24 hours was { $craving } of 10.
rule-craving-lasting = The strongest urge is at { $craving } of 10, and was high on { $days } of the last 3 days.
rule-craving-unsure = The strongest urge is at { $craving } of 10, and confidence in staying sober at { $confidence } of 10.
rule-craving-risk-ahead = The strongest urge is at { $craving } of 10, and a risky situation lies ahead in the next 24 hours.
rule-craving-above-own = The strongest urge is at { $craving } of 10. Their own usual, over { $days } days, is { $usual }.
rule-risk-ahead = Sees a risky situation ahead in the next 24 hours.
rule-argument = Had an argument.
rule-mood-low = Said their mood today is { $mood } of 10 (10 is best).
rule-mood-below-own = Their mood is { $mood } of 10. Their own usual, over { $days } days, is { $usual }.
rule-mood-lasting = Their mood is { $mood } of 10, and was low on { $days } of the last 3 days.
rule-confidence-low = Confidence in staying sober until the next check-in: { $confidence } of 10.
rule-confidence-lasting = Little confidence in staying sober, yesterday and today ({ $confidence } of 10).
rule-sleep-bad = Slept very badly { $nights } nights in a row.
rule-sleep-bad-craving = Slept very badly { $nights } nights in a row, with an urge of { $craving } of 10.
rule-silent-notice = Left { $times } check-ins in a row without an answer.
rule-silent-long = Has not answered the last { $times } check-ins. Prompts that were never sent don't count.
rule-silent-early = Left { $times } check-ins in a row without an answer. That weighs more soon after joining, after a lapse, or with opioids.
rule-asq-unanswered = An answer called for the questions about suicide, and they were not finished within 30 minutes. Please ask them yourself.
rule-own-form-digest = Answers to your program's own form { $form } are in a range you asked to see in the digest.
rule-own-form-same-day = Answers to your program's own form { $form } are in a range that calls for a talk today.
rule-own-form-urgent = Answers to your program's own form { $form } are in a range that calls for someone at any hour.
rule-own-form-emergency = Answers to your program's own form { $form } are in a range that means danger right now.
rule-asq-positive = Answered yes to at least one of the questions about suicide, or chose not to say.
rule-asq-acute = Said they are thinking of suicide right now, or chose not to say.
rule-phq-item-9 = On several of the last 14 days, thought of being better off dead or of hurting themselves.
rule-phq-item-9-often =
    { $points ->
        [2] On more than half of the last 14 days, thought of being better off dead or of hurting themselves.
       *[other] Nearly every day of the last 14, thought of being better off dead or of hurting themselves.
    }
rule-phq-high = The PHQ-9 comes to at least { $points } of 27.
rule-phq-moderate = The PHQ-9 came to { $points } of 27.
rule-phq-rise = The PHQ-9 comes to at least { $points } of 27. The one before was { $last }.
rule-gad-high = The GAD-7 comes to at least { $points } of 21.
rule-gad-moderate = The GAD-7 came to { $points } of 21.
rule-bam-use = Told of use in the weekly form: Use comes to at least { $points } of 12.
rule-bam-risk = Risk in the weekly form comes to at least { $points } of 24.
rule-bam-protective = Protection in the weekly form came to { $points } of 24.
rule-bam-protective-lasting = Protection in the weekly form came to { $points } of 24, after { $last } the time before.
rule-bam-extreme =
    { $what ->
        [urges] Urges bothered them extremely in the last 7 days.
        [confidence] Is not confident at all about the next 7 days.
       *[both] Urges bothered them extremely in the last 7 days, and they are not confident at all about the next 7.
    }
rule-bam-worse =
    { $what ->
        [risk] Risk in the weekly form rose from { $last } to { $points } of 24.
       *[protective] Protection in the weekly form dropped from { $last } to { $points } of 24.
    }
rule-bam-conflict = Arguments bothered them a lot in the last 7 days.
rule-help-asked = Asked for help now.
rule-talk-asked = Asked to talk with their counselor.
rule-left-programme = Left the bot with /stop.
rule-message-unread = The bot failed on a message of theirs, so nobody knows what it said. Please ask them.
rule-words-emergency = Wrote something that may be about { words-about }. A life may be at risk right now.
rule-words-urgent = Wrote something that may be about { words-about }. They may not be safe.
rule-words-same-day = Wrote something that may be about { words-about }. Please talk with them today.
rule-words-digest = Wrote something that may be about { words-about }. No alert; worth asking about next time.
rule-broken-rule = The rule “{ $rule }” failed, so it could not look at what they said. Please look yourself and ask them.

words-about =
    { $category ->
        [self-harm] suicide or self-harm
        [overdose] an overdose
        [withdrawal] severe withdrawal
        [violence] violence
        [other-in-danger] someone else in danger
        [help] needing help
        [lapse] drinking or using
        [sourcing] getting or offering drugs
        [none] a hard moment
       *[other] something the bot could not place
    }

# What each rule looks for, with the numbers in force, for people who read the table of rules.
about-use-reported = Said they drank or used since the last check-in
about-not-safe-now = After use: not safe right now, or not sure
about-opioid-after-break = An opioid or an unknown pill or powder after { $break_days } days or more without
about-opioid-alone = An opioid or an unknown pill or powder, and alone right now
about-opioid-mixed = An opioid mixed with sedatives, alcohol or stimulants, after a break or alone
about-use-kept-private = Rather not say about use, { $private_row } times in a row
about-medication-gap = Medication for recovery ran out or was stopped
about-craving-high = Strongest urge in the last 24 hours at { $craving_high } or more of 10
about-craving-lasting = Urge at { $craving_combined } or more on 2 of 3 days
about-craving-unsure = Urge at { $craving_combined } or more with confidence at { $confidence_low } or less
about-craving-risk-ahead = Urge at { $craving_combined } or more with a risky situation ahead
about-craving-above-own = Urge { $craving_rise } or more above their own usual of 14 days
about-risk-ahead = A risky situation in the next 24 hours
about-argument = An argument
about-mood-low = Mood at { $mood_low } or less of 10
about-mood-below-own = Mood { $mood_drop } or more below their own usual of 14 days
about-mood-lasting = Low mood on 2 of 3 days
about-confidence-low = Confidence in staying sober at { $confidence_low } or less of 10
about-confidence-lasting = Confidence at { $confidence_low } or less on 2 days in a row
about-sleep-bad = Very bad sleep { $sleep_nights } nights in a row
about-sleep-bad-craving = Very bad sleep { $sleep_nights } nights in a row with an urge at { $craving_sleepless } or more
about-silent-notice = { $silence_notice } check-ins in a row without an answer
about-silent-long = { $silence_long } check-ins in a row without an answer, and at every further { $silence_long }
about-silent-early = { $silence_early } check-ins in a row without an answer in the first { $silence_watch } days, after a lapse, or with opioids
about-asq-unanswered = Questions about suicide not finished within 30 minutes
about-own-form-digest = A range of the program's own form that its file marks for the digest
about-own-form-same-day = A range of the program's own form that its file marks for today
about-own-form-urgent = A range of the program's own form that its file marks as urgent
about-own-form-emergency = A range of the program's own form that its file marks as an emergency
about-asq-positive = A yes, or no answer, to any question about suicide (ASQ)
about-asq-acute = A yes, or no answer, to thinking of suicide right now (ASQ)
about-phq-item-9 = PHQ-9, item 9: on several days
about-phq-item-9-often = PHQ-9, item 9: on more than half of the days
about-phq-high = PHQ-9 at { $phq_high } or more
about-phq-moderate = PHQ-9 from { $phq_moderate } up to { $phq_high }
about-phq-rise = PHQ-9 { $phq_rise } or more above the one before
about-gad-high = GAD-7 at { $gad_high } or more
about-gad-moderate = GAD-7 from { $gad_moderate } up to { $gad_high }
about-bam-use = Weekly form: Use at { $bam_use } or more
about-bam-risk = Weekly form: Risk at { $bam_risk } or more
about-bam-protective = Weekly form: Protection at { $bam_protective } or less
about-bam-protective-lasting = Weekly form: Protection at { $bam_protective } or less twice in a row
about-bam-extreme = Weekly form: extremely bothered by urges, or not confident at all
about-bam-worse = Weekly form: Risk up or Protection down by { $bam_change } or more
about-bam-conflict = Weekly form: bothered by arguments at { $bam_conflict } or more of 4
about-help-asked = Asked for help now
about-talk-asked = Asked to talk with their counselor
about-left-programme = Left the bot
about-message-unread = The bot failed on a message of theirs
about-words-emergency = Wrote something that may mean a life is at risk right now
about-words-urgent = Wrote something that may mean someone is not safe
about-words-same-day = Wrote something a counselor should hear about today
about-words-digest = Wrote something about an urge or a heavy moment
about-broken-rule = A rule failed and could not look

# What would have kept a rule silent. Each stands after “It would have stayed quiet with:”.
silent-if = <i>It would have stayed quiet with: { $changes }.</i>
silent-or = or
silent-at-most = { $fact } at { $value } or less
silent-at-least = { $fact } at { $value } or more
measure-craving = the urge
measure-confidence = confidence
measure-mood = mood
measure-silent-row = unanswered check-ins
measure-phq-9 = the PHQ-9
measure-gad-7 = the GAD-7
measure-bam-use = Use
measure-bam-risk = Risk
measure-bam-protective = Protection
measure-bam-conflict = trouble from arguments
without-use = no use
without-not-safe = feeling safe
without-opioid = no opioid and nothing unknown
without-break = no break before it
without-alone = someone with them
without-mixing = nothing mixed in
without-private = an answer about use
without-medication-gap = medication without a gap
without-ahead = no risky situation ahead
without-argument = no argument
without-days-before = better days just before
without-day-before = a better day before
without-nights-before = better nights just before
without-bad-night = a better last night
without-early = a calmer time in treatment
without-asq-unanswered = an answer in time
without-own-band = answers in a lower range
without-asq-yes = four times no
without-asq-now = a no to right now
without-item-9 = no such thoughts
without-bam-extreme = a milder answer
without-bam-change = the same as the time before
without-help-asked = no call for help
without-talk-asked = no wish to talk
without-left = staying in the bot
without-unread = a message the bot could read
without-words = other words

# What stands behind an alert, besides its reasons.
answers-head = <b>Answers: { $title }</b> · { $day }
answer-line = { $what }: { $answer }
usual-head = <b>Against their own last 14 days</b>
usual-line = { $what }: { $now }, usually { $median } ({ $days } days)
usual-unknown = <i>Not enough days yet to know what is usual for them.</i>
noticed-head = <b>Also noticed in the last 7 days, without an alert</b>
more-left-out = <i>There is more than fits here.</i>
short-use = Use
short-safe-now = Safe right now
short-substance = What
short-alone = Alone
short-when = When
short-craving = Urge
short-confidence = Confidence
short-mood = Mood
short-feelings = Feelings
short-sleep = Sleep (0 to 4)
short-ahead = Risky situation ahead
short-medication = Medication
short-help = From the team
