"""Keys for a desk: made at first start, kept in one private file, never good for production."""

import os
import secrets
import string
from pathlib import Path

from config.launch import locks
from config.production import GENERATED

# Name of the setting and length: WeChat takes a token of at most 32 and an AES key of exactly 43.
LENGTHS = {
    "WECHAT_TOKEN": 32,
    "WECHAT_AES_KEY": 43,
    "WECHAT_SECRET": 32,
    "JPUSH_SECRET": 32,
    "WECHAT_OPEN_SECRET": 32,
    "SMS_KEY": 32,
    "LINK_KEY": 43,
    "AUDIT_KEY": 43,
    "PERSON_KEYS": 43,
    "PERSON_HASH_KEYS": 43,
}
_ALPHABET = string.ascii_letters + string.digits


def kept_in(folder: Path) -> dict[str, str]:
    """Return the keys of this folder, making those that are missing."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locks.alone(folder):
        return _completed(folder / "keys")


def _completed(path: Path) -> dict[str, str]:
    keys = _read(path)
    if missing := LENGTHS.keys() - keys.keys():
        keys |= {name: _made(LENGTHS[name]) for name in missing}
        _write(path, keys)
    return keys


def _read(path: Path) -> dict[str, str]:
    if not path.exists():
        return {}
    lines = path.read_text(encoding="ascii").splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _made(length: int) -> str:
    return GENERATED + "".join(secrets.choice(_ALPHABET) for _ in range(length - len(GENERATED)))


def _write(path: Path, keys: dict[str, str]) -> None:
    # Renamed into place, so that a start cut off half-way leaves no half a file.
    new = path.with_name("keys.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.writelines(f"{name}={keys[name]}\n" for name in sorted(keys))
    new.replace(path)
