"""How campaigns are shown: the form, the testers, one campaign with its plan and its progress."""

import tempfile
from typing import Any

from flask import Response, make_response, request, send_file, url_for
from werkzeug.datastructures import MultiDict

from console import asking, campaign_forms, problems, shown
from core.articles import reading
from core.calendar import day
from core.campaigning import anchors, planning, progress, removing
from core.campaigning.ledger import Campaign, CampaignState, PreviewState, Whom
from core.campaigning.progress import Sheet
from core.db import Reading
from core.errors import CreditError
from core.staff import approvals, members
from core.staff.approvals import Matter
from core.staff.members import Staff
from core.staff.roles import Deed
from messages import campaign_file, campaign_said, mass_calls
from messages.wording import articles_zh
from messages.wording import console_campaigns_zh as said

_MOVING = {CampaignState.SCHEDULED, CampaignState.RUNNING, CampaignState.PAUSED}
_EDITABLE = {
    *(CampaignState.DRAFT, CampaignState.PREVIEWED),
    *(CampaignState.APPROVED, CampaignState.SCHEDULED),
}
_OVER = {CampaignState.FINISHED, CampaignState.STOPPED}
_ARTICLES = 200
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def form(staff: Staff, given: MultiDict[str, str], refusal: CreditError | None = None) -> Response:
    """Show the form of a new campaign."""
    status = problems.status_of(refusal) if refusal else 200
    refused = problems.sentence(refusal) if refusal else None
    return shown.show(
        "campaign_new.html", status, form=given, refused=refused, **_choices(), **words(staff)
    )


def people(staff: Staff, refusal: CreditError | None = None) -> Response:
    """Show who looks at previews."""
    status = problems.status_of(refusal) if refusal else 200
    with Reading() as session:
        found = progress.testers(session)
    refused = problems.sentence(refusal) if refusal else None
    return shown.show(
        "campaign_testers.html",
        status,
        found=found,
        form=request.form,
        refused=refused,
        **words(staff),
    )


def one(
    staff: Staff,
    number: int,
    *,
    template: str = "campaign.html",
    status: int = 200,
    refused: str | None = None,
) -> Response:
    """Show one campaign."""
    held = _held(staff, number)
    campaign = held["campaign"]
    given = request.form if refused else campaign_forms.shown(campaign)
    if "cover" in request.args:
        given = MultiDict(given)
        given.setlist("cover", [request.args["cover"]])
    common = _choices() | words(staff)
    return shown.show(template, status, form=given, refused=refused, **held, **common)


def _held(staff: Staff, number: int) -> dict[str, Any]:
    """Return what is so of a campaign."""
    # Before we hold a connection: the ledger may have to learn from the database.
    calls = mass_calls.left(asking.current().parts.ledger)
    with Reading() as session:
        sheet = progress.sheet(session, number)
        campaign = sheet.campaign
        plan = None if campaign.started_at else _plan(session, campaign, calls)
        asked = approvals.about(session, Matter.RUN_CAMPAIGN, number)
        people = {campaign.edited_by, campaign.approved_by, asked and asked.asked_by}
        names = members.names(session, {each for each in people if each})
        testers = progress.testers(session)
    return {
        "sheet": sheet,
        "campaign": campaign,
        "plan": plan,
        "plan_said": campaign_said.plan(plan) if plan else "",
        "whom": campaign_said.whom(Whom.read(campaign.whom), asking.current().parts.rules),
        "asked": asked,
        "why": approvals.why(asked, asking.current().parts.vault) if asked else "",
        "mine": staff.id in {campaign.edited_by, asked and asked.asked_by},
        "names": names,
        "testers": testers,
        "is_moving": _is_moving(sheet),
        "is_removable": campaign.state in _OVER and removing.is_possible(sheet.sends),
        "is_editable": campaign.state in _EDITABLE,
        "rows": [campaign_file.row(each) for each in sheet.counts],
    }


def _plan(session: Any, campaign: Campaign, calls: planning.Calls) -> planning.Plan:  # noqa: ANN401
    return planning.plan(session, campaign, calls, now=asking.current().now)


def workbook(number: int) -> Response:
    """Give the counts of a campaign as a workbook."""
    with Reading() as session:
        counts = progress.sheet(session, number).counts
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when sent
    campaign_file.write(counts, file)
    file.seek(0)
    name = f"campaign-{number}-{day(asking.current().now)}.xlsx"
    return send_file(file, mimetype=_XLSX, as_attachment=True, download_name=name)


def table(number: int) -> Response:
    """Give the counts of a campaign as CSV."""
    with Reading() as session:
        text = campaign_file.as_csv(progress.sheet(session, number).counts)
    response = make_response(text)
    response.mimetype = "text/csv"
    name = f"campaign-{number}-{day(asking.current().now)}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def coming() -> list[dict[str, str]]:
    """List the days to plan for, with where a campaign for each is begun."""
    here = asking.current()
    dated = anchors.coming(here.parts.anchors, day(here.now))
    return [
        {
            "name": each.name,
            "on": begins.isoformat(),
            "href": url_for("console.campaigns.new", start_at=f"{begins} 09:00"),
        }
        for begins, each in dated
    ]


def words(staff: Staff) -> dict[str, Any]:
    """Return the words of the pages, and what this member may do on them."""
    return {
        "said": said,
        "may_edit": staff.may(Deed.EDIT_CAMPAIGN),
        "may_approve": staff.may(Deed.APPROVE_CAMPAIGN),
        "fastest": planning.FASTEST,
    }


def _choices() -> dict[str, Any]:
    here = asking.current()
    rules, now = here.parts.rules, here.now
    with Reading() as session:
        found = reading.every(session, limit=_ARTICLES)
    may = [one for one in found if one.state(now) in {"published", "scheduled"}]
    kinds = articles_zh.ARTICLE_KINDS
    places = {one.code or one.name: one.name for one in rules.places}
    return {
        "articles": [(one.id, f"{kinds[one.kind]}：{one.title}") for one in may],
        "places": list(places.items()),
        "lists": [(one.code, one.name) for one in rules.lists.values()],
    }


def _is_moving(sheet: Sheet) -> bool:
    waits = any(one.state is PreviewState.WAITING for one, _ in sheet.previews)
    return waits or sheet.campaign.state in _MOVING
