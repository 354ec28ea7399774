"""Entities: searched by name or code, shown with their public records."""

from collections.abc import Sequence
from typing import Any

import marshmallow as ma

from core import identifiers, query, registered
from core.calendar import day
from core.errors import EntityNotFoundError
from core.glance import Glancing
from core.identifiers import Scheme
from core.numbers import NumberScheme
from core.query import View
from core.records import RecordKind
from core.search import Hit, Place
from core.stretches import Filters
from core.subjects import SubjectKind, SubjectState
from mobile_api import asking, cursors, paging, records
from mobile_api.fields import Answer, Choice, Label, Moment, Text
from mobile_api.paging import PageQuery
from mobile_api.records import USCC, Record
from mobile_api.resource import Resource

blueprint = Resource("entities", description="主体及其公开信用记录")


class EntitySearch(PageQuery):
    """What is searched for, and which part of the answer is wanted."""

    q = Text(
        1, 100, required=True, metadata={"description": "名称中至少两个汉字，或统一社会信用代码"}
    )
    district = Text(
        6, 6, metadata={"description": "只要这个登记机关行政区划代码的", "example": "530100"}
    )
    kind = Choice(
        SubjectKind,
        never=[SubjectKind.NATURAL_PERSON],
        metadata={"description": "只要这一种主体；自然人不能查"},
    )


class Named(Answer):
    """Who an entity is."""

    uscc = ma.fields.String(metadata=USCC)
    name = ma.fields.String(metadata={"description": "名称"})
    district = ma.fields.String(
        metadata={"description": "登记机关行政区划代码", "example": "530100"}
    )
    kind = Choice(SubjectKind)
    kind_label = Label("SUBJECT_KINDS", of="kind")


class EntityHit(Named):
    """One entity that was found."""

    former_name = ma.fields.String(
        allow_none=True, metadata={"description": "按曾用名查到时，查到的那个曾用名"}
    )


class EntityPage(Answer):
    """One page of a search."""

    items = ma.fields.List(ma.fields.Nested(EntityHit))
    next_cursor = paging.next_cursor()
    searched_as_of = Moment(metadata={"description": "结果截至的时间"})


class Successor(Answer):
    """Who goes on for an entity that was merged; look it up by its code."""

    uscc = ma.fields.String(metadata=USCC)
    name = ma.fields.String(metadata={"description": "名称"})
    state = Choice(SubjectState)
    state_label = Label("SUBJECT_STATES", of="state")


class FormerName(Answer):
    """What an entity was called before."""

    name = ma.fields.String(metadata={"description": "曾用名"})
    since = ma.fields.Date(allow_none=True, metadata={"description": "从哪天起；不知道时为 null"})
    until = ma.fields.Date(allow_none=True, metadata={"description": "到哪天；不知道时为 null"})


class Number(Answer):
    """One number that an entity carries or carried."""

    scheme = Choice(NumberScheme)
    scheme_label = Label("NUMBER_SCHEMES", of="scheme")
    value = ma.fields.String(metadata={"description": "号码"})
    valid_from = ma.fields.Date(allow_none=True, metadata={"description": "启用日期"})
    valid_to = ma.fields.Date(
        allow_none=True, metadata={"description": "停用日期；仍在使用或不知道时为 null"}
    )


class Entity(Named):
    """One entity."""

    uscc_check_ok = ma.fields.Boolean(metadata={"description": "代码校验位是否相符"})
    state = Choice(SubjectState)
    state_label = Label("SUBJECT_STATES", of="state")
    state_since = ma.fields.Date(
        allow_none=True, metadata={"description": "从哪天起是这个登记状态"}
    )
    successor = ma.fields.Nested(
        Successor, allow_none=True, metadata={"description": "合并后的主体；没有合并时为 null"}
    )
    zone = ma.fields.String(allow_none=True, metadata={"description": "所在的开发区"})
    former_names = ma.fields.List(
        ma.fields.Nested(FormerName), metadata={"description": "曾用名，新的在前"}
    )
    numbers = ma.fields.List(ma.fields.Nested(Number), metadata={"description": "其他证照号码"})
    registered_as_of = ma.fields.Date(
        allow_none=True, metadata={"description": "登记信息截至哪天；没有登记信息时为 null"}
    )
    counts = ma.fields.Dict(
        keys=Choice(RecordKind),
        values=ma.fields.Integer(),
        metadata={"description": "各类公开记录的条数", "example": {"penalty": 2, "licence": 1}},
    )
    as_of = Moment(metadata={"description": "查询时间"})


class EntityRecords(Answer):
    """The public records of an entity, gravest kinds and newest first, 50 at most."""

    items = ma.fields.List(ma.fields.Nested(Record))
    truncated = ma.fields.Boolean(metadata={"description": "是否还有更多记录没有列出"})
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="searchEntities", summary="按名称或代码查询主体")
@blueprint.refuses("citizen_id_refused", "query_too_short", "bad_cursor", "invalid_request")
@blueprint.tagged
@blueprint.arguments(EntitySearch, location="query")
@blueprint.response(200, EntityPage)
def search(wanted: dict[str, Any]) -> dict[str, Any]:
    """Find entities; a citizen's number is refused and kept nowhere."""
    asked, text, limit = asking.current(), wanted["q"], wanted["limit"]
    kind: SubjectKind | None = wanted.get("kind")
    filters = Filters(wanted.get("district", ""), kind.value if kind else "")
    # A cursor goes on with the very question that it was made for.
    question = f"{text}\n{filters.district}\n{filters.kind}"
    after = cursors.read(asked.parts.cursor_key, question, wanted.get("cursor"))
    found = _find(text, filters, limit=limit + 1, after=Place(*after) if after else None)
    shown = found[:limit]
    more = len(found) > limit
    following = cursors.make(asked.parts.cursor_key, question, shown[-1].place) if more else None
    return {"items": shown, "next_cursor": following, "searched_as_of": asked.now}


@blueprint.get("/<uscc>")
@blueprint.doc(operationId="getEntity", summary="查看一个主体")
@blueprint.refuses("entity_not_found", "citizen_id_refused")
@blueprint.tagged
@blueprint.response(200, Entity)
def show(uscc: str) -> dict[str, Any]:
    """Show one entity."""
    _demand_code(uscc)
    now = asking.current().now
    with Glancing() as look:
        found = query.outline(look, uscc, today=day(now))
        known = registered.of(look, found.id, found.marks)
    return vars(found) | vars(known) | {"as_of": now}


@blueprint.get("/<uscc>/records")
@blueprint.doc(operationId="listEntityRecords", summary="查看一个主体的公开信用记录")
@blueprint.refuses("entity_not_found", "citizen_id_refused")
@blueprint.tagged
@blueprint.response(200, EntityRecords)
def list_records(uscc: str) -> dict[str, Any]:
    """List the public records of one entity."""
    view, now = _view(uscc), asking.current().now
    truncated = sum(view.counts.values()) > len(view.items)
    items = [records.shown(item, now) for item in view.items]
    return {"items": items, "truncated": truncated, "as_of": now}


def _find(text: str, filters: Filters, *, limit: int, after: Place | None) -> Sequence[Hit]:
    if identifiers.classify(text) is Scheme.USCC:
        return [] if after else _held(text, filters)
    with Glancing() as look:
        return query.by_name(look, text, limit=limit, after=after, filters=filters)


def _held(uscc: str, filters: Filters) -> list[Hit]:
    try:
        found = _view(uscc)
    except EntityNotFoundError:
        return []
    if filters.district not in ("", found.district) or filters.kind not in ("", found.kind):
        return []
    place = Place(0, len(found.name), found.id)
    return [Hit(found.id, found.uscc, found.name, found.district, found.kind, None, place)]


def _demand_code(uscc: str) -> None:
    if identifiers.classify(uscc) is Scheme.OTHER:
        raise EntityNotFoundError


def _view(uscc: str) -> View:
    _demand_code(uscc)
    with Glancing() as look:
        return query.by_uscc(look, uscc, today=day(asking.current().now))
