"""Retiring: an operation that will go says since when, until when, and what comes instead."""

from collections.abc import Callable
from datetime import date, datetime, time
from functools import wraps
from typing import Any

from flask import Response, after_this_request
from flask_smorest import Blueprint
from werkzeug.http import http_date

from core.calendar import KUNMING

_View = Callable[..., Any]


def retiring(since: date, *, until: date, instead: str) -> Callable[[_View], _View]:
    """Tell on every answer of a view that it will go (RFC 9745, RFC 8594); above all but its doc.

    `until` is the last day on which it answers; `instead` the address to use from now on.
    """
    headers = {
        "Deprecation": f"@{int(_begin(since).timestamp())}",
        "Sunset": http_date(datetime.combine(until, time.max, KUNMING)),
        "Link": f'<{instead}>; rel="successor-version"',
    }

    def told(view: _View) -> _View:
        @wraps(view)
        def answered(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any view's
            after_this_request(_telling(headers))
            return view(*arguments, **named)

        documented: _View = Blueprint.doc(deprecated=True)(answered)
        return documented

    return told


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, KUNMING)


def _telling(headers: dict[str, str]) -> Callable[[Response], Response]:
    def tell(response: Response) -> Response:
        response.headers.update(headers)
        return response

    return tell
