"""Certificates of repair (信用修复决定书): fetched by who was granted it, verified by anybody."""

from typing import Any

import marshmallow as ma
from flask import Response

from core import case_access, privacy
from core.cases import Case
from core.certificates import Certificate, CertificateState, making, proof
from core.certificates.ledger import of_own_case
from core.certificates.proof import Standing, Verdict
from core.db import Reading, Writing
from mobile_api import asking, limits, my_cases, own, receipts, reports
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Label, Moment
from mobile_api.reports import CodeForm, HashForm
from mobile_api.resource import Resource

blueprint = Resource("certificates", description="核验信用修复决定书")
verifications = Resource("certificate-verifications", description="核验信用修复决定书的文件")

_NUMBER = {"description": "决定书编号", "example": "XF20261126QX3ZKD1M"}
_REFUSALS = ("unauthorised", "step_up_required", "case_not_found", "certificate_not_found")


class RepairCertificate(Answer):
    """A certificate as who was granted the repair sees it; what is null comes once it is made."""

    number = ma.fields.String(metadata=_NUMBER)
    state = Choice(CertificateState)
    state_label = Label("CERTIFICATE_STANDINGS", of="state")
    document_no = ma.fields.String(metadata={"description": "原决定文书号"})
    authority = ma.fields.String(metadata={"description": "作出原决定的单位"})
    decided_on = ma.fields.Date(metadata={"description": "准予修复日期，自这天起终止公示"})
    revoked_at = Moment(allow_none=True, metadata={"description": "撤销时间"})
    verify_code = ma.fields.String(metadata={"description": "核验码，可以告诉要核验的人"})
    size = ma.fields.Integer(allow_none=True, metadata={"description": "文件的字节数"})
    sha256 = ma.fields.String(allow_none=True, metadata={"description": "文件的 SHA-256"})


class CertificateVerification(Answer):
    """What a certificate is worth; of an unknown one all the rest is null."""

    standing = Choice(Standing)
    standing_label = Label("CERTIFICATE_STANDINGS", of="standing")
    number = ma.fields.String(allow_none=True, metadata=_NUMBER)
    name = ma.fields.String(
        allow_none=True, metadata={"description": "信用主体；自然人为 null，姓名只在决定书上"}
    )
    uscc = ma.fields.String(allow_none=True, metadata={"description": "统一社会信用代码"})
    document_no = ma.fields.String(allow_none=True, metadata={"description": "原决定文书号"})
    authority = ma.fields.String(allow_none=True, metadata={"description": "作出原决定的单位"})
    decided_on = ma.fields.Date(allow_none=True, metadata={"description": "准予修复日期"})
    revoked_on = ma.fields.Date(allow_none=True, metadata={"description": "撤销日期"})
    sha256 = ma.fields.String(allow_none=True, metadata={"description": "文件的 SHA-256"})
    verified_at = Moment(metadata={"description": "核验时间"})


@my_cases.blueprint.get("/<code>/certificate")
@my_cases.blueprint.doc(
    operationId="getRepairCertificate", summary="信用修复决定书", security=own.BEARER
)
@my_cases.blueprint.refuses(*_REFUSALS)
@signed_in
@my_cases.blueprint.tagged
@my_cases.blueprint.response(200, RepairCertificate)
def show(caller: Caller, code: str) -> dict[str, Any]:
    """Show the certificate of a repair that was granted, to who applied for it."""
    with Reading() as session:
        return _shown(_own(session, caller, code))


@my_cases.blueprint.get("/<code>/certificate/file")
@my_cases.blueprint.doc(
    operationId="getRepairCertificateFile", summary="下载信用修复决定书", security=own.BEARER
)
@my_cases.blueprint.refuses(
    *(*_REFUSALS, "certificate_not_ready", "certificate_revoked", "report_damaged")
)
@my_cases.blueprint.alt_response(
    200,
    content_type="application/pdf",
    schema={"type": "string", "format": "binary"},
    description="决定书的文件（PDF）",
    headers=reports.OF_FILE,
    success=True,
)
@signed_in
def download(caller: Caller, code: str) -> Response:
    """Give the file to who applied; that a person's was read is written down."""
    now, parts = asking.current().now, asking.current().parts
    with Writing() as session:
        held = _own(session, caller, code)
        pdf_hash, secret = making.read(session, parts.vault, held, now=now)
    pdf = parts.shelf.read(held.file_key, pdf_hash, secret)
    return reports.as_file(pdf, f"credit-repair-{held.number}.pdf", pdf_hash)


@blueprint.get("/<number>/verification")
@blueprint.doc(operationId="verifyCertificate", summary="凭编号和核验码核验决定书")
@blueprint.refuses("invalid_request")
@limits.at_most(limits.GUESSES, per="address")
@blueprint.arguments(CodeForm, location="query")
@blueprint.response(200, CertificateVerification)
def verify(given: dict[str, Any], number: str) -> dict[str, Any]:
    """Say what a certificate is worth; a wrong number and a wrong code look alike."""
    with Reading() as session:
        return _judged(proof.verify(session, number, given["code"]))


@verifications.post("")
@verifications.doc(operationId="verifyCertificateFile", summary="凭文件的 SHA-256 核验决定书")
@verifications.refuses("bad_json", "unsupported_media_type", "too_large", "invalid_request")
@limits.at_most(limits.GUESSES, per="address")
@verifications.arguments(HashForm)
@verifications.response(200, CertificateVerification)
def verify_file(form: dict[str, Any]) -> dict[str, Any]:
    """Say whether a file is one that we made, unchanged, and what it is worth."""
    with Reading() as session:
        return _judged(proof.of_file(session, form["sha256"]))


def _own(session: Any, caller: Caller, code: str) -> Certificate:  # noqa: ANN401 - core's session
    case: Case = case_access.of_applicant(session, code, receipts.applicant(caller))
    receipts.demand_fresh(caller, case)
    return of_own_case(session, case)


def _shown(held: Certificate) -> dict[str, Any]:
    same = ("number", "state", "document_no", "authority", "decided_on", "revoked_at", "size")
    code = privacy.show_code(held.verify_code)
    told = {name: getattr(held, name) for name in same}
    return told | {"verify_code": code, "sha256": held.pdf_hash}


def _judged(verdict: Verdict) -> dict[str, Any]:
    return vars(verdict) | {"sha256": verdict.pdf_hash, "verified_at": asking.current().now}
