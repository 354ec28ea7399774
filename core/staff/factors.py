"""The second factor (动态码): six digits that a telephone derives from a secret and the time."""

import hmac
from datetime import datetime

import pyotp

_ISSUER = "信用昆明"
_AROUND = (0, -1, 1)  # clocks differ: the step before and the step after are good as well


def secret() -> str:
    """Return a new secret of 160 random bits."""
    return pyotp.random_base32()


def address(secret: str, login: str) -> str:
    """Return what an authenticator reads from the picture (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=_ISSUER)


def step(secret: str, code: str, *, now: datetime) -> int | None:
    """Return of which step a code is, or None if it is of none around now."""
    factor, typed = pyotp.TOTP(secret), "".join(code.split()).encode(errors="replace")
    for offset in _AROUND:
        if hmac.compare_digest(typed, factor.at(now, counter_offset=offset).encode()):
            return factor.timecode(now) + offset
    return None
