"""My account: my sessions, my password, the way out."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, cookies, guard, sessions, shown, told
from console.pages import Page
from console.signing import opened
from core.db import Reading, Writing
from core.staff import entry, passwords
from core.staff.entry import Checked
from core.staff.errors import PasswordRefusedError
from core.staff.members import Member, Staff
from core.staff.passwords import Hash
from messages.wording import console_zh

blueprint = Blueprint("account", __name__, url_prefix="/account")
PAGE = Page(blueprint)


@blueprint.get("/")
@guard.page(None)
def mine(staff: Staff) -> Response:
    """Show who I am, and where I am signed in."""
    return _shown(staff, 200, wrong={})


@blueprint.post("/sign-out")
@guard.page(None)
def sign_out(_staff: Staff) -> Response:
    """End this session."""
    here = asking.current()
    sessions.end(here.parts.redis, here.session.kept)
    response = make_response(redirect(url_for("console.signing.sign_in"), 303))
    cookies.drop_session(response)
    return response


@blueprint.post("/sessions/end")
@guard.page(None)
def end_session(staff: Staff) -> Response:
    """End one of my sessions, perhaps this one."""
    sessions.end_named(asking.current().parts.redis, staff.id, request.form.get("session", ""))
    return _back("这次登录已结束。")


@blueprint.post("/sessions/end-others")
@guard.page(None)
def end_others(staff: Staff) -> Response:
    """End all of my sessions but this one."""
    here = asking.current()
    sessions.end_all(here.parts.redis, staff.id, but=here.session.kept.handle)
    return _back("其他登录都已结束。")


@blueprint.post("/password")
@guard.page(None)
def change_password(staff: Staff) -> Response:
    """Change my password: every session ends, and this browser goes on in a new one."""
    here = asking.current()
    with Reading() as session:
        login = session.get_one(Member, staff.id).login
        known = entry.find_again(session, staff)
    wrong: dict[str, str] = {}
    anew = _anew(login, wrong)
    if anew is None:
        return _shown(staff, 422, wrong=wrong)
    entered = _changed(entry.check(known, request.form.get("current", "")), anew)
    if entered is None:
        return _shown(staff, 422, wrong={"current": console_zh.REFUSALS["password_wrong"]})
    sessions.end_all(here.parts.redis, staff.id)
    response = make_response(redirect(url_for(".mine"), 303))
    opened(response, entered)
    told.tell("密码已更改，其他地方的登录都已结束。")
    return response


def _anew(login: str, wrong: dict[str, str]) -> Hash | None:
    password = request.form.get("new", "")
    if password != request.form.get("again", ""):
        wrong["again"] = "两次输入的新密码不一样。"
        return None
    try:
        return passwords.new(password, login=login)
    except PasswordRefusedError as refusal:
        wrong["new"] = console_zh.REFUSALS[refusal.code]
        return None


def _changed(checked: Checked, anew: Hash) -> entry.Entered | None:
    with Writing() as session:
        return entry.change_password(session, checked, anew, now=asking.current().now)


def _shown(staff: Staff, status: int, **given: Any) -> Response:  # noqa: ANN401 - what is wrong
    here = asking.current()
    every = sessions.of(here.parts.redis, staff.id, now=here.now)
    return shown.show("account.html", status, sessions=every, this=here.session.kept, **given)


def _back(text: str) -> Response:
    told.tell(text)
    return make_response(redirect(url_for(".mine"), 303))
