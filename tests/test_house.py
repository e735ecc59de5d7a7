"""Watches the house: what every change must keep, whoever makes it."""

import ast
import re
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import text

from peerbot import buttons, log
from peerbot.care.risk import RULES, assess
from peerbot.handlers import COMMANDS, TAPS
from peerbot.settings import Settings
from peerbot.texts import LOCALES, Texts
from peerbot.ticks import TICKS
from tests.town import StoryTown

ROOT = Path(__file__).parent.parent
CANARY = "zanzibar-quokka"


def test_the_alembic_folder_is_no_package() -> None:
    assert not (ROOT / "alembic" / "__init__.py").exists()


def test_the_example_environment_equals_the_settings() -> None:
    listed = set(re.findall(r"^#?\s?(PEERBOT_\w+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    assert listed == {f"PEERBOT_{name.upper()}" for name in Settings.model_fields}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_risk_rule_fires_and_stays_silent_as_its_examples_say(rule: object) -> None:
    entry = next(one for one in RULES if one is rule)
    assert entry.firing
    assert entry.silent
    assert all(entry.id in {finding.rule for finding in assess(facts)} for facts in entry.firing)
    assert all(entry.id not in {finding.rule for finding in assess(facts)} for facts in entry.silent)


def test_every_command_has_its_text_in_every_language() -> None:
    texts = Texts()
    for locale in LOCALES:
        assert all(texts.plain(locale, f"command-{command.name}") for command in COMMANDS)


def test_every_button_code_is_its_own_and_every_button_is_handled() -> None:
    kinds = [kind for kind in vars(buttons).values() if isinstance(kind, type) and issubclass(kind, buttons.Button)]
    kinds.remove(buttons.Button)
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert set(TAPS) == set(kinds)


@pytest.mark.parametrize(
    "button",
    [
        buttons.AnswerTap(2**31 - 1, "a" * 24, "b" * 24),
        buttons.CheckInMove(2**31 - 1, "a" * 40, "back"),
        buttons.Consented("c" * 22, "es"),
        buttons.AlertClose(2**31 - 1, "handed-over"),
        buttons.DialogChoice("zone", "America/Argentina/Buenos_Aires"),
    ],
)
def test_every_button_packs_to_64_bytes_and_reads_back(button: buttons.Button) -> None:
    packed = button.pack()
    assert len(packed.encode()) <= buttons.LIMIT
    assert type(button).unpack(packed) == button


def _calls(folder: str) -> list[tuple[Path, ast.Call]]:
    found = []
    for path in sorted((ROOT / "peerbot" / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found += [(path, node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return found


def test_every_handler_blocks_and_none_starts_a_task() -> None:
    for path, call in _calls("handlers"):
        assert not any(keyword.arg == "block" for keyword in call.keywords), path
        assert not (isinstance(call.func, ast.Attribute) and call.func.attr == "create_task"), path


def test_services_never_commit_and_never_read_a_clock() -> None:
    forbidden = {"commit", "rollback", "utcnow", "today"}
    for path, call in _calls("services"):
        if isinstance(call.func, ast.Attribute):
            assert call.func.attr not in forbidden, f"{path}: {call.func.attr}"
            assert ast.unparse(call.func) != "datetime.now", path


async def test_every_tick_run_twice_changes_nothing_the_second_time(town: StoryTown) -> None:
    await town.ana.writes("/now")
    town.all_read()
    town.clock.advance(_hours(23))
    await town.app.ticker.run_all()
    await town.settle()
    town.all_read()
    first = await _everything(town)

    for tick in TICKS:
        await town.app.ticker.run(tick)
    await town.settle()

    assert await _everything(town) == first


def _hours(count: int) -> timedelta:
    return timedelta(hours=count)


async def _everything(town: StoryTown) -> dict[str, int]:
    tables = ("check_ins", "alerts", "notices", "alert_events", "findings", "outbox", "answers", "schedules")
    async with town.app.database.begin() as session:
        return {table: await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0 for table in tables}  # noqa: S608


async def test_marker_words_appear_in_no_log_line_at_any_level(town: StoryTown) -> None:
    town.allowed_errors |= {"update_failed", "update_parked"}
    canary = town.sim.person(CANARY, language=town.language)
    await town.join_participant(canary, counselor=town.dr_roth, alias=CANARY[:20])
    await canary.writes(f"{CANARY} quiero morir, i want to die")
    await canary.writes(CANARY)
    await canary.edits(canary.visible()[-2], f"{CANARY} edited")
    await town.app.inbox.receive(
        [{"update_id": 77, "message": {"text": CANARY, "from": {"id": canary.id, "first_name": CANARY}}}]
    )
    for _ in range(4):
        await town.pass_time(seconds=2)
    town.all_read()

    logged = town.log_lines.getvalue().lower()

    assert "update_parked" in logged
    assert CANARY not in logged
    assert str(canary.id) not in logged


def test_a_token_in_a_log_value_is_hidden_and_a_strange_key_is_dropped() -> None:
    stream = StringIO()
    log.configure(stream)
    log.get("test").info("tried", reason="123456789:AAaaBBbbCCccDDddEEeeFFffGGgg", name="Ana")
    log.configure()

    assert "AAaaBB" not in stream.getvalue()
    assert "Ana" not in stream.getvalue()
    assert "[token]" in stream.getvalue()
