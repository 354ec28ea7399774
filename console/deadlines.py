"""Deadlines (催办): the notices of my office, and what the supervisors are told of."""

from datetime import datetime

from flask import Blueprint, Response, request, url_for

from console import asking, guard, shown
from console.pages import Card, Link, Page
from core.calendar import day
from core.casework import staff_notices
from core.db import Reading
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import cases_zh, console_deadlines_zh, zh

blueprint = Blueprint("deadlines", __name__, url_prefix="/notices")
_escalations = Blueprint("escalations", __name__, url_prefix="/escalations")
_PAGE = 50
_MOST = 100  # a card counts no further


def _cards(staff: Staff, _now: datetime) -> list[Card]:
    return _card(staff, "催办", Deed.SEE_CASES, endpoint="console.deadlines.mine")


def _urgent(staff: Staff, _now: datetime) -> list[Card]:
    return _card(staff, "需要督办", Deed.SEE_ESCALATIONS, endpoint="console.escalations.escalated")


PAGE = Page(
    blueprint,
    links=(Link("催办", "console.deadlines.mine", (Deed.SEE_CASES,), 15),),
    cards=_cards,
)
ESCALATIONS = Page(
    _escalations,
    links=(Link("督办", "console.escalations.escalated", (Deed.SEE_ESCALATIONS,), 16),),
    cards=_urgent,
)
_LISTINGS = {
    "console.deadlines.mine": staff_notices.mine,
    "console.escalations.escalated": staff_notices.escalated,
}


@blueprint.get("/")
@guard.page(Deed.SEE_CASES)
def mine(staff: Staff) -> Response:
    """Show what the office of this member is reminded of, while it waits."""
    return _page(staff, "notices.html")


@_escalations.get("/")
@guard.page(Deed.SEE_ESCALATIONS)
def escalated(staff: Staff) -> Response:
    """Show what has waited too long: all of it, or that of this member's department."""
    return _page(staff, "escalations.html")


def _page(staff: Staff, template: str) -> Response:
    here, before = request.endpoint or "", request.args.get("before", type=int)
    with Reading() as session:
        lines = _LISTINGS[here](session, staff, limit=_PAGE + 1, before=before)
    more = len(lines) > _PAGE
    return shown.show(
        template,
        lines=lines[:_PAGE],
        today=day(asking.current().now),
        first=url_for(here) if before else None,
        following=url_for(here, before=lines[_PAGE - 1].notice.id) if more else None,
        w=console_deadlines_zh,
        kinds=zh.CASE_KINDS,
        due=cases_zh.DUE,
    )


def _card(staff: Staff, title: str, deed: Deed, *, endpoint: str) -> list[Card]:
    if not staff.may(deed):
        return []
    with Reading() as session:
        number = len(_LISTINGS[endpoint](session, staff, limit=_MOST))
    text = f"{number} 件" if number < _MOST else f"{_MOST} 件以上"
    return [Card(title, text, url_for(endpoint), is_urgent=True)] if number else []
