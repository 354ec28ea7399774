"""Departments (数据来源单位): who reports, who took over from whom, who keeps the clocks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import marshmallow as ma

from core import departments, scoreboard
from core.calendar import day
from core.db import Reading
from core.departments import Department, Level
from core.rules import Clock
from core.scoreboard import Asked, Line
from mobile_api import asking, paging
from mobile_api.fields import Answer, Choice, Day, Label, Moment, Question, Text
from mobile_api.paging import PageQuery
from mobile_api.resource import Resource

blueprint = Resource("departments", description="数据来源单位及其时限统计")

_LONGEST = 92  # a quarter of a year: more would keep others waiting


class DepartmentsQuery(PageQuery):
    """Which departments are wanted."""

    district = Text(6, 6, metadata={"description": "行政区划代码", "example": "530100"})
    limit = paging.limit(100, 50)


class NamedDepartment(Answer):
    """A department by its name."""

    id = ma.fields.String(metadata={"description": "编号", "example": "7"})
    name = ma.fields.String(metadata={"description": "名称"})


class OneDepartment(NamedDepartment):
    """One department."""

    uscc = ma.fields.String(allow_none=True, metadata={"description": "统一社会信用代码"})
    level = Choice(Level, allow_none=True)
    level_label = Label("LEVELS", of="level", allow_none=True)
    district = ma.fields.String(allow_none=True, metadata={"description": "行政区划代码"})
    successor = ma.fields.Nested(
        NamedDepartment, allow_none=True, metadata={"description": "机构改革后由谁接替"}
    )
    predecessors = ma.fields.List(
        ma.fields.Nested(NamedDepartment), metadata={"description": "接替了谁"}
    )


class DepartmentPage(Answer):
    """One page of departments."""

    items = ma.fields.List(ma.fields.Nested(OneDepartment))
    next_cursor = paging.next_cursor()


class Period(Question):
    """Decisions and objections of which days are counted."""

    since = Day(data_key="from", required=True, metadata={"description": "第一天"})
    until = Day(data_key="to", required=True, metadata={"description": "最后一天"})

    @ma.validates_schema
    def bounded(self, given: dict[str, Any], **_: object) -> None:
        """Refuse a period that ends before it begins or is longer than a quarter."""
        length = given["until"] - given["since"]
        if not timedelta(0) <= length < timedelta(days=_LONGEST):
            raise ma.ValidationError(f"period {_LONGEST}", "to")


class Score(NamedDepartment):
    """One department. A share is null while there is nothing to divide by."""

    received = ma.fields.Integer(metadata={"description": "这段时间作出、已经报送的许可和处罚"})
    in_time = ma.fields.Integer(metadata={"description": "其中在时限内报送的"})
    in_time_share = ma.fields.Float(allow_none=True, metadata={"description": "及时率，0 到 1"})
    objections = ma.fields.Integer(metadata={"description": "这段时间提出、已有结论的异议"})
    upheld = ma.fields.Integer(metadata={"description": "其中采纳的"})
    upheld_share = ma.fields.Float(allow_none=True, metadata={"description": "采纳率，0 到 1"})
    overdue = ma.fields.Integer(metadata={"description": "现在超过时限还没有办结的办件"})


class DepartmentScores(Answer):
    """The scoreboard, the most punctual first."""

    within_working_days = ma.fields.Integer(
        allow_none=True, metadata={"description": "报送时限（工作日）"}
    )
    provisional = ma.fields.Boolean(
        metadata={"description": "有的年份还没有官方放假安排，统计是暂定的"}
    )
    items = ma.fields.List(ma.fields.Nested(Score))
    as_of = Moment(metadata={"description": "统计时间"})


@blueprint.get("")
@blueprint.doc(operationId="listDepartments", summary="查看数据来源单位")
@blueprint.refuses("bad_cursor", "invalid_request")
@blueprint.tagged
@blueprint.arguments(DepartmentsQuery, location="query")
@blueprint.response(200, DepartmentPage)
def show(given: dict[str, Any]) -> dict[str, Any]:
    """List departments."""
    district = given.get("district")
    page = paging.wanted(f"departments:{district}", given)
    with Reading() as session:
        found = departments.listing(
            session, limit=page.and_one, after=page.after or 0, district=district
        )
        near = departments.relatives(session, [one.id for one in found[: page.limit]])
    return {
        "items": [_shown(one, near) for one in found[: page.limit]],
        "next_cursor": page.following(found),
    }


@blueprint.get("/scoreboard")
@blueprint.doc(operationId="getScoreboard", summary="查看各单位的时限统计")
@blueprint.refuses("invalid_request")
@blueprint.tagged
@blueprint.arguments(Period, location="query")
@blueprint.response(200, DepartmentScores)
def score(given: dict[str, Any]) -> dict[str, Any]:
    """Count for each department; what a predecessor did counts for its successor."""
    now, rules = asking.current().now, asking.current().parts.rules
    clock = rules.period(Clock.PUBLISH_DECISION, given["until"])
    asked = Asked(given["since"], given["until"], day(now))
    with Reading() as session:
        found = scoreboard.of(session, asked, rules=rules)
    return {
        "within_working_days": clock.working_days if clock else None,
        "provisional": found.provisional,
        "items": [_scored(line) for line in found.lines],
        "as_of": now,
    }


def _shown(one: Department, near: Sequence[Department]) -> dict[str, Any]:
    return vars(one) | {
        "successor": next((other for other in near if other.id == one.successor_id), None),
        "predecessors": [other for other in near if other.successor_id == one.id],
    }


def _scored(line: Line) -> dict[str, Any]:
    return vars(line) | {
        "in_time_share": _share(line.in_time, line.received),
        "upheld_share": _share(line.upheld, line.objections),
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
