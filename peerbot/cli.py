"""The command line: arguments only. Each command is one function that calls what does the work and prints the answer.

Imports stand inside the functions, so that the quick commands start quickly.
"""

import argparse
import asyncio
import gc
import json
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from peerbot import log
from peerbot.errors import StartError

ROLES = ("counselor", "supervisor", "moderator", "admin", "participant")


Run = Callable[[argparse.Namespace], int]
Command = Callable[[str, Run, str], argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 done, 1 said no, 2 wrong arguments."""
    options = _parser().parse_args(arguments)
    log.configure(level=logging.INFO)
    try:
        return int(options.run(options))
    except StartError as error:
        print(f"peerbot: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="peerbot", description="A Telegram bot for intensive outpatient programmes.")
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Run, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text)
        made.set_defaults(run=run)
        return made

    command("run", _run, "run the bot until it is told to stop (Ctrl-C or SIGTERM)")
    _add_demo(command)
    command("doctor", _doctor, "check settings, database, content, token, clock, and say what to do")
    command("migrate", _migrate, "bring the database to the shape this version needs")
    command("keys", _keys, "print a new encryption key")
    _add_rules(command)
    screen = command("screen", _screen, "read one text a line from standard input, print one reading a line")
    screen.add_argument("--json", action="store_true")
    _add_people(command)
    parked = command("parked", _parked, "show what could not be handled; try it again or give it up")
    parked.add_argument("what", nargs="?", choices=("list", "retry", "drop"), default="list")
    parked.add_argument("row", nargs="?")
    parked.add_argument("--json", action="store_true")
    return parser


def _add_demo(command: Command) -> None:
    demo = command("demo", _demo, "open the training room: the real bot on simulated phones, no token, no network")
    demo.add_argument("--story", action="store_true", help="play a day as a transcript in the terminal instead")
    demo.add_argument("--locale", choices=("en", "es"), default="en", help="the language of the room")
    demo.add_argument("--keep", type=Path, metavar="DIR", help="keep database and log in this new or empty folder")
    demo.add_argument("--seed", type=int, default=0, metavar="N", help="another fortnight of made-up history")
    demo.add_argument("--port", type=int, default=0, metavar="N", help="the page's port; a free one when left out")


def _add_rules(command: Command) -> None:
    rules = command("rules", _rules, "list the risk rules, try other thresholds on stored answers, or change them")
    rules.add_argument("what", nargs="?", choices=("list", "preview", "set", "reset"), default="list")
    rules.add_argument("change", nargs="?", metavar="KEY[=NUMBER]", help="for set and reset, like craving.high=9")
    rules.add_argument("--set", action="append", default=[], metavar="KEY=NUMBER", help="for preview; may be repeated")
    rules.add_argument("--days", type=int, default=30, help="for preview: how far back (default 30)")
    rules.add_argument("--why", default="", help="for set and reset: kept with the change")
    rules.add_argument("--case", metavar="CODE", help="for set and reset: one participant instead of everyone")
    rules.add_argument("--json", action="store_true")


def _add_people(command: Command) -> None:
    invite = command("invite", _invite, "make a one-time invite link")
    invite.add_argument("role", choices=ROLES)
    invite.add_argument("--counselor", type=int, metavar="ID", help="who looks after the participant (see staff list)")
    invite.add_argument("--case", metavar="CODE", help="the participant's case code; made up when left out")
    invite.add_argument("--json", action="store_true")
    staff = command("staff", _staff, "list staff, or end a role at once")
    staff.add_argument("what", choices=("list", "revoke"))
    staff.add_argument("person", nargs="?", type=int, metavar="ID")
    staff.add_argument("--role", choices=ROLES[:-1])
    staff.add_argument("--json", action="store_true")


def _run(_options: argparse.Namespace) -> int:
    gc.disable()  # what the start builds is there to stay; it needs no looking through again and again
    from peerbot.app import App
    from peerbot.clock import SystemClock

    async def go() -> int:
        app = App(_config(), SystemClock())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, app.stop)
        try:
            await app.open()
            gc.freeze()
            gc.enable()
            await app.run()
        except* StartError as group:
            raise StartError(str(group.exceptions[0])) from None
        finally:
            gc.enable()
            await app.close()
        return 0

    return asyncio.run(go())


def _config() -> Any:
    from peerbot.app import Config
    from peerbot.settings import load_settings

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return Config(
        token=settings.token.get_secret_value(),
        keys=tuple(key.get_secret_value() for key in settings.encryption_keys),
        database_url=settings.database,
        data_dir=settings.data_dir,
        api_url=settings.api_url,
        mode=settings.mode,
        webhook_url=settings.webhook_url,
        webhook_secret=settings.webhook_secret.get_secret_value(),
        listen=settings.listen,
        zone=settings.timezone,
        locale=settings.locale,
        country=settings.country,
        content_dir=settings.content_dir,
        rate_per_second=settings.rate_per_second,
    )


def _demo(options: argparse.Namespace) -> int:
    gc.disable()  # what the start builds is there to stay; the page turns it on again when it is open
    from peerbot.demo import open_page, story

    log.configure(level=logging.ERROR)
    if options.story:
        asyncio.run(story(options.locale))
    else:
        asyncio.run(open_page(options.locale, seed=options.seed, port=options.port, keep=options.keep))
    return 0


def _doctor(_options: argparse.Namespace) -> int:
    from peerbot import doctor

    checks = asyncio.run(doctor.examine())
    for check in checks:
        print(f"{'ok  ' if check.good else 'todo' if check.advice_only else 'FAIL'}  {check.name}: {check.says}")
        if check.remedy:
            print(f"      → {check.remedy}")
    return 0 if all(check.good or check.advice_only for check in checks) else 1


def _migrate(_options: argparse.Namespace) -> int:
    from peerbot.db.migrate import migrate
    from peerbot.settings import load_settings

    settings = load_settings()
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    before, after = asyncio.run(migrate(settings.database))
    print("The database is up to date." if before == after else f"Migrated from {before or 'empty'} to {after}.")
    return 0


def _keys(_options: argparse.Namespace) -> int:
    from peerbot.db.sealed import Keys

    print(Keys.make())
    return 0


def _rules(options: argparse.Namespace) -> int:
    if options.what == "list":
        return _rules_listed(options)
    if options.what == "preview":
        return _rules_previewed(options)
    asked = _pair(options.change or "") if options.what == "set" else options.change
    if not asked:
        print("peerbot: say what to change, like: peerbot rules set craving.high=9 --why 'too many'", file=sys.stderr)
        return 2
    given = {"key": asked[0], "value": asked[1]} if options.what == "set" else {"key": asked}
    answer = _office(f"rules-{options.what}", {**given, "why": options.why, "case": options.case})
    return _show(options, answer, lambda _made: ["Done. It holds from the next answer on."])


def _pair(text: str) -> tuple[str, int] | None:
    """KEY=NUMBER."""
    key, _, number = text.partition("=")
    return (key, int(number)) if key and number.isascii() and number.isdigit() and len(number) <= 3 else None


def _rules_listed(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from peerbot.care.risk import RULES
    from peerbot.care.thresholds import BOUNDS, DEFAULTS
    from peerbot.texts import Texts

    texts, numbers = Texts(), DEFAULTS.values()
    table = [
        (one.level.name, one.id, texts.plain("en", f"about-{one.id}", **numbers), one.source)
        for one in sorted(RULES, key=lambda one: -one.level)
    ]
    if options.json:
        rules = [dict(zip(("level", "id", "about", "source"), one, strict=True)) for one in table]
        print(json.dumps({"rules": rules, "thresholds": [asdict(one) for one in BOUNDS.values()]}))
        return 0
    for level, name, about, source in table:
        print(f"{level:<10} {name:<23} {about} [{source}]")
    print("\nThresholds: default, lowest, highest. What a programme changed is listed by /rules in the chat.")
    for one in BOUNDS.values():
        print(f"  {one.key:<20} {one.default:>3} {one.low:>3} {one.high:>3}  [{one.source}]")
    return 0


def _rules_previewed(options: argparse.Namespace) -> int:
    from peerbot.app import App
    from peerbot.care.thresholds import InvalidThreshold
    from peerbot.clock import SystemClock
    from peerbot.services import preview

    pairs = [_pair(text) for text in options.set]
    changes = dict(one for one in pairs if one is not None)
    if not changes or None in pairs or not 1 <= options.days <= 366:
        print("peerbot: say what to try, like: peerbot rules preview --set craving.high=9 --days 30", file=sys.stderr)
        return 2

    async def go() -> preview.Preview:
        app = App(_config(), SystemClock())
        try:
            await app.open_for_commands(reading=True)
            return await preview.preview(app.database, changes, options.days, now=app.clock.now())
        finally:
            await app.close()

    try:
        made = asyncio.run(go())
    except InvalidThreshold as error:
        why = "is not a threshold" if error.low is None else f"must lie from {error.low} to {error.high}"
        print(f"peerbot: {error.key} {why}; see peerbot rules.", file=sys.stderr)
        return 1
    print(json.dumps(preview.as_json(made)) if options.json else "\n".join(preview.lines(made, changes, options.days)))
    return 0


def _screen(options: argparse.Namespace) -> int:
    from peerbot.care.language import Reader
    from peerbot.content_files.language import load_patterns

    reader = Reader(load_patterns())
    for line in sys.stdin.buffer:  # bytes, because as text a lone carriage return would end a line too
        reading = reader.screen(line.decode("utf-8", "replace").rstrip("\r\n"), "en")
        if options.json:
            print(
                json.dumps(
                    {
                        "level": reading.level.name,
                        "category": str(reading.category),
                        "span": reading.span,
                        "reason": reading.reason,
                        "locale": reading.locale,
                    }
                ),
                flush=True,
            )
        else:
            reason = " ".join(reading.reason.split())
            print(f"{reading.level.name}\t{reading.category}\t{reason}", flush=True)
    return 0


def _office(name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Asks the running bot, or opens the database when none runs."""
    from peerbot import control
    from peerbot.app import App
    from peerbot.clock import SystemClock

    async def go() -> dict[str, Any]:
        config = _config()
        answer = await control.ask(control.socket_path(config.data_dir), name, arguments)
        if answer is None:
            app = App(config, SystemClock())
            try:
                await app.open_for_commands()
                answer = await control.perform(app.database, app.clock, name, arguments)
            finally:
                await app.close()
        return answer

    return asyncio.run(go())


def _show(options: argparse.Namespace, answer: dict[str, Any], lines: Callable[[dict[str, Any]], list[str]]) -> int:
    if "error" in answer:
        print(json.dumps(answer) if options.json else f"peerbot: {answer['error']}", file=sys.stderr)
        return 1
    print(json.dumps(answer) if options.json else "\n".join(lines(answer)))
    return 0


def _invite(options: argparse.Namespace) -> int:
    answer = _office("invite", {"role": options.role, "counselor": options.counselor, "case": options.case})
    return _show(
        options,
        answer,
        lambda made: [made["link"], f"Once only, for one {made['role']}, until {made['expires_at'][:16]} UTC."],
    )


def _staff(options: argparse.Namespace) -> int:
    if options.what == "list":
        answer = _office("staff-list", {})
        return _show(options, answer, _staff_lines)
    if options.person is None:
        print("peerbot: name the person's number; see `peerbot staff list`.", file=sys.stderr)
        return 2
    answer = _office("staff-revoke", {"person": options.person, "role": options.role})
    return _show(
        options,
        answer,
        lambda made: [
            f"Ended: {', '.join(made['ended'])}. Participants handed over: {made['participants_handed_over']}."
        ],
    )


def _staff_lines(answer: dict[str, Any]) -> list[str]:
    rows = [
        f"{one['id']:>4}  {one['role']:<11} {one['name']:<24} since {one['since']}  participants {one['participants']}"
        + ("" if one["reachable"] else "  CANNOT BE REACHED")
        for one in answer["staff"]
    ]
    return rows or ["Nobody holds a role yet. Begin with `peerbot invite supervisor`."]


def _parked(options: argparse.Namespace) -> int:
    if options.what != "list" and options.row is None:
        print("peerbot: name the row; see `peerbot parked`.", file=sys.stderr)
        return 2
    answer = _office(f"parked-{options.what}", {} if options.what == "list" else {"row": options.row})
    return _show(
        options,
        answer,
        lambda made: (
            [f"{row['id']:<8} {row['since'][:19]}  {row['failure']}" for row in made.get("parked", [])]
            or ["Nothing is parked." if "parked" in made else "Done."]
        ),
    )
