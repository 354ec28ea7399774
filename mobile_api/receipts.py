"""Receipts: a case as whoever holds its code may see it."""

from collections.abc import Callable
from typing import Any

import marshmallow as ma

from core import cases, privacy
from core.applying import Applicant
from core.cases import Case, CaseKind, CaseState
from core.db import Writing
from core.departments import Department
from mobile_api.auth import Caller
from mobile_api.fields import Answer, CaseStateLabel, Choice, Label, Moment

REFUSALS = (
    *("unauthorised", "record_not_found", "not_entitled", "already_open"),
    *("bad_json", "unsupported_media_type", "too_large", "invalid_request"),
)
LOCATION = {"Location": {"description": "受理编号的查询地址", "schema": {"type": "string"}}}


class CaseStep(Answer):
    """One step of a case."""

    state = Choice(CaseState)
    state_label = CaseStateLabel()
    at = Moment(metadata={"description": "时间"})


class CaseReceipt(Answer):
    """A case: what it is, where it stands, who holds it; nothing of who filed it or why."""

    receipt_code = ma.fields.String(
        metadata={"description": "受理编号", "example": "7KQ2-M9XD-4TBV-W8RE"}
    )
    kind = Choice(CaseKind)
    kind_label = Label("CASE_KINDS", of="kind")
    state = Choice(CaseState)
    state_label = CaseStateLabel()
    holder = ma.fields.String(metadata={"description": "办理部门"})
    opened_at = Moment(metadata={"description": "受理时间"})
    steps = ma.fields.List(ma.fields.Nested(CaseStep))


def file(
    caller: Caller, filing: Callable[[Any, Applicant], Case]
) -> tuple[dict[str, Any], dict[str, str]]:
    """File as this caller; return the receipt and where to read on."""
    with Writing() as session:
        case = filing(session, Applicant(caller.account_id, caller.organisation))
        holder = session.get_one(Department, case.holder_id)
        receipt = of(case, holder, cases.steps(session, case.id))
    return receipt, {"Location": f"/api/v1/cases/{receipt['receipt_code']}"}


def of(case: Case, holder: Department, steps: list[cases.CaseEvent]) -> dict[str, Any]:
    """Show a case."""
    return {
        "receipt_code": privacy.show_code(case.receipt_code),
        "kind": case.kind,
        "state": case.state,
        "holder": holder.name,
        "opened_at": case.opened_at,
        "steps": [{"kind": case.kind, "state": step.state, "at": step.at} for step in steps],
    }
