"""Invented citizens' numbers: valid in form (GB 11643), and of a district that never was."""

import hashlib
from datetime import date, timedelta

NOWHERE = "530199"
FIRST, DAYS = date(1950, 1, 1), 20_000  # adults, all of them
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def of(openid: str, born: str | None = None) -> str:
    """Return the number of whoever has this openid, always the same; of an adult unless told."""
    chance = int.from_bytes(hashlib.sha256(openid.encode()).digest()[:8])
    birthday = date.fromisoformat(born) if born else FIRST + timedelta(days=chance % DAYS)
    body = f"{NOWHERE}{birthday:%Y%m%d}{chance // DAYS % 1000:03}"
    total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]
