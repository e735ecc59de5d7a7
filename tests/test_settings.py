"""Settings: what an operator may get wrong, and the one plain sentence that says so without showing the value."""

import re
from pathlib import Path

import pytest

from peerbot.db.sealed import Keys
from peerbot.errors import StartError
from peerbot.settings import Settings, load_settings
from peerbot.simulator.simulator import TEST_TOKEN

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A folder without .env and an environment with nothing of ours but the two that must be set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"PEERBOT_{name.upper()}", raising=False)
        monkeypatch.delenv(f"PEERBOT_{name.upper()}_FILE", raising=False)
    monkeypatch.setenv("PEERBOT_TOKEN", TEST_TOKEN)
    monkeypatch.setenv("PEERBOT_ENCRYPTION_KEYS", Keys.make())
    return monkeypatch


def test_two_settings_are_enough() -> None:
    settings = load_settings()

    assert settings.database == "sqlite+aiosqlite:///data/peerbot.db"
    assert (settings.mode, settings.locale, settings.country) == ("polling", "en", "US")


SHORT_KEY = "c2hvcnQtc2VjcmV0"
GOOD_KEY = "A" * 43 + "="  # not a fresh one: these values name the tests, the same in every worker
WRONG = {
    "TOKEN": ["hunter2-is-no-token", "12345", "", "a:b", "987654321:short-secret"],
    "ENCRYPTION_KEYS": ["hunter2!", SHORT_KEY, f"{GOOD_KEY},{SHORT_KEY}", ",", "ключ", "é" * 44],
    "DATABASE_URL": ["mysql://ana:hunter2@host/db", "postgresql://ana:hunter2@host/db", "peerbot.db"],
    "API_URL": ["ftp://hunter2.example", "api.telegram.org", "https://two words"],
    "MODE": ["webhooks", "both", ""],
    "LISTEN": ["8080", "localhost", ":8080", "host:port", "127.0.0.1:99999", "127.0.0.1:²"],
    "TIMEZONE": ["New York", "Mars/Olympus", "", "../../etc/passwd"],
    "LOCALE": ["fr", "english"],
    "COUNTRY": ["USA", "1", "", "ÑÑ"],
    "RATE_PER_SECOND": ["0", "1001", "fast", "-3", "2.5"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_one_sentence_that_names_the_setting_and_hides_the_value(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    environment.setenv(f"PEERBOT_{name}", value)

    with pytest.raises(StartError) as refused:
        load_settings()

    said = str(refused.value)
    assert said.startswith(f"PEERBOT_{name} ")
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 200
    if len(value) > 4 and value not in (":8080", "host:port"):  # the sentence's own example holds these
        assert value not in said
    assert "hunter2" not in said
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize(
    ("url", "secret", "missing"),
    [
        ("", "s3cret", "WEBHOOK_URL"),
        ("http://clinic.example/telegram", "s3cret", "WEBHOOK_URL"),
        ("https://clinic.example/telegram", "", "WEBHOOK_SECRET"),
        ("https://clinic.example/telegram", "with space", "WEBHOOK_SECRET"),
        ("https://clinic.example/telegram", "x" * 257, "WEBHOOK_SECRET"),
    ],
)
def test_webhook_mode_says_what_else_it_needs(
    environment: pytest.MonkeyPatch, url: str, secret: str, missing: str
) -> None:
    environment.setenv("PEERBOT_MODE", "webhook")
    environment.setenv("PEERBOT_WEBHOOK_URL", url)
    environment.setenv("PEERBOT_WEBHOOK_SECRET", secret)

    with pytest.raises(StartError, match=rf"^MODE=webhook needs {missing}, [^.]*\.$") as refused:
        load_settings()

    assert len(secret) < 7 or secret not in str(refused.value)


def test_every_mistake_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("PEERBOT_TOKEN")
    environment.setenv("PEERBOT_LOCALE", "fr")
    environment.setenv("PEERBOT_TIMEZONE", "Mars/Olympus")

    with pytest.raises(StartError) as refused:
        load_settings()

    assert re.findall(r"PEERBOT_\w+", str(refused.value)) == ["PEERBOT_TOKEN", "PEERBOT_TIMEZONE", "PEERBOT_LOCALE"]
    assert "is not set; see .env.example." in str(refused.value)


@pytest.mark.parametrize("name", ["TOKEN", "ENCRYPTION_KEYS", "WEBHOOK_SECRET", "DATABASE_URL"])
def test_a_secret_may_come_from_a_file(environment: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    value = {
        "TOKEN": TEST_TOKEN,
        "ENCRYPTION_KEYS": Keys.make(),
        "WEBHOOK_SECRET": "from-file",
        "DATABASE_URL": "postgresql+asyncpg://ana:hunter2@host/db",
    }[name]
    (tmp_path / "secret").write_text(value + "\n", encoding="utf-8")
    environment.delenv(f"PEERBOT_{name}", raising=False)
    environment.setenv(f"PEERBOT_{name}_FILE", str(tmp_path / "secret"))

    settings = load_settings()

    read = getattr(settings, name.lower())
    assert (read[0] if isinstance(read, tuple) else read).get_secret_value() == value


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_secret_file_that_cannot_be_read_is_named_by_its_setting(
    environment: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None
) -> None:
    file = tmp_path / "hunter2"
    if content is not None:
        file.write_bytes(content)
    environment.setenv("PEERBOT_TOKEN_FILE", str(file))

    with pytest.raises(StartError, match=r"^PEERBOT_TOKEN_FILE names a file that cannot be read\.$"):
        load_settings()


def test_several_keys_are_read_newest_first(environment: pytest.MonkeyPatch) -> None:
    new, old = Keys.make(), Keys.make()
    environment.setenv("PEERBOT_ENCRYPTION_KEYS", f" {new} ,\n{old},")

    assert [key.get_secret_value() for key in load_settings().encryption_keys] == [new, old]


def test_no_secret_shows_when_the_settings_are_printed(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PEERBOT_DATABASE_URL", "postgresql+asyncpg://ana:hunter2@host/db")
    environment.setenv("PEERBOT_WEBHOOK_SECRET", "hunter3")

    shown = f"{load_settings()!r} {load_settings()}"

    assert TEST_TOKEN not in shown
    assert "hunter" not in shown


def test_harmless_spellings_are_put_right(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("PEERBOT_COUNTRY", "mx")
    environment.setenv("PEERBOT_API_URL", "http://localhost:8081/")

    assert load_settings().country == "MX"
    assert load_settings().api_url == "http://localhost:8081"


def test_the_example_file_loads_once_its_first_two_lines_are_filled_in(
    environment: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("TOKEN", "ENCRYPTION_KEYS"):
        environment.delenv(f"PEERBOT_{name}")
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    filled = example.replace("PEERBOT_TOKEN=\n", f"PEERBOT_TOKEN={TEST_TOKEN}\n", 1)
    filled = filled.replace("PEERBOT_ENCRYPTION_KEYS=\n", f"PEERBOT_ENCRYPTION_KEYS={Keys.make()}\n", 1)
    (tmp_path / ".env").write_text(filled, encoding="utf-8")

    assert load_settings().token.get_secret_value() == TEST_TOKEN


def test_every_default_in_the_example_file_is_the_real_one(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plain = load_settings()
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    uncommented = re.sub(r"^# (PEERBOT_\w+=)", r"\1", example, flags=re.MULTILINE)
    (tmp_path / ".env").write_text(uncommented, encoding="utf-8")

    assert load_settings() == plain
