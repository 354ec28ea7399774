"""Eligibility (能不能办): asked before the form is filled in, answered as filing will decide."""

from typing import Any

import marshmallow as ma

from core import eligibility, promises
from core.db import Writing
from core.eligibility import Need
from core.errors import RecordNotFoundError
from mobile_api import asking, receipts, records, words
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, Moment, read_id
from mobile_api.problems import DoorError

_PLACES = {"objection": ("app", "service_hall"), "repair": ("app", "service_hall", "upstream")}


class Why(Answer):
    """A code and what it means."""

    code = ma.fields.String(metadata={"description": "代码", "example": "repair_too_early"})
    text = ma.fields.String(metadata={"description": "说明"})


class Needed(Answer):
    """One thing to have at hand."""

    code = Choice(Need)
    text = ma.fields.String(metadata={"description": "说明"})


class MayApply(Answer):
    """Whether one may apply now; if not, `reasons` say why."""

    may = ma.fields.Boolean(metadata={"description": "现在能不能办"})
    reasons = ma.fields.List(ma.fields.Nested(Why), metadata={"description": "不能办的原因"})
    opens_on = ma.fields.Date(allow_none=True, metadata={"description": "最早哪天可以申请"})
    because = ma.fields.String(
        allow_none=True, metadata={"description": "为什么是那天，依据哪项规定"}
    )
    needs = ma.fields.List(ma.fields.Nested(Needed), metadata={"description": "需要什么"})
    promise = ma.fields.String(
        allow_none=True, metadata={"description": "要确认的信用承诺全文；异议不需要，为 null"}
    )
    promise_version = ma.fields.String(
        allow_none=True,
        metadata={"description": "承诺文本的版本，提交时原样带回", "example": "2025-11"},
    )
    places = ma.fields.List(ma.fields.Nested(Why), metadata={"description": "在哪里办"})
    working_days = ma.fields.Integer(metadata={"description": "多少个工作日内有结果"})
    answered_by = ma.fields.Date(metadata={"description": "今天提交的话，最晚哪天有结果"})
    provisional = ma.fields.Boolean(
        metadata={"description": "跨入还没有官方放假安排的年份，这个日期是暂定的"}
    )


class RecordEligibility(Answer):
    """What may be asked about a record of one's own."""

    record_id = ma.fields.String(metadata={"description": "记录编号", "example": "1024"})
    objection = ma.fields.Nested(MayApply)
    repair = ma.fields.Nested(MayApply)
    as_of = Moment(metadata={"description": "查询时间"})


blueprint = records.blueprint


@blueprint.get("/<record_id>/eligibility")
@blueprint.doc(
    operationId="getEligibility", summary="查看自己的记录能不能办", security=[{"bearer": []}]
)
@blueprint.refuses("unauthorised", "record_not_found", "not_entitled", "step_up_required")
@signed_in
@blueprint.response(200, RecordEligibility)
def show(caller: Caller, record_id: str) -> dict[str, Any]:
    """Say whether one may object to a record or ask for its repair, and what that takes."""
    asked = asking.current()
    number = read_id(record_id)
    if number is None:
        raise RecordNotFoundError
    who = receipts.applicant(caller)
    with Writing() as session:
        found = eligibility.of(session, who, number, rules=asked.parts.rules, now=asked.now)
        # What is on record about a person is shown to who has just proved to be that person.
        if found.record.subject_id == caller.subject_id and not caller.fresh:
            raise DoorError("step_up_required")
    because = records.legal_basis(found.record.rule)
    return {
        "record_id": number,
        "objection": _shown(found.objection, None),
        "repair": _shown(found.repair, because),
        "as_of": asked.now,
    }


def _shown(answer: eligibility.Answer, because: str | None) -> dict[str, Any]:
    language = asking.current().language
    by = answer.answered_by
    needs_promise = Need.PROMISE in answer.needs
    return vars(answer) | {
        "may": answer.may,
        "reasons": [
            {"code": code, "text": words.detail(code, language)} for code in answer.reasons
        ],
        "because": because and answer.opens_on and words.opens(answer.opens_on, because, language),
        "needs": [
            {"code": need, "text": words.label("NEEDS", need, language)} for need in answer.needs
        ],
        "promise": words.promise(promises.VERSION, language) if needs_promise else None,
        "promise_version": promises.VERSION if needs_promise else None,
        "places": [
            {"code": place, "text": words.label("PLACES", place, language)}
            for place in _PLACES[answer.kind]
        ],
        "answered_by": by.day,
        "provisional": by.provisional,
    }
