# What staff read around their work: the way in, invites, and what needs a person's hands.

role-participant = Participant
role-counselor = Counselor
role-supervisor = Supervisor
role-moderator = Moderator
role-admin = Admin

staff-consent =
    <b>You are invited to join the team here.</b>
    Your role: <b>{ $role }</b>

    • I keep your Telegram id, name and language. I also note when you read, take or close an alert.
    • This chat is not end-to-end encrypted. Telegram can see it, and so can anyone who holds your phone. Please lock your phone.
    • Please write nothing about participants here. I can't pass it on.
    • You can leave at any time with /stop.
staff-consent-ask = <b>Do you agree?</b> If not, nothing about you is kept.

staff-welcome-counselor =
    <b>You're in as a counselor.</b>
    Alerts about the people you look after come to this chat. Please keep its notifications on, with sound.
    When one comes, tap “{ alert-button-ack }”, then get in touch with the person, and close the alert.
    /alerts lists what is open. /invite makes a link for a participant.
staff-welcome-supervisor =
    <b>You're in as a supervisor.</b>
    An alert comes to you when the counselor does not answer or can't be reached. Please keep notifications on, with sound.
    Tap “{ alert-button-ack }”, then make sure someone gets in touch with the person, and close the alert.
    /alerts lists every open alert. /invite makes a link for someone new.
staff-welcome-moderator =
    <b>You're in as a moderator.</b>
    You look after the groups. You never see anyone's check-ins.
staff-welcome-admin =
    <b>You're in as an admin.</b>
    You hear from me when something is broken or someone can't be reached. You see nothing that participants answer.
    /invite makes a link for someone on the team.
staff-welcome-back = Good to see you. /alerts lists what is open, /help says what else I can do.
staff-text-not-understood = I'm a bot and can't pass that on. It was not kept, and nobody reads it here. /help says what I can do.

staff-participant-joined = Case <b>{ $case }</b> has joined and is on your caseload.
staff-caseload-taken =
    { $count ->
        [one] <b>{ $count } participant</b> is now on your caseload
       *[other] <b>{ $count } participants</b> are now on your caseload
    }, because a colleague has left. Their alerts come to you from now on. /alerts lists what is open.
staff-unreachable =
    <b>I can't reach { $name } any more.</b> They blocked this bot, or their account is gone. Alerts meant for them go to the next person. Please get in touch with them another way.
staff-tick-broken =
    <b>Something that runs by the clock keeps failing: { $name }.</b>
    Check-ins or alerts may be late. Whoever runs this bot should look at its log now. Until it runs again, please check on your people another way.
parked-admin =
    <b>Something that came in could not be handled.</b>
    It waits as row in-{ NUMBER($row, useGrouping: 0) }. To see it, run: peerbot parked

invite-whom = Who is the invite for?
invite-made =
    <b>One-time invite: { $role }</b>
    { $link }

    It works once, for one person, until { $until }. Please give it to them in person or over a channel you trust.
