"""Every refusal and failure as a page: what is so, and what to do next."""

import structlog
from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from bot.h5 import asking, cookies, places, shown, words
from bot.h5.errors import SignedOutError, StaleError
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


def answer(blueprint: Blueprint, away: tuple[type[Exception], ...]) -> None:
    """Answer every failure of these pages."""
    blueprint.register_error_handler(SignedOutError, _signed_out)
    blueprint.register_error_handler(StaleError, _stale)
    blueprint.register_error_handler(NotVerifiedError, _stale)
    blueprint.register_error_handler(CreditError, _refused)
    blueprint.register_error_handler(HTTPException, _of_http)
    for error in (*away, RedisError):
        blueprint.register_error_handler(error, _away)


def status_of(refusal: CreditError) -> int:
    """Return the HTTP status of a refusal; what is not known by name is a conflict."""
    return 404 if refusal.code.endswith("_not_found") else _STATUS.get(refusal.code, 409)


def _refused(refusal: CreditError) -> Response:
    said = words.refusal(refusal.code, asking.current().language)
    return shown.show("problem.html", status_of(refusal), code=refusal.code, said=said)


def _of_http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or _FAILURE
    if code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    name = code if code in {404, 405, 413} else _FAILURE if code >= _FAILURE else 400
    said = words.texts(asking.current().language)[f"http_{name}"]
    return shown.show("problem.html", code, code=f"http_{name}", said=said)


def _away(error: Exception) -> Response:
    log.warning("h5_away", error=type(error).__name__)
    here = asking.current()
    here.who = here.kept = here.token = None
    said = words.texts(here.language)["http_503"]
    response = shown.show("problem.html", 503, code="http_503", said=said)
    response.headers["Retry-After"] = "5"
    return response


def _signed_out(_error: SignedOutError) -> Response:
    secure = asking.current().parts.secure
    response = make_response(redirect(url_for("h5.sign_in", next=_wanted()), 303))
    if cookies.session(secure=secure):
        cookies.drop_session(response, secure=secure)
    return response


def _stale(_error: Exception) -> Response:
    return make_response(redirect(url_for("h5.identity", next=_wanted()), 303))


def _wanted() -> str:
    """Return where somebody wants to be: this page, or the one whose form they sent."""
    return places.local(request.path if request.method == "GET" else request.form.get("next"))
