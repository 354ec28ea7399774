"""People and roles (人员和角色): who works here, in which roles, for whom; who is out."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, problems, shown, told
from console.pages import Link, Page
from core import departments
from core.db import Reading, Writing
from core.staff import administration
from core.staff.administration import Newcomer
from core.staff.errors import DepartmentNotKnownError, StaffError
from core.staff.invitations import LASTS
from core.staff.members import Staff
from core.staff.roles import Deed, Role

_MANAGE = Deed.MANAGE_STAFF
blueprint = Blueprint("members", __name__, url_prefix="/members")
PAGE = Page(blueprint, links=(Link("人员和角色", "console.members.everyone", (_MANAGE,), 90),))


@blueprint.get("/")
@guard.page(_MANAGE)
def everyone(_staff: Staff) -> Response:
    """List all that work here, or did."""
    with Reading() as session:
        found = administration.everyone(session)
        names = departments.names(session, {one.department_id or 0 for one in found})
    return shown.show("members.html", members=found, departments=names)


@blueprint.get("/invite")
@guard.page(_MANAGE)
def new(_staff: Staff) -> Response:
    """Show the form that invites somebody."""
    return _form(200, None)


@blueprint.post("/invite")
@guard.page(_MANAGE)
def invite(staff: Staff) -> Response:
    """Invite somebody, and show the link, once."""
    here, form = asking.current(), request.form
    login, name = form.get("login", ""), form.get("name", "")
    try:
        newcomer = Newcomer(login, name, _roles(), _department())
        with Writing() as session:
            code = administration.invite(
                session, here.parts.vault, staff, newcomer=newcomer, now=here.now
            )
    except StaffError as refusal:
        return _form(422, refusal)
    return _invited(name, code)


@blueprint.get("/<int:number>")
@guard.page(_MANAGE)
def one(_staff: Staff, number: int) -> Response:
    """Show one member, and what can be changed."""
    return _shown(number, 200, None)


@blueprint.post("/<int:number>/roles")
@guard.page(_MANAGE)
def set_roles(staff: Staff, number: int) -> Response:
    """Give a member other roles."""
    given = partial(administration.set_roles, by=staff, member_id=number, now=_now())
    return _changed(number, lambda session: given(session, roles=_roles()), "角色已更改。")


@blueprint.post("/<int:number>/department")
@guard.page(_MANAGE)
def set_department(staff: Staff, number: int) -> Response:
    """Let a member work for another department, or for the platform."""
    moved = partial(administration.set_department, by=staff, member_id=number, now=_now())
    done = "部门已更改。"
    return _changed(number, lambda session: moved(session, department_id=_department()), done)


@blueprint.post("/<int:number>/disable")
@guard.page(_MANAGE)
def disable(staff: Staff, number: int) -> Response:
    """Switch a member off."""
    off = partial(administration.disable, by=staff, member_id=number, now=_now())
    return _changed(number, off, "已停用，所有登录都已结束。")


@blueprint.post("/<int:number>/reset")
@guard.page(_MANAGE)
def reset(staff: Staff, number: int) -> Response:
    """Invite a member anew, and show the link, once."""
    here = asking.current()
    try:
        with Writing() as session:
            name = administration.by_id(session, number).name
            code = administration.reset(
                session, here.parts.vault, staff, member_id=number, now=here.now
            )
    except StaffError as refusal:
        return _shown(number, 409, refusal)
    return _invited(name, code)


def _changed(number: int, change: Callable[..., None], done: str) -> Response:
    try:
        with Writing() as session:
            change(session)
    except StaffError as refusal:
        return _shown(number, 409, refusal)
    told.tell(done)
    return make_response(redirect(url_for(".one", number=number), 303))


def _roles() -> frozenset[Role]:
    # What no checkbox offers is passed over.
    return frozenset(role for role in Role if role.value in request.form.getlist("role"))


def _department() -> int | None:
    name = request.form.get("department", "").strip()
    if not name:
        return None
    with Reading() as session:
        department_id = departments.named(session, name)
    if department_id is None:
        raise DepartmentNotKnownError
    return department_id


def _now() -> datetime:
    return asking.current().now


def _form(status: int, refusal: StaffError | None) -> Response:
    return shown.show(
        "member_invite.html",
        status,
        roles=list(Role),
        given=request.form,
        chosen=request.form.getlist("role"),
        refused=problems.sentence(refusal) if refusal else None,
    )


def _invited(name: str, code: str) -> Response:
    link = url_for("console.invitation.look", code=code, _external=True)
    return shown.show("member_invited.html", name=name.strip(), link=link, days=LASTS.days)


def _shown(number: int, status: int, refusal: StaffError | None) -> Response:
    with Reading() as session:
        member = administration.by_id(session, number)
        names = departments.names(session, {member.department_id or 0})
    return shown.show(
        "member.html",
        status,
        member=member,
        department=names.get(member.department_id or 0, ""),
        roles=list(Role),
        refused=problems.sentence(refusal) if refusal else None,
    )
