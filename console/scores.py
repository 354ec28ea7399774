"""Departments (部门): how each keeps the law's clocks, and what of it is escalated."""

from datetime import date, timedelta

from flask import Blueprint, Response, request

from console import asking, guard, shown
from console.pages import Link, Page
from core import scoreboard
from core.calendar import day
from core.casework import staff_notices
from core.db import Reading
from core.rules import Clock
from core.scoreboard import Asked
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_deadlines_zh

blueprint = Blueprint("scores", __name__, url_prefix="/departments")
PAGE = Page(blueprint, links=(Link("部门", "console.scores.show", (Deed.SEE_SCOREBOARD,), 60),))
_LONGEST = timedelta(days=92)
_USUAL = timedelta(days=30)


@blueprint.get("/")
@guard.page(Deed.SEE_SCOREBOARD)
def show(staff: Staff) -> Response:
    """Show the scoreboard of a period, the last month if nothing else is asked for."""
    del staff
    here = asking.current()
    today, rules = day(here.now), here.parts.rules
    period = _period(today)
    asked = Asked(*(period or (today - _USUAL, today)), today)
    with Reading() as session:
        found = scoreboard.of(session, asked, rules=rules)
        escalated = staff_notices.escalated_by_department(session)
    return shown.show(
        "scores.html",
        asked=asked,
        found=found,
        escalated=escalated,
        clock=rules.period(Clock.PUBLISH_DECISION, asked.until),
        refused=None if period else console_deadlines_zh.BAD_PERIOD,
    )


def _period(today: date) -> tuple[date, date] | None:
    """Return the period that is asked for; None for one that is none, or is too long."""
    try:
        since = date.fromisoformat(request.args.get("from") or str(today - _USUAL))
        until = date.fromisoformat(request.args.get("to") or str(today))
    except ValueError:
        return None
    return (since, until) if timedelta(0) <= until - since < _LONGEST else None
