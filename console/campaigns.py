"""Campaigns (宣传): write, preview, see the plan, ask, approve, and watch how far one is."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import (
    asking,
    campaign_forms,
    campaign_shown,
    guard,
    shown,
    told,
)
from console.campaign_deeds import attempt, done, seeing, steering
from console.campaign_shown import words
from console.pages import Link, Page, as_id
from core.articles import pictures
from core.campaigning import editing, progress
from core.campaigning import steering as steer
from core.db import Reading, Writing
from core.errors import CreditError
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_campaigns_zh as said

blueprint = Blueprint("campaigns", __name__, url_prefix="/campaigns")
_SEES = (Deed.EDIT_CAMPAIGN, Deed.APPROVE_CAMPAIGN)
PAGE = Page(blueprint, links=(Link("宣传", "console.campaigns.listing", _SEES, 35),))
_ONE = "/<int(max=999999999999):number>"
_PAGE = 30
_FORM = pictures.LARGEST + 64 * 1024


@blueprint.get("/")
@guard.page(*_SEES)
def listing(staff: Staff) -> Response:
    """List the campaigns, the youngest first, and the days to plan for."""
    before = request.args.get("before", type=as_id)
    with Reading() as session:
        found = progress.listing(session, limit=_PAGE, before=before)
    more = url_for(".listing", before=found[-1].id) if len(found) == _PAGE else None
    coming = campaign_shown.coming()
    return shown.show("campaigns.html", found=found, following=more, coming=coming, **words(staff))


@blueprint.get("/new")
@guard.page(Deed.EDIT_CAMPAIGN)
def new(staff: Staff) -> Response:
    """Show an empty form, with what an address brings into it."""
    form = campaign_forms.empty()
    form.update(
        {name: request.args[name] for name in ("cover", "start_at") if name in request.args}
    )
    return campaign_shown.form(staff, form)


@blueprint.post("/new")
@guard.page(Deed.EDIT_CAMPAIGN)
def write(staff: Staff) -> Response:
    """Begin a campaign."""
    try:
        with Writing() as session:
            draft, now = campaign_forms.read(), asking.current().now
            number = editing.write(session, staff, draft, now=now)
    except CreditError as refusal:
        return campaign_shown.form(staff, request.form, refusal)
    return done(number, said.SAVED)


@blueprint.post("/covers")
@guard.page(Deed.EDIT_CAMPAIGN, takes=_FORM)
def cover(staff: Staff) -> Response:
    """Keep a cover, and go on with the form."""
    file = request.files.get("file")
    try:
        with Writing() as session:
            content = file.read(pictures.LARGEST + 1) if file else b""
            name = pictures.add(session, staff, content, now=asking.current().now)
    except CreditError as refusal:
        return campaign_shown.form(staff, campaign_forms.empty(), refusal)
    told.tell(said.COVER_ADDED)
    number = request.form.get("number", type=as_id)
    place = url_for(".campaign", number=number, cover=name) if number else None
    return make_response(redirect(place or url_for(".new", cover=name), 303))


@blueprint.get("/testers")
@guard.page(Deed.EDIT_CAMPAIGN)
def testers(staff: Staff) -> Response:
    """Show who looks at previews."""
    return campaign_shown.people(staff)


@blueprint.post("/testers")
@guard.page(Deed.EDIT_CAMPAIGN)
def add_tester(staff: Staff) -> Response:
    """Name somebody who looks at previews."""
    name, openid = request.form.get("name", ""), request.form.get("openid", "")[:64]
    try:
        with Writing() as session:
            now = asking.current().now
            editing.add_tester(session, staff, name, openid=openid, now=now)
    except CreditError as refusal:
        return campaign_shown.people(staff, refusal)
    told.tell(said.TESTER_ADDED)
    return make_response(redirect(url_for(".testers"), 303))


@blueprint.get(_ONE)
@guard.page(*_SEES)
def campaign(staff: Staff, number: int) -> Response:
    """Show a campaign: what it is, its plan, how far it is, and what may be done."""
    return campaign_shown.one(staff, number)


@blueprint.get(f"{_ONE}/now")
@guard.page(*_SEES, awake=False)
def now(staff: Staff, number: int) -> Response:
    """Show how far a campaign is, for the page that asks again and again."""
    return campaign_shown.one(staff, number, template="campaign_now.html")


@blueprint.get(f"{_ONE}/result.xlsx")
@guard.page(*_SEES)
def workbook(_staff: Staff, number: int) -> Response:
    """Give the counts as a workbook."""
    return campaign_shown.workbook(number)


@blueprint.get(f"{_ONE}/result.csv")
@guard.page(*_SEES)
def table(_staff: Staff, number: int) -> Response:
    """Give the counts as CSV."""
    return campaign_shown.table(number)


@blueprint.post(f"{_ONE}/revise")
@guard.page(Deed.EDIT_CAMPAIGN)
def revise(staff: Staff, number: int) -> Response:
    """Change a campaign that has not begun."""
    return attempt(
        staff,
        number,
        said.SAVED,
        do=seeing(editing.revise, draft=campaign_forms.read),
    )


@blueprint.post(f"{_ONE}/preview")
@guard.page(Deed.EDIT_CAMPAIGN)
def preview(staff: Staff, number: int) -> Response:
    """Have a campaign shown to testers."""

    def chosen() -> list[int]:
        return request.form.getlist("tester", type=as_id)

    return attempt(staff, number, said.PREVIEW_ASKED, do=seeing(editing.preview, testers=chosen))


@blueprint.post(f"{_ONE}/ask")
@guard.page(Deed.EDIT_CAMPAIGN)
def ask(staff: Staff, number: int) -> Response:
    """Ask that a campaign be approved."""

    def why() -> str:
        return request.form.get("why", "")

    return attempt(
        staff,
        number,
        said.ASKED,
        do=seeing(editing.ask, why=why, vault=lambda: asking.current().parts.vault),
    )


@blueprint.post(f"{_ONE}/approve")
@guard.page(Deed.APPROVE_CAMPAIGN)
def approve(staff: Staff, number: int) -> Response:
    """Agree to what another has asked for, with the plan before one's eyes."""

    def do(session: Any) -> None:  # noqa: ANN401 - core's session
        asked = request.form.get("approval", 0, type=as_id)
        editing.approve(session, staff, asked, now=asking.current().now)

    return attempt(staff, number, said.APPROVED, do=do)


@blueprint.post(f"{_ONE}/schedule")
@guard.page(*_SEES)
def schedule(staff: Staff, number: int) -> Response:
    """Set when an approved campaign begins."""
    try:
        at = campaign_forms.moment(request.form.get("at", ""))
    except ValueError:
        return campaign_shown.one(staff, number, status=422, refused=said.NO_TIME)

    def do(session: Any) -> None:  # noqa: ANN401 - core's session
        now = asking.current().now
        steer.schedule(session, staff, number, at=at or now, now=now)

    return attempt(staff, number, said.SCHEDULED, do=do)


@blueprint.post(f"{_ONE}/pause")
@guard.page(*_SEES)
def pause(staff: Staff, number: int) -> Response:
    """Begin nothing more for now."""
    return attempt(staff, number, said.PAUSED, do=steering(steer.pause))


@blueprint.post(f"{_ONE}/resume")
@guard.page(*_SEES)
def resume(staff: Staff, number: int) -> Response:
    """Go on."""
    return attempt(staff, number, said.RESUMED, do=steering(steer.resume))


@blueprint.post(f"{_ONE}/stop")
@guard.page(*_SEES)
def stop(staff: Staff, number: int) -> Response:
    """End a campaign for good."""
    return attempt(staff, number, said.STOPPED, do=steering(steer.stop))


@blueprint.post(f"{_ONE}/remove")
@guard.page(*_SEES)
def remove(staff: Staff, number: int) -> Response:
    """Have removed at WeChat what was sent."""
    return attempt(staff, number, said.REMOVAL_ASKED, do=steering(steer.remove))
