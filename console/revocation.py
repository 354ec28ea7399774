"""Revocation (撤销修复): one of the staff asks that a granted repair be undone.

Another decides, where all decide what others have asked for (console.approvals).
"""

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, problems, shown, told
from console.pages import Page
from core import privacy
from core.applying import Office
from core.calendar import day
from core.casework import revoking
from core.casework.saying import Say
from core.db import Reading, Writing
from core.errors import CreditError
from core.rules.reasons import Outcome, offered
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_revocation_zh as words
from messages.wording import zh

blueprint = Blueprint("revocation", __name__, url_prefix="/cases")
PAGE = Page(blueprint)
_LONGEST = 2000


@blueprint.get("/<int:case_id>/revocation")
@guard.page(Deed.HANDLE_CASE)
def show(staff: Staff, case_id: int) -> Response:
    """Show what revoking brings, and the form."""
    return _page(staff, case_id, Say())


@blueprint.post("/<int:case_id>/revocation")
@guard.page(Deed.HANDLE_CASE)
def ask(staff: Staff, case_id: int) -> Response:
    """Ask that the repair be revoked; what is refused is shown with what was typed."""
    say = Say(tuple(request.form.getlist("reasons"))[:10], request.form.get("text", "")[:_LONGEST])
    here = asking.current()
    office = Office(here.parts.rules, here.parts.vault)
    try:
        with Writing() as session:
            revoking.ask(session, staff, case_id, say=say, office=office, now=here.now)
    except CreditError as refusal:
        if refusal.code in {"not_permitted", "case_not_found"}:
            raise
        return _page(staff, case_id, say, refusal=refusal)
    told.tell(words.ASKED)
    return make_response(redirect(url_for("console.case.show", case_id=case_id), 303))


def _page(
    staff: Staff, case_id: int, typed: Say, *, refusal: CreditError | None = None
) -> Response:
    here = asking.current()
    with Reading() as session:
        case, waits = revoking.of(session, staff, case_id)
    rows = offered(here.parts.rules.reasons, case.kind, Outcome.REVOKED, on=day(here.now))
    return shown.show(
        "revocation.html",
        problems.status_of(refusal) if refusal else 200,
        case=case,
        code=privacy.show_code(case.receipt_code),
        waits=waits,
        may_ask=revoking.may_ask(case),
        reasons=rows,
        typed=typed,
        refusal=problems.sentence(refusal) if refusal else None,
        words=words,
        common=zh,
    )
