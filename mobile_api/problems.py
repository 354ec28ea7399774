"""Problems (RFC 9457): every refusal and failure as this door words it."""

import traceback
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from math import ceil
from typing import Any

import structlog
from flask import Blueprint, Response, jsonify
from werkzeug.exceptions import HTTPException, default_exceptions

from core.errors import CreditError
from mobile_api import asking, faults, words
from mobile_api.faults import Fault

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "5"
STATUS = {
    "not_published": HTTPStatus.CONFLICT,
    "promise_outdated": HTTPStatus.CONFLICT,
    "certificate_not_found": HTTPStatus.NOT_FOUND,
    "certificate_not_ready": HTTPStatus.CONFLICT,
    "certificate_revoked": HTTPStatus.GONE,
    "promise_missing": HTTPStatus.UNPROCESSABLE_ENTITY,
    "department_not_found": HTTPStatus.NOT_FOUND,
    "too_many_cases": HTTPStatus.CONFLICT,
    "case_closed": HTTPStatus.CONFLICT,
    "not_reviewable": HTTPStatus.CONFLICT,
    "already_reviewed": HTTPStatus.CONFLICT,
    "review_too_late": HTTPStatus.CONFLICT,
    "not_resubmittable": HTTPStatus.CONFLICT,
    "evidence_not_found": HTTPStatus.NOT_FOUND,
    "evidence_attached": HTTPStatus.CONFLICT,
    "evidence_unfit": HTTPStatus.CONFLICT,
    "evidence_empty": HTTPStatus.UNPROCESSABLE_ENTITY,
    "evidence_too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "evidence_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "too_much_evidence": HTTPStatus.CONFLICT,
    "evidence_not_ready": HTTPStatus.CONFLICT,
    "evidence_damaged": HTTPStatus.GONE,
    "entity_not_found": HTTPStatus.NOT_FOUND,
    "record_not_found": HTTPStatus.NOT_FOUND,
    "citizen_id_refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "query_too_short": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_entitled": HTTPStatus.FORBIDDEN,
    "already_open": HTTPStatus.CONFLICT,
    "repair_too_early": HTTPStatus.UNPROCESSABLE_ENTITY,
    "not_repairable": HTTPStatus.UNPROCESSABLE_ENTITY,
    "case_not_found": HTTPStatus.NOT_FOUND,
    "idempotency_running": HTTPStatus.CONFLICT,
    "idempotency_reused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "idempotency_key_missing": HTTPStatus.BAD_REQUEST,
    "idempotency_key_invalid": HTTPStatus.BAD_REQUEST,
    "batch_not_found": HTTPStatus.NOT_FOUND,
    "list_not_found": HTTPStatus.NOT_FOUND,
    "dictionary_not_found": HTTPStatus.NOT_FOUND,
    "article_not_found": HTTPStatus.NOT_FOUND,
    "release_not_found": HTTPStatus.NOT_FOUND,
    "message_not_found": HTTPStatus.NOT_FOUND,
    "not_followed": HTTPStatus.CONFLICT,
    "too_many_follows": HTTPStatus.CONFLICT,
    "report_not_found": HTTPStatus.NOT_FOUND,
    "report_in_the_making": HTTPStatus.CONFLICT,
    "too_many_reports": HTTPStatus.TOO_MANY_REQUESTS,
    "report_not_ready": HTTPStatus.CONFLICT,
    "report_recalled": HTTPStatus.GONE,
    "report_damaged": HTTPStatus.GONE,
    "not_a_code": HTTPStatus.UNPROCESSABLE_ENTITY,
    "institution_not_found": HTTPStatus.NOT_FOUND,
    "institution_known": HTTPStatus.CONFLICT,
    "key_not_found": HTTPStatus.NOT_FOUND,
    "check_not_found": HTTPStatus.NOT_FOUND,
    "file_unreadable": HTTPStatus.UNPROCESSABLE_ENTITY,
    "batch_too_long": HTTPStatus.UNPROCESSABLE_ENTITY,
    "too_many_batches": HTTPStatus.CONFLICT,
    "daily_limit": HTTPStatus.TOO_MANY_REQUESTS,
    "check_not_ready": HTTPStatus.CONFLICT,
    "authorisation_not_found": HTTPStatus.NOT_FOUND,
    "authorisation_term": HTTPStatus.UNPROCESSABLE_ENTITY,
    "too_many_authorisations": HTTPStatus.CONFLICT,
    "real_name_required": HTTPStatus.FORBIDDEN,
    "link_code_invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
    "already_linked": HTTPStatus.CONFLICT,
    "bad_api_key": HTTPStatus.UNAUTHORIZED,
    "scope_missing": HTTPStatus.FORBIDDEN,
    "sign_in_not_found": HTTPStatus.NOT_FOUND,
    "verified_elsewhere": HTTPStatus.CONFLICT,
    "another_person": HTTPStatus.CONFLICT,
    "operation_not_found": HTTPStatus.NOT_FOUND,
    "operation_failed": HTTPStatus.CONFLICT,
    "share_not_found": HTTPStatus.NOT_FOUND,
    "share_not_valid": HTTPStatus.NOT_FOUND,
    "too_many_shares": HTTPStatus.CONFLICT,
    "too_many_codes": HTTPStatus.TOO_MANY_REQUESTS,
    "sms_not_offered": HTTPStatus.CONFLICT,
    "kind_twice": HTTPStatus.CONFLICT,
    "quiet_hours_half": HTTPStatus.CONFLICT,
    "place_unknown": HTTPStatus.CONFLICT,
    "no_phone": HTTPStatus.CONFLICT,
    "phone_taken": HTTPStatus.CONFLICT,
    "step_up_by_identity": HTTPStatus.CONFLICT,
    "open_cases": HTTPStatus.CONFLICT,
    "consent_outdated": HTTPStatus.CONFLICT,
    "no_consent": HTTPStatus.CONFLICT,
    "code_refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "wechat_code_refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "wechat_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "sign_in_over": HTTPStatus.UNAUTHORIZED,
    "unauthorised": HTTPStatus.UNAUTHORIZED,
    "step_up_required": HTTPStatus.FORBIDDEN,
    "verification_not_found": HTTPStatus.NOT_FOUND,
    "identity_unusable": HTTPStatus.UNPROCESSABLE_ENTITY,
    "minor": HTTPStatus.FORBIDDEN,
    "identity_refused": HTTPStatus.UNPROCESSABLE_ENTITY,
    "identity_unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "bad_cursor": HTTPStatus.UNPROCESSABLE_ENTITY,
    "invalid_request": HTTPStatus.UNPROCESSABLE_ENTITY,
    "bad_json": HTTPStatus.BAD_REQUEST,
    "bad_request": HTTPStatus.BAD_REQUEST,
    "bad_header": HTTPStatus.BAD_REQUEST,
    "precondition_failed": HTTPStatus.PRECONDITION_FAILED,
    "app_too_old": HTTPStatus.UPGRADE_REQUIRED,
    "precondition_required": HTTPStatus.PRECONDITION_REQUIRED,
    "too_many_requests": HTTPStatus.TOO_MANY_REQUESTS,
    "not_found": HTTPStatus.NOT_FOUND,
    "method_not_allowed": HTTPStatus.METHOD_NOT_ALLOWED,
    "too_large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "unsupported_media_type": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
    "internal_error": HTTPStatus.INTERNAL_SERVER_ERROR,
}
_OF_HTTP = {
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid_request",
    500: "internal_error",
}


class DoorError(Exception):
    """A refusal of this door itself: its code, and what belongs to it.

    `faults` are places (the name of a header) with the names of what is wrong there; `facts` are
    further members of the problem.
    """

    def __init__(
        self,
        code: str,
        headers: Mapping[str, str] | None = None,
        *,
        faults: Iterable[tuple[str, str]] = (),
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers or {}
        self.faults = [Fault(*fault) for fault in faults]
        self.facts = facts or {}


def answer_for(blueprint: Blueprint) -> None:
    """Let whatever the views of a blueprint raise leave as a problem."""
    # By status, too: a handler of the whole application for one status would come before.
    for status in default_exceptions:
        blueprint.register_error_handler(status, http)
    blueprint.register_error_handler(CreditError, credit)
    blueprint.register_error_handler(DoorError, door)
    blueprint.register_error_handler(Exception, failed)


def credit(refusal: CreditError) -> Response:
    """Answer what core refused."""
    wait = refusal.wait
    return _answer(refusal.code, {"Retry-After": str(ceil(wait.total_seconds()))} if wait else {})


def door(refusal: DoorError) -> Response:
    """Answer what this door refused."""
    return _answer(refusal.code, refusal.headers, refusal.faults, facts=refusal.facts)


def http(error: HTTPException) -> Response:
    """Answer what the framework refused, keeping headers such as Allow and none of its English."""
    found = getattr(error, "data", {}).get("messages", {})
    kept = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return _answer(_OF_HTTP.get(error.code or 500, "bad_request"), kept, faults.flat(found))


def failed(error: Exception) -> Response:
    """Answer what nobody foresaw; the log names the error and its place, never a value."""
    where = [f"{at.filename}:{at.lineno}" for at in traceback.extract_tb(error.__traceback__)]
    facts = {"request_id": asking.current().request_id, "error": type(error).__name__}
    log = structlog.get_logger()
    if isinstance(error, asking.current().parts.away):
        log.warning("api_database_away", **facts)
        return _answer("unavailable", {"Retry-After": RETRY_AFTER})
    log.error("api_failed", **facts, where=where)
    return _answer("internal_error")


def example(code: str) -> dict[str, Any]:
    """Show a problem as the document does."""
    return _body(code, "zh", "6f0ebd8c43cf41999311954b86ba5110")


def _body(code: str, language: str, request_id: str) -> dict[str, Any]:
    return {
        "type": f"/problems/{code}",
        "title": words.title(code, language),
        "status": STATUS[code],
        "detail": words.detail(code, language),
        "instance": request_id,
        "code": code,
    }


def _answer(
    code: str,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[Fault] = (),
    *,
    facts: Mapping[str, Any] | None = None,
) -> Response:
    asked = asking.current()
    said = _body(code, asked.language, asked.request_id) | dict(facts or {})
    response = jsonify(said | ({"errors": faults.said(errors, asked.language)} if errors else {}))
    response.mimetype = MEDIA_TYPE
    response.status_code = STATUS[code]
    response.headers.update(headers or {})
    response.content_language.add(asked.language)
    return response
