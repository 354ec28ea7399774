"""The gate: how every request to this door begins and ends, and none to another."""

import uuid
from urllib.parse import unquote

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest
from werkzeug.routing import RequestRedirect

from console import asking, cookies, problems, shown
from console.asking import Asking
from console.pages import Page
from console.parts import Parts

PREFIX = "/console"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
KEPT = "public, max-age=31536000, immutable"


def build(app: Flask, blueprint: Blueprint, parts: Parts, *, pages: tuple[Page, ...]) -> None:
    """Stand before and behind every view of this door."""
    problems.answer(blueprint, parts.away)

    @app.before_request
    def enter() -> ResponseReturnValue | None:
        if not _is_ours(request.path):
            return None
        request_id = g.setdefault("request_id", uuid.uuid4().hex)
        here = Asking(parts, parts.clock(), request_id, pages)
        asking.begin(here)
        here.form = cookies.form()
        if "\0" in unquote(request.full_path):  # nobody types it, and PostgreSQL keeps none
            return problems.of_http(BadRequest())
        # An address that leads nowhere belongs to no blueprint: no handler of ours hears of it.
        wrong = request.routing_exception
        return problems.of_http(wrong) if wrong and not isinstance(wrong, RequestRedirect) else None

    @app.after_request
    def leave(response: Response) -> Response:
        return _protected(response) if asking.has_begun() else response


def _is_ours(path: str) -> bool:
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def _protected(response: Response) -> Response:
    here = asking.current()
    if here.form and here.is_form_new:
        cookies.set_form(response, here.form)
    response.headers.setdefault("Content-Security-Policy", POLICY)  # a file has a stricter one
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("X-Frame-Options", "DENY")
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    # Not "no-referrer": with it a browser names no origin when it sends a form.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Request-Id"] = here.request_id
    kept = KEPT if shown.is_asset(response) else "no-store"
    response.headers["Cache-Control"] = kept
    return response
