"""The command socket: commands reach the bot that owns the file, and nothing else gets in."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path

import pytest

from peerbot import control
from tests.town import StoryTown


class Office:
    """A town with its command socket open."""

    def __init__(self, town: StoryTown, path: Path) -> None:
        self.town, self.path, self.nudges = town, path, 0

    def nudged(self) -> None:
        self.nudges += 1


@pytest.fixture
async def office(bare_town: StoryTown, tmp_path: Path) -> AsyncIterator[Office]:
    made = Office(bare_town, control.socket_path(tmp_path))
    server = await control.serve(made.path, bare_town.app.database, bare_town.clock, made.nudged)
    yield made
    server.close()
    await server.wait_closed()


async def test_an_invite_asked_for_through_the_socket_lets_somebody_in(office: Office) -> None:
    made = await control.ask(office.path, "invite", {"role": "supervisor", "counselor": None, "case": None})

    assert made is not None
    lind = office.town.sim.person("Dr Lind")
    await lind.starts(made["code"])
    assert lind.sees_button(office.town.label(lind, "button-agree"))
    lind.reads_all()
    assert made["link"].endswith(f"?start={made['code']}")
    assert office.nudges == 1


async def test_a_refusal_comes_back_as_a_sentence(office: Office) -> None:
    made = await control.ask(office.path, "invite", {"role": "participant", "counselor": None, "case": None})

    assert made is not None
    assert made["error"] == office.town.say("refused-no-staff")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("format-disk", {}),
        ("invite", {"colour": "green"}),
        ("invite", {}),
        ("staff-revoke", {"person": 999, "role": None}),
        ("parked-drop", {"row": "in-999"}),
        ("parked-drop", {"row": "in-²"}),
        ("parked-retry", {"row": "nonsense"}),
        ("staff-revoke", {"person": 1, "role": "king"}),
    ],
)
async def test_what_is_wrong_is_refused_in_words_and_the_socket_lives_on(
    office: Office, name: str, arguments: dict[str, object]
) -> None:
    made = await control.ask(office.path, name, arguments)

    assert made is not None
    assert made["error"].endswith(".")
    assert await control.ask(office.path, "staff-list", {}) == {"staff": []}


@pytest.mark.parametrize(
    "line", [b"not json\n", b"[]\n", b'{"command": "invite"}\n', b"\n", b'{"command": 1, "arguments": 2}\n']
)
async def test_garbage_on_the_socket_ends_that_connection_only(office: Office, line: bytes) -> None:
    reader, writer = await asyncio.open_unix_connection(office.path)
    writer.write(line)
    writer.write_eof()

    assert await reader.read() == b""
    writer.close()
    await writer.wait_closed()
    assert await control.ask(office.path, "parked-list", {}) == {"parked": []}


async def test_the_socket_is_its_owners_alone(office: Office) -> None:
    assert stat.S_IMODE(office.path.stat().st_mode) == 0o600


async def test_no_socket_no_answer(tmp_path: Path) -> None:
    assert await control.ask(control.socket_path(tmp_path / "elsewhere"), "staff-list", {}) is None


async def test_a_socket_left_by_a_killed_bot_counts_as_none(tmp_path: Path) -> None:
    path = control.socket_path(tmp_path)
    server = await asyncio.start_unix_server(lambda _reader, _writer: None, path)
    server.close()
    await server.wait_closed()
    path.touch()

    assert await control.ask(path, "staff-list", {}) is None


async def test_a_bot_that_dies_over_a_command_is_told_as_such(tmp_path: Path, log_lines: StringIO) -> None:
    path = control.socket_path(tmp_path)

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert json.loads(await reader.readline())["command"] == "staff-list"
        writer.close()

    server = await asyncio.start_unix_server(hang_up, path)
    made = await control.ask(path, "staff-list", {})
    server.close()

    assert made is not None
    assert "did not answer" in made["error"]


def test_a_very_deep_data_folder_gets_a_short_socket_of_its_own(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 100)

    assert len(str(control.socket_path(deep)).encode()) < 108
    assert control.socket_path(deep) == control.socket_path(deep)
    assert control.socket_path(deep) != control.socket_path(tmp_path / ("e" * 100))
    assert control.socket_path(Path("/d")) == Path("/d/peerbot.sock")
