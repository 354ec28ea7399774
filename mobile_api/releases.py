"""Releases (定期公布): what a list was on a day, without those who may no longer be shown."""

from collections.abc import Iterator
from typing import Any

import marshmallow as ma
from flask import Response, make_response

from core import releases
from core.calendar import day
from core.db import Reading
from core.errors import ReleaseNotFoundError
from core.records import RecordState
from core.releases import Place, Shown
from messages import release_file
from mobile_api import asking, cursors, paging, places, words
from mobile_api.fields import Answer, Choice, Label, Moment, Text, read_id
from mobile_api.paging import PageQuery
from mobile_api.records import USCC
from mobile_api.resource import Resource

blueprint = Resource("releases", description="定期公布的名单")

_CHUNK = 1000
_LIST = {"description": "名单代码", "example": "WAGE_ARREARS"}


class ReleaseQuery(PageQuery):
    """Which part of a list is wanted."""


class ReleasesQuery(ReleaseQuery):
    """Of which list releases are wanted."""

    list_kind = Text(1, 50, metadata=_LIST)


class Release(Answer):
    """One release."""

    id = ma.fields.String(metadata={"description": "编号", "example": "12"})
    list_kind = ma.fields.String(metadata=_LIST)
    list_name = ma.fields.String(metadata={"description": "名单名称"})
    released_on = ma.fields.Date(metadata={"description": "公布日期"})
    total = ma.fields.Integer(metadata={"description": "公布时有多少条"})


class ReleasesPage(Answer):
    """One page of releases, newest first."""

    items = ma.fields.List(ma.fields.Nested(Release))
    next_cursor = paging.next_cursor()
    as_of = Moment(metadata={"description": "查询时间"})


class ReleaseMember(Answer):
    """One record of a release that may still be shown."""

    id = ma.fields.String(metadata={"description": "记录编号", "example": "1024"})
    name = ma.fields.String(metadata={"description": "主体名称"})
    uscc = ma.fields.String(metadata=USCC)
    document_no = ma.fields.String(metadata={"description": "文书号"})
    authority = ma.fields.String(metadata={"description": "认定单位"})
    event_date = ma.fields.Date(metadata={"description": "列入日期"})
    ends_on = ma.fields.Date(allow_none=True, metadata={"description": "公示的最后一天"})
    state = Choice(RecordState)
    state_label = Label("RECORD_STATES", of="state")
    mark = ma.fields.String(allow_none=True, metadata={"description": "标注"})


class ReleasePage(Release):
    """One release with a page of its members."""

    no_longer_shown = ma.fields.Integer(
        metadata={"description": "公布以后停止公示的条数，不再列出"}
    )
    items = ma.fields.List(ma.fields.Nested(ReleaseMember))
    next_cursor = paging.next_cursor()
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="listReleases", summary="查看各期公布")
@blueprint.refuses("bad_cursor", "invalid_request")
@blueprint.tagged
@blueprint.arguments(ReleasesQuery, location="query")
@blueprint.response(200, ReleasesPage)
def list_releases(given: dict[str, Any]) -> dict[str, Any]:
    """List releases."""
    list_kind, limit = given.get("list_kind"), given["limit"]
    query = f"releases:{list_kind}"
    place = places.read(query, given.get("cursor"))
    after = place and Place(*place)
    with Reading() as session:
        found = releases.listing(session, list_kind, limit=limit + 1, after=after)
    shown = found[:limit]
    last = Place(shown[-1].released_on, shown[-1].id) if len(found) > limit else None
    return {
        "items": [vars(one) | _named(one.list_kind) | {"total": one.members} for one in shown],
        "next_cursor": places.make(query, last),
        "as_of": asking.current().now,
    }


@blueprint.get("/<release_id>")
@blueprint.doc(operationId="getRelease", summary="查看一期公布")
@blueprint.refuses("release_not_found", "bad_cursor", "invalid_request")
@blueprint.tagged
@blueprint.arguments(ReleaseQuery, location="query")
@blueprint.response(200, ReleasePage)
def show(given: dict[str, Any], release_id: str) -> dict[str, Any]:
    """Show one release as it may be shown today."""
    asked, query = asking.current(), f"release:{release_id}"
    key = asked.parts.cursor_key
    (last,) = cursors.read(key, query, given.get("cursor")) or [0]
    found = _page(release_id, last or None, limit=given["limit"])
    following = cursors.make(key, query, [found.following]) if found.following else None
    items = [
        one._asdict() | {"mark": words.mark(one.state, asked.language)} for one in found.members
    ]
    return (
        vars(found)
        | _named(found.list_kind)
        | {"items": items, "next_cursor": following, "as_of": asked.now}
    )


@blueprint.get("/<release_id>/file.csv")
@blueprint.doc(operationId="getReleaseFile", summary="下载一期公布（CSV）")
@blueprint.refuses("release_not_found")
@blueprint.tagged
@blueprint.alt_response(
    200,
    content_type="text/csv",
    schema={"type": "string"},
    description="UTF-8 带 BOM 的 CSV；最后一行是不再公示的条数",
    success=True,
)
def download(release_id: str) -> Response:
    """Give the whole release as a file, as it may be shown today."""
    text = release_file.text(_pages(release_id), asking.current().language)
    response = make_response(text)
    response.mimetype = "text/csv"
    name = f"release-{release_id}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pages(release_id: str) -> Iterator[Shown]:
    page = _page(release_id, None, limit=_CHUNK)
    yield page
    while page.following:
        page = _page(release_id, page.following, limit=_CHUNK)
        yield page


def _page(release_id: str, after: int | None, *, limit: int) -> Shown:
    if (number := read_id(release_id)) is None:
        raise ReleaseNotFoundError
    today = day(asking.current().now)
    with Reading() as session:
        return releases.show(session, number, today=today, limit=limit, after=after)


def _named(list_kind: str) -> dict[str, str]:
    """Name a list; one that the rules have dropped since keeps its code."""
    listed = asking.current().parts.rules.lists.get(list_kind)
    return {"list_name": listed.name if listed else list_kind}
