"""The guard: who may open a page, and that a form comes from a page of ours in this browser."""

import hmac
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import abort, request
from redis.exceptions import RedisError

from bot.h5 import asking, cookies, sessions
from bot.h5.asking import Asking, Caller
from bot.h5.errors import FormExpiredError, SignedOutError, StaleError
from bot.limits import Budget
from core import realname, representation
from core import sessions as sign_ins
from core.calendar import day
from core.db import Reading
from core.errors import NotVerifiedError
from core.preferences import looks

_View = Callable[..., Any]
LARGEST_FORM = 256 * 1024
FIELD = "csrf"
# For so long whom WeChat has just named counts as sure, like a step-up by WeChat in the app.
_JUST_NAMED = timedelta(minutes=10)


def anyone(*, takes: int = LARGEST_FORM, budget: Budget | None = None) -> Callable[[_View], _View]:
    """Let a view be opened by anybody; who is signed in is known to it all the same.

    `budget` is what it is counted against beside the budget of all pages.
    """

    def guarded(view: _View) -> _View:
        @wraps(view)
        def entered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            _know_if_possible()
            _count(budget)
            _demand_proof(takes)
            return view(*arguments, **named)

        entered.door = "anyone"  # type: ignore[attr-defined]
        return entered

    return guarded


def citizen(
    *, takes: int = LARGEST_FORM, budget: Budget = Budget.WRITE
) -> Callable[[_View], _View]:
    """Let a view be opened by whoever is signed in; it gets its Caller first.

    `budget` is what its forms are counted against beside the budget of all pages.
    """

    def guarded(view: _View) -> _View:
        @wraps(view)
        def entered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            know()
            who = asking.current().caller
            request.max_content_length = takes
            _count(budget if request.method == "POST" else None)
            _demand_proof(takes)
            return view(who, *arguments, **named)

        entered.door = "citizen"  # type: ignore[attr-defined]
        return entered

    return guarded


def know() -> None:
    """Find out who asks, if somebody is signed in."""
    here = asking.current()
    token = cookies.session(secure=here.parts.secure)
    kept = token and sessions.find(here.parts.redis, token, now=here.now)
    if not token or not kept:
        return
    here.who = _caller(here, kept.sign_in_id)
    if here.who is None:
        sessions.end(here.parts.redis, kept.handle)
        return
    here.token, here.kept = token, kept


def _know_if_possible() -> None:
    """Find out who asks; while Redis is away, everybody may read what is public."""
    here = asking.current()
    try:
        if not here.parts.limits.is_away:
            know()
            return
    except RedisError:
        here.who = here.kept = here.token = None
    here.unsure = cookies.session(secure=here.parts.secure)


def _count(budget: Budget | None) -> None:
    """Count the request in hand against the budgets of whoever asks. Raises TooOftenError."""
    here = asking.current()
    account: dict[str, object] = {"account": here.who.account_id} if here.who else {}
    here.parts.limits.take(Budget.PAGE, account)
    if budget:
        whose: dict[str, object] = {"address": request.remote_addr, "browser": here.browser}
        here.parts.limits.take(budget, account | whose)


def fresh(who: Caller) -> Caller:
    """Return a caller who has just proved again who they are. Raises StaleError."""
    if not who.fresh:
        raise StaleError
    return who


def sure(who: Caller) -> None:
    """Demand a fresh proof for what is of the whole account.

    Whoever has a real name proves it again; anybody else signs in by WeChat again, whose account it
    is. Raises StaleError or SignedOutError.
    """
    here = asking.current()
    if who.is_known:
        fresh(who)
    elif here.kept is None or here.now - here.kept.began > _JUST_NAMED:
        raise SignedOutError


def person(who: Caller) -> int:
    """Return the natural person that a caller was verified to be. Raises NotVerifiedError."""
    if who.subject_id is None:
        raise NotVerifiedError
    return who.subject_id


def _caller(here: Asking, sign_in_id: int) -> Caller | None:
    with Reading() as session:
        known = sign_ins.standing(session, sign_in_id, lives=here.parts.lives, now=here.now)
        if known is None:
            return None
        held = realname.of_account(session, known.account_id)
        here.look(looks.of(session, known.account_id))
    acts_for = representation.of(held, today=day(here.now))
    subject_id = held.subject_id if held else None
    return Caller(
        **vars(known),
        subject_id=subject_id,
        organisation=acts_for,
        is_known=held is not None,
    )


def _demand_proof(takes: int) -> None:
    request.max_content_length = takes
    if request.method != "POST":
        return
    given = request.form.get(FIELD, "")
    if any("\0" in text for _, text in request.form.items(multi=True)):
        abort(400)  # no text that anybody types, and PostgreSQL keeps none
    if not _is_from_here() or not hmac.compare_digest(
        given.encode(), asking.current().proof().encode()
    ):
        raise FormExpiredError


def is_ours() -> bool:
    """Say whether the form in hand comes from a page of ours in this browser.

    Its page may have been shown to a session that is over.
    """
    secure = asking.current().parts.secure
    own = cookies.session(secure=secure), cookies.browser(secure=secure)
    given = request.form.get(FIELD, "").encode()
    proofs = [asking.proof_of(secret).encode() for secret in own if secret]
    return _is_from_here() and any(hmac.compare_digest(given, one) for one in proofs)


def _is_from_here() -> bool:
    # Not every browser in WeChat says where a form was; one that does must say here.
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.host
