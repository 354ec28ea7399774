"""ETags: who has the newest answer is not told it again; who has an old one may not change it.

All are weak, and compared weakly, If-Match too: an answer tells when it was asked, and a proxy that
compresses weakens every tag.
"""

import hashlib
import json
from typing import Any

import marshmallow as ma
from flask import Response, g, request
from flask_smorest.utils import get_appcontext

from mobile_api.problems import DoorError

# When something was asked is no part of what there is.
_VOLATILE = frozenset({"as_of", "searched_as_of", "verified_at", "server_time"})
_OK = 200
_CHECKED = "precondition_checked"

REFUSALS = ("precondition_required", "precondition_failed")
IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "description": "上次得到的 ETag；没有变化时回答 304",
    "schema": {"type": "string"},
    "example": 'W/"0a8e4b6b9cd84ae09c9e11a9c9bd9c1f"',
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "看到的版本的 ETag；已被别人改过时回答 412",
    "schema": {"type": "string"},
    "example": 'W/"0a8e4b6b9cd84ae09c9e11a9c9bd9c1f"',
}
HEADER = {"ETag": {"description": "这个版本的标记", "schema": {"type": "string"}}}


def mark(response: Response) -> Response:
    """Give an answer its tag; answer 304 to whoever has it already."""
    if response.status_code != _OK:
        return response
    shown = get_appcontext().get("result_dump")
    tag = _digest(response.get_data()) if shown is None else _tag(shown)
    response.set_etag(tag, weak=True)
    # Not Werkzeug's make_conditional: to an If-Match it answers 412, with all that there is.
    if request.if_none_match.star_tag or request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.set_data(b"")
    return response


def demand_given() -> None:
    """Refuse a change of who does not say which version they saw. Raises DoorError."""
    if not request.headers.get("If-Match", "").strip():
        raise DoorError("precondition_required")


def demand(schema: type[ma.Schema], held: Any) -> None:  # noqa: ANN401 - whatever the schema shows
    """Refuse a change by who has not seen what there is now. Raises DoorError.

    `held` is what the GET of this resource returns to its `schema`, read in the transaction that
    makes the change.
    """
    setattr(g, _CHECKED, True)
    seen = request.if_match
    if not seen.star_tag and not seen.contains_weak(_tag(schema().dump(held))):
        raise DoorError("precondition_failed")


def was_checked() -> bool:
    """Say whether the view in hand compared the version."""
    return _CHECKED in g


def _tag(shown: Any) -> str:  # noqa: ANN401 - what a schema made
    held = shown
    if isinstance(shown, dict):
        held = {name: value for name, value in shown.items() if name not in _VOLATILE}
    return _digest(json.dumps(held, sort_keys=True, default=str).encode())


def _digest(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:32]
