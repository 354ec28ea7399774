"""Cursors: where a list goes on, signed, bound to its query and silent about it."""

import hashlib

from itsdangerous import BadData, URLSafeSerializer

from core import privacy
from mobile_api.problems import DoorError

_SALT = "cursor"


def make(key: bytes, query: str, offset: int) -> str:
    """Return the cursor that goes on with a query from an offset."""
    return str(_signer(key).dumps([privacy.proof(key, _SALT, query), offset]))


def read(key: bytes, query: str, cursor: str | None) -> int:
    """Return the offset of a cursor that we made for this query. Raises DoorError."""
    if cursor is None:
        return 0
    try:
        _, offset = _signer(key).loads(cursor)
    except BadData:
        raise DoorError("bad_cursor") from None
    # Made anew it must be the same: that binds it to the query, and base 64 has no second spelling.
    if make(key, query, offset) != cursor:
        raise DoorError("bad_cursor")
    return int(offset)


def _signer(key: bytes) -> URLSafeSerializer:
    return URLSafeSerializer(key, salt=_SALT, signer_kwargs={"digest_method": hashlib.sha256})
