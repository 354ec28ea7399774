"""Intake (归集): send a file in, see how far it is, ask to publish or to withdraw its batch."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, send_file, url_for

from console import asking, guard, problems, receiving, shown, told
from console.pages import Link, Page, as_id
from core.db import Reading, Writing
from core.intake import agreed, batches, showing, uploads
from core.intake.errors import UploadEmptyError, UploadNotFoundError, UploadTooLargeError
from core.intake.layouts import TITLES
from core.intake.uploads import LARGEST
from core.staff import approvals, members
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_intake_zh as said

blueprint = Blueprint("intake", __name__, url_prefix="/intake")
_SEES = (Deed.TAKE_IN, Deed.APPROVE_PUBLICATION, Deed.APPROVE_WITHDRAWAL)
PAGE = Page(blueprint, links=(Link("归集", "console.intake.listing", _SEES, 25),))
_PAGE = 30
_FRAME = 64 * 1024  # of a form around its file


@blueprint.get("/")
@guard.page(*_SEES)
def listing(staff: Staff) -> Response:
    """List the files that were sent in, the newest first."""
    return _listing(staff)


@blueprint.post("/")
@guard.page(Deed.TAKE_IN, takes=LARGEST + _FRAME)
def send(staff: Staff) -> Response:
    """Keep a file until a worker takes it in."""
    here = asking.current()
    try:
        received = receiving.receive(request.files.get("file"), here.parts.uploads_dir)
    except (UploadEmptyError, UploadTooLargeError) as error:
        return _listing(staff, refused=problems.sentence(error))
    with Writing() as session:
        upload_id = uploads.receive(session, staff, received, now=here.now)
    return make_response(redirect(url_for(".upload", upload_id=upload_id), 303))


def _listing(staff: Staff, refused: str | None = None) -> Response:
    before = request.args.get("before", type=as_id)
    with Reading() as session:
        found = uploads.listing(session, staff, limit=_PAGE, before=before)
        names = members.names(session, {one.member_id for one in found})
        became = showing.batches_of(session, found)
        others = [] if staff.department_id or before else batches.newest(session)
    more = found[-1].id if len(found) == _PAGE else None
    return shown.show(
        "intake.html",
        409 if refused else 200,
        found=found,
        names=names,
        became=became,
        others=[one for one in others if one.id not in became],
        following=url_for(".listing", before=more) if more else None,
        refused=refused,
        may_send=staff.may(Deed.TAKE_IN),
        said=said,
        layouts=TITLES,
        largest=LARGEST // 1024 // 1024,
    )


@blueprint.get("/<int(max=999999999999):upload_id>")
@guard.page(*_SEES)
def upload(staff: Staff, upload_id: int) -> Response:
    """Show one file and what became of it."""
    return _upload(staff, upload_id, "upload.html")


@blueprint.get("/<int(max=999999999999):upload_id>/now")
@guard.page(*_SEES, awake=False)
def now(staff: Staff, upload_id: int) -> Response:
    """Show how far a file is, for the page that asks again and again."""
    return _upload(staff, upload_id, "upload_now.html")


def _upload(staff: Staff, upload_id: int, template: str) -> Response:
    with Reading() as session:
        sheet = showing.upload(session, staff, upload_id)
        ids = sheet.of_batch.members if sheet.of_batch else set()
        asked = {sheet.request.asked_by} if sheet.request else set()
        names = members.names(session, ids | asked | {sheet.upload.member_id})
    return shown.show(
        template,
        sheet=sheet,
        of_batch=sheet.of_batch,
        names=names,
        has_report=_report(sheet.upload.id).exists(),
        **_common(staff),
    )


@blueprint.get("/<int(max=999999999999):upload_id>/report")
@guard.page(*_SEES)
def report(staff: Staff, upload_id: int) -> Response:
    """Send the report: which rows were sent back, and why."""
    with Reading() as session:
        uploads.one(session, staff, upload_id)
    path = _report(upload_id)
    if not path.exists():
        raise UploadNotFoundError
    name = f"退回报告-{upload_id}.csv"
    return send_file(path, mimetype="text/csv", as_attachment=True, download_name=name)


@blueprint.get("/batches/<int(max=999999999999):batch_id>")
@guard.page(*_SEES)
def batch(staff: Staff, batch_id: int) -> Response:
    """Show one batch, who has agreed on what, and what was done."""
    with Reading() as session:
        sheet = showing.batch(session, staff, batch_id)
        names = members.names(session, sheet.members)
    return shown.show("batch.html", of_batch=sheet, names=names, **_common(staff))


@blueprint.post("/batches/<int(max=999999999999):batch_id>/publish")
@guard.page(Deed.ASK_PUBLICATION)
def publish(staff: Staff, batch_id: int) -> Response:
    """Ask that a batch be published."""
    return _ask(staff, batch_id, agreed.ask_publication, done=said.PUBLICATION_ASKED)


@blueprint.post("/batches/<int(max=999999999999):batch_id>/withdraw")
@guard.page(Deed.ASK_WITHDRAWAL)
def withdraw(staff: Staff, batch_id: int) -> Response:
    """Ask that a whole batch be withdrawn."""
    return _ask(staff, batch_id, agreed.ask_withdrawal, done=said.WITHDRAWAL_ASKED)


def _ask(staff: Staff, batch_id: int, ask: Callable[..., int], *, done: str) -> Response:
    here = asking.current()
    with Writing() as session:
        why = request.form.get("why", "")
        ask(session, staff, batch_id, why=why, vault=here.parts.vault, now=here.now)
    told.tell(done)
    return make_response(redirect(url_for(".batch", batch_id=batch_id), 303))


def _report(upload_id: int) -> Path:
    return asking.current().parts.uploads_dir / uploads.report_name(upload_id)


def _common(staff: Staff) -> dict[str, Any]:
    vault = asking.current().parts.vault
    return {
        "why": lambda one: approvals.why(one, vault),
        "answer": lambda one: approvals.answer(one, vault),
        "said": said,
        "layouts": TITLES,
        "may_publish": staff.may(Deed.ASK_PUBLICATION),
        "may_withdraw": staff.may(Deed.ASK_WITHDRAWAL),
    }
