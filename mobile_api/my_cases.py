"""One's own cases: all that was filed, how it stands, and what can be done about it."""

from typing import Any

import marshmallow as ma

from core import case_access, case_detail, privacy
from core.calendar import day
from core.case_detail import Detail, Told
from core.cases import Action, CaseEvent, CaseState
from core.db import Reading, Writing
from core.own_cases import Possible
from core.rules.reasons import worded
from mobile_api import asking, etags, evidence, filing, paging, receipts, words
from mobile_api.auth import Caller, signed_in
from mobile_api.evidence import EvidenceFile
from mobile_api.fields import Answer, CaseStateLabel, Choice, Label, Moment
from mobile_api.paging import PageQuery
from mobile_api.receipts import CODE, OwnCase
from mobile_api.resource import Resource

blueprint = Resource("me/cases", description="我的办件：异议、信用修复、投诉")
blueprint.keep_private()

_OUTCOMES = frozenset(
    {
        *(CaseState.NOT_ACCEPTED, CaseState.UPHELD, CaseState.REFUSED),
        *(CaseState.APPLIED, CaseState.REVOKED),
    }
)


class CasesQuery(PageQuery):
    """Which part of the list is wanted."""


class CasePage(Answer):
    """One page of one's own cases, the newest first."""

    items = ma.fields.List(ma.fields.Nested(OwnCase))
    next_cursor = paging.next_cursor()


class CaseGround(Answer):
    """A code with its words."""

    code = ma.fields.String(metadata={"description": "代码", "example": "wrong"})
    label = ma.fields.String(metadata={"description": "说法", "example": "信息有错误"})


class CaseReason(CaseGround):
    """Why a step was taken, and what the applicant can do about it."""

    fix = ma.fields.String(
        allow_none=True,
        metadata={"description": "怎样改正、下一步做什么", "example": "请先履行完毕再申请。"},
    )


class CaseChoice(Answer):
    """One thing that the applicant can do now."""

    code = Choice(Possible)
    label = Label("POSSIBLE", of="code")


class CaseEntry(Answer):
    """One step of a case; `text` is what was said."""

    action = Choice(Action)
    action_label = Label("ACTIONS", of="action")
    state = Choice(CaseState)
    state_label = CaseStateLabel()
    by = ma.fields.String(
        validate=ma.validate.OneOf(("applicant", "staff", "system")),
        metadata={"description": "谁做的。今后可能增加，请容忍不认识的值", "example": "staff"},
    )
    by_label = Label("ACTORS", of="by")
    at = Moment(metadata={"description": "时间"})
    reasons = ma.fields.List(ma.fields.Nested(CaseReason), metadata={"description": "理由"})
    text = ma.fields.String(allow_none=True, metadata={"description": "说明"})


class CaseDetail(OwnCase):
    """A case in full, to its applicant."""

    grounds = ma.fields.List(ma.fields.Nested(CaseGround))
    statement = ma.fields.String(metadata={"description": "提交时的情况说明"})
    display_frozen = ma.fields.Boolean(
        metadata={"description": "申请人称记录不是自己的，核查期间这条记录暂停公示"}
    )
    promised_at = Moment(allow_none=True, metadata={"description": "何时作出信用承诺"})
    promise_version = ma.fields.String(
        allow_none=True, metadata={"description": "签署的是哪一版承诺", "example": "2025-11"}
    )
    promise = ma.fields.String(allow_none=True, metadata={"description": "签署的承诺全文"})
    timeline = ma.fields.List(ma.fields.Nested(CaseEntry), metadata={"description": "从早到晚"})
    evidence = ma.fields.List(ma.fields.Nested(EvidenceFile))
    outcome = ma.fields.Nested(
        CaseEntry, allow_none=True, metadata={"description": "结果和理由；还没有结果时为 null"}
    )
    possible = ma.fields.List(
        ma.fields.Nested(CaseChoice), metadata={"description": "现在还可以做什么"}
    )
    review_until = ma.fields.Date(
        allow_none=True, metadata={"description": "最晚哪天可以申请复核；不能复核时为 null"}
    )
    review = ma.fields.String(allow_none=True, metadata=CODE | {"description": "复核的受理编号"})
    review_of = ma.fields.String(
        allow_none=True, metadata=CODE | {"description": "这是对哪件的复核"}
    )


@blueprint.get("")
@blueprint.doc(operationId="listMyCases", summary="我的办件", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "bad_cursor", "invalid_request")
@signed_in
@blueprint.tagged
@blueprint.arguments(CasesQuery, location="query")
@blueprint.response(200, CasePage)
def list_cases(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """List one's own cases."""
    page = paging.wanted(f"cases:{caller.account_id}", given)
    with Reading() as session:
        found = case_access.listing(
            session, receipts.applicant(caller), limit=page.and_one, before=page.after
        )
        shown = [receipts.own(session, case) for case in found[: page.limit]]
    return {"items": shown, "next_cursor": page.following(found)}


@blueprint.get("/<code>")
@blueprint.doc(operationId="getMyCase", summary="查看一件办件", security=[{"bearer": []}])
@blueprint.refuses("unauthorised", "step_up_required", "case_not_found")
@signed_in
@blueprint.tagged
@blueprint.response(200, CaseDetail)
def show(caller: Caller, code: str) -> dict[str, Any]:
    """Show a case with its history, its files and its outcome, to who filed it."""
    with Writing() as session:
        return detail(session, caller, code)


def detail(session: Any, caller: Caller, code: str) -> dict[str, Any]:  # noqa: ANN401 - core's
    """Read a case in full, as its applicant sees it."""
    who, now = receipts.applicant(caller), asking.current().now
    found = case_detail.read(session, who, code, office=filing.office(), now=now)
    receipts.demand_fresh(caller, found.case)
    etags.of_version(found.case.version)
    steps = [_step(found, told) for told in found.steps]
    ended = [step for step in steps if step["state"] in _OUTCOMES]
    return receipts.own(session, found.case) | {
        "grounds": _grounds(found),
        "statement": found.statement,
        "display_frozen": found.is_frozen,
        "promised_at": found.case.promised_at,
        "promise_version": found.case.promise_version,
        "promise": _promise(found),
        "timeline": steps,
        "evidence": [evidence.shown(one) for one in found.evidence],
        "outcome": _outcome(ended),
        "possible": [{"code": one} for one in found.possible],
        "review_until": found.review_until,
        "review": found.review and privacy.show_code(found.review.receipt_code),
        "review_of": found.first and privacy.show_code(found.first.receipt_code),
    }


def _grounds(found: Detail) -> list[dict[str, str]]:
    language = asking.current().language
    return [
        {"code": code, "label": words.label("GROUNDS", code, language)}
        for code in found.case.grounds.split(",")
    ]


def _reasons(event: CaseEvent) -> list[dict[str, str | None]]:
    """Say why, in the words of that day; of a code without any the text beside it says it."""
    asked = asking.current()
    found = []
    for code in event.reasons.split(",") if event.reasons else ():
        row = worded(asked.parts.rules.reasons, code, day(event.at))
        label, fix = row.said(asked.language) if row else (words.other(asked.language), None)
        found.append({"code": code, "label": label, "fix": fix})
    return found


def _outcome(ended: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Say how it ended; what was said of a decision stands for carrying it out, too."""
    if not ended:
        return None
    said = next((step["text"] for step in reversed(ended) if step["text"]), None)
    return ended[-1] | {"text": said}


def _promise(found: Detail) -> str | None:
    version = found.case.promise_version
    return words.promise(version, asking.current().language) if version else None


def _step(found: Detail, told: Told) -> dict[str, Any]:
    event = told.event
    role = event.who.partition(":")[0]
    by = role if role in ("applicant", "staff") else "system"
    return {
        "kind": found.case.kind,
        "action": event.action or Action.MOVED,
        "state": event.state,
        "by": by,
        "at": event.at,
        "reasons": _reasons(event),
        "text": told.text,
    }
