"""Standing in (代办): a supervisor lets the platform act for a department without accounts."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, told
from console.pages import Page, as_id
from core.casework import standing_in
from core.casework.held import Seen
from core.db import Writing
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_cases_zh as words

blueprint = Blueprint("standing_in", __name__, url_prefix="/cases")
PAGE = Page(blueprint)


@blueprint.post("/<int:case_id>/stand-in")
@guard.page(Deed.ASSIGN_STAND_IN)
def begin(staff: Staff, case_id: int) -> Response:
    """Let the platform act for the department of a case."""
    return _done(staff, case_id, standing_in.begin, said=words.STOOD_IN)


@blueprint.post("/<int:case_id>/give-back")
@guard.page(Deed.ASSIGN_STAND_IN)
def give_back(staff: Staff, case_id: int) -> Response:
    """Give a case back to its department."""
    return _done(staff, case_id, standing_in.give_back, said=words.GIVEN_BACK)


def _done(staff: Staff, case_id: int, act: Callable[..., None], *, said: str) -> Response:
    seen = Seen(case_id, request.form.get("version", type=as_id) or 0)
    with Writing() as session:
        act(session, staff, seen, now=asking.current().now)
    told.tell(said)
    purpose = request.form.get("purpose") or None
    return make_response(
        redirect(url_for("console.case.show", case_id=case_id, purpose=purpose), 303)
    )
