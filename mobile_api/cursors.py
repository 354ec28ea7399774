"""Cursors: where a list goes on, signed, bound to its query and silent about it."""

import hashlib
from collections.abc import Sequence

from itsdangerous import BadData, URLSafeSerializer

from core import privacy
from mobile_api.problems import DoorError

_SALT = "cursor"


def make(key: bytes, query: str, place: Sequence[int]) -> str:
    """Return the cursor that goes on with a query behind a place in its order."""
    return str(_signer(key).dumps([privacy.proof(key, _SALT, query), *place]))


def read(key: bytes, query: str, cursor: str | None) -> list[int] | None:
    """Return the place of a cursor that we made for this query. Raises DoorError."""
    if cursor is None:
        return None
    try:
        _, *place = _signer(key).loads(cursor)
    except BadData:
        raise DoorError("bad_cursor") from None
    # Made anew it must be the same: that binds it to the query, and base 64 has no second spelling.
    if make(key, query, place) != cursor:
        raise DoorError("bad_cursor")
    return list(place)


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
