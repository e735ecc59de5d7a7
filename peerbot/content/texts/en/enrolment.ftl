# The way in for participants: what the bot is, consent, the welcome questions, the settings, and the way out.

consent-what =
    <b>Welcome. It's good that you're here.</b>

    I'm a bot that belongs to your treatment program. I'm not a person. I ask how you are every day, share tips for hard moments, and pass alerts to your team.

    I'm not treatment, and I don't replace your sessions, your counselor or a doctor.
consent-who-reads =
    <b>Who reads what</b>
    • Your counselor can read your check-in answers. A supervisor can too when your counselor can't.
    • Other people in the program never see your check-ins.
    • If something you answer or write is worrying, your counselor gets an alert. If nobody reacts, a supervisor gets one too.
    • I check everything you type for signs of danger. Words that don't answer a question of mine are not kept.
    • People read during working hours. Alerts go out at any hour, but nobody can promise how fast they are seen.
consent-telegram =
    <b>About Telegram</b>
    • This chat is not end-to-end encrypted. Telegram can see it, and so can anyone who holds your phone. Please lock your phone.
    • Other people may notice that you use this bot.
    • Please don't send names, documents or photos.
    • You can leave at any time with /stop. It does not affect your care.
consent-ask = <b>Do you agree?</b> If not, that's fine: nothing about you is kept.
button-agree = Yes, I agree
button-decline = No, thanks
consent-agreed = Thank you. You agreed to these terms (version { $version }). You can leave at any time with /stop.
consent-declined = That's okay. Nothing about you was kept. If you change your mind, open your invite link again. And if you need someone now:

language-name = English

ask-alias =
    <b>What shall I call you?</b>
    Pick a made-up name, not your real one. Your team sees it next to your case code. Tap the one below or type your own.
alias-use = Use “{ $alias }”
ask-language = <b>Which language do you like best?</b>
ask-zone =
    <b>Where do you live?</b>
    Then I know when it's morning for you. Tap a city in your time zone, or type the nearest big city.
ask-zone-which = I found more than one. Which is yours?
ask-time =
    <b>When shall I ask how you are?</b>
    Tap a time or type one, like 19:30. I'll ask once a day.
chosen = ✓ { $value }
welcome-done =
    <b>All set, { $alias }.</b>

    I'll ask how you are every day at <b>{ $time }</b> ({ $zone } time). It's just a few short questions. Your counselor is <b>{ $counselor }</b>.

    On a hard day, use the buttons below:
    <b>{ key-help }</b>: who to call, and your team is told
    <b>{ key-talk }</b>: your counselor gets a message
    <b>{ key-tip }</b>: one thing to try right now

    You can change all this with /settings.

settings-head =
    <b>Your settings</b>
    Name: { $alias }
    Language: { $language }
    Time zone: { $zone }
    Daily check-in: { $time }

    What would you like to change?
settings-alias = Name
settings-language = Language
settings-zone = Time zone
settings-time = Check-in time
settings-saved = ✓ Saved.

leave-ask =
    <b>Do you want to leave?</b>
    I'll stop asking, and your counselor is told that you left. Your care in the program stays the same. What you answered so far stays with your program; you can ask them about it.
leave-ask-staff =
    <b>Do you want to leave?</b>
    Your role here ends at once. You get no more alerts, and your caseload goes to another carer.
button-leave = Yes, leave
button-stay = No, stay
leave-stayed = Good. Everything stays as it was.
leave-done = You have left. I won't write to you any more. Take good care of yourself. If you ever need someone:
leave-door-open = The door stays open. If you want to come back, ask the program for a new invite link.
