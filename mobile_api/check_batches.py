"""Batches of checks (批量核查): a file of up to ten thousand entities, checked as an operation."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import marshmallow as ma
from flask import Response

from core import operations
from core.calendar import day
from core.checks import batches, outcomes, uploads
from core.checks.batches import Batch
from core.checks.ledger import Order
from core.checks.outcomes import LineOutcome, Outcome
from core.checks.uploads import LineFault
from core.db import Reading, Writing
from core.errors import CheckNotFoundError, CheckNotReadyError
from core.institutions import Holder, Scope
from core.operations import OperationKind, Owner, OwnerKind, Wanted
from messages import check_file
from mobile_api import asking, checks, gate, keys, paging
from mobile_api.checks import CheckedListing, CheckedSubject, CheckHead, OrderForm
from mobile_api.fields import Answer, Choice, File, Label, Moment
from mobile_api.keys import with_key
from mobile_api.once import once
from mobile_api.operations import HEADERS, Operation, accepted
from mobile_api.paging import PageQuery
from mobile_api.resource import Resource

blueprint = Resource("check-batches", description="批量核查：一份文件最多一万个主体")
blueprint.keep_private()

_LARGEST_FILE = 2 * 1024 * 1024
_READ_REFUSALS = (*keys.REFUSALS, "check_not_found", "check_not_ready")


class BatchForm(OrderForm):
    """What an institution sends to check many entities."""

    file = File(
        metadata={"description": "CSV（UTF-8 或 GB18030），最多一万行：信用代码，后面可以写名称"}
    )


class CheckBatch(CheckHead):
    """How far a batch is; what is null comes when it is done."""

    total = ma.fields.Integer(metadata={"description": "文件里一共多少行"})
    checked = ma.fields.Integer(metadata={"description": "已经核查多少行"})
    rejected = ma.fields.Integer(metadata={"description": "不能核查的行"})
    as_of = Moment(allow_none=True, metadata={"description": "信息截至"})
    sha256 = ma.fields.String(allow_none=True, metadata={"description": "整批结果的散列"})
    finished_at = Moment(allow_none=True, metadata={"description": "做完的时间"})


class LinesQuery(PageQuery):
    """Which lines are wanted."""

    limit = paging.limit(100, 100)


class CheckLine(Answer):
    """One line of the file. Of a line that has changed or was refused nothing is told."""

    line_no = ma.fields.Integer(metadata={"description": "文件里的行号", "example": 2})
    uscc = ma.fields.String(allow_none=True, metadata={"description": "统一社会信用代码"})
    given = ma.fields.String(allow_none=True, metadata={"description": "送核名称"})
    outcome = Choice(LineOutcome)
    outcome_label = Label("CHECK_OUTCOMES", of="outcome")
    fault = Choice(LineFault, allow_none=True)
    fault_label = Label("LINE_FAULTS", of="fault", allow_none=True)
    name_agrees = ma.fields.Boolean(
        allow_none=True, metadata={"description": "送核名称与登记名称是否相符；没有可比的为 null"}
    )
    subject = ma.fields.Nested(CheckedSubject, allow_none=True)
    serious_dishonesty = ma.fields.Boolean(
        allow_none=True, metadata={"description": "是否在严重失信主体名单上（含失信被执行人）"}
    )
    serious = ma.fields.List(
        ma.fields.Nested(CheckedListing), metadata={"description": "严重失信主体名单上的记录"}
    )
    others = ma.fields.List(
        ma.fields.Nested(CheckedListing),
        metadata={"description": "程度较轻的失信名单和经营异常名录上的记录"},
    )
    red = ma.fields.List(ma.fields.Nested(CheckedListing), metadata={"description": "守信名单"})
    counts = checks.counts()


class CheckLines(Answer):
    """One page of lines, in the order of the file."""

    items = ma.fields.List(ma.fields.Nested(CheckLine))
    next_cursor = paging.next_cursor()
    check_no = ma.fields.String(metadata=checks.NUMBER)
    as_of = Moment(metadata={"description": "信息截至"})


@blueprint.post("")
@blueprint.doc(operationId="checkBatch", summary="核查一份文件里的主体", security=keys.SECURITY)
@blueprint.refuses(
    *(*keys.REFUSALS, "file_unreadable", "batch_too_long", "too_many_batches"),
    *("unsupported_media_type", "too_large", "invalid_request"),
)
@gate.takes(_LARGEST_FILE)
@with_key(Scope.CHECK_BATCHES)
@once
@blueprint.arguments(BatchForm, location="multipart")
@blueprint.response(202, Operation, headers=HEADERS)
def ask(holder: Holder, form: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Take a file in; lines that cannot be checked are named in the result."""
    now, file = asking.current().now, form.pop("file")
    with closing(file):
        given = uploads.read(file.read())
    with Writing() as session:
        batch = batches.ask(session, Order(holder, **form), given, now=now)
        facts = {"batch_id": batch.id, "check_no": batch.check_no}
        wanted = Wanted(OperationKind.BATCH_VERIFICATION, facts, total=batch.total)
        owner = Owner(OwnerKind.INSTITUTION, holder.id)
        return accepted(operations.ask(session, owner, wanted, now=now))


@blueprint.get("/<check_no>")
@blueprint.doc(operationId="getCheckBatch", summary="查看一次批量核查", security=keys.SECURITY)
@blueprint.refuses(*keys.REFUSALS, "check_not_found")
@with_key(Scope.CHECK_BATCHES)
@blueprint.tagged
@blueprint.response(200, CheckBatch)
def show(holder: Holder, check_no: str) -> dict[str, Any]:
    """Show how far a batch is and what it comes to."""
    with Reading() as session:
        return vars(batches.of_institution(session, check_no, holder.id)) | checks.said()


@blueprint.get("/<check_no>/lines")
@blueprint.doc(operationId="listCheckLines", summary="查看批量核查的结果", security=keys.SECURITY)
@blueprint.refuses(*_READ_REFUSALS, "bad_cursor", "invalid_request")
@with_key(Scope.CHECK_BATCHES)
@blueprint.tagged
@blueprint.arguments(LinesQuery, location="query")
@blueprint.response(200, CheckLines)
def list_lines(holder: Holder, given: dict[str, Any], check_no: str) -> dict[str, Any]:
    """List the lines of a batch that is done."""
    with Reading() as session:
        batch = _done(batches.of_institution(session, check_no, holder.id))
        page = paging.wanted(f"check-batch:{batch.id}", given)
        lines = batches.lines(session, batch.id, after=page.after or 0, limit=page.and_one)
        found = outcomes.of(session, lines[: page.limit], today=day(asking.current().now))
    return {
        "items": [_shown(one) for one in found],
        "next_cursor": page.following(lines, "line_no"),
        "check_no": batch.check_no,
        "as_of": batch.as_of,
    }


@blueprint.get("/<check_no>/file.csv")
@blueprint.doc(
    operationId="getCheckFile", summary="下载批量核查的结果（CSV）", security=keys.SECURITY
)
@blueprint.refuses(*_READ_REFUSALS)
@blueprint.alt_response(
    200,
    content_type="text/csv",
    schema={"type": "string"},
    description="UTF-8 带 BOM 的 CSV，每行写明核查编号和信息截至的时间",
    success=True,
)
@with_key(Scope.CHECK_BATCHES)
def download(holder: Holder, check_no: str) -> Response:
    """Give the lines of a batch that is done as a file."""
    with Reading() as session:
        batch = _done(batches.of_institution(session, check_no, holder.id))
    text = check_file.parts(
        _pages(batch),
        check_no=batch.check_no,
        as_of=batch.as_of or batch.asked_at,
        language=asking.current().language,
    )
    response = Response("".join(text), mimetype="text/csv")
    name = f"check-{batch.check_no}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _pages(batch: Batch) -> Iterator[Sequence[Outcome]]:
    today = day(asking.current().now)
    with Reading() as session:
        for page in batches.every_line(session, batch.id):
            yield outcomes.of(session, page, today=today)


def _done(batch: Batch) -> Batch:
    if batch.finished_at is None:
        raise CheckNotReadyError
    if batch.cleared_at is not None:  # its lines were kept as long as they may be
        raise CheckNotFoundError
    return batch


def _shown(one: Outcome) -> dict[str, Any]:
    told = one.told
    shown = checks.told(told) if told else dict(checks.NOTHING_TOLD)
    return vars(one) | shown | {"name_agrees": one.agrees}
