"""Which institution is asking: nobody gets past `with_key` without a good key of its scope."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

from core import institutions
from core.db import Reading, Writing
from core.institutions import Holder, Scope
from mobile_api import asking, limits
from mobile_api.problems import DoorError

HEADER = "X-Api-Key"
SECURITY: list[dict[str, list[str]]] = [{"apiKey": []}]
REFUSALS = ("bad_api_key", "scope_missing")
SCHEME = {
    "type": "apiKey",
    "in": "header",
    "name": HEADER,
    "description": "机构的接口密钥，以 `xyk_` 开头，由我们发给登记的机构；只在请求头里给出。",
}
_CHALLENGE = {"WWW-Authenticate": f'ApiKey realm="credit-kunming", header="{HEADER}"'}
_View = Callable[..., Any]


def with_key(scope: Scope) -> Callable[[_View], _View]:
    """Ask for a key of this scope before anything else is read; give the view its Holder.

    401 `bad_api_key` alike for none, an unknown, a revoked, an expired one and one of a suspended
    institution; 403 `scope_missing`. The view is documented with `security=keys.SECURITY` and
    refuses `*keys.REFUSALS`.
    """

    def guarded(view: _View) -> _View:
        @wraps(view)
        def checked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            who = holder(scope)
            limits.count(who)
            return view(who, *arguments, **named)

        return checked

    return guarded


def holder(scope: Scope) -> Holder:
    """Return which institution asks. Raises DoorError."""
    now = asking.current().now
    with Reading() as session:
        found = institutions.holder(session, request.headers.get(HEADER, ""), now=now)
        is_old = found and institutions.must_note_use(session, found.key_id, now=now)
    if found is None:
        raise DoorError("bad_api_key", _CHALLENGE)
    if is_old:
        with Writing() as session:
            institutions.used(session, found.key_id, now=now)
    if scope not in found.scopes:
        raise DoorError("scope_missing")
    return found
