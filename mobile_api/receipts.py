"""Receipts: a case as whoever holds its code may see it, and as its applicant may."""

import json
from collections.abc import Callable
from typing import Any

import marshmallow as ma

from core import case_access, departments, idempotency, privacy
from core.cases import Case, CaseKind, CaseState, Holder
from core.casework import lapsing
from core.db import Reading, Writing
from core.eligibility import Applicant
from mobile_api import asking, auth, words
from mobile_api.auth import Caller
from mobile_api.fields import Answer, CaseStateLabel, Choice, Label, Moment

REFUSALS = (
    *("unauthorised", "step_up_required", "record_not_found", "already_open", "daily_limit"),
    *("evidence_not_found", "evidence_attached", "evidence_unfit"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
LOCATION = {"Location": {"description": "办件的查询地址", "schema": {"type": "string"}}}
CODE = {"description": "受理编号", "example": "7KQ2-M9XD-4TBV-W8RE"}


class CaseProgress(Answer):
    """Where a case stands, whose turn it is and by when; nothing of who filed it, what and why."""

    receipt_code = ma.fields.String(metadata=CODE)
    state = Choice(CaseState)
    state_label = CaseStateLabel()
    holder = ma.fields.String(
        allow_none=True, metadata={"description": "现在由谁办理；办结后为 null"}
    )
    holder_role = Choice(Holder, allow_none=True)
    holder_role_label = Label("HOLDERS", of="holder_role", allow_none=True)
    due = ma.fields.String(
        allow_none=True, metadata={"description": "下一步", "example": "核查并作出决定"}
    )
    due_on = ma.fields.Date(allow_none=True, metadata={"description": "最晚在哪天"})
    due_provisional = ma.fields.Boolean(
        metadata={"description": "跨入还没有官方放假安排的年份，这个日期是暂定的"}
    )
    then = ma.fields.String(
        allow_none=True,
        metadata={"description": "到期以后怎样", "example": "到期没有补充的，按已有材料继续办理"},
    )


class OwnCase(CaseProgress):
    """A case as its applicant sees it in a list."""

    kind = Choice(CaseKind)
    kind_label = Label("CASE_KINDS", of="kind")
    record_id = ma.fields.String(allow_none=True, metadata={"description": "关于哪条记录"})
    is_review = ma.fields.Boolean(metadata={"description": "是不是复核"})
    opened_at = Moment(metadata={"description": "提交时间"})
    changed_at = Moment(metadata={"description": "最近一次变化的时间"})


def applicant(caller: Caller) -> Applicant:
    """Return a caller as core knows one."""
    return Applicant(caller.account_id, caller.organisation, caller.subject_id)


def file(
    caller: Caller, filing: Callable[[Any, Applicant], Case]
) -> tuple[dict[str, Any], dict[str, str]]:
    """File as this caller; return the receipt and where to read on."""
    with Writing() as session:
        case = filing(session, applicant(caller))
        demand_fresh(caller, case)
        shown = own(session, case)
    return shown, {"Location": f"/api/v1/me/cases/{shown['receipt_code']}"}


def judge_again(answer: idempotency.Answer, caller: Caller, **_: str) -> None:
    """Judge anew whether a caller may be told again of the case that they filed or moved."""
    code = json.loads(answer.body)["receipt_code"]
    with Reading() as session:
        case = case_access.of_applicant(session, code, applicant(caller))
    demand_fresh(caller, case)


def demand_fresh(caller: Caller, case: Case) -> None:
    """Open a case about a natural person to who has just proved to be that person, and no token."""
    if caller.subject_id is not None and case.subject_id == caller.subject_id:
        auth.fresh(caller)


def own(session: Any, case: Case) -> dict[str, Any]:  # noqa: ANN401 - core's session
    """Show a case to its applicant."""
    return progress(session, case) | {
        "record_id": case.record_id,
        "is_review": case.review_of_id is not None,
        "opened_at": case.opened_at,
        "changed_at": case.changed_at or case.opened_at,
    }


def progress(session: Any, case: Case) -> dict[str, Any]:  # noqa: ANN401
    """Show where a case stands."""
    language, after = asking.current().language, lapsing.after(case)
    return {
        "receipt_code": privacy.show_code(case.receipt_code),
        "kind": case.kind,
        "state": case.state,
        "holder": words.case_holder(case, departments.name(session, case.holder_id), language),
        "holder_role": case.holder,
        "due": case.clock and words.label("DUE", case.clock, language),
        "due_on": case.due_on,
        "due_provisional": bool(case.due_provisional),
        "then": words.label("THEN", after, language) if after else None,
    }
