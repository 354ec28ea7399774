"""A case: all of it side by side, its evidence, and the steps that can be taken."""

from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, facing, guard, problems, shown, stepping, told
from console import evidence as files
from console.errors import PageMissingError
from console.pages import Page
from console.stepping import Form
from core import privacy
from core.applying import Office
from core.cases import Case
from core.casework import detail, possible, standing_in
from core.casework.detail import StaffDetail
from core.casework.possible import StaffStep
from core.casework.purposes import CasePurpose, offered
from core.db import Writing
from core.errors import CreditError
from core.staff.errors import PurposeMissingError
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import cases_zh, console_cases_zh, zh

blueprint = Blueprint("case", __name__, url_prefix="/cases")
PAGE = Page(blueprint)
_SEES = (Deed.SEE_CASES,)


@blueprint.get("/<int:case_id>")
@guard.page(*_SEES)
def show(staff: Staff, case_id: int) -> Response:
    """Show a case, perhaps with a file beside it; of a person only once it is said what for."""
    return _page(staff, case_id, purpose=_purpose(request.args.get("purpose")))


@blueprint.post("/<int:case_id>/<step>")
@guard.page(Deed.HANDLE_CASE, Deed.CONFIRM_CASE)
def act(staff: Staff, case_id: int, step: str) -> Response:
    """Take a step. What is refused is shown on the case as it now stands, with what was typed."""
    wanted = next((one for one in StaffStep if one == step), None)
    if wanted is None:
        raise PageMissingError
    form, purpose = stepping.read(request.form), _purpose(request.form.get("purpose"))
    try:
        with Writing() as session:
            here = asking.current()
            doing = stepping.Doing(session, staff, here.now, _office())
            stepping.STEPS[wanted](doing, case_id, form)
    except CreditError as refusal:
        if refusal.code in {"not_permitted", "case_not_found"}:
            raise
        return _page(staff, case_id, purpose=purpose, form=form, step=wanted, refusal=refusal)
    told.tell(console_cases_zh.DONE[wanted])
    back = url_for("console.case.show", case_id=case_id, purpose=purpose)
    return make_response(redirect(back, 303))


@blueprint.get("/<int:case_id>/evidence/<public_id>")
@guard.page(*_SEES)
def evidence(staff: Staff, case_id: int, public_id: str) -> Response:
    """Give one file in clear, as the kind that it was found to be, where no script can run."""
    here = asking.current()
    purpose = _purpose(request.args.get("purpose"))
    with Writing() as session:
        one = detail.evidence(
            session, staff, case_id, public_id=public_id, purpose=purpose, now=here.now
        )
    data = here.parts.evidence.get(one.file_key, one.kept_sha256)
    return files.answer(one, data, saved="saved" in request.args)


def _page(
    staff: Staff,
    case_id: int,
    *,
    purpose: CasePurpose | None,
    form: Form | None = None,
    step: StaffStep | None = None,
    refusal: CreditError | None = None,
) -> Response:
    here = asking.current()
    try:
        with Writing() as session:
            found = detail.read(
                session, staff, case_id, purpose=purpose, office=_office(), now=here.now
            )
            steps = possible.of(session, staff, found.case, office=_office())
            standing = _standing(session, staff, found.case)
    except PurposeMissingError:
        return shown.show(
            "case_purpose.html", case_id=case_id, purposes=offered(staff), w=console_cases_zh
        )
    typed = {"form": form or Form(), "step": step}
    said = problems.sentence(refusal) if refusal else None
    status = problems.status_of(refusal) if refusal else 200
    viewed = files.viewed(found, request.args.get("show"))
    given = _given(found) | typed | {"steps": steps, "purpose": purpose, "refusal": said}
    given |= {"standing": standing}
    page = shown.show("case.html", status, **given, viewed=viewed)
    return files.let_frame(page) if viewed else page


def _standing(session: Any, staff: Staff, case: Case) -> str | None:  # noqa: ANN401 - core's session
    """Say what a supervisor may do about who acts in a case, if anything."""
    if not staff.may(Deed.ASSIGN_STAND_IN) or staff.department_id is not None:
        return None
    if case.stands_in_for is not None:
        return "give_back" if case.is_open else None
    return "begin" if standing_in.may_begin(session, case) else None


def _given(found: StaffDetail) -> dict[str, Any]:
    here = asking.current()
    rules, waiting = here.parts.rules, facing.waiting(found)
    return {
        "found": found,
        "case": found.case,
        "code": privacy.show_code(found.case.receipt_code),
        "head": facing.head(found),
        "claim": facing.claim(found),
        "on_record": facing.on_record(found),
        "correctable": facing.correctable(found),
        "waiting": waiting,
        "changes": facing.changed(waiting),
        "named": facing.naming(rules),
        "reasons": stepping.reasons(found.case, rules, here.now),
        "common": zh,
        "cases": cases_zh,
        "w": console_cases_zh,
        "may_ask_why": here.session.staff.may(Deed.SEE_NOTICE_LIFE),
    }


def _office() -> Office:
    parts = asking.current().parts
    return Office(parts.rules, parts.vault)


def _purpose(given: str | None) -> CasePurpose | None:
    return next((one for one in CasePurpose if one == given), None)
