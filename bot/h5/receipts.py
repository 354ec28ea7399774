"""Receipts: a case as whoever holds its code may see it, and as its applicant may."""

from typing import Any

from bot.h5 import asking, guard
from bot.h5.asking import Caller
from core import departments, privacy
from core.cases import Case
from core.casework import lapsing
from core.eligibility import Applicant
from messages import labels


def applicant(who: Caller) -> Applicant:
    """Return a caller as core knows one."""
    return Applicant(who.account_id, who.organisation, who.subject_id)


def demand_fresh(who: Caller, case: Case) -> None:
    """Open a case about a natural person to who has just proved to be that person."""
    if who.subject_id is not None and case.subject_id == who.subject_id:
        guard.fresh(who)


def progress(session: Any, case: Case) -> dict[str, Any]:  # noqa: ANN401 - core's session
    """Return where a case stands; nothing of who filed it, what and why."""
    language, after = asking.current().language, lapsing.after(case)
    return {
        "code": privacy.show_code(case.receipt_code),
        "kind": labels.label("CASE_KINDS", case.kind, language),
        "state": labels.case_state(case.kind, case.state, language),
        "holder": labels.case_holder(case, departments.name(session, case.holder_id), language),
        "due": labels.label("DUE", case.clock, language) if case.clock else None,
        "due_on": case.due_on,
        "provisional": bool(case.due_provisional),
        "then": labels.label("THEN", after, language) if after else None,
        "is_review": case.review_of_id is not None,
        "opened_at": case.opened_at,
        "is_open": case.is_open,
    }
