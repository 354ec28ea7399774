"""What the web answers when it cannot: plain Chinese, and a log line without a value in it."""

import traceback
from typing import Any

import structlog
from flask import Flask, Response, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

log = structlog.get_logger()

# The database is busy, broken, or not there.
AWAY: tuple[type[Exception], ...] = (OperationalError, PoolTimeoutError)
_SENTENCES = {
    400: "请求有误，请检查后再试。",
    404: "没有这个页面。请回到“信用昆明”公众号，或核对网址。",
    405: "这个地址不支持这种请求。",
    413: "发送的内容过大。",
}
_FAILED = "服务暂时出了问题，请稍后再试。"


class Web(Flask):
    """Flask as we use it: no asynchronous views, and no value of a request in its error log."""

    def ensure_sync(self, func: Any) -> Any:  # noqa: ANN401
        """Return the view itself: Flask asks of every hook and view whether it is asynchronous."""
        return func

    def log_exception(self, exc_info: Any) -> None:  # noqa: ANN401 - as Flask hands it over
        """Name the error and its place; a path may hold a link's key, an error's text a value."""
        error = exc_info[1]
        places = [f"{at.filename}:{at.lineno}" for at in traceback.extract_tb(exc_info[2])]
        route = request.url_rule.rule if request.url_rule else None
        log.error("web_failed", route=route, error=type(error).__name__, where=places[-8:])


def watch(app: Flask) -> None:
    """Answer every failure that no door answers itself."""
    for away in AWAY:
        app.register_error_handler(away, _busy)
    app.register_error_handler(HTTPException, _refused)

    @app.get("/")
    def home() -> ResponseReturnValue:
        return redirect("/api/v1/docs")


def _busy(error: Exception) -> Response:
    # WeChat sends a push again that was not taken in.
    log.warning("database_away", error=type(error).__name__)
    return _said("服务繁忙，请稍后再试。", 503, {"Retry-After": "5"})


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # noqa: PLR2004 - a redirect
        return error.get_response()
    kept = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After"}}
    return _said(_SENTENCES.get(error.code, _FAILED), error.code, kept)


def _said(text: str, status: int, headers: dict[str, str]) -> Response:
    return Response(text, status, mimetype="text/plain", headers=headers)
