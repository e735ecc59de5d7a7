# Kind refusals. Each may be shown as a toast, so: no HTML and at most 200 characters.

refused-not-participant = This part is for people who joined with an invite link. Ask your counselor for one. If you need help now, send /now.
refused-not-in = You are not signed up here, so there is nothing to leave. If you need help now, send /now.
refused-not-yours = I can't open that for you.
refused-staff-only = Only certain people on the program's team can do that.
refused-old-button = This button no longer works. /help shows what you can do. If you need help now, send /now.
refused-unknown-command = I don't know that command. /help shows the ones I know. If you need help now, send /now.
refused-media = I can't read photos, voice messages or files. It was not kept, and nobody sees it here. Please type it, or send /now if you need help now.

refused-check-in-closed = The day of this check-in is over, so it can't be changed any more. The next one is coming.
refused-no-snooze = I can't put this off again. You can answer any time until your day ends, or leave it.
refused-asked-today = They have already been asked that today. Tomorrow it can be asked again.
refused-unknown-answer = I didn't get that answer. Please tap one of the buttons.
refused-finish-welcome = A few short questions first, then we're ready. Please send /start. If you need help now, send /now.
refused-language = I speak English and Spanish. Please tap one of them.
refused-time = I didn't get that time. Please write it like 19:30 or 7:30 pm.
refused-sober = I didn't get that. Please type a number of days, like 12, or a date that has been, like 2026-01-05.
refused-zone = I don't know that place. Please type the nearest big city.
refused-alias-empty = That name has no letters. Please type one with letters or numbers.
refused-alias-long = Please pick a name of at most { $most } letters that doesn't start with a slash.

refused-invite-unknown = I don't know this invite link. Please ask for a new one. If you need help now, send /now.
refused-invite-spent = This invite link has already been used. Please ask for a new one. If you need help now, send /now.
refused-invite-expired = This invite link is too old to work. Please ask for a new one. If you need help now, send /now.
refused-invite-other-side = This invite doesn't fit: nobody can be both a participant and on the care team. Please ask for another one.
refused-already-in = You're already in. There's nothing more to do.
refused-no-staff = No counselor can be reached here yet, so nobody can join. Please tell your program. If you need help now, send /now.

refused-no-such-counselor = There is no counselor or supervisor with that number.
refused-counselor-unreachable = I can't reach this counselor, so alerts would be lost. They need to open this chat first.
refused-case-code = A case code has 1 to 20 characters and no colon.
refused-case-taken = This case code is already in use.
refused-no-such-staff = Nobody with that number holds that role.
refused-no-such-row = No parked row has that number.
refused-newer-page = Something new came in on this alert. Wait for the new message, or tap “{ alert-button-open }” first, then try again.
