"""The certificate (信用修复决定书) of a repair that was granted, for whoever applied."""

from typing import Any

from flask import Blueprint, Response, make_response

from bot.h5 import asking, guard, receipts
from bot.h5.asking import Caller
from core import case_access
from core.case_errors import CertificateNotReadyError, CertificateRevokedError
from core.certificates import ledger, making
from core.certificates.ledger import Certificate, CertificateState
from core.db import Writing


def add_to(blueprint: Blueprint) -> None:
    """Add this to the other pages."""

    @blueprint.get("/me/cases/<code>/certificate")
    @guard.citizen()
    def certificate(who: Caller, code: str) -> Response:
        with Writing() as session:
            held = _own(session, who, code)
        parts = asking.current().parts
        secret = making.secret(parts.vault, held)
        pdf = parts.shelf.read(held.file_key, held.pdf_hash or "", secret)
        response = make_response(pdf)
        response.mimetype = "application/pdf"
        name = f"credit-repair-{held.number}.pdf"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


def _own(session: Any, who: Caller, code: str) -> Certificate:  # noqa: ANN401 - core's session
    """Return a certificate that may be read; that a person's was read is written down."""
    case = case_access.of_applicant(session, code, receipts.applicant(who))
    receipts.demand_fresh(who, case)
    held = ledger.of_own_case(session, case)
    if held.state is CertificateState.REVOKED:
        raise CertificateRevokedError
    if held.pdf_hash is None:
        raise CertificateNotReadyError
    if making.is_personal(session, held):
        making.note(session, held, now=asking.current().now)
    return held
