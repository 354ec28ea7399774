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
# What is said in the language of the answer; codes, days and the timeline stand beside it.
_WORDED = frozenset({"label", "due", "holder"})
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
    seen, now = request.if_match, _version(schema().dump(held))
    given = {tag.rpartition(".")[2] for tag in seen.as_set(include_weak=True)}
    if not seen.star_tag and now not in given:
        raise DoorError("precondition_failed")


def was_checked() -> bool:
    """Say whether the view in hand compared the version."""
    return _CHECKED in g


def _tag(shown: Any) -> str:  # noqa: ANN401 - what a schema made
    """Tell an answer by all that it says and, behind a dot, by its version in any language."""
    held = shown
    if isinstance(shown, dict):
        held = {name: value for name, value in shown.items() if name not in _VOLATILE}
    return f"{_digest(_plain(held))}.{_version(shown)}"


def _version(shown: Any) -> str:  # noqa: ANN401 - what a schema made
    return _digest(_plain(_unworded(shown)))


def _unworded(shown: Any) -> Any:  # noqa: ANN401 - what a schema made
    """Leave out when something was asked, and the words that a language puts beside codes."""
    if isinstance(shown, dict):
        kept = shown.keys() - _VOLATILE
        named = {name for name in kept - _WORDED if not name.endswith("_label")}
        return {name: _unworded(shown[name]) for name in named}
    return [_unworded(one) for one in shown] if isinstance(shown, list) else shown


def _plain(held: Any) -> bytes:  # noqa: ANN401 - what a schema made
    return json.dumps(held, sort_keys=True, default=str).encode()


def _digest(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:24]
