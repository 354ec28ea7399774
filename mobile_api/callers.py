"""Callers: how whoever asks is named where no name may stand."""


def name(whose: object) -> str:
    """Name an account, an institution, or nobody in particular."""
    known = [held for of in _IDS if (held := getattr(whose, of, None)) is not None]
    return f"{type(whose).__name__}:{known[0]}" if known else "nobody"


_IDS = ("account_id", "id", "address")
