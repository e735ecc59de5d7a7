# The keyboard, the commands, help, and what is said when something did not work out.

key-check-in = 📝 Check in
key-tip = 💡 Tip
key-talk = 💬 Talk to my counselor
key-help = 🆘 I need help now

command-start = Start here
command-help = What I can do
command-now = I need help now
command-checkin = Today's check-in
command-progress = Your chart of the last weeks
command-milestones = Your sober days and chips
command-talk = Ask to talk with your counselor
command-settings = Name, language, time zone, check-in time
command-alerts = Open alerts
command-caseload = Your participants: last week, chart, plan
command-invite = Invite someone
command-stop = Leave the bot
command-in-group = Commands work in a private chat with me: @{ $bot }

help-participant =
    <b>What I'm here for</b>
    I'm a bot of your treatment program. I ask how you are once a day, have a tip when you want one, and get a message to your team when you need them. Tap a button below, or send:
help-staff =
    <b>What I'm here for</b>
    I'm a bot of your treatment program. Alerts reach you here. Tap “{ alert-button-ack }” so that nobody else is paged, and close the alert when you know how it ended. You can send:
help-stranger =
    <b>What I'm here for</b>
    I'm a bot for people in a treatment program. People get in with an invite link from their counselor. You can send:

start-stranger =
    <b>Hi. I'm a bot for people in a treatment program and their teams.</b>

    To get in, ask your counselor for an invite link and open it. What you just wrote was not kept, and nobody reads this chat.

    If you are in danger, please call your local emergency number. To see who you can call, send /now.
welcome-back =
    <b>Good to see you.</b>
    Everything is as you left it. Use the buttons below whenever you like.

text-not-understood =
    I'm a bot and didn't understand that. Your message was not kept, and nobody reads it here.

    To reach a person, tap <b>{ key-talk }</b>. If it can't wait, tap <b>{ key-help }</b>.
gap-announced =
    I'm sorry: I was out of reach for about { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    }. If you wrote to me in that time, it may be lost without anyone having read it. Telegram keeps messages for only 24 hours. Please write it again.

    If you need help now, send /now or call your local emergency number.
parked-person-told =
    I'm sorry. Something went wrong on my side and I could not read your message. Your counselor is told that you wrote, but not what. If it can't wait, please call:
parked-person =
    I'm sorry. Something went wrong on my side with what you just sent, and nobody has read it. Please try again. If it can't wait, please call:
