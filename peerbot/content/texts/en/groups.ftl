# Groups: setting up, coming in, posts and reviews, hours and sessions, and the settings staff see.

command-tip = One thing to try right now
command-rules = The group's rules; for staff, the rules behind alerts
command-report = Reply to a post: ask a person to look
command-worried = I'm worried about someone in the group
command-groups = Your groups and their settings
command-sessions = The next sessions and who is coming
command-review = What waits for a person to look
command-setup = Set up a group

# Setting up
setup-greeting =
    Hello. I look after groups of a treatment program. Someone on the team can send /setup here to start.
setup-anonymous = I can't tell who you are while you write as the group. Please send that from your own account.
setup-staff-only = Only the program's team can set up a group.
setup-how =
    <b>Setting up a group</b>
    1. Add @{ $bot } to a supergroup and make it an administrator.
    2. Allow it to delete messages, restrict members, invite people and pin messages.
    3. Send /setup in the group.

    Then use /groups here for sessions, staffed hours, the daily topic and who has a place.
setup-head = <b>What I need here, and what for</b>
right-delete-messages = <b>Delete messages</b>: to take down offers, phone numbers and foreign links
right-restrict-members = <b>Restrict members</b>: to mute someone for a while, and to close the group outside staffed hours
right-invite-users = <b>Invite people</b>: to open the door to people who ask to join
right-pin-messages = <b>Pin messages</b>: to pin that this is not for emergencies
setup-missing = What is marked ❌ is off until an owner of the group turns it on. I'll notice by myself.
setup-not-super =
    This is still a plain group, and muting does not work in one. In the group's settings, make the chat history visible to new members. Telegram then turns it into a supergroup, and I'll move along.
setup-well = <b>All is well.</b> Everything I do here is on. Please turn on approval for new members, so that nobody comes in past the door.
rights-lost =
    <b>{ $group }: something I do there is off.</b>
    I am missing this right:
rights-how = An owner of the group can turn it on in the group's list of administrators. I look again every ten minutes.
rights-back = <b>{ $group }: all is well again.</b> I have every right I need there.
group-put-out =
    <b>I'm no longer in { $group }.</b>
    Nobody's posts are checked there now, and sessions and topics have stopped. Nothing that was set is lost: add me again and send /setup.
group-post-unread =
    <b>{ $group }: there is a post I could not read.</b>
    Something went wrong on my side. Please look at the newest posts yourself now.
group-statement =
    <b>This group is not for emergencies.</b> Nobody watches it around the clock. If you or someone else is in danger, please call:
group-statement-2 = You can also open a private chat with me and send /now. The group's rules: /rules
group-card-foot = You can also open a private chat with me and send /now. Nobody here sees it.

# Coming in
group-rules-head = <b>The rules of this group</b>
rules-accept =
    <b>Welcome to { $group }.</b>
    Please read these rules before you come in:
rules-ask = Can you go along with them? Reading along is taking part, too.
button-accept-rules = Yes, let me in
button-not-now = Not now
rules-accepted = Thank you. I'm opening the door to <b>{ $group }</b>.
rules-later = That's fine. Nothing is lost: tap below whenever you like.
join-waits =
    Thank you for asking to join <b>{ $group }</b>. Someone on the team looks at it first, and that can take a while. If you need help now, send /now.
join-in = You're in. Welcome to <b>{ $group }</b>. You can look at the rules with /rules.
join-declined = Thank you for asking. Right now there is no place for you in <b>{ $group }</b>. Please ask your counselor what else there is.
join-staff-participant =
    <b>{ $who }</b> asks to join <b>{ $group }</b> and has no place there yet.
    If you let them in, they get a place and read the rules first.
join-staff-unknown =
    Someone called <b>{ $who }</b> asks to join <b>{ $group }</b>. I don't know this person: they did not join the program here.
button-let-in = Let them in
button-turn-away = Not this time
join-let-in = ✓ Let in to <b>{ $group }</b>.
join-turned-away = ✓ Turned away from <b>{ $group }</b>. They are told kindly.
join-refused-by-telegram =
    <b>{ $group }: Telegram did not let me open the door.</b>
    Nobody was let in. I may be missing the right to invite people.
join-past-the-door =
    <b>{ $who }</b> came into <b>{ $group }</b> without asking, and has no place there. Please look whether that is right.
group-assigned =
    You have a place in <b>{ $group }</b>, a group of your program. It's a place to talk between sessions with people who know what it is like.
group-assigned-link = Tap to ask to come in: { $link }
group-welcome =
    Welcome, <b>{ $name }</b>. Good that you're here.
    An easy one to start with, if you like: { $question }
    You can always pass. The rules: /rules
refused-no-place = You have no place in this group right now. Please ask your counselor. If you need help now, send /now.
refused-group-gone = I'm not in that group any more. Add me again and send /setup there.
refused-decided = That has been decided already, or no longer fits.

# Posts
verdict-selling = It reads like an offer of alcohol, drugs or medicine.
verdict-seeking = It reads like a question about where to get something, how much, or at what price.
verdict-using-together = It reads like a plan to drink or use together.
verdict-contact = It holds a phone number, an address or an account. To keep everyone safe, those stay out of the group.
verdict-invite = It holds an invite to another group or chat.
verdict-link = It holds a link I don't know.
verdict-flooding = There were many posts in a very short time.
verdict-doubt = I'm not sure about it.
verdict-person = Someone asked for a person to look at it.
post-down = <b>I took your post in { $group } down.</b>
post-down-foot = I'm a bot and I can be wrong. If you think this is not right, a person can look.
button-appeal = Let a person look
appeal-taken = Thank you. A person on the team will look and you'll hear from me. I can't promise how soon.
refused-appealed = A person has been asked to look already. You'll hear from me.
warned =
    This counts as a warning in <b>{ $group }</b>. The next step would be a pause from posting. You are still welcome.
muted =
    You can read in <b>{ $group }</b>, but not post, until <b>{ $until }</b>. This chat works as always, and so do your check-ins. You are still welcome.
lifted = The step in <b>{ $group }</b> was taken back. You can post as before.
member-shares = <b>A member shares:</b>
member-shares-media = <i>(There was a picture or file with it, which I can't show again.)</i>
review-author-shared = A person looked at your post and put it back into <b>{ $group }</b>, without your name.
review-author-kept = A person looked at your post in <b>{ $group }</b> again. It stays down. You can ask your counselor about it.
report-how = To report a post, reply to it in the group with /report. If you are worried about the person, reply with /worried. Your reply disappears at once.
report-thanks = Thank you for looking out for the group. A person will look at that post. If someone is in danger right now, please call your local emergency number.
worry-thanks = Thank you for caring. The people who look after the group are told now. If someone is in danger right now, don't wait for them: please call your local emergency number.
worry-which = Which group is it about?

# Reviews
review-head = <b>Review { NUMBER($review, useGrouping: 0) }</b> · { $group }
review-kind-held = I took a post down, and it waits for you.
review-kind-removed = I removed a post.
review-kind-flagged = Please look at a post. It stands in the group.
review-kind-reported = A member reported a post.
review-kind-danger = <b>A post may be about a life in danger.</b> It stays in the group. Its writer has the crisis card. Please look now, and answer there with warmth.
review-kind-worry = <b>A member is worried about someone.</b> Please look now, and get in touch.
review-place-stands = ❗ Telegram did not let me take it down. It still stands in the group.
review-place-doubtful = ❗ I can't tell whether it is down: it may be gone already, or Telegram let it stand. Please look.
review-appealed = ✋ Its writer asks for a person to look.
step-warn = Warning
step-mute-1h = Pause of 1 hour
step-mute-24h = Pause of 24 hours
step-state-asked = { $step }: on its way
step-state-done = { $step }: done
step-state-refused = { $step }: did not happen, and does not count
step-state-lifting = { $step }: being taken back
step-state-lifted = { $step }: taken back
review-decided-share = ✓ { $by } shared it with the group.
review-decided-keep = ✓ { $by } keeps it down.
review-decided-warn = ✓ { $by } took the next step.
review-decided-down = ✓ { $by } took it down.
review-decided-leave = ✓ { $by } leaves it as it is.
review-decided-take = ✓ { $by } is looking after it. If nobody says that it is done, it comes back in 30 minutes.
review-decided-done = ✓ { $by } says that it is done.
review-button-show = Show it
review-button-share = Share it, no name
review-button-keep = Keep it down
review-button-warn = Next step: { $step }
review-button-down = Take it down
review-button-leave = Leave it
review-button-take = ✋ I'm looking after it
review-button-done = ✅ Done
review-button-undo = Undo
review-button-lift = Take the step back
review-words-head = <b>Review { NUMBER($review, useGrouping: 0) }</b> · { $who }
review-had-media = <i>(There was a picture or file with it. I keep only words.)</i>
review-words-foot = <i>This message removes itself after a while.</i>
reviews-none = Nothing waits for you.
step-refused =
    <b>Review { NUMBER($review, useGrouping: 0) }: { $step } did not happen.</b>
    Telegram refused it, so it does not count. I may be missing a right, the person may run the group, or they blocked me.
step-not-lifted = <b>Review { NUMBER($review, useGrouping: 0) }:</b> Telegram did not let me take the step back. It still stands.
refused-no-step = There is no step to take: the person is on the team, cannot be known, or a step is on its way.
refused-too-late = That was more than 48 hours ago, so it can't be undone any more.

# Hours, topics, sessions
hours-closed-until = <b>The group is closed now.</b> It opens again on { $time }.
hours-closed = <b>The group is closed now.</b>
hours-meanwhile = You can read along, and I'm there in private. If it can't wait, please call:
hours-open = <b>The group is open.</b> Good to have you here.
hours-open-until = <b>The group is open</b> until { $time }. Good to have you here.
hours-not-closed = <b>{ $group }: I could not close the group.</b> Its hours are over and people can still post. I'll keep trying.
hours-not-opened = <b>{ $group }: I could not open the group.</b> Its hours have begun and people can't post. I'll keep trying.
topic-of-the-day =
    <b>Today's question</b>
    { $question }
session-tomorrow =
    <b>{ $group }</b> meets on <b>{ $time }</b>.
    Are you coming? Only the team sees your answer.
session-soon =
    <b>{ $group }</b> starts in an hour, at <b>{ $time }</b>.
    Are you coming? Only the team sees your answer.
session-coming = I'm coming
session-late = I'll be late
session-cannot = I can't this time
session-answered =
    <b>{ $group }</b>, { $time }
    ✓ { $answer }. You can change it until it starts.
session-off = The session of <b>{ $group }</b> on { $time } does not take place.
session-no-answer = No answer yet
sessions-head = <b>{ $group }</b> · { $time }
sessions-none = No session is coming up. You can set them with /groups.
sessions-nobody = Nobody has a place in this group yet.
refused-session-begun = This session has begun, or does not take place.

# Settings
groups-head = <b>Your groups</b>
groups-none = There is no group yet. Add me to a supergroup as an administrator and send /setup there.
group-main =
    <b>{ $group }</b>
    People with a place: { $count }
    Language: { $language }
    Times are those of { $zone }
    Daily topic: { $time }
group-topic-off = off
group-rights-well = ✅ I have every right I need.
group-rights-missing = ❌ { $count } of { $most } rights are missing. Send /setup in the group to see which.
group-sessions-are = <b>Sessions</b>
group-hours-are = <b>Staffed hours</b>
group-is-closed = The group is closed at the moment.
group-link = Link to ask to join: { $link }
group-page-sessions = Sessions
group-page-hours = Staffed hours
group-page-topic = Daily topic
group-page-people = People
group-page-locale = Language
week-none = none
group-weekday =
    { $weekday ->
        [0] Monday
        [1] Tuesday
        [2] Wednesday
        [3] Thursday
        [4] Friday
        [5] Saturday
       *[6] Sunday
    }
sessions-page = <b>Sessions</b>
sessions-type =
    To change the week, type it, like: Tue, Thu 18:00-19:30
    To add a single date, type it, like: 2026-05-14 18:00-19:30
sessions-call-off = ✕ Call off { $time }
sessions-take-place = ↺ Hold { $time } after all
hours-page = <b>Staffed hours</b>
hours-type =
    Outside these hours the group closes, and people can only read. Without any, it is always open.
    To change them, type them, like: Mon-Fri 9:00-17:00
hours-empty = No hours: always open
week-empty = No sessions
week-understood = <b>This is what I understood:</b>
week-how = Please write it like: Tue 18:00-19:30, Thu 18:00-19:30
button-save = Save
misread-empty = I didn't find any times in that.
misread-too-long = That is too long for one week.
misread-no-day = I didn't find the day for “{ $what }”.
misread-unknown-day = I don't know the day “{ $what }”.
misread-no-end = I need a start and an end in “{ $what }”.
misread-time = I didn't get the time “{ $what }”.
misread-am-or-pm = Is “{ $what }” in the morning or in the evening?
misread-no-length = Start and end are the same in “{ $what }”.
topic-page-at = <b>Daily topic</b>: every day at { $time }
topic-page-off = <b>Daily topic</b>: off
topic-ask = Tap a time, or type one. A closed group gets no topic that day.
topic-stop = No daily topic
group-language = <b>Which language shall I speak in the group?</b>
people-page = <b>Who has a place in this group?</b> Tap to give or take a place. People get a message with the link.
people-none = Nobody has joined the program here yet.
button-earlier = ← Earlier
button-more = More →
refused-date = I didn't get that date. Please write it like 2026-05-14.
