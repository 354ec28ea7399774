"""Every refusal and failure, as a page in plain Chinese with the id to ask about."""

import structlog
from flask import Blueprint, Response, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError
from werkzeug.exceptions import HTTPException

from console import cookies, shown
from console.errors import SignedOutError
from core.errors import CreditError
from messages import wording
from messages.wording import console_base_zh, console_zh

log = structlog.get_logger()

_STATUS = {"not_permitted": 403, "form_expired": 403, "not_entitled": 403, "record_elsewhere": 404}


def answer(blueprint: Blueprint, away: tuple[type[Exception], ...]) -> None:
    """Answer every failure inside this door."""
    blueprint.register_error_handler(SignedOutError, _signed_out)
    blueprint.register_error_handler(CreditError, _refused)
    blueprint.register_error_handler(HTTPException, of_http)
    for error in (*away, RedisError):
        blueprint.register_error_handler(error, _away)


def sentence(refusal: CreditError) -> str:
    """Say a refusal in Chinese: what is so, and what to do next."""
    return console_zh.REFUSALS.get(refusal.code) or wording.refusal(refusal.code)


def status_of(refusal: CreditError) -> int:
    """Return the HTTP status of a refusal; what is not known by name is a conflict."""
    if refusal.code.endswith("_not_found"):
        return 404
    return _STATUS.get(refusal.code, 409)


def of_http(error: HTTPException) -> ResponseReturnValue:
    """Answer what the framework refuses."""
    code = error.code or 500
    if code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    said = console_base_zh.STATUS.get(code, console_base_zh.STATUS[500 if code >= 500 else 400])  # noqa: PLR2004
    response = _page(code, f"http_{code}", said)
    response.headers.update(
        {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    )
    return response


def _refused(refusal: CreditError) -> Response:
    status = status_of(refusal)
    title = console_base_zh.STATUS.get(status, console_base_zh.STATUS[400])[0]
    return _page(status, refusal.code, (title, sentence(refusal)))


def _away(error: Exception) -> Response:
    log.warning("console_away", error=type(error).__name__)
    # Who asks is not known without Redis: nobody is let in, and nothing is shown.
    response = _page(503, "away", console_base_zh.STATUS[503])
    response.headers["Retry-After"] = "5"
    return response


def _signed_out(_error: SignedOutError) -> Response:
    next_ = request.path if request.method == "GET" else None
    place = url_for("console.signing.sign_in", next=next_)
    if "HX-Request" in request.headers:
        response = make_response("", 401)
        response.headers["HX-Redirect"] = url_for("console.signing.sign_in")
    else:
        response = make_response(redirect(place, 303))
    if cookies.session():
        cookies.drop_session(response)
    return response


def _page(status: int, code: str, said: tuple[str, str]) -> Response:
    response = shown.show("problem.html", status, code=code, heading=said[0], text=said[1])
    if "HX-Request" in request.headers:  # the whole page's place, whatever part was asked for
        response.headers |= {"HX-Retarget": "#main", "HX-Reswap": "outerHTML"}
        response.headers["HX-Reselect"] = "#main"
    return response
