"""Operations (办理任务): what takes longer than an answer may: how far it is, what came of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import marshmallow as ma
from flask import request

from core import operations
from core.db import Reading
from core.institutions import Scope
from core.operations import OperationKind, OperationState, Owner, OwnerKind
from mobile_api import asking, auth, keys, limits, words
from mobile_api.fields import Answer, Choice, Label, Moment
from mobile_api.resource import Resource

blueprint = Resource("operations", description="办理任务：需要一些时间的申请，办到了哪一步")
blueprint.keep_private()

_AGAIN = {"Retry-After": "2"}
_WAIT = {"description": "多少秒以后再查；还没有办完时才有", "schema": {"type": "string"}}
HEADERS = {
    "Location": {"description": "办理任务的查询地址", "schema": {"type": "string"}},
    "Retry-After": _WAIT,
}
# Where the result of each kind is asked for, once it is done.
RESULTS: dict[OperationKind, str] = {
    OperationKind.REPORT: "/api/v1/reports/{report_no}",
    OperationKind.BATCH_VERIFICATION: "/api/v1/check-batches/{check_no}",
}
_UNDER_WAY = (OperationState.WAITING, OperationState.RUNNING)
_EITHER = [{"bearer": []}, *keys.SECURITY]
_View = Callable[..., Any]


class Progress(Answer):
    """How far an operation is."""

    done = ma.fields.Integer(metadata={"description": "已经办了多少", "example": 1200})
    total = ma.fields.Integer(
        allow_none=True, metadata={"description": "一共多少；还不知道时为 null", "example": 10000}
    )


class Failure(Answer):
    """Why an operation failed."""

    code = ma.fields.String(metadata={"description": "固定代码", "example": "operation_failed"})
    title = ma.fields.String(metadata={"description": "一句话名称", "example": "没有办成"})
    detail = ma.fields.String(metadata={"description": "可直接显示给用户的说明"})


class Operation(Answer):
    """An operation as whoever asked for it sees it."""

    id = ma.fields.String(
        metadata={"description": "编号", "example": "9f2c61f0a8f14c0d9a1c6f3e5b7d2a40"}
    )
    kind = Choice(OperationKind)
    kind_label = Label("OPERATION_KINDS", of="kind")
    state = Choice(OperationState)
    state_label = Label("OPERATION_STATES", of="state")
    progress = ma.fields.Nested(Progress)
    result_url = ma.fields.String(
        allow_none=True,
        metadata={"description": "结果的地址；办成以后才有", "format": "uri-reference"},
    )
    error = ma.fields.Nested(
        Failure, allow_none=True, metadata={"description": "为什么没有办成；没有办成时才有"}
    )
    created_at = Moment(metadata={"description": "申请时间"})
    started_at = Moment(allow_none=True, metadata={"description": "开始办理的时间"})
    finished_at = Moment(allow_none=True, metadata={"description": "办完的时间"})
    expires_at = Moment(metadata={"description": "保留到什么时候，之后查不到"})


def owned(view: _View) -> _View:
    """Ask who calls before anything else is read, and give the view its Owner."""

    @wraps(view)
    def checked(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
        return view(_owner(), *arguments, **named)

    return checked


@blueprint.get("/<operation_id>")
@blueprint.doc(operationId="getOperation", summary="查看办理任务办到哪一步", security=_EITHER)
@blueprint.refuses("unauthorised", *keys.REFUSALS, "operation_not_found")
@owned
@blueprint.tagged
@blueprint.response(200, Operation, headers={"Retry-After": _WAIT})
def show(owner: Owner, operation_id: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Show how far an operation is, to whoever asked for it; say when to ask again."""
    with Reading() as session:
        found = operations.of_owner(session, operation_id, owner, now=asking.current().now)
    return _shown(found), _AGAIN if found.state in _UNDER_WAY else {}


def accepted(operation: operations.Operation) -> tuple[dict[str, Any], dict[str, str]]:
    """Answer 202: what was asked for is under way, and here is where to look.

    The view documents it with `@blueprint.response(202, Operation, headers=HEADERS)`.
    """
    return _shown(operation), {"Location": f"/api/v1/operations/{operation.public_id}"} | _AGAIN


def _owner() -> Owner:
    """Say who calls: an institution by its key, or an account by its token."""
    if keys.HEADER in request.headers:
        holder = keys.holder(Scope.CHECK_BATCHES)
        limits.count(holder)
        return Owner(OwnerKind.INSTITUTION, holder.id)
    caller = auth.caller()
    limits.count(caller)
    return Owner(OwnerKind.ACCOUNT, caller.account_id)


def _shown(found: operations.Operation) -> dict[str, Any]:
    is_done = found.state is OperationState.DONE
    where = RESULTS.get(found.kind, "") if is_done else ""
    return vars(found) | {
        "id": found.public_id,
        "progress": {"done": found.done, "total": found.total},
        "result_url": where.format(**found.result) or None,
        "error": found.error and _failure(found.error),
    }


def _failure(code: str) -> dict[str, str]:
    language = asking.current().language
    return {
        "code": code,
        "title": words.title(code, language),
        "detail": words.detail(code, language),
    }
