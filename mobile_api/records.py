"""Records: how one is shown in a list, and all there is to say of a single one."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import marshmallow as ma

from core import advice, detail
from core.advice import Advice
from core.browse import Listed
from core.calendar import day
from core.db import Reading
from core.detail import Detail
from core.errors import RecordNotFoundError
from core.query import Item
from core.records import RecordKind, RecordState, Severity
from mobile_api import asking, words
from mobile_api.fields import Answer, Choice, Label, Moment, read_id
from mobile_api.resource import Resource

blueprint = Resource("records", description="公开信用记录")

USCC = {"description": "统一社会信用代码", "example": "91530100MA6K3Q5R8T"}


class ThingToDo(Answer):
    """One thing that the subject may do about a record."""

    code = Choice(Advice)
    text = ma.fields.String(metadata={"description": "一句话", "example": "现在可以申请信用修复。"})


class Record(Answer):
    """One public record."""

    id = ma.fields.String(metadata={"description": "编号", "example": "1024"})
    kind = Choice(RecordKind)
    kind_label = Label("RECORD_KINDS", of="kind")
    list_kind = ma.fields.String(allow_none=True, metadata={"description": "名单代码"})
    title = ma.fields.String(metadata={"description": "事项或名单名称"})
    severity = Choice(Severity, allow_none=True)
    severity_label = Label("SEVERITIES", of="severity", allow_none=True)
    state = Choice(RecordState)
    state_label = Label("RECORD_STATES", of="state")
    mark = ma.fields.String(
        allow_none=True, metadata={"description": "标注", "example": "异议处理中"}
    )
    authority = ma.fields.String(metadata={"description": "作出决定的机关"})
    document_no = ma.fields.String(metadata={"description": "文书号"})
    event_date = ma.fields.Date(metadata={"description": "决定日期"})
    published_on = ma.fields.Date(allow_none=True, metadata={"description": "从哪天起公示"})
    repairable_from = ma.fields.Date(
        allow_none=True, metadata={"description": "最早可申请修复的日期"}
    )
    ends_on = ma.fields.Date(
        allow_none=True, metadata={"description": "公示的最后一天，之后自动停止"}
    )
    what_to_do = ma.fields.List(ma.fields.Nested(ThingToDo))


class Told(Answer):
    """One fact of a record."""

    code = ma.fields.String(metadata={"description": "名称", "example": "violation_type"})
    label = ma.fields.String(metadata={"description": "名称的说法", "example": "违法行为类型"})
    text = ma.fields.String(metadata={"description": "内容"})


class RecordDetail(Record):
    """One public record with its subject, its source and its legal basis."""

    version = ma.fields.Integer(metadata={"description": "第几版；更正一次加一"})
    name = ma.fields.String(metadata={"description": "主体名称"})
    uscc = ma.fields.String(metadata=USCC)
    department = ma.fields.String(metadata={"description": "数据来源单位"})
    facts = ma.fields.List(ma.fields.Nested(Told))
    legal_basis = ma.fields.String(
        allow_none=True, metadata={"description": "公示多久、何时可以修复，依据哪项规定"}
    )
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("/<record_id>")
@blueprint.doc(operationId="getRecord", summary="查看一条公开信用记录")
@blueprint.refuses("record_not_found")
@blueprint.tagged
@blueprint.response(200, RecordDetail)
def show(record_id: str) -> dict[str, Any]:
    """Show one record; a hidden one and a missing one look alike."""
    asked = asking.current()
    if (number := read_id(record_id)) is None:
        raise RecordNotFoundError
    with Reading() as session:
        found = detail.of(session, number, today=day(asked.now))
    return shown(found, asked.now) | {
        "facts": said_facts(found.facts, asked.language),
        "legal_basis": legal_basis(found.rule),
        "as_of": asked.now,
    }


def shown(record: Item | Listed | Detail, now: datetime) -> dict[str, Any]:
    """Return a record as an answer holds it, with its mark and what may be done about it."""
    held = vars(record) if isinstance(record, Detail) else record._asdict()
    todo = things_to_do(advice.of(record, day(now)), record.repairable_from)
    mark = words.mark(record.state, asking.current().language)
    return held | {"mark": mark, "what_to_do": todo}


def things_to_do(advised: Iterable[Advice], since: date | None) -> list[dict[str, Any]]:
    """Say advice in words; `since` is from when the record may be repaired."""
    language = asking.current().language
    return [{"code": one, "text": words.advice(one, since, language)} for one in advised]


def said_facts(facts: Mapping[str, Any], language: str) -> list[dict[str, str]]:
    """Label facts of a record."""
    return [
        {"code": name, "label": words.fact(name, language), "text": str(value)}
        for name, value in facts.items()
    ]


def legal_basis(rule: str | None) -> str | None:
    """Say in plain words the term that was applied to a record, and which law it is of."""
    asked = asking.current()
    terms = (term for term in asked.parts.rules.terms if term.name == rule)
    applied = next(terms, None)
    return words.term(applied, asked.language) if applied else None
