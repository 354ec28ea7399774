"""H5 pages that messages lead to: an alert to read on, and an article."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template, request

from bot import article_pages, page_looks, page_problems, release_pages, verification, verifying
from bot.limits import UNLIMITED, Budget, Limits
from core import notices, privacy
from core.calendar import day
from core.db import Reading
from core.notices import Headline, Reply
from core.rules import Rulebook
from messages.telling import Teller

_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-ancestors {frames}"
_POLICY += "; form-action 'self'; base-uri 'none'"


@dataclass(frozen=True)
class Pages:
    """What the pages need. `frames` names who may frame them: nobody, or the sandbox's phone.

    `away` names the errors of a database that is busy or not there; `limits` count who asks;
    `secure` says that people come by https.
    """

    link_key: bytes
    rules: Rulebook
    clock: Callable[[], datetime]
    frames: str
    away: tuple[type[Exception], ...] = ()
    limits: Limits = UNLIMITED
    secure: bool = False


def create_blueprint(parts: Pages) -> Blueprint:
    """Build the pages."""
    blueprint = Blueprint(
        "pages",
        __name__,
        url_prefix="/wechat",
        template_folder="templates",
        static_folder="static",
    )

    page_looks.add_to(blueprint, secure=parts.secure)

    @blueprint.get(
        "/notices/<int(max=9223372036854775807):event_id>-<int(max=9223372036854775807):account_id>-<proof>"
    )
    def notice(event_id: int, account_id: int, proof: str) -> Response:
        if not privacy.is_proof(parts.link_key, proof, "notice", event_id, account_id):
            abort(404)
        return _page(_notice(parts, event_id, account_id))

    article_pages.add_to(blueprint, _page, link_key=parts.link_key, clock=parts.clock)

    @blueprint.after_request
    def protect(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = _POLICY.format(frames=parts.frames)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    verifying.add_to(blueprint, verification.REPORT, clock=parts.clock)
    verifying.add_to(blueprint, verification.CERTIFICATE, clock=parts.clock)
    release_pages.add_to(blueprint, rules=parts.rules, clock=parts.clock)
    page_problems.answer(blueprint, parts.away)
    _count(blueprint, parts.limits)
    return blueprint


def _count(blueprint: Blueprint, limits: Limits) -> None:
    """Count who opens these pages, and more strictly who verifies a paper by its code or file."""

    @blueprint.before_request
    def count() -> None:
        endpoint = request.endpoint or ""
        if endpoint == "pages.static":
            return
        whose = {"address": request.remote_addr}
        limits.take(Budget.PAGE, whose)
        if "code" in (request.view_args or {}) or endpoint.endswith("_file"):
            limits.take(Budget.CODE, whose)


def _page(html: str) -> Response:
    response = make_response(html)
    # What is public today may be withdrawn tomorrow.
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _notice(parts: Pages, event_id: int, account_id: int) -> str:
    now = parts.clock()
    page_looks.of_account(account_id)
    with Reading() as session:
        found = notices.read(session, event_id, today=day(now))
    # An article and a late answer are read elsewhere.
    if isinstance(found, Headline | Reply):
        return render_template("missing.html")
    language = page_looks.current().language.value
    told = Teller(parts.rules.lists, language, now, parts.rules.reasons).tell(found)
    said = {"title": told.title, "facts": told.facts, "hint": told.hint, "about": told.about}
    return render_template("facts.html", **said)
