"""What an operator sets: environment variables named PEERBOT_*, secrets also from PEERBOT_*_FILE.

Only `app` and `cli` read this. A wrong value stops the start with one plain sentence per mistake that never shows it.
"""

import base64
import binascii
import os
import re
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from peerbot.errors import StartError

_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{20,}")
_SECRETS = ("TOKEN", "ENCRYPTION_KEYS", "WEBHOOK_SECRET", "DATABASE_URL")


class Settings(BaseSettings):
    """Everything an operator can set. Field descriptions are the text of `.env.example`."""

    model_config = SettingsConfigDict(env_prefix="PEERBOT_", env_file=".env", extra="ignore", frozen=True)

    token: SecretStr = Field(description="The bot token BotFather gave you.")
    encryption_keys: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        description="Keys that seal what people write, newest first, separated by commas; `peerbot keys` makes one. "
        "Keep a copy away from the database: without it nothing can be read."
    )
    data_dir: Path = Field(default=Path("data"), description="Folder for the SQLite file and the command socket.")
    database_url: SecretStr = Field(
        default=SecretStr(""),
        description="Empty: a SQLite file in the data folder. Or postgresql+asyncpg://user:password@host/name.",
    )
    api_url: str = Field(default="https://api.telegram.org", description="Base address of the Bot API.")
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description="polling asks Telegram for updates; webhook waits for Telegram to call."
    )
    webhook_url: str = Field(default="", description="Public https address that reaches /telegram (webhook mode).")
    webhook_secret: SecretStr = Field(
        default=SecretStr(""), description="1-256 letters, digits, _ or -; Telegram sends it back (webhook mode)."
    )
    listen: str = Field(
        default="127.0.0.1:8080", description="host:port of the web server (/telegram, /healthz, /readyz, /metrics)."
    )
    timezone: str = Field(default="America/New_York", description="Time zone of the clinic, e.g. America/New_York.")
    locale: Literal["en", "es"] = Field(default="en", description="Language of people who have not chosen: en or es.")
    country: str = Field(default="US", description="Two letters; decides the crisis lines people are shown.")
    content_dir: Path | None = Field(
        default=None,
        description="Folder with a `questionnaires` folder of your own TOML files; they add to or replace the shipped.",
    )
    rate_per_second: int = Field(
        default=30, ge=1, le=1000, description="Messages a second Telegram allows this bot (1000 if it pays for it)."
    )

    @field_validator("encryption_keys", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("encryption_keys")
    @classmethod
    def _keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not value:
            raise ValueError("holds no key; make one with `peerbot keys`")
        for key in value:
            try:
                good = len(base64.urlsafe_b64decode(key.get_secret_value())) == 32
            except (binascii.Error, ValueError):
                good = False
            if not good:
                raise ValueError("holds something that is not a key made by `peerbot keys`")
        return value

    @field_validator("content_dir", mode="before")
    @classmethod
    def _no_folder(cls, value: object) -> object:
        return value or None

    @field_validator("token")
    @classmethod
    def _token(cls, value: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("does not look like a bot token (digits, a colon, letters); copy it from BotFather")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("is not a time zone name like America/New_York")
        ZoneInfo(value)
        return value

    @field_validator("country")
    @classmethod
    def _country(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z]{2}", value):
            raise ValueError("is not a two-letter country code like US")
        return value.upper()

    @field_validator("listen")
    @classmethod
    def _listen(cls, value: str) -> str:
        host, _, port = value.rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise ValueError("is not host:port, for example 127.0.0.1:8080")
        return value

    @field_validator("api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.match(r"https?://\S+$", value):
            raise ValueError("is not an http or https address")
        return value.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: SecretStr) -> SecretStr:
        url = value.get_secret_value()
        if url and not url.startswith(("sqlite+aiosqlite:///", "postgresql+asyncpg://")):
            raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
        return value

    @model_validator(mode="after")
    def _webhook(self) -> Self:
        if self.mode == "webhook":
            if not self.webhook_url.startswith(("https://", "http://127.0.0.1", "http://localhost")):
                raise ValueError("MODE=webhook needs WEBHOOK_URL, a public https address")
            if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", self.webhook_secret.get_secret_value()):
                raise ValueError("MODE=webhook needs WEBHOOK_SECRET, 1-256 letters, digits, _ or -")
        return self

    @property
    def database(self) -> str:
        """The database address, with the default filled in."""
        return self.database_url.get_secret_value() or f"sqlite+aiosqlite:///{self.data_dir / 'peerbot.db'}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the names are pydantic's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, dotenv_settings


def _secrets_from_files() -> dict[str, str]:
    found = {}
    for name in _SECRETS:
        path = os.environ.get(f"PEERBOT_{name}_FILE")
        if path:
            try:
                found[name.lower()] = Path(path).read_text(encoding="utf-8").strip()
            except (OSError, ValueError):  # the second when it is no text
                raise StartError(f"PEERBOT_{name}_FILE names a file that cannot be read.") from None
    return found


def load_settings() -> Settings:
    """Reads the environment and `.env`; raises StartError with one sentence per mistake, never the value."""
    try:
        return Settings(**_secrets_from_files())  # type: ignore[arg-type]
    except ValidationError as error:
        raise StartError(
            " ".join(
                _sentence(mistake["loc"], mistake["msg"], mistake["type"])
                for mistake in error.errors(include_input=False)
            )
        ) from None


def _sentence(where: tuple[int | str, ...], message: str, kind: str) -> str:
    name = f"PEERBOT_{str(where[0]).upper()}" if where else "The settings"
    if kind == "missing":
        return f"{name} is not set; see .env.example."
    if kind == "value_error":
        text = message.removeprefix("Value error, ")
        return f"{text}." if not where else f"{name} {text}."
    return f"{name} has a wrong value: {message[:1].lower()}{message[1:]}."
