"""Browsing: what every list of records is asked, and one page of it."""

from typing import Any

import marshmallow as ma

from core import browse
from core.browse import Place, Wanted
from core.calendar import day
from core.db import Reading
from mobile_api import asking, places, records
from mobile_api.fields import Answer, Day, Moment, RowId, Text
from mobile_api.paging import PageQuery
from mobile_api.records import USCC, Record


class BrowseQuery(PageQuery):
    """Which records of a list are wanted."""

    district = Text(6, 6, metadata={"description": "登记机关行政区划代码", "example": "530102"})
    department = RowId(metadata={"description": "数据来源单位编号；它接替的单位的记录也算在内"})
    since = Day(data_key="from", metadata={"description": "决定日期不早于"})
    until = Day(data_key="to", metadata={"description": "决定日期不晚于"})


class ListedRecord(Record):
    """One public record, and whom it is about."""

    name = ma.fields.String(metadata={"description": "主体名称"})
    uscc = ma.fields.String(metadata=USCC)
    district = ma.fields.String(metadata={"description": "登记机关行政区划代码"})


class RecordPage(Answer):
    """One page of a list, newest decisions first. It may be short though another page follows."""

    items = ma.fields.List(ma.fields.Nested(ListedRecord))
    next_cursor = ma.fields.String(
        allow_none=True,
        metadata={"description": "下一页的标记；没有下一页时为 null。本页不满也可能还有下一页"},
    )
    as_of = Moment(metadata={"description": "查询时间"})


REFUSALS = ("bad_cursor", "invalid_request")


def page(given: dict[str, Any], *, kind: Any, list_kind: str | None = None) -> dict[str, Any]:  # noqa: ANN401
    """Return one page of the records of a kind and list."""
    asked = asking.current()
    wanted = Wanted(
        kind=kind,
        list_kind=list_kind,
        district=given.get("district"),
        department_id=given.get("department"),
        since=given.get("since"),
        until=given.get("until"),
        fulfilment=given.get("fulfilment"),
    )
    place = places.read(str(wanted), given.get("cursor"))
    with Reading() as session:
        found = browse.page(
            session,
            wanted,
            today=day(asked.now),
            limit=given["limit"],
            after=place and Place(*place),
        )
    return {
        "items": [records.shown(item, asked.now) for item in found.items],
        "next_cursor": places.make(str(wanted), found.following),
        "as_of": asked.now,
    }
