"""The command line: what each command prints, what it answers when it cannot, and how it reaches a running bot."""

import asyncio
import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from peerbot import log
from peerbot.care.levels import Level
from peerbot.care.risk import RULES
from peerbot.cli import main
from peerbot.db.engine import Database
from peerbot.db.migrate import prepare
from peerbot.db.models import InboxRow, InboxState, OutboxRow, OutboxState, Person, StaffRole
from peerbot.db.sealed import Keys
from peerbot.settings import Settings
from peerbot.simulator import faults, limits
from peerbot.simulator.server import ServerHandle, serve
from peerbot.simulator.simulator import TEST_TOKEN, Simulator

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEY = Keys.make()
PATIENCE = 20.0  # seconds another process may take on a busy machine before a test gives up

Said = tuple[int, str, str]
Command = Callable[..., Said]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An operator's shell in an empty folder."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PEERBOT_{name.upper()}", raising=False)
    monkeypatch.setenv("PEERBOT_TOKEN", TEST_TOKEN)
    monkeypatch.setenv("PEERBOT_ENCRYPTION_KEYS", KEY)
    monkeypatch.setenv("PEERBOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("PEERBOT_LISTEN", "127.0.0.1:0")
    monkeypatch.setenv("PEERBOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return monkeypatch


@pytest.fixture
def peerbot(capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in this process; returns exit code, standard output and standard error."""

    def run(*arguments: str) -> Said:
        capsys.readouterr()
        code = main(arguments)
        log.configure()
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
async def telegram(environment: pytest.MonkeyPatch) -> AsyncIterator[tuple[Simulator, ServerHandle]]:
    """A simulated Telegram that the settings point at."""
    sim = Simulator(lambda: datetime.now(UTC), limits=limits.OFF)
    server = await serve(sim)
    environment.setenv("PEERBOT_API_URL", server.url)
    yield sim, server
    await server.close()


def database(tmp_path: Path) -> Database:
    (tmp_path / "data").mkdir(exist_ok=True)
    return Database(f"sqlite+aiosqlite:///{tmp_path / 'data' / 'peerbot.db'}", Keys([KEY]))


async def add(tmp_path: Path, *rows: object) -> None:
    """Puts rows into the database of the settings, creating it first."""
    opened = database(tmp_path)
    await prepare(opened)
    async with opened.begin() as session:
        for row in rows:
            session.add(row)
            await session.flush()
    await opened.close()


def roth() -> tuple[Person, StaffRole]:
    someone = Person(chat_key="k", chat="7", alias="Dr Roth", locale="en", zone="UTC", created_at=NOON)
    return someone, StaffRole(person_id=1, role="counselor", since_at=NOON)


def parked() -> tuple[InboxRow, OutboxRow]:
    inbox = InboxRow(
        bot_id=1,
        update_id=5,
        payload="{}",
        state=InboxState.PARKED,
        attempts=3,
        failure="KeyError",
        received_at=NOON,
        due_at=NOON,
    )
    outbox = OutboxRow(
        lane=1,
        is_crisis=False,
        chat_key="k",
        chat="7",
        method="sendMessage",
        payload="{}",
        state=OutboxState.PARKED,
        failure="bad_request",
        due_at=NOON,
        created_at=NOON,
    )
    return inbox, outbox


async def test_keys_prints_a_new_key_that_the_settings_take(peerbot: Command, environment: pytest.MonkeyPatch) -> None:
    code, first, _ = peerbot("keys")
    environment.setenv("PEERBOT_ENCRYPTION_KEYS", first)

    assert code == 0
    assert peerbot("keys")[1] != first
    assert (await asyncio.to_thread(peerbot, "migrate"))[0] == 0


def test_rules_lists_every_rule_with_level_meaning_and_source(peerbot: Command) -> None:
    code, said, _ = peerbot("rules")

    lines = [line for line in said.splitlines() if line.split(" ")[0] in Level.__members__]
    assert code == 0
    assert len(lines) == len(RULES)
    levels = [line.split()[0] for line in lines]
    assert levels == sorted(levels, key=["EMERGENCY", "URGENT", "SAME_DAY", "DIGEST", "LOG"].index)
    for rule in RULES:
        (line,) = [line for line in lines if f" {rule.id} " in line]
        assert line.endswith(f"[{rule.source}]")


TEXTS = [
    b"I want to die",
    b"",
    b"   ",
    b"estoy bien, gracias",
    b"quiero morir",
    b"one\rtext",
    b"windows\r",
    "a\u2028b\x85c\x0bd\x0ce\x1cf".encode(),
    "🦤👩‍👩‍👧‍👦 ﷽ \u202emorf\u202c".encode(),
    b"\xff\xfe broken \xc3",
    b"nul \x00 here",
    "\ufeffI want to die".encode(),
    b"\xed\xa0\x80 half a pair",
    b"x" * 5000,
    "e\u0301".encode() * 3000,
]


def screened(*arguments: str) -> list[str]:
    command = [sys.executable, "-m", "peerbot", "screen", *arguments]
    done = subprocess.run(command, input=b"\n".join(TEXTS), capture_output=True, check=True, timeout=PATIENCE * 3)
    assert done.stderr == b""
    return done.stdout.decode().removesuffix("\n").split("\n")


def test_screen_answers_each_line_with_one_line_in_order_whatever_stands_in_it() -> None:
    lines = [line.split("\t") for line in screened()]

    assert len(lines) == len(TEXTS)
    assert all(len(line) == 3 for line in lines)
    levels = [line[0] for line in lines]
    assert {levels[0], levels[4], levels[11]} <= {"URGENT", "EMERGENCY"}
    assert levels[1] == levels[2] == levels[3] == "LOG"


def test_screen_as_json_says_level_category_place_reason_and_language() -> None:
    made = [json.loads(line) for line in screened("--json")]

    assert len(made) == len(TEXTS)
    assert all(set(one) == {"level", "category", "span", "reason", "locale"} for one in made)
    assert [one["level"] for one in made] == [line.split("\t")[0] for line in screened()]
    assert made[0]["span"] is not None
    assert made[4]["span"] == "quiero morir"


async def test_migrate_creates_the_database_and_then_has_nothing_to_do(peerbot: Command) -> None:
    code, said, _ = await asyncio.to_thread(peerbot, "migrate")
    again = await asyncio.to_thread(peerbot, "migrate")

    assert code == 0
    assert re.fullmatch(r"Migrated from empty to \w+\.\n", said)
    assert again[:2] == (0, "The database is up to date.\n")


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["invite", "admin"], ["staff", "list"], ["parked"]])
async def test_a_wrong_setting_stops_every_command_with_one_plain_sentence(
    peerbot: Command, environment: pytest.MonkeyPatch, command: list[str]
) -> None:
    environment.setenv("PEERBOT_TOKEN", "hunter2")

    code, said, complained = await asyncio.to_thread(peerbot, *command)

    assert (code, said) == (1, "")
    assert re.fullmatch(r"peerbot: PEERBOT_TOKEN does not look like a bot token [^\n]*\.\n", complained)
    assert "hunter2" not in complained


async def test_an_invite_needs_no_network_once_the_bot_is_known(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle]
) -> None:
    sim, server = telegram
    first = await asyncio.to_thread(peerbot, "invite", "supervisor", "--json")
    await server.shut()

    code, said, _ = await asyncio.to_thread(peerbot, "invite", "counselor", "--json")

    made = json.loads(said)
    assert (first[0], code) == (0, 0)
    assert set(made) == {"role", "code", "link", "expires_at"}
    assert made["link"] == f"https://t.me/{sim.bot.username}?start={made['code']}"
    assert made["role"] == "counselor"
    assert made["code"] != json.loads(first[1])["code"]


async def test_an_invite_for_people_is_a_link_and_a_sentence(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle]
) -> None:
    code, said, _ = await asyncio.to_thread(peerbot, "invite", "moderator")

    assert code == 0
    assert re.fullmatch(r"https://t\.me/\w+\?start=[\w-]+\nOnce only, for one moderator, until .+ UTC\.\n", said)


@pytest.mark.parametrize("arguments", [[], ["--json"]])
async def test_a_participant_without_any_staff_is_refused_with_the_reason(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle], arguments: list[str]
) -> None:
    code, said, complained = await asyncio.to_thread(peerbot, "invite", "participant", *arguments)

    assert (code, said) == (1, "")
    assert (json.loads(complained)["error"] if arguments else complained.removeprefix("peerbot: ")).strip()


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [(faults.unauthorized_once(), "Telegram does not accept PEERBOT_TOKEN; copy it anew from BotFather.")],
)
async def test_a_token_telegram_refuses_is_a_plain_sentence(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle], fault: faults.Fault, sentence: str
) -> None:
    telegram[0].faults.add(fault, times=None)

    code, _, complained = await asyncio.to_thread(peerbot, "invite", "admin")

    assert code == 1
    assert complained.endswith(f"peerbot: {sentence}\n")
    assert TEST_TOKEN not in complained


async def test_staff_are_listed_and_a_role_ends_at_once(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle], tmp_path: Path
) -> None:
    await add(tmp_path, *roth())

    listed = json.loads((await asyncio.to_thread(peerbot, "staff", "list", "--json"))[1])["staff"]
    plain = (await asyncio.to_thread(peerbot, "staff", "list"))[1]
    revoked = await asyncio.to_thread(peerbot, "staff", "revoke", str(listed[0]["id"]))
    after = await asyncio.to_thread(peerbot, "staff", "list")
    twice = await asyncio.to_thread(peerbot, "staff", "revoke", "1")

    assert [(one["name"], one["role"], one["participants"]) for one in listed] == [("Dr Roth", "counselor", 0)]
    assert "Dr Roth" in plain
    assert revoked[:2] == (0, "Ended: counselor. Participants handed over: 0.\n")
    assert after[1].startswith("Nobody holds a role yet.")
    assert twice[0] == 1
    assert twice[2].startswith("peerbot: ")


async def test_parked_work_is_shown_tried_again_and_given_up(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle], tmp_path: Path
) -> None:
    await add(tmp_path, *parked())

    listed = await asyncio.to_thread(peerbot, "parked")
    retried = await asyncio.to_thread(peerbot, "parked", "retry", "in-1")
    dropped = await asyncio.to_thread(peerbot, "parked", "drop", "out-1", "--json")
    after = await asyncio.to_thread(peerbot, "parked", "list")
    twice = await asyncio.to_thread(peerbot, "parked", "drop", "out-1")

    assert re.search(r"^in-1 +2026-03-02T12:00:00  KeyError$", listed[1], re.MULTILINE)
    assert re.search(r"^out-1 +2026-03-02T12:00:00  sendMessage bad_request$", listed[1], re.MULTILINE)
    assert retried[:2] == (0, "Done.\n")
    assert json.loads(dropped[1]) == {"dropped": "out-1"}
    assert after[1] == "Nothing is parked.\n"
    assert twice[0] == 1


@pytest.mark.parametrize("command", [("staff", "revoke"), ("parked", "drop"), ("parked", "retry")])
def test_a_command_that_misses_its_row_says_where_to_find_it(peerbot: Command, command: tuple[str, str]) -> None:
    code, _, complained = peerbot(*command)

    assert code == 2
    assert "see `peerbot" in complained


@pytest.mark.parametrize("command", [[], ["dance"], ["invite"], ["invite", "king"], ["staff", "revoke", "one"]])
def test_a_command_that_does_not_exist_ends_with_two(peerbot: Command, command: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        peerbot(*command)

    assert ended.value.code == 2


class Running:
    """A bot in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.said = b""

    async def says(self, word: bytes) -> None:
        """Reads its log until the word appears."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            while word not in self.said:
                line = await self.process.stderr.readline()
                assert line, self.said.decode()
                self.said += line

    async def until(self, happened: Callable[[], object]) -> None:
        """Waits for something the bot does; fails when it ends first."""
        ended = asyncio.create_task(self.process.wait())
        async with asyncio.timeout(PATIENCE):
            while not happened():
                assert not ended.done(), self.said.decode()
                await asyncio.wait({ended}, timeout=0.02)
        ended.cancel()

    async def ends(self) -> int:
        """Waits for the end and reads the rest."""
        assert self.process.stderr is not None
        async with asyncio.timeout(PATIENCE):
            self.said += await self.process.stderr.read()
            return await self.process.wait()


@pytest.fixture
async def running(telegram: tuple[Simulator, ServerHandle]) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "peerbot", "run", stderr=asyncio.subprocess.PIPE
    )
    bot = Running(process)
    await bot.says(b"event='started'")
    yield bot
    if process.returncode is None:
        process.kill()
    await bot.ends()


async def test_while_the_bot_runs_an_invite_goes_through_its_socket_and_lets_somebody_in(
    peerbot: Command, telegram: tuple[Simulator, ServerHandle], running: Running, tmp_path: Path
) -> None:
    sim, _ = telegram
    lind = sim.person("Dr Lind")
    assert (tmp_path / "data" / "peerbot.sock").exists()

    _, said, _ = await asyncio.to_thread(peerbot, "invite", "supervisor", "--json")
    await lind.starts(json.loads(said)["code"])
    await running.until(lind.unread)
    assert lind.sees_button("agree")
    running.process.send_signal(signal.SIGTERM)

    assert await running.ends() == 0
    assert not (tmp_path / "data" / "peerbot.sock").exists()
    assert b"event='stopped'" in running.said
    assert b"level='error'" not in running.said
    assert TEST_TOKEN.encode() not in running.said


async def test_an_address_in_use_stops_the_start_with_one_plain_sentence(
    telegram: tuple[Simulator, ServerHandle], environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("PEERBOT_LISTEN", f"127.0.0.1:{telegram[1].port}")
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "peerbot", "run", stderr=asyncio.subprocess.PIPE
    )
    bot = Running(process)

    assert await bot.ends() == 1
    assert b"peerbot: PEERBOT_LISTEN names an address that is in use or not ours" in bot.said
    assert b"Traceback" not in bot.said
