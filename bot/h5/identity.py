"""Proving who one is (实名): the first time to be known by name, later to open what needs it.

The browser goes to the city's identity provider and comes back to us with a code. Only the browser
that went, signed in as the account that went, can hand the code in.
"""

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, guard, places, shown
from bot.h5.asking import Caller
from bot.h5.errors import IdentityAwayError, IdentityRefusedError
from bot.h5.policy import origin, policy
from bot.limits import Budget
from core import challenges, realname
from core.challenges import Proven, Purpose, Taken
from core.db import Reading, Writing
from messages.identity import oidc
from messages.identity.oidc import AwayError, RefusedError

PATH = f"{places.PREFIX}/identity/return"
_NEXT = "h5:identity:{}"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/identity")
    @guard.citizen()
    def identity(who: Caller) -> Response:
        place = places.local(request.args.get("next"), f"{places.PREFIX}/me")
        with Reading() as session:
            held = realname.of_account(session, who.account_id)
        response = shown.show("identity.html", held=held, next=place)
        # A form's answer may lead only to where the policy says.
        response.headers["Content-Security-Policy"] = policy(_provider())
        return response

    @blueprint.post("/identity")
    @guard.citizen(budget=Budget.IDENTITY)
    def prove(who: Caller) -> AnyResponse:
        _remember(who, places.local(request.form.get("next")))
        return redirect(_begun(who), 303)

    @blueprint.get("/identity/return")
    @guard.citizen()
    def proven(who: Caller) -> AnyResponse:
        code, state = (request.args.get(name, "") for name in ("code", "state"))
        if not code:
            raise IdentityRefusedError
        _settle(who, code, state)
        return redirect(_remembered(who), 303)


def _provider() -> str:
    provider = asking.current().parts.identity.provider()
    if provider is None:
        raise IdentityAwayError
    return origin(provider.authorization_endpoint)


def _begun(who: Caller) -> str:
    here = asking.current()
    with Writing() as session:
        known = realname.of_account(session, who.account_id) is not None
        purpose = Purpose.STEP_UP if known else Purpose.VERIFY
        vault = here.parts.vault
        sent = challenges.begin(session, vault, who.sign_in_id, purpose=purpose, now=here.now)
        try:
            return oidc.address(here.parts.identity, sent)
        except AwayError:
            raise IdentityAwayError from None


def _settle(who: Caller, code: str, state: str) -> None:
    here = asking.current()
    vault, now = here.parts.vault, here.now
    with Writing() as session:
        taken = challenges.take(session, vault, state, sign_in_id=who.sign_in_id, now=now)
    said = _proven(code, taken)
    rules = here.parts.rules
    with Writing() as session:
        challenges.settle(session, vault, taken, proven=said, rules=rules, now=now)


def _proven(code: str, taken: Taken) -> Proven:
    # Between two transactions: nobody waits for the network with a lock in hand.
    here = asking.current()
    try:
        return oidc.proven(here.parts.identity, code, taken, now=here.now)
    except RefusedError:
        raise IdentityRefusedError from None
    except AwayError:
        with Writing() as session:
            challenges.give_back(session, taken)
        raise IdentityAwayError from None


def _remember(who: Caller, place: str) -> None:
    asking.current().parts.redis.set(_NEXT.format(who.sign_in_id), place, ex=challenges.LIFE)


def _remembered(who: Caller) -> str:
    held = asking.current().parts.redis.getdel(_NEXT.format(who.sign_in_id))
    return places.local(held.decode() if isinstance(held, bytes) else None)
