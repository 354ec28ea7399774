"""Cases: the queue of an office by deadline, with lights and filters, and as a workbook."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from flask import Blueprint, Response, redirect, request, send_file, url_for

from console import asking, guard, shown
from console.pages import Card, Link, Page
from core.audit import trail
from core.calendar import day
from core.cases import OPEN, CaseKind, CaseState
from core.casework import queue
from core.casework.queue import Light, Line, Wanted, Whose
from core.db import Reading, Writing
from core.staff.members import Staff
from core.staff.roles import Deed
from messages import case_file
from messages.wording import console_cases_zh, zh

blueprint = Blueprint("cases", __name__, url_prefix="/cases")
_PAGE = 50
_CHUNK = 500
MOST_EXPORTED = 20_000
_Chosen = TypeVar("_Chosen", Whose, CaseKind, CaseState, Light)


def cards(staff: Staff, now: datetime) -> list[Card]:
    """Say how many cases of this member's office are late, soon due, or wait for confirmation."""
    if not staff.may(Deed.SEE_CASES):
        return []
    place = url_for("console.cases.listing")
    with Reading() as session:
        rules, today = asking.current().parts.rules, day(now)

        def counted(wanted: Wanted) -> int:
            return queue.count(session, staff, wanted, rules=rules, today=today)

        red, amber = (counted(Wanted(light=light)) for light in (Light.RED, Light.AMBER))
        waits = counted(Wanted(Whose.PROPOSED)) if staff.may(Deed.CONFIRM_CASE) else 0
    found = [
        Card("已超期的办件", f"{red} 件", f"{place}?light=red", is_urgent=True) if red else None,
        Card("快到期的办件", f"{amber} 件", f"{place}?light=amber") if amber else None,
        Card("等待确认的拟办意见", f"{waits} 件", f"{place}?whose=proposed") if waits else None,
    ]
    return [card for card in found if card]


PAGE = Page(
    blueprint,
    links=(Link("办件", "console.cases.listing", (Deed.SEE_CASES,), place=10),),
    cards=cards,
)


@blueprint.get("/")
@guard.page(Deed.SEE_CASES)
def listing(staff: Staff) -> Response:
    """Show the queue, or go to the case of a receipt code."""
    here, code = asking.current(), request.args.get("code", "").strip()
    wanted, today = _wanted(), day(here.now)
    with Reading() as session:
        found = queue.find(session, staff, code[:64]) if code else None
        if found is not None:
            return redirect(url_for("console.case.show", case_id=found), 303)  # type: ignore[return-value]
        rules = here.parts.rules
        lines = queue.page(session, staff, wanted, limit=_PAGE + 1, rules=rules, today=today)
    more = lines[_PAGE - 1] if len(lines) > _PAGE else None
    after = f"{more.due_on}.{more.id}" if more else None
    return shown.show(
        "cases.html",
        lines=lines[:_PAGE],
        chosen=wanted,
        filters=_filters(),
        code=code,
        following=after and url_for("console.cases.listing", **_filters() | {"after": after}),
        first=url_for("console.cases.listing", **_filters()) if wanted.after else None,
        w=console_cases_zh,
        row=case_file.row,
        kinds=zh.CASE_KINDS.items(),
        states=[(one, zh.CASE_STATES[one]) for one in CaseState if one in OPEN],
        may_export=staff.may(Deed.EXPORT_CASES),
        most=MOST_EXPORTED,
    )


@blueprint.get("/export.xlsx")
@guard.page(Deed.EXPORT_CASES)
def export(staff: Staff) -> Response:
    """Give the queue as a workbook, as it is filtered; the trail knows of it."""
    here, file = asking.current(), tempfile.TemporaryFile()  # noqa: SIM115 - closed when sent
    number = case_file.write(_every(staff, _wanted()), file)
    with Writing() as session:
        act = trail.Act(staff.actor, "staff", "export_cases", "cases", {"rows": number})
        trail.note(session, act, now=here.now)
    file.seek(0)
    return send_file(
        file,
        mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        as_attachment=True,
        download_name=f"cases-{day(here.now)}.xlsx",
    )


def _every(staff: Staff, wanted: Wanted) -> Iterator[Line]:
    here, sent = asking.current(), 0
    after: tuple[date, int] | None = None
    while sent < MOST_EXPORTED:
        part = Wanted(wanted.whose, wanted.kind, wanted.state, wanted.light, after)
        with Reading() as session:
            rules, today = here.parts.rules, day(here.now)
            lines = queue.page(session, staff, part, limit=_CHUNK, rules=rules, today=today)
        yield from lines
        sent += len(lines)
        if len(lines) < _CHUNK or lines[-1].due_on is None:
            return
        after = lines[-1].due_on, lines[-1].id


def _wanted() -> Wanted:
    return Wanted(
        whose=_choice(Whose, "whose") or Whose.OURS,
        kind=_choice(CaseKind, "kind"),
        state=_choice(CaseState, "state"),
        light=_choice(Light, "light"),
        after=_after(request.args.get("after", "")),
    )


def _choice(of: type[_Chosen], name: str) -> _Chosen | None:
    given = request.args.get(name)
    return next((one for one in of if one == given), None)


def _after(text: str) -> tuple[date, int] | None:
    on, _, number = text.partition(".")
    try:
        return (date.fromisoformat(on), int(number[:18])) if text else None
    except ValueError:
        return None


def _filters() -> dict[str, Any]:
    names = ("whose", "kind", "state", "light")
    return {name: request.args[name] for name in names if request.args.get(name)}
