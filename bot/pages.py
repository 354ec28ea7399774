"""H5 pages that messages lead to: an alert to read on, and an article."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template
from markdown_it import MarkdownIt

from bot import release_pages, verification
from core import campaigns, notices, privacy
from core.calendar import day
from core.campaigns import Article
from core.db import Reading
from core.notices import Listing, Paper, Recall, Receipt
from core.records import RecordState
from core.rules import Rulebook
from messages.wording import zh

# Raw HTML in an article is shown as text, never run.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors {frames}"
_POLICY += "; form-action 'self'; base-uri 'none'"


@dataclass(frozen=True)
class Pages:
    """What the pages need. `frames` names who may frame them: nobody, or the sandbox's phone."""

    link_key: bytes
    rules: Rulebook
    clock: Callable[[], datetime]
    frames: str


def create_blueprint(parts: Pages) -> Blueprint:
    """Build the pages."""
    blueprint = Blueprint(
        "pages",
        __name__,
        url_prefix="/wechat",
        template_folder="templates",
        static_folder="static",
    )

    @blueprint.get(
        "/notices/<int(max=9223372036854775807):event_id>-<int(max=9223372036854775807):account_id>-<proof>"
    )
    def notice(event_id: int, account_id: int, proof: str) -> Response:
        if not privacy.is_proof(parts.link_key, proof, "notice", event_id, account_id):
            abort(404)
        return _page(_notice(parts, event_id))

    @blueprint.get("/articles/<int(max=9223372036854775807):article_id>")
    def article(article_id: int) -> Response:
        with Reading() as session:
            found = campaigns.article(session, article_id)
        if found is None:
            abort(404)
        return _page(_article(found))

    @blueprint.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY.format(frames=parts.frames)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    verification.add_to(blueprint, clock=parts.clock)
    release_pages.add_to(blueprint, rules=parts.rules, clock=parts.clock)
    blueprint.register_error_handler(404, _missing)
    return blueprint


def _missing(_error: Exception) -> tuple[str, int]:
    return render_template("missing.html"), 404


def _article(found: Article) -> str:
    body = _MARKDOWN.render(found.body)
    return render_template("article.html", title=found.title, body=body)


def _page(html: str) -> Response:
    response = make_response(html)
    # What is public today may be withdrawn tomorrow.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _notice(parts: Pages, event_id: int) -> str:
    now = parts.clock()
    with Reading() as session:
        found = notices.read(session, event_id, today=day(now))
    if isinstance(found, Receipt):
        return render_template(
            "facts.html",
            title=zh.CASE_CARD[found.kind],
            facts=_steps(found),
            hint=zh.RECEIPT_HINT,
        )
    if isinstance(found, Recall):
        return _recalled(parts, found, now)
    if isinstance(found, Paper):
        return _paper(found)
    if not isinstance(found, Listing):
        return render_template("missing.html")
    named = parts.rules.lists.get(found.list_kind)
    list_name = named.name if named else found.title
    return render_template(
        "facts.html",
        title=zh.alert_title(found.name, list_name) if found.is_public else zh.ended(),
        facts=_facts(found, list_name, now),
        hint=zh.DIRECTIONS,
    )


def _recalled(parts: Pages, recall: Recall, now: datetime) -> str:
    listing = recall.listing
    named = parts.rules.lists.get(listing.list_kind)
    return render_template(
        "facts.html",
        title=zh.recall_title(listing.name),
        facts=_facts(listing, named.name if named else listing.title, now),
        hint=zh.RECALLS[recall.became] if not listing.is_public else _told_anew(recall),
    )


def _told_anew(recall: Recall) -> str:
    """Say of a record that is shown again, or still, that what stands above is right."""
    return zh.RECALLS["corrected"] if recall.became is RecordState.CORRECTED else zh.DIRECTIONS


def _steps(receipt: Receipt) -> list[tuple[str, str]]:
    """Say how far a case is, and by which code it is asked for."""
    return [
        (zh.RECEIPT_FACTS["code"], privacy.show_code(receipt.code)),
        (zh.RECEIPT_FACTS["state"], zh.case_state(receipt.kind, receipt.state)),
    ]


def _paper(paper: Paper) -> str:
    """Say which report it is and what it is worth; its code stands on the report alone."""
    verdict = paper.verdict
    said = {
        "report_no": verdict.report_no,
        "entity": verdict.name,
        "state": zh.REPORT_STANDINGS[verdict.standing],
        "as_of": zh.time(verdict.as_of) if verdict.as_of else None,
        "valid_until": zh.date(verdict.valid_until) if verdict.valid_until else None,
    }
    facts = [(zh.REPORT_FACTS[name], text) for name, text in said.items() if text]
    title, hint = zh.REPORT_CARD[paper.kind][0], zh.REPORT_HINTS[paper.kind]
    return render_template("facts.html", title=title, facts=facts, hint=hint)


def _facts(listing: Listing, list_name: str, now: datetime) -> list[tuple[str, str]]:
    """Say what an alert tells; of a record that has ended only that it has."""
    said = {"entity": listing.name, "uscc": listing.uscc, "as_of": zh.time(now)}
    if listing.is_public:
        dates = {
            "event_date": listing.event_date,
            "repairable_from": listing.repairable_from,
            "ends_on": listing.ends_on,
        }
        said |= {"list": list_name, "authority": listing.authority}
        said |= {"document_no": listing.document_no}
        said |= {name: zh.date(value) for name, value in dates.items() if value}
    return [(label, said[name]) for name, label in zh.ALERT_FACTS.items() if name in said]
