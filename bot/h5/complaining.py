"""Complaining (投诉): about how a record was handled, about a department, about our service."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, filing, guard, places, receipts, shown, uploads, words
from bot.h5.asking import Caller
from bot.h5.errors import IncompleteError
from core import complaint, departments
from core.applying import Form
from core.cases import Case
from core.complaint import Matter, Target
from core.db import Reading, Writing
from core.errors import CreditError

_MOST = 500


def add_to(blueprint: Blueprint) -> None:
    """Add this page to the others."""

    @blueprint.get("/complaint")
    @guard.citizen()
    def complain(_who: Caller) -> Response:
        return _form({}, None)

    @blueprint.post("/complaint")
    @guard.citizen(takes=uploads.TAKES)
    def file_complaint(who: Caller) -> AnyResponse:
        typed = request.form.to_dict(flat=False)
        try:
            typed["evidence"] = list(uploads.taken(who))
            case = _filed(who, typed)
        except CreditError as refusal:
            return _form(typed, words.refusal(refusal.code, asking.current().language))
        return redirect(url_for("h5.my_case", code=case.receipt_code, done="filed"), 303)


def _form(typed: dict[str, list[str]], fault: str | None) -> Response:
    with Reading() as session:
        offices = departments.listing(session, limit=_MOST, after=0)
    return shown.show(
        "complaint.html",
        422 if fault else 200,
        matters=list(Matter),
        offices=offices,
        typed=typed,
        fault=fault,
        most=uploads.MOST,
    )


def _filed(who: Caller, typed: dict[str, list[str]]) -> Case:
    target, said = _target(typed), filing.statement(typed)
    form = Form(statement=said, evidence=tuple(typed["evidence"]))
    now, asker = asking.current().now, receipts.applicant(who)
    with Writing() as session:
        office = filing.office()
        return complaint.file(session, asker, target, form=form, office=office, now=now)


def _target(typed: dict[str, list[str]]) -> Target:
    matter = typed.get("matter", [""])[0]
    if matter not in set(Matter):
        raise IncompleteError
    department = places.read_id(typed.get("department", [""])[0])
    if matter == Matter.DEPARTMENT and department is None:
        raise IncompleteError
    return Target(Matter(matter), None, department)
