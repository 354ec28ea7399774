"""双公示 and promises: what departments decided, and what subjects promised and kept."""

from enum import StrEnum
from typing import Any

import marshmallow as ma

from core.records import Fulfilment, RecordKind
from mobile_api import browsing
from mobile_api.browsing import BrowseQuery, ListedRecord, RecordPage
from mobile_api.fields import Choice, Label
from mobile_api.resource import Resource

decisions = Resource("double-publicity", description="双公示：行政许可和行政处罚")
promises = Resource("promises", description="信用承诺及履行情况")


class Decision(StrEnum):
    """What 双公示 consists of."""

    PENALTY = RecordKind.PENALTY.value
    LICENCE = RecordKind.LICENCE.value


class DecisionQuery(BrowseQuery):
    """Which decisions are wanted."""

    kind = Choice(
        Decision, load_default=Decision.PENALTY, metadata={"description": "处罚或许可，默认处罚"}
    )


class PromiseQuery(BrowseQuery):
    """Which promises are wanted."""

    fulfilment = Choice(
        Fulfilment, metadata={"description": "只要履行情况是这样的", "example": "not_performed"}
    )


class PromiseRecord(ListedRecord):
    """One promise."""

    fulfilment = Choice(Fulfilment, allow_none=True, metadata={"description": "履行情况"})
    fulfilment_label = Label("FULFILMENTS", of="fulfilment", allow_none=True)


class PromisePage(RecordPage):
    """One page of promises."""

    items = ma.fields.List(ma.fields.Nested(PromiseRecord))


@decisions.get("")
@decisions.doc(operationId="listDecisions", summary="查阅双公示")
@decisions.refuses(*browsing.REFUSALS)
@decisions.tagged
@decisions.arguments(DecisionQuery, location="query")
@decisions.response(200, RecordPage)
def list_decisions(given: dict[str, Any]) -> dict[str, Any]:
    """List penalties or licences that are public today."""
    return browsing.page(given, kind=RecordKind(given["kind"].value))


@promises.get("")
@promises.doc(operationId="listPromises", summary="查阅信用承诺")
@promises.refuses(*browsing.REFUSALS)
@promises.tagged
@promises.arguments(PromiseQuery, location="query")
@promises.response(200, PromisePage)
def list_promises(given: dict[str, Any]) -> dict[str, Any]:
    """List promises with how far they are kept."""
    return browsing.page(given, kind=RecordKind.PROMISE)
