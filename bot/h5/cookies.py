"""Our three cookies: the session, what ties forms to a browser, how somebody likes to read."""

from flask import Response, request

_SESSION, _BROWSER, _LOOK = "h5", "h5-browser", "h5-look"
_YEAR = 365 * 24 * 3600


def session(*, secure: bool) -> str | None:
    """Return the session id that the request in hand brought."""
    return request.cookies.get(_name(_SESSION, secure=secure)) or None


def browser(*, secure: bool) -> str | None:
    """Return what ties forms to this browser."""
    return request.cookies.get(_name(_BROWSER, secure=secure)) or None


def look(*, secure: bool) -> list[str]:
    """Return how somebody likes to read: the language, and large type."""
    return request.cookies.get(_name(_LOOK, secure=secure), "").split(".")


def set_session(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser its session id, until it is closed."""
    _set(response, _SESSION, token, secure=secure, max_age=None)


def drop_session(response: Response, *, secure: bool) -> None:
    """Let the browser forget its session id."""
    _set(response, _SESSION, "", secure=secure, max_age=0)


def set_browser(response: Response, value: str, *, secure: bool) -> None:
    """Give the browser what ties forms to it."""
    _set(response, _BROWSER, value, secure=secure, max_age=_YEAR)


def set_look(response: Response, value: str, *, secure: bool) -> None:
    """Remember how somebody likes to read."""
    _set(response, _LOOK, value, secure=secure, max_age=_YEAR)


def _set(response: Response, kind: str, value: str, *, secure: bool, max_age: int | None) -> None:
    # Lax: WeChat and the identity provider send the browser back to us from another site.
    name = _name(kind, secure=secure)
    options = {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}
    response.set_cookie(name, value, max_age=max_age, **options)  # type: ignore[arg-type]


def _name(kind: str, *, secure: bool) -> str:
    # With this prefix a browser takes the cookie from this host alone, and by https alone.
    return f"__Host-{kind}" if secure else kind
