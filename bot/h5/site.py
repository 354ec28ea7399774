"""The site: how every request to these pages begins and ends, and which pages there are."""

import uuid
from typing import Any
from urllib.parse import unquote

from flask import Blueprint, Response, abort, g, request

from bot.h5 import (
    accounting,
    asking,
    browsing,
    checking,
    complaining,
    cookies,
    credit,
    deciding,
    entering,
    filing,
    finding,
    follows,
    giving,
    home,
    identity,
    inbox,
    looking,
    my_cases,
    news,
    papers,
    problems,
    requesting,
    resuming,
    rights,
    telling,
    uploads,
)
from bot.h5.asking import Asking
from bot.h5.parts import Parts
from bot.h5.places import PREFIX
from bot.h5.policy import policy
from bot.limits import Budget

_GOOD = 200
_KEPT = "public, max-age=31536000, immutable"
_PAGES: tuple[Any, ...] = (
    *(entering, identity, home, looking),
    *(finding, browsing, accounting, news, checking),
    *(credit, papers, giving, filing, complaining, my_cases, deciding, follows, inbox, telling),
    *(rights, requesting, resuming),
)


def create_blueprint(parts: Parts) -> Blueprint:
    """Build every page."""
    blueprint = Blueprint("h5", __name__, url_prefix=PREFIX, static_folder="static")
    _frame(blueprint, parts)
    problems.answer(blueprint, parts.away)
    for page in _PAGES:
        page.add_to(blueprint)

    @blueprint.get("/<path:_other>")
    def nowhere(_other: str) -> Response:
        abort(404)

    return blueprint


def _frame(blueprint: Blueprint, parts: Parts) -> None:
    @blueprint.before_request
    def enter() -> None:
        asking.begin(_asking(parts))
        request.form_data_parser_class = uploads.InMemory
        if request.endpoint != "h5.static":
            parts.limits.take(Budget.PAGE, {"address": request.remote_addr})
        if "\0" in unquote(request.full_path):  # nobody types it, and PostgreSQL keeps none
            abort(400)

    @blueprint.after_request
    def leave(response: Response) -> Response:
        return _marked(response)


def _marked(response: Response) -> Response:
    here = asking.current()
    parts = here.parts
    if here.browser and here.is_browser_new:
        cookies.set_browser(response, here.browser, secure=parts.secure)
    if asking.is_look_asked():
        value = looking.written(here.language, is_large=here.is_large)
        cookies.set_look(response, value, secure=parts.secure)
    response.headers.setdefault("Content-Security-Policy", policy())
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Not "no-referrer": with it a browser names no origin when it sends a form.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Request-Id"] = here.request_id
    is_file = request.endpoint == "h5.static" and "v" in request.args
    # What is public today may be withdrawn tomorrow; what is one's own is kept nowhere.
    is_open = here.who is None and response.status_code == _GOOD
    kept = "private, no-cache" if is_open else "private, no-store"
    response.headers["Cache-Control"] = _KEPT if is_file else kept
    return response


def _asking(parts: Parts) -> Asking:
    secure = parts.secure
    language, is_large = looking.wanted(cookies.look(secure=secure))
    request_id = g.setdefault("request_id", uuid.uuid4().hex)
    return Asking(
        parts,
        parts.clock(),
        request_id,
        language,
        is_large=is_large,
        browser=cookies.browser(secure=secure),
    )
