"""The parameters of a call, however they came: query string, form, multipart with files, or a JSON body.

Read here, judged elsewhere: names are checked in signatures.py, meaning in the methods.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from peerbot.simulator.errors import bad_request
from peerbot.simulator.world import Json

_NAME = re.compile(rb'[;\s]name="([^"]*)"')
_FILENAME = re.compile(rb'[;\s]filename="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Upload:
    """A file inside a multipart body."""

    name: str
    content: bytes


def _silent(_text: str) -> None:
    """A call read outside a simulator has nobody to complain to."""


@dataclass(slots=True)
class Parameters:
    """Typed reading of a call's parameters, all of which travel as text."""

    values: dict[str, str]
    files: dict[str, Upload] = field(default_factory=dict)
    complain: Callable[[str], None] = _silent
    read: set[str] = field(default_factory=set)

    def text(self, name: str) -> str:
        """The parameter, or an empty text. Which ones were asked for is remembered in `read`."""
        self.read.add(name)
        return self.values.get(name, "")

    def flag(self, name: str) -> bool:
        """Is it switched on? As the server reads it: true, yes and 1, in any case."""
        return self.text(name).strip().lower() in {"true", "yes", "1"}

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; text that is none is a complaint and a 400, where the real server would guess."""
        raw = self.text(name)
        if not raw:
            return default
        try:
            return int(raw)
        except ValueError:
            self.complain(f"{name}={raw!r} is not a whole number")
            raise bad_request(f"parameter {name} must be a whole number") from None

    def parsed(self, name: str) -> object:
        """The parsed JSON of a parameter; None when it is not there."""
        raw = self.text(name)
        if not raw:
            return None
        try:
            found: object = json.loads(raw)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None
        return found

    def mapping(self, name: str) -> Json:
        """A JSON object; empty when it is not there."""
        found = self.parsed(name)
        if found is None:
            return {}
        if not isinstance(found, dict):
            raise bad_request(f"can't parse {name}: object expected")
        return {str(key): value for key, value in found.items()}

    def items(self, name: str) -> list[object]:
        """A JSON array; empty when it is not there."""
        found = self.parsed(name)
        if found is None:
            return []
        if not isinstance(found, list):
            raise bad_request(f"can't parse {name}: array expected")
        return list(found)

    def objects(self, name: str) -> list[Json]:
        """A JSON array of objects."""
        return [{str(key): value for key, value in item.items()} for item in self.items(name) if isinstance(item, dict)]

    def numbers(self, name: str) -> list[int]:
        """A JSON array of whole numbers."""
        return [item for item in self.items(name) if isinstance(item, int)]

    def file(self, name: str) -> Upload | None:
        """The uploaded file of a parameter: its own part, or the one that attach:// points to."""
        raw = self.text(name)
        return self.files.get(raw.removeprefix("attach://")) if raw.startswith("attach://") else self.files.get(name)


def read(body: bytes, content_type: str, query: str) -> Parameters:
    """All parameters of one request; the body wins over the query string."""
    found = Parameters(dict(parse_qsl(query, keep_blank_values=True)))
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        _read_json(body, found)
    elif kind == "multipart/form-data":
        _read_multipart(body, content_type, found)
    elif body:
        try:
            found.values.update(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
        except UnicodeDecodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    return found


def _read_json(body: bytes, found: Parameters) -> None:
    try:
        content = json.loads(body or b"{}")
    except ValueError:
        raise bad_request("can't parse JSON body") from None
    if not isinstance(content, dict):
        raise bad_request("object expected as JSON body")
    for name, value in content.items():
        if value is not None:
            found.values[str(name)] = value if isinstance(value, str) else json.dumps(value)


def _read_multipart(body: bytes, content_type: str, found: Parameters) -> None:
    boundary = content_type.partition("boundary=")[2].partition(";")[0].strip('" ')
    for part in body.split(b"--" + boundary.encode())[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        content = content.removesuffix(b"\r\n")
        name = _NAME.search(head)
        if name is None:
            continue
        file_name = _FILENAME.search(head)
        if file_name is None:
            found.values[name.group(1).decode()] = content.decode()
        else:
            found.files[name.group(1).decode()] = Upload(file_name.group(1).decode(), content)
