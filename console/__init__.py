"""The console (工作台): where the staff work. Server-rendered, on the same core."""

from flask import Blueprint, Flask

from console import (
    account,
    approvals,
    articles,
    audit,
    campaigns,
    case,
    cases,
    deadlines,
    gate,
    home,
    intake,
    invitation,
    jobs,
    lists,
    members,
    records,
    revocation,
    rules,
    scores,
    signing,
    standing_in,
    upstream,
    why,
)
from console.pages import Page
from console.parts import Parts

__all__ = ["Parts", "register"]

# Each file of pages offers its PAGE here; the navigation sorts by the place of each link.
PAGES: tuple[Page, ...] = (
    home.PAGE,
    cases.PAGE,
    case.PAGE,
    revocation.PAGE,
    standing_in.PAGE,
    signing.PAGE,
    account.PAGE,
    jobs.PAGE,
    audit.PAGE,
    invitation.PAGE,
    members.PAGE,
    approvals.PAGE,
    records.PAGE,
    intake.PAGE,
    lists.PAGE,
    articles.PAGE,
    campaigns.PAGE,
    deadlines.PAGE,
    deadlines.ESCALATIONS,
    scores.PAGE,
    rules.PAGE,
    upstream.PAGE,
    why.PAGE,
)


def register(app: Flask, parts: Parts) -> None:
    """Add every page of the staff."""
    blueprint = Blueprint(
        "console",
        __name__,
        url_prefix=gate.PREFIX,
        static_folder="static",
        static_url_path="/static",
    )
    for page in PAGES:
        blueprint.register_blueprint(page.blueprint)
    gate.build(app, blueprint, parts, pages=PAGES)
    app.register_blueprint(blueprint)
