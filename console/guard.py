"""The guard: who may open a page. Every view of this door carries one of these two marks."""

import hashlib
import hmac
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, request

from console import asking, cookies, sessions
from console.asking import Held
from console.errors import FormExpiredError, SignedOutError
from core.db import Reading
from core.staff import members
from core.staff.errors import NotPermittedError
from core.staff.members import Staff
from core.staff.roles import Deed

_View = Callable[..., Any]
LARGEST_FORM = 256 * 1024
FIELD, HEADER = "csrf", "X-CSRF-Token"
_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def page(
    *deeds: Deed | None, takes: int = LARGEST_FORM, awake: bool = True
) -> Callable[[_View], _View]:
    """Let a view be opened by whoever may do one of these deeds; by all of the staff for None.

    The view gets its Staff first. Its form may be `takes` bytes long, and is read only once it is
    clear who sends it. A page that asks again by itself does not keep a session `awake`.
    """

    def guarded(view: _View) -> _View:
        @wraps(view)
        def entered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            staff = _who(awake=awake)
            if None not in deeds and not any(deed and staff.may(deed) for deed in deeds):
                raise NotPermittedError
            request.max_content_length = takes
            _demand_proof(token())
            return view(staff, *arguments, **named)

        entered.deeds = deeds  # type: ignore[attr-defined]
        return entered

    return guarded


def anyone(*, takes: int = LARGEST_FORM) -> Callable[[_View], _View]:
    """Let a view be opened by anybody; what it takes must come from a form that we gave."""

    def guarded(view: _View) -> _View:
        @wraps(view)
        def entered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            request.max_content_length = takes
            _demand_proof(asking.current().form)
            return view(*arguments, **named)

        entered.deeds = ()  # type: ignore[attr-defined]
        return entered

    return guarded


def token() -> str:
    """Return the proof that a form on this page must carry."""
    here = asking.current()
    if here.held is None:
        return here.form_proof()
    return hmac.new(here.held.token.encode(), b"csrf", hashlib.sha256).hexdigest()


def _who(*, awake: bool) -> Staff:
    here = asking.current()
    session_id = cookies.session()
    kept = session_id and sessions.find(here.parts.redis, session_id, now=here.now, touch=awake)
    if not session_id or not kept:
        raise SignedOutError
    with Reading() as session:
        staff = members.still(session, kept.staff_id, epoch=kept.epoch)
    if staff is None:
        sessions.end(here.parts.redis, kept)
        raise SignedOutError
    here.held = Held(staff, kept, session_id)
    return staff


def _demand_proof(proof: str | None) -> None:
    if request.method not in _CHANGES:
        return
    if not _is_from_here():
        raise FormExpiredError
    given = request.headers.get(HEADER) or request.form.get(FIELD) or ""
    if any("\0" in text for _, text in request.form.items(multi=True)):
        abort(400)  # no text that anybody types, and PostgreSQL keeps none
    if not proof or not hmac.compare_digest(given.encode(), proof.encode()):
        raise FormExpiredError


def _is_from_here() -> bool:
    # Every browser says where a form that changes something was. Behind a proxy we see no scheme.
    scheme, _, host = request.headers.get("Origin", "").partition("://")
    wanted = {"https"} if asking.current().parts.secure else {"http", "https"}
    return scheme in wanted and host == request.host
