"""Who is asking: nobody gets past `signed_in` without a good token.

Tokens of this door lead to citizens' accounts and to nothing else; staff have another door, and
rows of their own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import request

from core import realname, representation, sessions
from core.calendar import day
from core.db import Reading
from core.errors import NotVerifiedError
from mobile_api import asking, limits
from mobile_api.problems import DoorError

_REALM = 'Bearer realm="credit-kunming"'
INVALID = {"WWW-Authenticate": f'{_REALM}, error="invalid_token"'}
_STALE = f'{_REALM}, error="insufficient_user_authentication"'  # RFC 9470
_View = Callable[..., Any]


@dataclass(frozen=True)
class Caller:
    """Who asks: an account on a device, and whom it was verified to be and to represent.

    `subject_id` is the natural person, `organisation` the code of an entity that they represent
    today; `fresh` says that
    they have just proved again who they are (step-up).
    """

    account_id: int
    sign_in_id: int
    subject_id: int | None
    organisation: str | None
    fresh: bool


def signed_in(view: _View) -> _View:
    """Ask for a token before anything else is read, and give the view its Caller."""

    @wraps(view)
    def checked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
        return view(_counted(caller()), *arguments, **named)

    return checked


def stepped_up(view: _View) -> _View:
    """Ask for a token and a step-up that still counts; give the view its Caller."""

    @wraps(view)
    def checked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
        return view(fresh(_counted(caller())), *arguments, **named)

    return checked


def _counted(who: Caller) -> Caller:
    limits.count(who)
    return who


def fresh(who: Caller) -> Caller:
    """Return a caller whose step-up still counts. Raises DoorError."""
    if not who.fresh:
        raise DoorError("step_up_required", {"WWW-Authenticate": _STALE})
    return who


def caller() -> Caller:
    """Return who asks. Raises DoorError."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise DoorError("unauthorised", {"WWW-Authenticate": _REALM})
    asked = asking.current()
    with Reading() as session:
        known = sessions.known(session, token.strip(), lives=asked.parts.lives, now=asked.now)
        if known is None:
            raise DoorError("unauthorised", INVALID)
        person = realname.of_account(session, known.account_id)
    acts_for = representation.of(person, today=day(asked.now))
    subject_id = person.subject_id if person else None
    return Caller(**vars(known), subject_id=subject_id, organisation=acts_for)


def person(who: Caller) -> int:
    """Return the natural person that a caller was verified to be. Raises NotVerifiedError."""
    if who.subject_id is None:
        raise NotVerifiedError
    return who.subject_id
