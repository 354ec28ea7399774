"""The vault: what must never stand in clear is encrypted, and found again by a keyed hash.

AES-256-GCM; the value names its key ("k1.…"), so that keys rotate by encrypting again. A hash is
HMAC-SHA256 cut to 128 bits; while its key rotates a value has two.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_HASH_HEX = 32


class VaultError(Exception):
    """A value was made with a key that we do not hold, for another column, or was changed."""


@dataclass(frozen=True)
class Vault:
    """Keys by their ids, the first for new values; and the keys of hashes, the first in force."""

    keys: Mapping[str, bytes]
    hash_keys: tuple[bytes, ...]

    def seal(self, text: str, about: str) -> str:
        """Encrypt a text for a column ("person.name"); it opens for no other column."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._ciphers[self.newest].encrypt(nonce, text.encode(), about.encode())
        return f"{self.newest}.{base64.b64encode(nonce + sealed).decode()}"

    def open(self, value: str, about: str) -> str:
        """Decrypt a value of a column. Raises VaultError."""
        key, _, body = value.partition(".")
        try:
            raw = base64.b64decode(body, validate=True)
            opened = self._ciphers[key].decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())
        except (KeyError, ValueError, InvalidTag):
            raise VaultError(about) from None
        return opened.decode()

    def seal_bytes(self, data: bytes, about: str) -> bytes:
        """Encrypt a file, as `seal` does a text; it opens under no other name."""
        nonce = secrets.token_bytes(_NONCE)
        sealed = self._ciphers[self.newest].encrypt(nonce, data, about.encode())
        return self.newest.encode() + b"." + nonce + sealed

    def open_bytes(self, value: bytes, about: str) -> bytes:
        """Decrypt a file. Raises VaultError."""
        key, _, raw = value.partition(b".")
        try:
            return self._ciphers[key.decode()].decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())
        except (KeyError, ValueError, InvalidTag):
            raise VaultError(about) from None

    def hashes(self, text: str) -> tuple[str, ...]:
        """Return the hash under each key, the one in force first."""
        return tuple(
            hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_HASH_HEX]
            for key in self.hash_keys
        )

    def is_newest(self, value: str) -> bool:
        """Say whether a value was made with the key now in force."""
        return value.partition(".")[0] == self.newest

    @cached_property
    def newest(self) -> str:
        """Return the id of the key for new values."""
        return next(iter(self.keys))

    @cached_property
    def _ciphers(self) -> dict[str, AESGCM]:
        return {name: AESGCM(key) for name, key in self.keys.items()}
