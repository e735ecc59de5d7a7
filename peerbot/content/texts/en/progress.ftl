# How someone is doing over time: sober days, chips, the chart and its words, and the counselor's view of the same.

sober-total =
    { $days ->
        [one] { $days } sober day in all
       *[other] { $days } sober days in all
    }
sober-run =
    { $days ->
        [one] { $days } day in this run
       *[other] { $days } days in this run
    }
sober-day-one = today is day one
sober-best =
    { $days ->
        [one] best run so far: { $days } day
       *[other] best run so far: { $days } days
    }

chip-name =
    { $unit ->
        [day] { $number ->
            [one] { $number } day
           *[other] { $number } days
        }
        [month] { $number ->
            [one] { $number } month
           *[other] { $number } months
        }
       *[year] { $number ->
            [one] { $number } year
           *[other] { $number } years
        }
    }
chip-earned = 🏅 <b>{ $chip }.</b> That's yours. See all your chips with /milestones.

milestones-head = <b>Your chips</b>
milestones-none = The first one is a single day, and it's closer than it seems.
milestones-next =
    Next: <b>{ $chip }</b>, { $days ->
        [one] { $days } day from here
       *[other] { $days } days from here
    }.
milestones-private = Only you see this page. Chips stay yours, whatever a hard day brings.

chip-button-share = Share with my group: { $chip }
chip-choose =
    <b>Share your chip: { $chip }?</b>
    Nothing is posted until you tap a group. You can take it back. This is what the group will read:
chip-post = 🏅 <b>{ $name }</b> has a chip to share: <b>{ $chip }</b>. So good to have you here, { $name }.
chip-button-post = Post it in { $group }
chip-button-keep = Keep it to myself
chip-button-back = Take it back
chip-told-kept = It stays with you: <b>{ $chip }</b>. Share it any time, or never.
chip-told-on-its-way = On its way to { $group }: <b>{ $chip }</b>.
chip-told-posted = Shared with <b>{ $group }</b>: { $chip }. Nicely done.
chip-told-not-inside = You're not in <b>{ $group }</b> at the moment, so I posted nothing. Your chip is still yours: { $chip }.
chip-told-not-posted = I couldn't post in <b>{ $group }</b> right now, so nobody has seen it. Your chip is still yours: { $chip }.
chip-told-back = Taken back. Your chip is gone from <b>{ $group }</b> and still yours: { $chip }.
chip-told-stays = I couldn't take it down from <b>{ $group }</b>: { $chip }. If it still stands there, a moderator can delete it.
refused-chip-no-group = You're not in one of our groups yet, so there's nowhere to share it. Your chip is yours all the same.
refused-chip-shared = That chip is already there. Once is enough to be proud of it.

milestones-since = I was sober before I joined
ask-sober =
    <b>How long have you been sober?</b>
    Type a number of days, or the date of your first sober day, like 2026-01-05. Only your own count changes.

progress-title = How it's going
progress-button =
    { $days ->
        [one] 📈 { $days } day
       *[other] 📈 { $days } days
    }
progress-days =
    { $count ->
        [0] No check-ins in the last { $of } days yet.
        [one] { $count } day with answers, of the last { $of }.
       *[other] { $count } days with answers, of the last { $of }.
    }
progress-mood = Mood: { chart-average } (10 is best)
progress-craving = Strongest urge: { chart-average } (10 is strongest)
progress-sleep = Sleep: { chart-average } (4 is best)
progress-use =
    { $count ->
        [0] No days with use reported.
        [one] { $count } day with use reported.
       *[other] { $count } days with use reported.
    }

# Words inside the picture: plain letters only.
chart-period = { $since } to { $until }
chart-mood = Mood
chart-mood-top = good
chart-mood-bottom = low
chart-craving = Strongest urge
chart-craving-top = strong
chart-craving-bottom = none
chart-sleep = Sleep
chart-sleep-top = very well
chart-sleep-bottom = very bad
chart-use = Alcohol or drugs
chart-use-note =
    { $count ->
        [0] no days reported
        [one] { $count } day reported
       *[other] { $count } days reported
    }
chart-average =
    average { $average }{ $trend ->
        [rising] , going up
        [falling] , going down
        [steady] , steady
       *[too-few] {""}
    }
chart-no-answers = no answers here yet
chart-footer = A gap is a day without an answer.

caseload-empty = Nobody is on your caseload yet. /invite makes a link for a participant.
caseload-head =
    { $count ->
        [one] <b>{ $count } participant.</b> Tap to see the last seven days.
       *[other] <b>{ $count } participants.</b> Tap one to see their last seven days.
    }
caseload-page = Showing { $first } to { $last }.
button-further = Further →
caseload-button = { $case } · { $alias }
case-button-plan = Plan
case-button-all = All participants

week-head = <b>{ $case } · { $alias }</b>: the last { $days } days
week-adherence = Check-ins sent: { $sent } · answered: { $answered } · late: { $late } · silent: { $silent }
week-unreachable =
    { $count ->
        [one] { $count } could not reach them: they have blocked the bot.
       *[other] { $count } could not reach them: they have blocked the bot.
    }
week-not-sent =
    { $count ->
        [one] { $count } was not sent, through a fault on our side.
       *[other] { $count } were not sent, through a fault on our side.
    }
week-craving-highest = Highest urge: { $craving } of 10
week-feelings = Named most often: { $feelings }
week-use = Use, { $day }: { $what }
week-plan = Their plan, { $day }: “{ $words }”
week-note = Their note, { $day }: “{ $words }”
week-form = { $title }, { $day }: { $result }
week-foot = <i>Self-reports, not findings. A number is a reason to ask, never an answer.</i>
