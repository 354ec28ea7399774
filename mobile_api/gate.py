"""The gate: how every request to this door begins and ends, and none to another."""

import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.routing import RequestRedirect

from core import identifiers
from core.calendar import in_kunming
from mobile_api import asking, clients, limits, problems
from mobile_api.asking import Asking
from mobile_api.parts import Parts
from mobile_api.problems import DoorError

PREFIXES = ("/api/", "/problems/")
LARGEST_BODY = 64 * 1024
_REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
LANGUAGES = ("zh", "en")
_View = Callable[..., Any]
PUBLIC_SECONDS = 3600
_KEPT = frozenset({200, 304})
_CREDENTIALS = ("Authorization", "X-Api-Key")


def build(app: Flask, parts: Parts) -> None:
    """Stand before and behind every view of this door."""

    @app.before_request
    def enter() -> Response | None:
        if not request.path.startswith(PREFIXES):
            return None
        asking.begin(Asking(parts, parts.clock(), _request_id(), language()))
        request.max_content_length = LARGEST_BODY
        request.form_data_parser_class = _InMemory
        return _refused() or _unrouted(request.routing_exception)

    @app.after_request
    def leave(response: Response) -> Response:
        return _marked(response) if asking.has_begun() else response


def takes(most: int) -> Callable[[_View], _View]:
    """Let the body of a request to this view be as long as this; it stands above whatever reads."""

    def roomy(view: _View) -> _View:
        @wraps(view)
        def entered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            request.max_content_length = most
            return view(*arguments, **named)

        return entered

    return roomy


class _InMemory(FormDataParser):
    """Keeps what was uploaded in memory: on a disk it would lie in clear for a while."""

    def __init__(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - werkzeug's
        super().__init__(**options | {"stream_factory": lambda *_, **__: io.BytesIO()})


def public(response: Response) -> Response:
    """Let anybody keep an answer for a while, and no answer outlive the legal day."""
    if response.status_code in _KEPT:
        now = in_kunming(asking.current().now)
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        seconds = min(PUBLIC_SECONDS, int((midnight - now).total_seconds()))
        response.headers["Cache-Control"] = f"public, max-age={seconds}"
    return response


def _refused() -> Response | None:
    try:
        limits.admit()
        clients.demand_recent()
    except DoorError as refusal:
        return problems.door(refusal)
    return None


def private(response: Response) -> Response:
    """Keep an answer about somebody's case out of shared caches."""
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def language() -> str:
    """Return the language of ours that the request in hand likes best."""
    # werkzeug's best_match would prefer any exact tag to "zh-CN", whatever the app prefers.
    asked = (tag.partition("-")[0].lower() for tag, weight in request.accept_languages if weight)
    return next((tag for tag in asked if tag in LANGUAGES), LANGUAGES[0])


def _unrouted(error: HTTPException | None) -> Response | None:
    # An address that leads nowhere belongs to no resource, so no error handler of ours hears of it.
    return None if error is None or isinstance(error, RequestRedirect) else problems.http(error)


def _marked(response: Response) -> Response:
    response.headers["X-Request-Id"] = asking.current().request_id
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Who shows who they are gets answers of their own.
    is_ones_own = any(name in request.headers for name in _CREDENTIALS)
    kept = "private, no-cache" if is_ones_own else "no-cache"
    response.headers.setdefault("Cache-Control", kept)
    response.vary.add("Accept-Language")
    limits.tell(response)
    return response


def _request_id() -> str:
    offered = request.headers.get("X-Request-Id", "")
    # The id is logged, so it must not be somebody's number.
    fits = _REQUEST_ID.fullmatch(offered) and (
        identifiers.is_uuid(offered) or not identifiers.holds_citizen_id(offered)
    )
    return offered if fits else uuid.uuid4().hex
