"""The certificate (信用修复决定书) of a repair that was granted, for whoever applied."""

from typing import Any

from flask import Blueprint, Response, make_response

from bot.h5 import asking, guard, receipts
from bot.h5.asking import Caller
from core import case_access
from core.certificates import ledger, making
from core.certificates.ledger import Certificate
from core.db import Writing


def add_to(blueprint: Blueprint) -> None:
    """Add this to the other pages."""

    @blueprint.get("/me/cases/<code>/certificate")
    @guard.citizen()
    def certificate(who: Caller, code: str) -> Response:
        parts, now = asking.current().parts, asking.current().now
        with Writing() as session:
            held = _own(session, who, code)
            pdf_hash, secret = making.read(session, parts.vault, held, now=now)
        pdf = parts.shelf.read(held.file_key, pdf_hash, secret)
        response = make_response(pdf)
        response.mimetype = "application/pdf"
        name = f"credit-repair-{held.number}.pdf"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _own(session: Any, who: Caller, code: str) -> Certificate:  # noqa: ANN401 - core's session
    """Return the certificate of a case of theirs; a person's asks for a fresh proof."""
    case = case_access.of_applicant(session, code, receipts.applicant(who))
    receipts.demand_fresh(who, case)
    return ledger.of_own_case(session, case)
