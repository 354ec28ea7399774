"""What the pages that messages lead to answer when they cannot: what to do next, in two languages.

Who has not said which language they read may be a foreigner who verifies a paper.
"""

import structlog
from flask import Blueprint, Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from bot import page_looks
from bot.limits import TooOftenError
from messages.wording import h5_en, h5_zh

log = structlog.get_logger()

_PAUSE = 5  # seconds
_FAILURE = 500
_NAMED = frozenset({404, 405, 413, 429, 503})


def answer(blueprint: Blueprint, away: tuple[type[Exception], ...]) -> None:
    """Answer every failure of these pages, and every address below them that leads nowhere."""
    blueprint.register_error_handler(HTTPException, _of_http)
    blueprint.register_error_handler(TooOftenError, _too_often)
    for error in away:
        blueprint.register_error_handler(error, _away)

    @blueprint.get("/<path:_other>")
    def nowhere(_other: str) -> Response:
        abort(404)


def _of_http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or _FAILURE
    if code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    return _page(code)


def _too_often(refusal: TooOftenError) -> Response:
    return _page(429, wait=refusal.wait)


def _away(error: Exception) -> Response:
    log.warning("pages_away", error=type(error).__name__)
    return _page(503, wait=_PAUSE)


def _page(code: int, wait: int | None = None) -> Response:
    name = code if code in _NAMED else _FAILURE if code >= _FAILURE else 400
    both = page_looks.first(("zh-CN", h5_zh), ("en", h5_en))
    said = [(tag, words.TEXTS[f"http_{name}"], words.TEXTS["wait_seconds"]) for tag, words in both]
    title = both[0][1].TEXTS["not_done"]
    html = render_template("problem_page.html", title=title, said=said, wait=wait)
    response = make_response(html, code)
    response.headers["Cache-Control"] = "private, no-store"
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
