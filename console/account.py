"""My account: signing in and out, my sessions."""

import secrets

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, cookies, guard, places, sessions, shown, told
from console.pages import Page
from core.staff.members import Staff

blueprint = Blueprint("account", __name__, url_prefix="/account")
PAGE = Page(blueprint)


@blueprint.get("/sign-in")
@guard.anyone
def sign_in() -> Response:
    """Show the form to sign in."""
    proof = cookies.form() or secrets.token_urlsafe(32)
    next_ = places.local(request.args.get("next"))
    response = shown.show("sign_in.html", proof=proof, next=next_, refused=None)
    cookies.set_form(response, proof)
    return response


@blueprint.post("/sign-out")
@guard.page(None)
def sign_out(_staff: Staff) -> Response:
    """End this session."""
    here = asking.current()
    if here.kept:
        sessions.end(here.parts.redis, here.kept)
    response = _to(".sign_in")
    cookies.drop_session(response)
    return response


@blueprint.get("/")
@guard.page(None)
def mine(staff: Staff) -> Response:
    """Show who I am, and where I am signed in."""
    here = asking.current()
    mine = sessions.of(here.parts.redis, staff.id, now=here.now)
    return shown.show("account.html", sessions=mine, this=here.kept)


@blueprint.post("/sessions/end")
@guard.page(None)
def end_session(staff: Staff) -> Response:
    """End one of my sessions, perhaps this one."""
    here = asking.current()
    sessions.end_named(here.parts.redis, staff.id, request.form.get("session", ""))
    told.tell("这次登录已结束。")
    return _to(".mine")


@blueprint.post("/sessions/end-others")
@guard.page(None)
def end_others(staff: Staff) -> Response:
    """End all of my sessions but this one."""
    here = asking.current()
    sessions.end_all(here.parts.redis, staff.id, but=here.kept.handle if here.kept else None)
    told.tell("其他登录都已结束。")
    return _to(".mine")


def _to(endpoint: str) -> Response:
    return make_response(redirect(url_for(endpoint), 303))
