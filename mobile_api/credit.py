"""Own credit (我的信用): what is on record about oneself, with the timeline of each record."""

from datetime import date
from typing import Any

import marshmallow as ma

from core import advice, dossier
from core.audit import purposes
from core.calendar import day
from core.db import Reading, Writing
from core.detail import TOLD
from core.disclosure import Viewer, ViewerKind
from core.lines import Line, Place, Wanted
from core.records import RecordState, Visibility
from core.subjects import SubjectKind, SubjectState
from core.timeline import Happening, Point
from mobile_api import asking, auth, own, paging, places, records, words
from mobile_api.auth import Caller, signed_in, stepped_up
from mobile_api.fields import Answer, Choice, Label, Moment
from mobile_api.paging import PageQuery
from mobile_api.records import USCC, Record, Told
from mobile_api.resource import Resource

blueprint = Resource("me/credit", description="我的信用：本人和本单位的信用记录")
blueprint.keep_private()


class CreditQuery(PageQuery):
    """Which part of the records is wanted."""


class TimelinePoint(Answer):
    """One thing that happened to a record, or is still to come."""

    what = Choice(Happening)
    what_label = Label("HAPPENINGS", of="what")
    day = ma.fields.Date(metadata={"description": "哪一天"})
    at = Moment(allow_none=True, metadata={"description": "时间；只知道日期时为 null"})
    state = Choice(RecordState, allow_none=True, metadata={"description": "变成什么状态"})
    state_label = Label("RECORD_STATES", of="state", allow_none=True)
    why = ma.fields.String(
        allow_none=True, metadata={"description": "状态变化的原因", "example": "公示期满"}
    )
    ahead = ma.fields.Boolean(metadata={"description": "是否还没有到"})


class OwnRecord(Record):
    """One record as its subject sees it, what the public may not see included."""

    state_label = Label("RECORD_STATES", of="state")
    version = ma.fields.Integer(metadata={"description": "第几版；更正一次加一"})
    seen_by = Choice(Visibility, metadata={"description": "现在谁可以看到"})
    seen_by_label = Label("VISIBILITIES", of="seen_by")
    department = ma.fields.String(metadata={"description": "数据来源单位"})
    facts = ma.fields.List(ma.fields.Nested(Told))
    legal_basis = ma.fields.String(
        allow_none=True, metadata={"description": "公示多久、何时可以修复，依据哪项规定"}
    )
    timeline = ma.fields.List(
        ma.fields.Nested(TimelinePoint), metadata={"description": "经过，从早到晚"}
    )


class _Page(Answer):
    """One page of one's records, newest decisions first."""

    items = ma.fields.List(ma.fields.Nested(OwnRecord))
    next_cursor = paging.next_cursor()
    as_of = Moment(metadata={"description": "查询时间"})


class OwnCredit(_Page):
    """What is on record about the person who asks."""

    name = ma.fields.String(metadata={"description": "姓名", "example": "示例某"})


class OwnOrganisationCredit(_Page):
    """What is on record about the organisation that the caller represents."""

    uscc = ma.fields.String(metadata=USCC)
    name = ma.fields.String(metadata={"description": "名称"})
    kind = Choice(SubjectKind)
    kind_label = Label("SUBJECT_KINDS", of="kind")
    state = Choice(SubjectState)
    state_label = Label("SUBJECT_STATES", of="state")


@blueprint.get("")
@blueprint.doc(operationId="getOwnCredit", summary="查看本人的信用记录", security=own.BEARER)
@blueprint.refuses(*own.REFUSALS, "bad_cursor", "invalid_request")
@stepped_up
@blueprint.tagged
@blueprint.arguments(CreditQuery, location="query")
@blueprint.response(200, OwnCredit)
def show(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """Show what is on record about oneself; that it was read is written down, too."""
    asked, wanted = asking.current(), _wanted(auth.person(caller), given)
    viewer = Viewer(ViewerKind.SUBJECT, wanted.subject_id)
    asker = purposes.own_file(caller.account_id)
    with Writing() as session:
        found = dossier.read(
            session, asked.parts.vault, viewer, wanted=wanted, asker=asker, now=asked.now
        )
    return {"name": found.person.name} | _page(wanted, found.lines, found.following)


@blueprint.get("/organisation")
@blueprint.doc(
    operationId="getOwnOrganisationCredit",
    summary="查看本单位的信用记录",
    security=own.BEARER,
)
@blueprint.refuses(*own.OF_ORGANISATION, "bad_cursor", "invalid_request")
@signed_in
@blueprint.tagged
@blueprint.arguments(CreditQuery, location="query")
@blueprint.response(200, OwnOrganisationCredit)
def show_organisation(caller: Caller, given: dict[str, Any]) -> dict[str, Any]:
    """Show what is on record about the organisation, also what the public may not see."""
    asked, wanted = asking.current(), _wanted(own.organisation(caller), given)
    with Reading() as session:
        found = dossier.of_entity(session, asked.parts.vault, wanted=wanted, now=asked.now)
    return vars(found) | _page(wanted, found.lines, found.following)


def _wanted(subject_id: int, given: dict[str, Any]) -> Wanted:
    place = places.read(_query(subject_id), given.get("cursor"))
    return Wanted(subject_id, given["limit"], Place(*place) if place else None)


def _query(subject_id: int) -> str:
    return f"own:{subject_id}"


def _page(wanted: Wanted, lines: Any, following: Place | None) -> dict[str, Any]:  # noqa: ANN401
    now = asking.current().now
    return {
        "items": [_shown(line, day(now)) for line in lines],
        "next_cursor": places.make(_query(wanted.subject_id), following),
        "as_of": now,
    }


def _shown(line: Line, today: date) -> dict[str, Any]:
    language = asking.current().language
    told = {name: line.facts[name] for name in TOLD if line.facts.get(name)}
    return vars(line) | {
        "published_on": day(line.published_at) if line.published_at else None,
        "mark": words.mark(line.state, language),
        "what_to_do": records.things_to_do(advice.of_own(line, today), line.repairable_from),
        "facts": records.said_facts(told, language),
        "legal_basis": records.legal_basis(line.rule),
        "timeline": [_point(point, today) for point in line.timeline],
    }


def _point(point: Point, today: date) -> dict[str, Any]:
    return vars(point) | {"ahead": point.day > today}
