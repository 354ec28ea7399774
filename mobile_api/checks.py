"""Checks (信用核查): an institution asks about an entity, and is told what the public may know."""

from datetime import date
from typing import Any

import marshmallow as ma

from core import identifiers
from core.audit import trail
from core.calendar import day
from core.checks import findings, ledger
from core.checks.ledger import Check, Order
from core.db import Reading, Writing
from core.institutions import CheckPurpose, Holder, Scope
from core.records import RecordKind, RecordState
from core.subjects import SubjectKind, SubjectState
from mobile_api import asking, keys, words
from mobile_api.fields import Answer, Choice, Label, Moment, Question, Text
from mobile_api.keys import with_key
from mobile_api.once import once
from mobile_api.records import USCC
from mobile_api.resource import Resource

blueprint = Resource("checks", description="信用核查：登记的机构凭接口密钥核查主体的公开信用信息")
blueprint.keep_private()

NUMBER = {"description": "核查编号", "example": "C2026112309150047QX3ZK"}
LOCATION = {"Location": {"description": "核查结果的查询地址", "schema": {"type": "string"}}}
FORM_REFUSALS = ("bad_json", "unsupported_media_type", "too_large", "invalid_request")


# What is told where nothing is.
NOTHING_TOLD: dict[str, Any] = {
    **dict.fromkeys(ledger.LISTINGS, ()),
    "subject": None,
    "serious_dishonesty": None,
    "counts": {},
}


def counts() -> ma.fields.Dict:
    """Return the field for how many records there are of each kind."""
    return ma.fields.Dict(
        keys=Choice(RecordKind),
        values=ma.fields.Integer(),
        metadata={"description": "各类公开记录的条数", "example": {"penalty": 2, "licence": 1}},
    )


class OrderForm(Question):
    """What every check must say: for what, on which legal basis."""

    purpose = Choice(CheckPurpose, required=True, metadata={"description": "用途"})
    legal_basis = Text(
        2,
        100,
        required=True,
        metadata={"description": "法律依据，写在审计记录里", "example": "《政府采购法》第二十二条"},
    )
    reference = Text(
        1,
        100,
        load_default=None,
        metadata={"description": "机构自己的编号，例如采购项目编号", "example": "KMZC-2026-015"},
    )

    @ma.validates("legal_basis")
    def is_law(self, value: str, **_: object) -> None:
        """Refuse a text that cannot stand in the trail."""
        if not trail.is_law(value):
            raise ma.ValidationError("law")

    @ma.validates("reference")
    def names_nobody(self, value: str | None, **_: object) -> None:
        """Refuse a citizen's number."""
        if value and identifiers.holds_citizen_id(value):
            raise ma.ValidationError("citizen_id")


class CheckForm(OrderForm):
    """What an institution sends to check one entity."""

    subject = Text(1, 40, required=True, metadata=USCC)


class CheckedSubject(Answer):
    """Who is registered under the code."""

    uscc = ma.fields.String(metadata=USCC)
    name = ma.fields.String(metadata={"description": "登记名称"})
    kind = Choice(SubjectKind)
    kind_label = Label("SUBJECT_KINDS", of="kind")
    state = Choice(SubjectState)
    state_label = Label("SUBJECT_STATES", of="state")
    district = ma.fields.String(metadata={"description": "登记机关行政区划代码"})


class CheckedListing(Answer):
    """One listing that is public."""

    id = ma.fields.String(metadata={"description": "记录编号", "example": "1024"})
    kind = Choice(RecordKind)
    kind_label = Label("RECORD_KINDS", of="kind")
    list_kind = ma.fields.String(allow_none=True, metadata={"description": "名单代码"})
    title = ma.fields.String(metadata={"description": "名单名称或事项"})
    state = Choice(RecordState)
    state_label = Label("RECORD_STATES", of="state")
    mark = ma.fields.String(allow_none=True, metadata={"description": "标注"})
    authority = ma.fields.String(metadata={"description": "认定单位"})
    document_no = ma.fields.String(metadata={"description": "文书号"})
    event_date = ma.fields.Date(metadata={"description": "列入日期"})
    ends_on = ma.fields.Date(allow_none=True, metadata={"description": "公示的最后一天"})


class CheckHead(Answer):
    """What every check bears."""

    check_no = ma.fields.String(metadata=NUMBER)
    purpose = Choice(CheckPurpose)
    purpose_label = Label("CHECK_PURPOSES", of="purpose")
    legal_basis = ma.fields.String(metadata={"description": "法律依据"})
    reference = ma.fields.String(allow_none=True, metadata={"description": "机构自己的编号"})
    as_of = Moment(metadata={"description": "信息截至"})
    sha256 = ma.fields.String(metadata={"description": "核查结果的散列，连同编号可以核验"})
    limits = ma.fields.List(ma.fields.String(), metadata={"description": "这份结果不说明什么"})


class EntityCheck(CheckHead):
    """The answer about one entity. Of a listing that is no longer public nothing is shown."""

    uscc = ma.fields.String(metadata=USCC)
    found = ma.fields.Boolean(metadata={"description": "这个代码有没有登记的主体"})
    subject = ma.fields.Nested(CheckedSubject, allow_none=True)
    serious_dishonesty = ma.fields.Boolean(
        allow_none=True,
        metadata={
            "description": "核查时是否在严重失信主体名单上（含失信被执行人）；"
            "此后已有变化的为 null，请重新核查"
        },
    )
    serious = ma.fields.List(
        ma.fields.Nested(CheckedListing), metadata={"description": "严重失信主体名单上的记录"}
    )
    others = ma.fields.List(
        ma.fields.Nested(CheckedListing),
        metadata={"description": "程度较轻的失信名单和经营异常名录上的记录"},
    )
    red = ma.fields.List(ma.fields.Nested(CheckedListing), metadata={"description": "守信名单"})
    counts = counts()
    still_holds = ma.fields.Boolean(
        metadata={"description": "所列记录是否都仍在公示；为 false 时请重新核查"}
    )


@blueprint.post("")
@blueprint.doc(operationId="checkEntity", summary="核查一个主体", security=keys.SECURITY)
@blueprint.refuses(*keys.REFUSALS, "not_a_code", "citizen_id_refused", *FORM_REFUSALS)
@with_key(Scope.CHECK_ENTITIES)
@once
@blueprint.arguments(CheckForm)
@blueprint.response(201, EntityCheck, headers=LOCATION)
def check(holder: Holder, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Check an entity. A code that nobody bears is an answer, too."""
    asked, uscc = asking.current(), form.pop("subject")
    with Writing() as session:
        order = Order(holder, **form)
        made = ledger.check(session, asked.parts.rules, order, uscc=uscc, now=asked.now)
        shown = _shown(made, set(ledger.record_ids(made.told)))
    return shown, {"Location": f"/api/v1/checks/{made.check_no}"}


@blueprint.get("/<check_no>")
@blueprint.doc(operationId="getCheck", summary="查看本机构的一次核查", security=keys.SECURITY)
@blueprint.refuses(*keys.REFUSALS, "check_not_found")
@with_key(Scope.CHECK_ENTITIES)
@blueprint.tagged
@blueprint.response(200, EntityCheck)
def show(holder: Holder, check_no: str) -> dict[str, Any]:
    """Show a check again, without the records that are no longer public."""
    today = day(asking.current().now)
    with Reading() as session:
        made = ledger.of_institution(session, check_no, holder.id)
        ids = set(ledger.record_ids(made.told))
        public = findings.still_public(session, ids, today=today)
    return _shown(made, public)


def said() -> dict[str, Any]:
    """Return what every answer says of itself."""
    return {"limits": words.limits(asking.current().language)}


def told(facts: dict[str, Any], public: set[int] | None = None) -> dict[str, Any]:
    """Return what was told as an answer holds it; with `public`, only listings among these."""
    subject = facts["subject"] and facts["subject"] | {
        "kind": SubjectKind(facts["subject"]["kind"]),
        "state": SubjectState(facts["subject"]["state"]),
    }
    listings = {
        name: [listing(one) for one in facts[name] if public is None or one["id"] in public]
        for name in ledger.LISTINGS
    }
    # What was answered stands beside its day. It is never worked out anew: it is so still, or null.
    changed = bool(facts["serious"]) and not listings["serious"]
    counts = facts["counts"] if public is None else _still(facts, public)
    return listings | {
        "subject": subject,
        "serious_dishonesty": None if changed else bool(facts["serious"]),
        "counts": {RecordKind(kind): total for kind, total in counts.items()},
    }


def _still(facts: dict[str, Any], public: set[int]) -> dict[str, int]:
    return {kind: len(public.intersection(ids)) for kind, ids in facts.get("ids", {}).items()}


def _shown(made: Check, public: set[int]) -> dict[str, Any]:
    shown = vars(made) | said() | told(made.told, public)
    holds = ledger.still_holds(made.told, public)
    return shown | {"found": shown["subject"] is not None, "still_holds": holds}


def listing(one: dict[str, Any]) -> dict[str, Any]:
    """Return a listing as an answer holds it."""
    ends = one["ends_on"]
    return one | {
        "kind": RecordKind(one["kind"]),
        "state": RecordState(one["state"]),
        "mark": words.mark(one["state"], asking.current().language),
        "event_date": date.fromisoformat(one["event_date"]),
        "ends_on": date.fromisoformat(ends) if ends else None,
    }
