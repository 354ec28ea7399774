"""Credit reports (信用报告): asked for, waited for, downloaded by whoever asked."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, guard, shown
from bot.h5.asking import Caller
from core.db import Reading, Writing
from core.reports import ledger, personal
from core.reports.ledger import Purpose, Report


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_asking(blueprint)

    @blueprint.get("/me/reports/<number>")
    @guard.citizen()
    def report(who: Caller, number: str) -> Response:
        return shown.show("report.html", report=_own(who, number))

    @blueprint.get("/me/reports/<number>/file")
    @guard.citizen()
    def report_file(who: Caller, number: str) -> Response:
        return _file(who, _own(who, number))


def _add_asking(blueprint: Blueprint) -> None:
    @blueprint.get("/me/reports")
    @guard.citizen()
    def reports(who: Caller) -> Response:
        with Reading() as session:
            items = ledger.listing(session, who.account_id)
        return shown.show("reports.html", items=items, purposes=list(Purpose))

    @blueprint.post("/me/reports")
    @guard.citizen()
    def ask_own_report(who: Caller) -> AnyResponse:
        here, subject_id = asking.current(), guard.person(guard.fresh(who))
        given: dict[str, Any] = {"purpose": _purpose(), "account_id": who.account_id}
        with Writing() as session:
            vault = here.parts.vault
            made = ledger.request_own(session, vault, subject_id, **given, now=here.now)
        return redirect(url_for("h5.report", number=made.report_no), 303)

    @blueprint.post("/entities/<uscc>/reports")
    @guard.citizen()
    def ask_report(who: Caller, uscc: str) -> AnyResponse:
        now = asking.current().now
        with Writing() as session:
            purpose, mine = _purpose(), who.account_id
            made = ledger.request(session, uscc, purpose, account_id=mine, now=now)
        return redirect(url_for("h5.report", number=made.report_no), 303)


def _purpose() -> Purpose:
    given = request.form.get("purpose")
    return Purpose(given) if given in set(Purpose) else Purpose.OTHER


def _own(who: Caller, number: str) -> Report:
    with Reading() as session:
        return ledger.of_account(session, number, who.account_id)


def _file(who: Caller, report: Report) -> Response:
    """Give the file as it was made; one about oneself asks for a fresh proof, and is noted."""
    here = asking.current()

    def whose() -> int | None:
        return guard.fresh(who).subject_id

    vault, now = here.parts.vault, here.now
    with Writing() as session:
        pdf_hash, secret = personal.read(session, vault, report, whose=whose, now=now)
    response = make_response(here.parts.shelf.read(report.file_key, pdf_hash, secret))
    response.mimetype = "application/pdf"
    name = f"credit-report-{report.report_no}.pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
