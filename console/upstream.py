"""Upstream (上报): what waits for the platform above, what was exported when, each file again."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, shown, told
from console.errors import PageMissingError
from console.pages import Link, Page, as_id
from core import upstream
from core.db import Reading, Writing
from core.staff.errors import NotPermittedError
from core.staff.members import Staff
from core.staff.roles import Deed
from core.upstream import Export
from messages import upstream_file
from messages.wording import console_upstream_zh as said

blueprint = Blueprint("upstream", __name__, url_prefix="/upstream")
_LINK = Link("上报", "console.upstream.listing", (Deed.TELL_UPSTREAM,), 35, only_ours=True)
PAGE = Page(blueprint, links=(_LINK,))
_PAGE = 30
_FILES: Mapping[str, tuple[Callable[[Export], bytes], str]] = {
    "json": (upstream_file.as_json, "application/json"),
    "csv": (upstream_file.as_csv, "text/csv; charset=utf-8"),
}


@blueprint.get("/")
@guard.page(Deed.TELL_UPSTREAM)
def listing(staff: Staff) -> Response:
    """Show what waits, and what was exported."""
    _demand_ours(staff)
    before = request.args.get("before", type=as_id)
    with Reading() as session:
        waiting = upstream.waiting(session)
        made = upstream.listing(session, limit=_PAGE, before=before)
    following = url_for(".listing", before=made[-1].number) if len(made) == _PAGE else None
    return shown.show(
        "upstream.html", waiting=waiting, made=made, following=following, said=said, kinds=_FILES
    )


@blueprint.post("/")
@guard.page(Deed.TELL_UPSTREAM)
def collect(staff: Staff) -> Response:
    """Take what waits into the next export, which can be downloaded from then on."""
    _demand_ours(staff)
    here = asking.current()
    with Writing() as session:
        made = upstream.collect(session, here.parts.vault, now=here.now, actor=staff.actor)
    told.tell(said.MADE.format(made.number, len(made.rows)) if made else said.NOTHING)
    return make_response(redirect(url_for(".listing"), 303))


@blueprint.post("/<int(max=999999999999):number>/<kind>")
@guard.page(Deed.TELL_UPSTREAM)
def download(staff: Staff, number: int, kind: str) -> Response:
    """Give one file of an export; it names persons, so that each time is written down."""
    _demand_ours(staff)
    if kind not in _FILES:
        raise PageMissingError
    here, (write, media_type) = asking.current(), _FILES[kind]
    with Writing() as session:
        made = upstream.again(session, here.parts.vault, number, now=here.now, actor=staff.actor)
    response = Response(write(made), content_type=media_type)
    name = upstream_file.name(number, kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _demand_ours(staff: Staff) -> None:
    if staff.department_id is not None:  # it tells of everybody's repairs
        raise NotPermittedError
