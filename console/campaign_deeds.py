"""What the buttons of a campaign do, each in the transaction of its page."""

from collections.abc import Callable
from typing import Any

from flask import Response, make_response, redirect, request, url_for

from console import asking, campaign_shown, problems, told
from console.pages import as_id
from core.campaigning.errors import CampaignNotFoundError, CampaignRefusedError
from core.db import Writing
from core.errors import CreditError
from core.staff.members import Staff


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


def attempt(staff: Staff, number: int, text: str, *, do: Callable[[Any], None]) -> Response:
    """Do it, and go back to the campaign; refused, show it with why."""
    try:
        with Writing() as session:
            do(session)
    except CampaignNotFoundError:
        raise
    except CreditError as refusal:
        is_form = isinstance(refusal, CampaignRefusedError)
        status = 422 if is_form else problems.status_of(refusal)
        sentence = problems.sentence(refusal)
        return campaign_shown.one(staff, number, status=status, refused=sentence)
    return done(number, text)


def done(number: int, text: str) -> Response:
    """Say what was done on the page of the campaign."""
    told.tell(text)
    return make_response(redirect(url_for(".campaign", number=number), 303))
