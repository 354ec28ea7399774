"""The access log: one line a request, by its route; no query string, no code, no link in it."""

import time
import uuid
from typing import cast

import structlog
from flask import Flask, Response, g, has_request_context, request
from structlog.typing import EventDict, WrappedLogger

log = structlog.get_logger()

# WeChat's pushes come by the thousand and its refusals are logged where they are made; the health
# pages are asked every few seconds.
_SILENT = frozenset({"wechat.receive", "health.healthz", "health.readyz"})


def watch(app: Flask) -> None:
    """Log every request that is not of a silent kind."""

    @app.before_request
    def begin() -> None:
        if request.endpoint not in _SILENT:
            g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        if (began := g.get("began")) is not None:
            log.info(
                "request",
                method=request.method,
                # The rule, not the path: a path may hold a receipt code or the key of a link.
                route=request.url_rule.rule if request.url_rule else None,
                status=response.status_code,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
                request_id=request_id(),
            )
        return response


def request_id() -> str:
    """Return the id of the request in hand: the app's own, or one made when first asked for."""
    return cast("str", g.setdefault("request_id", uuid.uuid4().hex))


def with_request(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """Give a log line the id of the request during which it was written."""
    if has_request_context():
        event.setdefault("request_id", request_id())
    return event
