"""Lists (名单): whom each names today, when it is released next, each release as it is shown."""

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, shown, told
from console.errors import PageMissingError
from console.pages import Link, Page, as_id
from core import releases
from core.audit import trail
from core.calendar import day
from core.db import Reading, Writing
from core.keeping import listed
from core.releases import Release
from core.staff.errors import NotPermittedError
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_intake_zh as said
from messages.wording import records_zh, zh

blueprint = Blueprint("lists", __name__, url_prefix="/lists")
PAGE = Page(blueprint, links=(Link("名单", "console.lists.listing", (Deed.SEE_LISTS,), 30),))
_RELEASES = 30


@blueprint.get("/")
@guard.page(Deed.SEE_LISTS)
def listing(staff: Staff) -> Response:
    """Show every list with its count, its newest release and the day of its next."""
    here = asking.current()
    today = day(here.now)
    with Reading() as session:
        counts = listed.counts(session, today=today)
        last = releases.newest(session)
        newest = {kind: session.get_one(Release, one) for kind, one in last.items()}
        made = releases.listing(session, limit=_RELEASES)
    days = {one.list_kind: listed.next_release(one, today=today) for one in here.parts.schedules}
    return shown.show(
        "lists.html",
        lists=here.parts.rules.lists.values(),
        named=here.parts.rules.lists,
        counts=counts,
        newest=newest,
        coming={kind: when for kind, when in days.items() if when},
        made=made,
        may_release=staff.may(Deed.MAKE_RELEASE) and staff.department_id is None,
        kinds=zh.RECORD_KINDS,
    )


@blueprint.post("/<list_kind>/release")
@guard.page(Deed.MAKE_RELEASE)
def release_now(staff: Staff, list_kind: str) -> Response:
    """Release a list as it stands."""
    here = asking.current()
    if staff.department_id is not None:  # the city's lists hold everybody's records
        raise NotPermittedError
    if list_kind not in here.parts.rules.lists:
        raise PageMissingError
    with Writing() as session:
        release_id = releases.make(session, list_kind, now=here.now)
        if release_id is not None:
            done = trail.Act(staff.actor, "staff", "release", f"release:{release_id}")
            trail.note(session, done, now=here.now)
    if release_id is None:
        told.tell(said.RELEASED_TODAY)
        return make_response(redirect(url_for(".listing"), 303))
    told.tell(said.RELEASED)
    return make_response(redirect(url_for(".release", release_id=release_id), 303))


@blueprint.get("/releases/<int(max=999999999999):release_id>")
@guard.page(Deed.SEE_LISTS)
def release(_staff: Staff, release_id: int) -> Response:
    """Show a release as the public sees it."""
    here = asking.current()
    after = request.args.get("after", type=as_id)
    with Reading() as session:
        made = releases.show(session, release_id, today=day(here.now), after=after)
    following = made.following
    more = url_for(".release", release_id=release_id, after=following) if following else None
    return shown.show(
        "release.html",
        release=made,
        list_name=_name(made.list_kind),
        following=more,
        records_zh=records_zh,
    )


def _name(list_kind: str) -> str:
    named = asking.current().parts.rules.lists.get(list_kind)
    return named.name if named else list_kind
