# What a participant is asked and when, as their carer sets it, and pauses.

weekday =
    { $weekday ->
        [0] Mon
        [1] Tue
        [2] Wed
        [3] Thu
        [4] Fri
        [5] Sat
       *[6] Sun
    }
plan-head = <b>Plan: { $case } · { $alias }</b>
plan-daily = Daily check-in: { $days }, { $time }
plan-every-day = every day
plan-form =
    { $weeks ->
        [one] { $title }: { $days }, every week
       *[other] { $title }: { $days }, every { $weeks } weeks
    }
plan-hours = Their day ends at { $until }. Quiet hours: { $quiet }.
plan-quiet-none = none
plan-paused = <b>Paused.</b> They are asked again on { $day }.
plan-foot = Tap to change it. The last row says what the questions may assume.
plan-which-day = On which day shall <b>{ $title }</b> come?
plan-ask-which = Which questions shall go out now, once?
plan-which-hours = When shall the daily check-in come, when does their day end, and when must it stay quiet?

plan-why = Why do you change it? It is kept with your name and the time, for whoever looks after them next.
plan-why-planned = A planned step
plan-why-asked = They asked for it
plan-why-worried = I want to watch more closely
plan-why-life = Something changed in their life
plan-did-phase = <i>{ $day }, { $by }: daily check-in, { $value }. { $why }.</i>
plan-did-day = <i>{ $day }, { $by }: added { $value }. { $why }.</i>
plan-did-form = <i>{ $day }, { $by }: took off { $value }. { $why }.</i>
plan-did-hour = <i>{ $day }, { $by }: check-in at { $value }. { $why }.</i>
plan-did-ends = <i>{ $day }, { $by }: their day ends at { $value }. { $why }.</i>
plan-did-quiet = <i>{ $day }, { $by }: quiet hours { $value }. { $why }.</i>
plan-did-fact = <i>{ $day }, { $by }: { $value }. { $why }.</i>
plan-did-pause =
    { $value ->
        [0] <i>{ $day }, { $by }: pause ended. { $why }.</i>
       *[other] <i>{ $day }, { $by }: paused for { $value } days. { $why }.</i>
    }

phase-early = Every day
phase-middle = 4 days
phase-late = 2 days
fact-medication = Medication
fact-opioid = Opioids
fact-safety-plan = Safety plan
plan-button-ask = Ask something once, now
plan-button-pause = Pause { $days } days
plan-button-resume = End the pause
plan-button-hours = Hours
plan-button-ends = Day ends at { $time }
plan-button-quiet = Quiet: { $hours }

settings-pause = ⏸ { $days } days
pause-set =
    <b>Your check-ins are paused.</b> I'll ask again on <b>{ $day }</b>. Until then you can still check in any time, and the help button always works.
pause-ended = <b>Good to have you back.</b> Your check-ins come again at their usual time.
staff-paused = Case <b>{ $case }</b> has paused their check-ins. They are asked again on { $day }.
staff-pause-ended = Case <b>{ $case }</b> is being asked again.
