"""Entering (登录): by WeChat's web authorisation; agreeing to the policies; leaving again.

The state that goes to WeChat is good once, for ten minutes, and only in the browser that went.
"""

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as Any

from bot.h5 import asking, cookies, guard, places, sessions, shown
from bot.h5.asking import Caller
from bot.h5.errors import ArrivalError, SnapshotError, WeChatAwayError
from bot.limits import Budget
from core import accounts, consents
from core import sessions as sign_ins
from core.accounts import Channel
from core.db import Writing
from core.lives import Lives
from core.sign_ins import Device, Ending, Platform
from messages import policies
from messages.wechat.login import LoginAwayError, LoginRefusedError, Named
from messages.wechat.visiting import Scope


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_wechat(blueprint)
    _add_consent(blueprint)

    @blueprint.post("/sign-out")
    @guard.citizen()
    def sign_out(who: Caller) -> Any:
        here = asking.current()
        with Writing() as session:
            whose = who.account_id, who.sign_in_id
            sign_ins.end(session, *whose, why=Ending.SIGNED_OUT, now=here.now)
        if here.kept:
            sessions.end(here.parts.redis, here.kept.handle)
        response = redirect(places.HOME, 303)
        cookies.drop_session(response, secure=here.parts.secure)  # type: ignore[arg-type]
        return response


def _add_wechat(blueprint: Blueprint) -> None:
    @blueprint.get("/sign-in")
    @guard.anyone(budget=Budget.SIGN_IN)
    def sign_in() -> Any:
        here = asking.current()
        place = places.local(request.args.get("next"), f"{places.PREFIX}/me")
        state = sessions.begin_arrival(here.parts.redis, here.browser_id(), place)
        scope = Scope.ASKED if request.args.get("ask") else Scope.BASE
        back = f"{here.parts.public_url}{url_for('h5.arrive')}"
        return redirect(here.parts.wechat.address(back, state, scope), 303)

    @blueprint.get("/sign-in/return")
    @guard.anyone(budget=Budget.SIGN_IN)
    def arrive() -> Any:
        here, code = asking.current(), request.args.get("code", "")
        state = request.args.get("state", "")
        place = sessions.take_arrival(here.parts.redis, here.browser, state)
        if place is None or not code:
            raise ArrivalError
        return _welcome(_named(code), place)


def _add_consent(blueprint: Blueprint) -> None:
    @blueprint.get("/consent")
    @guard.anyone()
    def consent() -> Response:
        here = asking.current()
        if sessions.waiting(here.parts.redis, here.browser) is None:
            raise ArrivalError
        return shown.show("consent.html")

    @blueprint.post("/consent")
    @guard.anyone(budget=Budget.SIGN_IN)
    def agree() -> Any:
        here = asking.current()
        waits = sessions.waiting(here.parts.redis, here.browser)
        if waits is None or request.form.get("agree") != "yes":
            raise ArrivalError
        account_id, place = waits
        with Writing() as session:
            consents.give(session, account_id, policies.CURRENT, now=here.now)
        return _let_in(account_id, place)


def _named(code: str) -> Named:
    try:
        named = asking.current().parts.wechat.login.named(code)
    except LoginRefusedError:
        raise ArrivalError from None
    except LoginAwayError:
        raise WeChatAwayError from None
    if named.is_snapshot:
        raise SnapshotError
    return named


def _welcome(named: Named, place: str) -> Any:
    here = asking.current()
    with Writing() as session:
        address = Channel.WECHAT, named.openid
        account_id = accounts.at(session, *address, now=here.now, active=False)
        held = consents.of_account(session, account_id)
    standing = {one.document: one.version for one in held if one.withdrawn_at is None}
    if all(standing.get(which) == version for which, version in policies.CURRENT.items()):
        return _let_in(account_id, place)
    sessions.wait(here.parts.redis, here.browser_id(), account_id, place=place)
    return redirect(url_for("h5.consent"), 303)


def _let_in(account_id: int, place: str) -> Any:
    """Sign this browser in; whatever session it brought is over."""
    here = asking.current()
    redis, browser = here.parts.redis, here.browser_id()
    if old := cookies.session(secure=here.parts.secure):
        sessions.end(redis, sessions.handle_of(old))
    lives = Lives(refresh=sessions.LONGEST)
    device = Device(sessions.handle_of(browser), Platform.WECHAT, "微信")
    with Writing() as session:
        begun = sign_ins.begin(session, account_id, device, lives=lives, now=here.now)
    sessions.wait_no_more(redis, browser)
    response = make_response(redirect(places.local(place), 303))
    token = sessions.open_(redis, begun.sign_in_id, now=here.now)
    cookies.set_session(response, token, secure=here.parts.secure)
    return response
