"""Callers: how whoever asks is named where no name may stand."""

from collections.abc import Iterator


def name(whose: object) -> str:
    """Name an account, an institution, or nobody in particular."""
    known = [held for of in _IDS if (held := getattr(whose, of, None)) is not None]
    return f"{type(whose).__name__}:{known[0]}" if known else "nobody"


def counted(whose: object) -> Iterator[tuple[str, str]]:
    """Say against which budgets somebody is counted: an account, or a key and its institution."""
    key_id = getattr(whose, "key_id", None)
    if key_id is None:
        yield "account", name(whose)
    else:
        yield "key", f"key:{key_id}"
        yield "institution", name(whose)


_IDS = ("account_id", "id", "address")
