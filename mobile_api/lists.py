"""Red and black lists (红黑名单): which there are, and who is on one."""

from typing import Any

import marshmallow as ma

from core import releases
from core.db import Reading
from core.errors import ListNotFoundError
from core.records import RecordKind
from mobile_api import asking, browsing
from mobile_api.browsing import BrowseQuery, RecordPage
from mobile_api.fields import Answer, Choice, Label
from mobile_api.resource import Resource

blueprint = Resource("lists", description="红黑名单")


class PublicList(Answer):
    """One list."""

    list_kind = ma.fields.String(metadata={"description": "名单代码", "example": "WAGE_ARREARS"})
    name = ma.fields.String(metadata={"description": "名单名称"})
    kind = Choice(RecordKind)
    kind_label = Label("RECORD_KINDS", of="kind")
    newest_release = ma.fields.String(
        allow_none=True, metadata={"description": "最近一期公布的编号"}
    )


class PublicLists(Answer):
    """All lists."""

    items = ma.fields.List(ma.fields.Nested(PublicList))


@blueprint.get("")
@blueprint.doc(operationId="listLists", summary="查看有哪些名单")
@blueprint.refuses()
@blueprint.tagged
@blueprint.response(200, PublicLists)
def show() -> dict[str, Any]:
    """List the lists."""
    with Reading() as session:
        newest = releases.newest(session)
    items = [
        {
            "list_kind": one.code,
            "name": one.name,
            "kind": one.kind,
            "newest_release": newest.get(one.code),
        }
        for one in asking.current().parts.rules.lists.values()
    ]
    return {"items": items}


@blueprint.get("/<list_kind>/records")
@blueprint.doc(operationId="listListRecords", summary="查看一份名单上的记录")
@blueprint.refuses("list_not_found", *browsing.REFUSALS)
@blueprint.tagged
@blueprint.arguments(BrowseQuery, location="query")
@blueprint.response(200, RecordPage)
def list_records(given: dict[str, Any], list_kind: str) -> dict[str, Any]:
    """List who is on a list today."""
    one = asking.current().parts.rules.lists.get(list_kind)
    if one is None:
        raise ListNotFoundError
    return browsing.page(given, kind=one.kind, list_kind=one.code)
