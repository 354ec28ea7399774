"""Who is asking: nobody gets past `signed_in` without a good token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request

from mobile_api import asking, tokens
from mobile_api.problems import RETRY_AFTER, DoorError
from mobile_api.tokens import BadTokenError, Person

_REALM = 'Bearer realm="credit-kunming"'
_View = Callable[..., Any]


def signed_in(view: _View) -> _View:
    """Ask for a token before anything else is read, and give the view its person."""

    @wraps(view)
    def checked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
        return view(person(), *arguments, **named)

    return checked


def person() -> Person:
    """Return who asks. Raises DoorError."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise DoorError("unauthorised", {"WWW-Authenticate": _REALM})
    asked = asking.current()
    keys = asked.parts.identity.keys()
    if keys is None:
        raise DoorError("identity_unavailable", {"Retry-After": RETRY_AFTER})
    try:
        return tokens.read(token.strip(), keys, identity=asked.parts.identity, now=asked.now)
    except BadTokenError:
        refused = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
        raise DoorError("unauthorised", refused) from None
