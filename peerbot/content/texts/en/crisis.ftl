# The crisis card and everything said at a moment of danger. Short: it is read with one eye, at night.

crisis-head =
    <b>You are not alone.</b>
    If you are not safe, or someone else is not, call now:
crisis-line = <b>{ $name }</b>: { $what }
crisis-told =
    <b>{ $who }</b> has been told just now that you need someone. If nobody answers, I keep telling the team. I can't promise how fast they see it, so if it can't wait, please call.
crisis-nobody-told =
    Seeing this page tells nobody. If you are in the program and want your team to know, tap <b>{ key-help }</b> or send /now. You can also call one of these numbers straight away.
not-watched = I'm a bot, and nobody watches this chat around the clock.

# Below urgent: who hears of it, and one line that offers the card.
told-today = Thank you for telling me. <b>{ $who }</b> gets a message about it, to read today.
# Below that: noted for the counselor's weekly list (/digest); a tip follows.
words-noted =
    Thank you for telling me. I'm a bot and can't talk it through, so I left <b>{ $who }</b> a note that you wrote about a hard moment. It's not an alert, and your words were not kept.

    To reach a person today, tap <b>{ key-talk }</b>. If it can't wait, tap <b>{ key-help }</b>.
card-offer = If any moment gets too heavy, the button below shows who you can call.
button-card = 📞 Who can I call?
button-help = 🆘 I need help now

not-for-emergencies =
    <b>Not for emergencies.</b> I'm a bot, and nobody watches this chat around the clock. If you or someone else is in danger, please call:
your-team = Your team

# Shown when someone says they used opioids, or something they don't know. Clinical reference, section 3; to be signed.
overdose-card =
    <b>Please read this. It can save a life.</b>
    • After a break your body handles much less than before. An amount that was fine once can stop your breathing now.
    • Don't stay alone. Ask someone to be with you, or to stay on the phone.
    • Keep naloxone within reach, if you can.
    • If someone can't be woken, breathes slowly or turns blue: call at once, give naloxone, and stay with them.
    • Medication for opioid use protects your life. Your team can help you start it, or start it again.
