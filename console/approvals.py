"""Approvals (待审批): what waits for a second pair of eyes, and what I have asked for myself."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, problems, shown, told
from console.pages import Card, Link, Page
from core import pending
from core.applying import Office
from core.db import Reading, Writing
from core.errors import CreditError
from core.pending import Pending
from core.staff import approvals
from core.staff.approvals import DEEDS
from core.staff.members import Staff
from messages.wording import console_zh

_ASKS = tuple(sorted({asks for asks, _ in DEEDS.values()}))
_ANSWERS = tuple(sorted({answers for _, answers in DEEDS.values()}))
_LONGEST = 500

blueprint = Blueprint("approvals", __name__, url_prefix="/approvals")


def _cards(staff: Staff, _now: datetime) -> Iterable[Card]:
    if not any(map(staff.may, _ANSWERS)):
        return
    with Reading() as session:
        count = sum(not one.mine for one in _waiting(session, staff))
    if count:
        yield Card("待审批", f"{count} 项申请等您审批", url_for("console.approvals.inbox"))


_LINK = Link("待审批", "console.approvals.inbox", (*_ASKS, *_ANSWERS), 40)
PAGE = Page(blueprint, links=(_LINK,), cards=_cards)


@blueprint.get("/")
@guard.page(*_ASKS, *_ANSWERS)
def inbox(staff: Staff) -> Response:
    """Show what waits for this member's answer, and what they have asked for."""
    return _shown(staff, 200, None)


@blueprint.post("/<int:number>/approve")
@guard.page(*_ANSWERS)
def approve(staff: Staff, number: int) -> Response:
    """Let happen what another has asked for."""
    here = asking.current()
    office = Office(here.parts.rules, here.parts.vault)
    try:
        with Writing() as session:
            matter = pending.approve(session, staff, number, office=office, now=here.now)
    except CreditError as refusal:
        return _shown(staff, problems.status_of(refusal), problems.sentence(refusal))
    return _done(f"已批准：{console_zh.MATTERS[matter]}。")


@blueprint.post("/<int:number>/refuse")
@guard.page(*_ANSWERS)
def refuse(staff: Staff, number: int) -> Response:
    """Refuse what another has asked for, and say why."""
    here, why = asking.current(), " ".join(request.form.get("why", "").split())
    if not 0 < len(why) <= _LONGEST:
        return _shown(staff, 422, "不批准要写明理由，让提出的同事知道改什么。")
    try:
        with Writing() as session:
            approvals.refuse(session, staff, number, why=why, vault=here.parts.vault, now=here.now)
    except CreditError as refusal:
        return _shown(staff, problems.status_of(refusal), problems.sentence(refusal))
    return _done("没有批准，理由已记下。")


@blueprint.post("/<int:number>/take-back")
@guard.page(*_ASKS)
def take_back(staff: Staff, number: int) -> Response:
    """Take back what one has asked for oneself."""
    with Writing() as session:
        approvals.take_back(session, staff, number, now=asking.current().now)
    return _done("申请已收回。")


def _waiting(session: Any, staff: Staff) -> list[Pending]:  # noqa: ANN401 - core's session
    return pending.listing(session, staff, vault=asking.current().parts.vault)


def _done(text: str) -> Response:
    told.tell(text)
    return make_response(redirect(url_for(".inbox"), 303))


def _shown(staff: Staff, status: int, refused: str | None) -> Response:
    with Reading() as session:
        found = _waiting(session, staff)
    may_answer = any(map(staff.may, _ANSWERS))
    return shown.show("approvals.html", status, found=found, may_answer=may_answer, refused=refused)
