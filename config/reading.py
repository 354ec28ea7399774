"""Reading: which version of our code and of the rules says what a line of a file means."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

import core
from core.rules import Rulebook


def tables(rules: Rulebook) -> str:
    """Name the tables of rules: another name, and records are to be judged anew."""
    return hashlib.sha256(str(_plain(rules)).encode()).hexdigest()


def version(rules: Rulebook) -> str:
    """Name the code and the rules: another name, and every line is read anew."""
    return hashlib.sha256(f"{_code()} {_plain(rules)}".encode()).hexdigest()


@cache
def _code() -> str:
    digest = hashlib.sha256()
    for path in sorted(Path(core.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _plain(value: object) -> object:
    """Write a value so that equal rules read equal in every process."""
    if is_dataclass(value):
        return [(one.name, _plain(getattr(value, one.name))) for one in fields(value)]
    if isinstance(value, Mapping):
        return sorted((str(key), str(_plain(one))) for key, one in value.items())
    if isinstance(value, frozenset | set):
        return sorted(str(_plain(one)) for one in value)
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
