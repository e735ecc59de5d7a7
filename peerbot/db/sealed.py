"""Sealing: AES-GCM for what people say and who they are, a keyed blind index to find them again.

A sealed value is `version | key id | nonce | ciphertext`, bound to its column by the associated data, so that a value
moved to another column does not open. The blind index key is random, made once per database and kept sealed in it, so
that rotating the ring never touches an index.
"""

import base64
import hashlib
import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

_VERSION = b"\x01"
_ATTRIBUTE = "peerbot_keys"


class WrongKeyError(Exception):
    """A sealed value does not open with the keys of this ring."""


class Keys:
    """A ring of 256-bit keys, newest first: the newest seals, all open."""

    def __init__(self, encoded: list[str]) -> None:
        raw = [base64.urlsafe_b64decode(text) for text in encoded]
        self._by_id = {hashlib.sha256(key).digest()[:4]: AESGCM(key) for key in raw}
        self._newest = hashlib.sha256(raw[0]).digest()[:4]
        self._index_key = b""

    @staticmethod
    def make() -> str:
        """A new random key in the form the settings take."""
        return base64.urlsafe_b64encode(os.urandom(32)).decode()

    def seal(self, value: bytes, context: str) -> bytes:
        """Seals `value` for the column named `context`."""
        nonce = os.urandom(12)
        sealed = self._by_id[self._newest].encrypt(nonce, value, context.encode())
        return _VERSION + self._newest + nonce + sealed

    def open(self, sealed: bytes, context: str) -> bytes:
        """Opens what `seal` made; raises WrongKeyError when no key of the ring fits."""
        key = self._by_id.get(sealed[1:5])
        if key is None or sealed[:1] != _VERSION:
            raise WrongKeyError
        try:
            return key.decrypt(sealed[5:17], sealed[17:], context.encode())
        except (InvalidTag, ValueError):  # the second when it was cut short
            raise WrongKeyError from None

    def use_index_key(self, key: bytes) -> None:
        """Sets the key of the blind index, once the database has given it."""
        self._index_key = key

    def blind(self, value: str | int, what: str = "chat") -> str:
        """The blind index of a value: equal values of one kind give equal text, and nothing else can be told."""
        if not self._index_key:
            raise WrongKeyError
        return hmac.new(self._index_key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()[:32]

    def hang_on(self, dialect: Dialect) -> None:
        """Gives an engine's dialect this ring; every programme has its own engine and so its own keys."""
        setattr(dialect, _ATTRIBUTE, self)


class Sealed(TypeDecorator[str]):
    """Text that is sealed at rest. The argument names table and column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, context: str) -> None:
        super().__init__()
        self.context = context

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        keys: Keys = getattr(dialect, _ATTRIBUTE)
        return keys.seal(value.encode("utf-8", "surrogatepass"), self.context)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        keys: Keys = getattr(dialect, _ATTRIBUTE)
        return keys.open(bytes(value), self.context).decode("utf-8", "surrogatepass")
