"""Tokens of the identity provider: whose they are, if they are good now."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from jwt import PyJWK, PyJWTError

from mobile_api.parts import Identity, Keys

ALGORITHM = "ES256"
LEEWAY = 30
LONGEST = 4096
_LONGEST_SUBJECT = 200
_CLAIMS = ["iss", "aud", "sub", "iat", "exp"]


class BadTokenError(Exception):
    """The token is not one of our provider's, or not for us, or not now."""


@dataclass(frozen=True)
class Person:
    """Who asks: an address that tells nothing, and the organisation that they represent."""

    address: str
    organisation: str | None


def read(token: str, keys: Keys, *, identity: Identity, now: datetime) -> Person:
    """Return whose token this is. Raises BadTokenError."""
    try:
        claims = _claims(token, keys, identity)
    except PyJWTError:
        raise BadTokenError from None
    if len(token) > LONGEST or not _is_current(claims, now.timestamp()):
        raise BadTokenError
    subject, organisation = claims["sub"], claims.get("org")
    if not 0 < len(subject) <= _LONGEST_SUBJECT:
        raise BadTokenError
    known = organisation if isinstance(organisation, str) else None
    return Person(f"{identity.issuer}#{subject}", known)


def _claims(token: str, keys: Keys, identity: Identity) -> dict[str, Any]:
    key = _key(keys, jwt.get_unverified_header(token).get("kid"))
    # PyJWT asks the machine's clock; ours is asked instead, in _is_current.
    return jwt.decode(
        token,
        key,
        algorithms=[ALGORITHM],
        audience=identity.audience,
        issuer=identity.issuer,
        options={
            "require": _CLAIMS,
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        },
    )


def _key(keys: Keys, kid: object) -> PyJWK:
    for key in keys.get("keys", []):
        if kid is not None and key.get("kid") == kid:
            # Named by us, not by the token: no public key is ever taken for a shared secret.
            return PyJWK.from_dict(key, ALGORITHM)
    raise BadTokenError


def _is_current(claims: dict[str, Any], now: float) -> bool:
    begins, ends = (claims["iat"], claims.get("nbf", 0)), claims["exp"]
    if not all(isinstance(time, int | float) for time in (*begins, ends)):
        return False
    # Written so that a NaN is never in time.
    return all(time - LEEWAY <= now for time in begins) and now < ends + LEEWAY
