"""Keyrings: how several keys stand in one setting while they rotate."""

import hashlib

from core.vault import Vault

_ONLY = "k1"


def split(text: str) -> list[tuple[str, str]]:
    """Read `id:key,id:key`, the newest first; a key alone is called k1. Raises ValueError."""
    pairs = []
    for part in text.split(","):
        name, colon, key = part.strip().partition(":")
        pairs.append((name, key) if colon else (_ONLY, name))
    names = [name for name, _ in pairs]
    if not all(name.isalnum() and key for name, key in pairs) or len(set(names)) < len(names):
        raise ValueError("写作 编号:密钥，几个用逗号分隔，编号不能重复，新的在前")
    return pairs


def vault(keys: str, hash_keys: str) -> Vault:
    """Build the vault from the two settings: whatever is written there becomes keys of 256 bits."""
    return Vault(
        keys={name: _key("seal", key) for name, key in split(keys)},
        hash_keys=tuple(_key("hash", key.strip()) for key in hash_keys.split(",")),
    )


def _key(purpose: str, text: str) -> bytes:
    return hashlib.sha256(f"{purpose}\x1f{text}".encode()).digest()
