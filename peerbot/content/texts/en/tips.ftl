# Tips: the words around them. The tips themselves are in content/tips.

tip-head = <b>One thing to try right now</b>
tip-of-the-day = <b>A tip for today</b>
tip-beside = <b>For today</b>
tip-do-now = Do now:
tip-foot = Still hard? Tap <b>{ key-talk }</b>.
tip-helpful = 👍 Helps
tip-not-helpful = 👎 Not for me
tip-daily-want = ⏰ A tip every day?
tip-daily-is = ⏰ Daily tip: { $time }
tip-daily-change = ⏰ Change or stop
tip-daily-on = You get a tip every day at <b>{ $time }</b>.
tip-daily-off = I can send you one tip a day, if you like. Right now I don't.
tip-daily-ask = Tap a time, or type one like 19:30.
tip-daily-stop = No daily tip
tip-daily-set = ✓ A tip every day at <b>{ $time }</b>. You can change or stop it below any tip.
tip-daily-stopped = ✓ No daily tip. You can still ask for one with /tip whenever you like.
