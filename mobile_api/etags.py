"""ETags: who has the newest answer is not told it again; who has an old one may not change it.

All are weak, and compared weakly, If-Match too: an answer tells when it was asked, and a proxy that
compresses weakens every tag.
"""

import hashlib
import json

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
    "example": 'W/"0a8e4b6b9cd84ae09c9e11a9"',
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "看到的版本的 ETag；已被别人改过时回答 412",
    "schema": {"type": "string"},
    "example": 'W/"0a8e4b6b9cd84ae09c9e11a9.v3"',
}
HEADER = {
    "ETag": {
        "description": "这个回答的标记，原样用在 If-None-Match 和 If-Match 里",
        "schema": {"type": "string", "pattern": '^W/"[0-9a-f]{24}([.]v[0-9]+)?"$'},
        "example": 'W/"0a8e4b6b9cd84ae09c9e11a9"',
    }
}


def mark(response: Response) -> Response:
    """Give an answer its tag; answer 304 to whoever has it already."""
    if response.status_code != _OK:
        return response
    shown = get_appcontext().get("result_dump")
    tag = _tag(_lasting(response.get_data(), shown))
    response.set_etag(tag, weak=True)
    # Not Werkzeug's make_conditional: to an If-Match it answers 412, with all that there is.
    if request.if_none_match.star_tag or request.if_none_match.contains_weak(tag):
        response.status_code = 304
        response.set_data(b"")
    return response


def of_version(version: int) -> None:
    """Say which version of what can be changed the answer in hand shows."""
    g.shown_version = version


def demand_given() -> None:
    """Refuse a change of who does not say which version they saw. Raises DoorError."""
    if not request.headers.get("If-Match", "").strip():
        raise DoorError("precondition_required")


def demand(version: int) -> None:
    """Refuse a change by who has not seen this version, which is there now. Raises DoorError.

    It was read in the transaction that makes the change; the GET of the resource tells it by
    `of_version`. What else that answer says (words of a language, how far a scan is) hinders no
    change.
    """
    setattr(g, _CHECKED, True)
    # Werkzeug reads an empty tag as None.
    given = request.if_match.as_set(include_weak=True)
    seen = {tag.rpartition(".")[2] for tag in given if tag}
    if not request.if_match.star_tag and _version(version) not in seen:
        raise DoorError("precondition_failed")


def was_checked() -> bool:
    """Say whether the view in hand compared the version."""
    return _CHECKED in g


def _tag(told: bytes) -> str:
    """Tell an answer by all that it says and, behind a dot, by the version that it shows."""
    version = g.get("shown_version")
    return _digest(told) if version is None else f"{_digest(told)}.{_version(version)}"


def _version(version: int) -> str:
    return f"v{version}"


def _lasting(body: bytes, shown: object) -> bytes:
    """Leave out of an answer what differs whenever one asks; `shown` is what it was made of."""
    if isinstance(shown, dict):
        for name in _VOLATILE & shown.keys():
            body = body.replace(f'"{name}":{json.dumps(shown[name])}'.encode(), b"")
    return body


def _digest(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:24]
