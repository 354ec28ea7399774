"""Every refusal and failure as a page: what is so, and what to do next."""

from dataclasses import dataclass

import structlog
from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from bot.h5 import asking, cookies, places, resuming, shown, uploads, words
from bot.h5.errors import SignedOutError, StaleError
from bot.limits import TooOftenError
from core.errors import CreditError, NotVerifiedError

log = structlog.get_logger()

_STATUS = {
    "form_expired": 403,
    "snapshot": 403,
    "arrival_refused": 403,
    "wechat_away": 503,
    "identity_away": 503,
    "incomplete": 422,
}
_FAILURE = 500
_PAUSE = 5  # seconds
_ONCE: dict[str, None] = {"again": None, "wait": None}


@dataclass(frozen=True)
class Again:
    """What somebody had sent, to be sent again; files must be chosen again."""

    fields: list[tuple[str, str]]
    with_files: bool


def answer(blueprint: Blueprint, away: tuple[type[Exception], ...]) -> None:
    """Answer every failure of these pages."""
    blueprint.register_error_handler(SignedOutError, _signed_out)
    blueprint.register_error_handler(StaleError, _stale)
    blueprint.register_error_handler(NotVerifiedError, _stale)
    blueprint.register_error_handler(CreditError, _refused)
    blueprint.register_error_handler(HTTPException, _of_http)
    blueprint.register_error_handler(TooOftenError, _too_often)
    for error in (*away, RedisError):
        blueprint.register_error_handler(error, _away)


def status_of(refusal: CreditError) -> int:
    """Return the HTTP status of a refusal; what is not known by name is a conflict."""
    return 404 if refusal.code.endswith("_not_found") else _STATUS.get(refusal.code, 409)


def _refused(refusal: CreditError) -> Response:
    said = words.refusal(refusal.code, asking.current().language)
    return shown.show("problem.html", status_of(refusal), code=refusal.code, said=said, **_ONCE)


def _of_http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or _FAILURE
    if code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    name = code if code in {404, 405, 413} else _FAILURE if code >= _FAILURE else 400
    said = words.texts(asking.current().language)[f"http_{name}"]
    return shown.show("problem.html", code, code=f"http_{name}", said=said, **_ONCE)


def _away(error: Exception) -> Response:
    log.warning("h5_away", error=type(error).__name__)
    here = asking.current()
    here.who = here.kept = here.token = None
    here.unsure = cookies.session(secure=here.parts.secure)
    return _later(503, _PAUSE)


def _too_often(refusal: TooOftenError) -> Response:
    return _later(429, refusal.wait)


def _later(status: int, wait: int) -> Response:
    """Ask somebody to come again; what they sent stays on the page, to be sent again."""
    said = words.texts(asking.current().language)[f"http_{status}"]
    again = {"again": _sent(), "most": uploads.MOST, "wait": wait}
    response = shown.show("problem.html", status, code=f"http_{status}", said=said, **again)
    response.headers["Retry-After"] = str(wait)
    return response


def _sent() -> Again | None:
    if request.method != "POST":
        return None
    try:
        fields = list(request.form.items(multi=True))
        files = any(one.filename for _, one in request.files.items(multi=True))
    except HTTPException:  # larger than we read from somebody whom we do not know
        return None
    return Again(fields, with_files=files)


def _signed_out(_error: SignedOutError) -> Response:
    secure = asking.current().parts.secure
    response = make_response(redirect(url_for("h5.sign_in", next=_wanted()), 303))
    if cookies.session(secure=secure):
        cookies.drop_session(response, secure=secure)
    return response


def _stale(_error: Exception) -> Response:
    return make_response(redirect(url_for("h5.identity", next=_wanted()), 303))


def _wanted() -> str:
    """Return where somebody wants to be: where their form goes on, this page, or the form's."""
    return resuming.kept() or places.local(
        request.path if request.method == "GET" else request.form.get("next")
    )
