# The reason behind a finding, for the carer who asked: what was seen, never what it proves. One text for each risk rule.

rule-use-reported =
    { $use ->
        [alcohol] Said they drank alcohol since the last check-in.
       *[other] Said they used something other than alcohol since the last check-in.
    }
rule-craving-high = Said the strongest urge in the last 24 hours was { $craving } of 10.
rule-mood-low = Said their mood today is { $mood } of 10 (10 is best).
rule-help-asked = Asked for help now.
rule-talk-asked = Asked to talk with their counselor.
rule-left-programme = Left the bot with /stop.
rule-message-unread = The bot failed on a message of theirs, so nobody knows what it said. Please ask them.
rule-words-emergency = Wrote something that may be about { words-about }. A life may be at risk right now.
rule-words-urgent = Wrote something that may be about { words-about }. They may not be safe.
rule-words-same-day = Wrote something that may be about { words-about }. Please talk with them today.
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
       *[other] something the bot could not place
    }

# What each rule looks for, for people who read the table of rules. Its numbers are those in care/risk.py.
about-use-reported = Said they drank or used since the last check-in
about-craving-high = Strongest urge in the last 24 hours at 8 or more of 10
about-mood-low = Mood at 2 or less of 10
about-help-asked = Asked for help now
about-talk-asked = Asked to talk with their counselor
about-left-programme = Left the bot
about-message-unread = The bot failed on a message of theirs
about-words-emergency = Wrote something that may mean a life is at risk right now
about-words-urgent = Wrote something that may mean someone is not safe
about-words-same-day = Wrote something a counselor should hear about today
