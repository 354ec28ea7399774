"""What the buttons of a campaign do, each in the transaction of its page."""

from collections.abc import Callable
from typing import Any

from flask import request

from console import asking
from console.pages import as_id


def steering(do: Callable[..., None]) -> Callable[[Any], None]:
    """Return what does something to a campaign as it stands."""
    here, number = asking.current(), (request.view_args or {})["number"]
    return lambda session: do(session, here.session.staff, number, now=here.now)


def seeing(do: Callable[..., Any], **read: Callable[[], Any]) -> Callable[[Any], None]:
    """Return what does something to the revision that was seen, with what the form says."""
    number = (request.view_args or {})["number"]
    staff = asking.current().session.staff

    def done(session: Any) -> None:  # noqa: ANN401 - core's session
        seen = number, request.form.get("seen", 0, type=as_id)
        given = {name: value() for name, value in read.items()}
        do(session, staff, seen, **given, now=asking.current().now)

    return done
