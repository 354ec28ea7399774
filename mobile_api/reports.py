"""Credit reports (信用报告): asked for, fetched by whoever asked, verified by anybody."""

import base64
from typing import Any

import marshmallow as ma
from flask import Response, make_response

from core import privacy
from core.calendar import day
from core.db import Reading, Writing
from core.reports import ledger, personal, proof
from core.reports.errors import ReportNotFoundError
from core.reports.ledger import Purpose, Report, ReportState
from core.reports.proof import Standing, Verdict
from mobile_api import asking, auth, entities, limits, operations, own
from mobile_api.auth import Caller, signed_in, stepped_up
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Sha256, Text
from mobile_api.once import once
from mobile_api.operations import Operation
from mobile_api.resource import Resource

blueprint = Resource("reports", description="信用报告")
blueprint.keep_private()
of_oneself = Resource("me/reports", description="本人的信用报告")
of_oneself.keep_private()
verifications = Resource("report-verifications", description="核验信用报告的文件")

_NUMBER = {"description": "报告编号", "example": "2026112309150047QX3ZKD1M"}
OF_FILE = {
    "ETag": {"description": "文件的 SHA-256", "schema": {"type": "string"}},
    "Repr-Digest": {"description": "文件的 SHA-256（RFC 9530）", "schema": {"type": "string"}},
}
_FLOODS = (
    *("report_in_the_making", "too_many_reports"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
_REFUSALS = ("unauthorised", "report_not_found")


class ReportForm(Question):
    """What the app sends to ask for a report."""

    purpose = Choice(Purpose, required=True, metadata={"description": "用途，写在报告上"})


class CreditReport(Answer):
    """A report as whoever asked for it sees it; what is null comes once it is made."""

    report_no = ma.fields.String(metadata=_NUMBER)
    state = Choice(ReportState)
    state_label = Label("REPORT_STATES", of="state")
    purpose = Choice(Purpose)
    purpose_label = Label("REPORT_PURPOSES", of="purpose")
    requested_at = Moment(metadata={"description": "申请时间"})
    as_of = Moment(allow_none=True, metadata={"description": "信息截至"})
    valid_until = ma.fields.Date(allow_none=True, metadata={"description": "有效期的最后一天"})
    verify_code = ma.fields.String(
        allow_none=True, metadata={"description": "核验码，可以告诉要核验报告的人"}
    )
    size = ma.fields.Integer(allow_none=True, metadata={"description": "文件的字节数"})
    sha256 = ma.fields.String(allow_none=True, metadata={"description": "文件的 SHA-256"})


class CodeForm(Question):
    """By what a report is verified."""

    code = Text(1, 40, required=True, metadata={"description": "核验码，连字符和大小写不限"})


class HashForm(Question):
    """By what a file is verified."""

    sha256 = Sha256(required=True)


class ReportVerification(Answer):
    """What a report is worth today; of an unknown one all the rest is null."""

    standing = Choice(Standing)
    standing_label = Label("REPORT_STANDINGS", of="standing")
    report_no = ma.fields.String(allow_none=True, metadata=_NUMBER)
    name = ma.fields.String(allow_none=True, metadata={"description": "主体名称"})
    uscc = ma.fields.String(allow_none=True, metadata={"description": "统一社会信用代码"})
    as_of = Moment(allow_none=True, metadata={"description": "信息截至"})
    valid_until = ma.fields.Date(allow_none=True, metadata={"description": "有效期的最后一天"})
    sha256 = ma.fields.String(allow_none=True, metadata={"description": "文件的 SHA-256"})
    verified_at = Moment(metadata={"description": "核验时间"})


@entities.blueprint.post("/<uscc>/reports")
@entities.blueprint.doc(
    operationId="requestReport", summary="申请一份信用报告", security=own.BEARER
)
@entities.blueprint.refuses("unauthorised", "entity_not_found", "citizen_id_refused", *_FLOODS)
@signed_in
@once
@entities.blueprint.arguments(ReportForm)
@entities.blueprint.response(202, Operation, headers=operations.HEADERS)
def ask(caller: Caller, form: dict[str, Any], uscc: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Ask for a report; it is made within seconds, and the operation says where it is."""
    now, asker = asking.current().now, caller.account_id
    with Writing() as session:
        report = ledger.request(session, uscc, form["purpose"], account_id=asker, now=now)
        return operations.accepted(ledger.operation(session, report))


@of_oneself.post("")
@of_oneself.doc(operationId="requestOwnReport", summary="申请本人的信用报告", security=own.BEARER)
@of_oneself.refuses(*own.REFUSALS, *_FLOODS)
@stepped_up
@once
@of_oneself.arguments(ReportForm)
@of_oneself.response(202, Operation, headers=operations.HEADERS)
def ask_own(caller: Caller, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Ask for a report about oneself; reading what it tells is written down when it is made."""
    asked, subject_id = asking.current(), auth.person(caller)
    given = {"purpose": form["purpose"], "account_id": caller.account_id}
    with Writing() as session:
        report = ledger.request_own(session, asked.parts.vault, subject_id, **given, now=asked.now)
        return operations.accepted(ledger.operation(session, report))


@blueprint.get("/<report_no>")
@blueprint.doc(operationId="getReport", summary="查看申请的报告", security=own.BEARER)
@blueprint.refuses(*_REFUSALS)
@signed_in
@blueprint.tagged
@blueprint.response(200, CreditReport)
def show(caller: Caller, report_no: str) -> dict[str, Any]:
    """Show how far a report is, to whoever asked for it."""
    return _shown(_own(caller, report_no))


@blueprint.get("/<report_no>/file")
@blueprint.doc(operationId="getReportFile", summary="下载申请的报告", security=own.BEARER)
@blueprint.refuses(
    *(*_REFUSALS, "step_up_required"),
    *("report_not_ready", "report_recalled", "report_damaged"),
)
@blueprint.alt_response(
    200,
    content_type="application/pdf",
    schema={"type": "string", "format": "binary"},
    description="报告的文件（PDF）",
    headers=OF_FILE,
    success=True,
)
@signed_in
def download(caller: Caller, report_no: str) -> Response:
    """Give the file to whoever asked for it: exactly the one that was made.

    One about oneself asks for a step-up, and that it was read is written down.
    """
    report = _own(caller, report_no)
    now, parts = asking.current().now, asking.current().parts

    def whose() -> int | None:
        return auth.fresh(caller).subject_id

    with Writing() as session:
        pdf_hash, secret = personal.read(session, parts.vault, report, whose=whose, now=now)
    pdf = parts.shelf.read(report.file_key, pdf_hash, secret)
    return as_file(pdf, f"credit-report-{report.report_no}.pdf", pdf_hash)


@blueprint.get("/<report_no>/verification")
@blueprint.doc(operationId="verifyReport", summary="凭编号和核验码核验报告")
@blueprint.refuses("invalid_request")
@limits.at_most(limits.GUESSES, per="address")
@blueprint.arguments(CodeForm, location="query")
@blueprint.response(200, ReportVerification)
def verify(given: dict[str, Any], report_no: str) -> dict[str, Any]:
    """Say what a report is worth; a wrong number and a wrong code look alike."""
    now = asking.current().now
    with Reading() as session:
        return _judged(proof.verify(session, report_no, given["code"], today=day(now)))


@verifications.post("")
@verifications.doc(operationId="verifyReportFile", summary="凭文件的 SHA-256 核验报告")
@verifications.refuses("bad_json", "unsupported_media_type", "too_large", "invalid_request")
@limits.at_most(limits.GUESSES, per="address")
@verifications.arguments(HashForm)
@verifications.response(200, ReportVerification)
def verify_file(form: dict[str, Any]) -> dict[str, Any]:
    """Say whether a file is one that we made, unchanged, and what it is worth."""
    now = asking.current().now
    with Reading() as session:
        return _judged(proof.of_file(session, form["sha256"], today=day(now)))


def _own(caller: Caller, report_no: str) -> Report:
    with Reading() as session:
        return ledger.of_account(session, report_no, caller.account_id)


def _is_oneself(caller: Caller, report: Report) -> None:
    if caller.subject_id != report.subject_id:
        raise ReportNotFoundError


def as_file(pdf: bytes, name: str, sha256: str) -> Response:
    """Return a file of ours, with its hash."""
    response = make_response(pdf)
    response.mimetype = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    response.headers["Repr-Digest"] = f"sha-256=:{digest}:"  # RFC 9530
    response.set_etag(sha256)
    return response


def _shown(report: Report) -> dict[str, Any]:
    is_made = report.pdf_hash is not None
    return {
        "report_no": report.report_no,
        "state": report.state,
        "purpose": report.purpose,
        "requested_at": report.requested_at,
        "as_of": report.as_of if is_made else None,
        "valid_until": report.valid_until if is_made else None,
        "verify_code": privacy.show_code(report.verify_code) if is_made else None,
        "size": report.size,
        "sha256": report.pdf_hash,
    }


def _judged(verdict: Verdict) -> dict[str, Any]:
    return vars(verdict) | {"sha256": verdict.pdf_hash, "verified_at": asking.current().now}
