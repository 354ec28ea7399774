"""Signing in: login, password and second factor in one form; a new session every time."""

import re

from flask import Blueprint, Response, make_response, redirect, request

from console import asking, cookies, guard, places, sessions, shown, tries
from console.asking import Held
from console.pages import Page
from core.db import Reading, Writing
from core.staff import entry
from core.staff.entry import Entered
from messages.wording import console_zh

blueprint = Blueprint("signing", __name__)
PAGE = Page(blueprint)

_BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS X", "Linux")
_SMALL = 16 * 1024


@blueprint.get("/sign-in")
@guard.anyone()
def sign_in() -> Response:
    """Show the form to sign in."""
    return _form(200, None)


@blueprint.post("/sign-in")
@guard.anyone(takes=_SMALL)
def enter() -> Response:
    """Let a member in: whatever session this browser had is over, and a new one begins."""
    here = asking.current()
    if tries.too_many(here.parts.redis, request.remote_addr or ""):
        return _form(429, "从这里试得太多了，请十分钟以后再试。")
    entered = _entered(request.form.get("login", ""), request.form.get("password", ""))
    if entered is None:
        tries.failed(here.parts.redis, request.remote_addr or "")
        return _form(422, console_zh.REFUSALS["staff_sign_in_refused"])
    response = make_response(redirect(places.local(request.form.get("next")), 303))
    opened(response, entered)
    return response


def opened(response: Response, entered: Entered) -> None:
    """Open a session for somebody who proved who they are; what the browser had before is over."""
    here = asking.current()
    redis = here.parts.redis
    before = cookies.session()
    kept = sessions.find(redis, before, now=here.now, touch=False) if before else None
    if kept:
        sessions.end(redis, kept)
    token, kept = sessions.open_(
        redis,
        (entered.staff.id, entered.epoch),
        browser=_browser(),
        address=request.remote_addr or "",
        now=here.now,
    )
    here.held = Held(entered.staff, kept, token)
    cookies.set_session(response, token)


def _entered(login: str, password: str) -> Entered | None:
    here, code = asking.current(), request.form.get("code", "")
    with Reading() as session:
        known = entry.find(session, login)
    # No session is open meanwhile: to check a password takes a while.
    checked = entry.check(known, password)
    with Writing() as session:
        return entry.sign_in(session, here.parts.vault, checked, code=code, now=here.now)


def _form(status: int, refused: str | None) -> Response:
    next_ = places.local(request.values.get("next"))
    return shown.show("sign_in.html", status, next=next_, refused=refused)


def _browser() -> str:
    """Name the browser for its owner: its family and system, no more."""
    agent = request.user_agent.string
    family = next((name for mark, name in _BROWSERS if mark in agent), "浏览器")
    system = next((name for name in _SYSTEMS if re.search(rf"\b{name}\b", agent)), "")
    return f"{family} {system}".strip()
