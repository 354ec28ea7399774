"""Our two cookies: the session, and what ties the sign-in form to the browser that fetched it."""

from flask import Response, request

from console import asking

_SESSION, _FORM = "console", "console-form"


def session() -> str | None:
    """Return the session id that the request in hand brought."""
    return request.cookies.get(_name(_SESSION))


def form() -> str | None:
    """Return what ties a form to this browser."""
    return request.cookies.get(_name(_FORM))


def set_session(response: Response, token: str) -> None:
    """Give the browser its session id, until it is closed."""
    _set(response, _SESSION, token)


def set_form(response: Response, value: str) -> None:
    """Give the browser what ties a form to it."""
    _set(response, _FORM, value)


def drop_session(response: Response) -> None:
    """Let the browser forget its session id."""
    _set(response, _SESSION, "", max_age=0)


def _set(response: Response, kind: str, value: str, *, max_age: int | None = None) -> None:
    response.set_cookie(
        _name(kind),
        value,
        max_age=max_age,
        path="/",
        secure=asking.current().parts.secure,
        httponly=True,
        samesite="Strict",
    )


def _name(kind: str) -> str:
    # With this prefix a browser takes the cookie from this host alone, and by https alone.
    return f"__Host-{kind}" if asking.current().parts.secure else kind
