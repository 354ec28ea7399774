"""Evidence (证据材料): uploaded first, examined by a worker, then named when something is filed."""

from typing import Any, cast

import marshmallow as ma
from flask import Response, make_response
from werkzeug.datastructures import FileStorage

from core import case_access
from core.case_errors import EvidenceNotReadyError, EvidenceUnfitError
from core.db import Reading, Writing
from core.evidence import kinds, ledger, receiving
from core.evidence.kinds import EvidenceState, Flaw, MediaType
from core.evidence.ledger import Evidence
from core.evidence.receiving import Upload
from mobile_api import asking, auth, gate, receipts
from mobile_api.auth import Caller, signed_in
from mobile_api.fields import Answer, Choice, File, Label, Moment, Question
from mobile_api.once import once
from mobile_api.resource import Resource

blueprint = Resource("evidence", description="证据材料：PDF、JPEG、PNG、WebP，每个不超过 10 MB")
blueprint.keep_private()

_LARGEST = kinds.LARGEST + gate.LARGEST_BODY  # a file, and what a form puts around it
_LOCATION = {"Location": {"description": "材料的查询地址", "schema": {"type": "string"}}}
_REFUSALS = ("unauthorised", "evidence_not_found")


class EvidenceForm(Question):
    """What the app sends, as multipart/form-data."""

    file = File(metadata={"description": "一个文件：PDF、JPEG、PNG 或 WebP，不超过 10 MB"})


class EvidenceFile(Answer):
    """One file of one's own. `sha256` and `size` are of what was sent."""

    id = ma.fields.String(metadata={"example": "9f86d081884c7d659a2feaa0c55ad015"})
    name = ma.fields.String(metadata={"description": "原来的文件名"})
    media_type = Choice(MediaType)
    size = ma.fields.Integer(metadata={"description": "字节数"})
    sha256 = ma.fields.String(metadata={"description": "收到的文件的 SHA-256"})
    state = Choice(EvidenceState)
    state_label = Label("EVIDENCE_STATES", of="state")
    flaw = Choice(Flaw, allow_none=True)
    flaw_label = Label("FLAWS", of="flaw", allow_none=True)
    scanned = ma.fields.Boolean(
        allow_none=True,
        metadata={"description": "病毒扫描过没有；null 是还没有检查，false 是没有配置扫描"},
    )
    pages = ma.fields.Integer(allow_none=True, metadata={"description": "页数"})
    kept_sha256 = ma.fields.String(
        allow_none=True,
        metadata={"description": "留存的文件的 SHA-256；图片重新编码过，不含拍摄地点等信息"},
    )
    kept_size = ma.fields.Integer(allow_none=True, metadata={"description": "留存的字节数"})
    uploaded_at = Moment(metadata={"description": "上传时间"})
    expires_at = Moment(
        allow_none=True, metadata={"description": "到这时还没有用在申请里就删除；用了为 null"}
    )


@blueprint.post("")
@blueprint.doc(operationId="uploadEvidence", summary="上传一份材料", security=[{"bearer": []}])
@blueprint.refuses(
    *("unauthorised", "evidence_empty", "evidence_too_large", "evidence_type"),
    *("too_much_evidence", "daily_limit", "too_large", "unsupported_media_type", "invalid_request"),
)
@gate.takes(_LARGEST)
@signed_in
@once
@blueprint.arguments(EvidenceForm, location="multipart")
@blueprint.response(201, EvidenceFile, headers=_LOCATION)
def upload(caller: Caller, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Take a file; a worker examines it within seconds."""
    asked, sent = asking.current(), cast("FileStorage", given["file"])
    arrived = Upload(caller.account_id, sent.filename or "", sent.read())
    with Writing() as session:
        entered = receiving.receive(session, asked.parts.evidence, arrived, now=asked.now)
    return shown(entered), {"Location": f"/api/v1/evidence/{entered.public_id}"}


@blueprint.get("/<evidence_id>")
@blueprint.doc(operationId="getEvidence", summary="查看一份材料", security=[{"bearer": []}])
@blueprint.refuses(*_REFUSALS)
@signed_in
@blueprint.tagged
@blueprint.response(200, EvidenceFile)
def show(caller: Caller, evidence_id: str) -> dict[str, Any]:
    """Show what became of a file, to whoever sent it."""
    return shown(_own(caller, evidence_id))


@blueprint.get("/<evidence_id>/file")
@blueprint.doc(operationId="getEvidenceFile", summary="下载一份材料", security=[{"bearer": []}])
@blueprint.refuses(
    *(*_REFUSALS, "step_up_required"),
    *("evidence_not_ready", "evidence_unfit", "evidence_damaged"),
)
@blueprint.alt_response(
    200,
    content_type="application/octet-stream",
    schema={"type": "string", "format": "binary"},
    description="留存的文件",
    success=True,
)
@signed_in
def download(caller: Caller, evidence_id: str) -> Response:
    """Give the file as it was kept, to whoever sent it, to save and not to open."""
    one = _own(caller, evidence_id)
    if caller.subject_id is not None:  # it may be a picture of the person's identity card
        auth.fresh(caller)
    if one.state is EvidenceState.PENDING:
        raise EvidenceNotReadyError
    if one.state is not EvidenceState.CLEAN:
        raise EvidenceUnfitError
    response = make_response(asking.current().parts.evidence.get(one.file_key, one.kept_sha256))
    response.mimetype = "application/octet-stream"
    name = f"evidence-{one.public_id[:8]}.{kinds.EXTENSIONS[one.media_type][0]}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@blueprint.delete("/<evidence_id>")
@blueprint.doc(operationId="deleteEvidence", summary="删除一份材料", security=[{"bearer": []}])
@blueprint.refuses(*_REFUSALS, "evidence_attached")
@signed_in
@blueprint.response(204)
def discard(caller: Caller, evidence_id: str) -> None:
    """Delete a file that belongs to no case."""
    asked = asking.current()
    _own(caller, evidence_id)
    with Writing() as session:
        key = ledger.discard(session, evidence_id, caller.account_id, now=asked.now)
    asked.parts.evidence.drop(key)


def shown(one: Evidence) -> dict[str, Any]:
    """Show a file to whoever sent it."""
    name = asking.current().parts.vault.open(one.name_sealed, ledger.NAME)
    fields = {field for field in EvidenceFile._declared_fields if not field.endswith("_label")}  # noqa: SLF001
    held = {field: getattr(one, field) for field in fields - {"id", "name"}}
    return held | {"id": one.public_id, "name": name}


def _own(caller: Caller, evidence_id: str) -> Evidence:
    with Reading() as session:
        now = asking.current().now
        return case_access.evidence(session, evidence_id, receipts.applicant(caller), now=now)
