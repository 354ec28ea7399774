"""The cast of the random walk over cases: who there is, and what anybody may try to do."""

import itertools
from dataclasses import replace
from datetime import date

from core import departments, own_cases
from core.applying import Form
from core.case_clock import Track
from core.cases import Case, CaseKind, CaseState
from core.casework import lapsing, reminders
from core.casework.saying import Say
from core.db import Writing
from core.eligibility import Applicant
from core.proposals import Remedy
from core.staff.roles import Role
from tests.core.department_files import RULES
from tests.core.given import record, subject
from tests.core.given_cases import (
    OFFICE,
    applicant,
    ask_for_data,
    complain,
    moved,
    object_to,
    read,
    repair_,
    review,
)
from tests.core.given_casework import do, hire, propose, say

S = CaseState
_names = itertools.count(1)
CAST = [
    ("our handler", (Role.CASE_HANDLER,), False),
    ("our reviewer", (Role.REVIEWER,), False),
    ("their handler", (Role.CASE_HANDLER,), True),
    ("their reviewer", (Role.REVIEWER,), True),
    ("both at once", (Role.CASE_HANDLER, Role.REVIEWER), True),
    ("clerk", (Role.INTAKE_CLERK,), False),
    ("supervisor", (Role.SUPERVISOR,), False),
    ("auditor", (Role.AUDITOR,), False),
    ("administrator", (Role.ADMINISTRATOR,), False),
]
MAY = {"our handler", "our reviewer", "their handler", "their reviewer", "both at once"}
DEEDS = ["annotate", "forward", "accept", "not_accept", "want_supplement", "propose", "confirm"]
OTHERS = ["take", "extend", "send_back", "take_back", "supplement", "withdraw", "tick"]


def everybody():
    """An entity, and everybody there is at the console."""
    entity = subject()
    department = record(entity.id).department_id
    people = {
        name: hire(*roles, department_id=department if theirs else None)
        for name, roles, theirs in CAST
    }
    return entity, people | {"a stranger": hire(Role.CASE_HANDLER, department_id=other())}


def other():
    with Writing() as session:
        return departments.known(session, f"昆明市第{next(_names)}局", None)


def fresh(entity, track, now):
    """File a case of a track about a record of its own."""
    one = record(entity.id, repairable_from=date(2025, 1, 1), event_date=date(2025, 1, 1))
    by = applicant(entity)
    if track is Track.REPAIR:
        return repair_(entity, one, by=by, now=now)
    if track is Track.COMPLAINT:
        return complain(by, now=now)
    if track is Track.DATA_REQUEST:
        return ask_for_data(replace(by, subject_id=entity.id), now=now)
    case = object_to(entity, one, by=by, now=now)
    if track is Track.OBJECTION:
        return case
    moved(case, S.NOT_ACCEPTED, now=now, who="staff:999")
    return review(read(case), now=now)


def act(deed, staff, case, choice, now):
    """Let somebody do something; applicants and the ticker are nobody of the staff."""
    if deed == "tick":
        return tick(now)
    if deed in ("supplement", "withdraw"):
        return of_applicant(deed, case, now)
    given = {}
    if deed == "want_supplement":
        given = {"say": Say((WANTED[case.kind],), "请补充")}
    if deed == "not_accept":
        given = {"say": say(case, S.NOT_ACCEPTED)}
    if deed == "extend":
        given = {"say": Say(("complex_case",), "案情复杂")}
    if deed == "send_back":
        given = {"why": "请再核实"}
    if deed == "propose":
        outcome = (S.UPHELD, S.REFUSED)[choice % 2]
        corrects = case.kind is CaseKind.OBJECTION and outcome is S.UPHELD
        remedy = list(Remedy)[choice % len(Remedy)] if corrects else None
        return propose(staff, case, outcome, now=now, remedy=remedy)
    return do(deed, staff, case, now=now, **given)


WANTED = {
    CaseKind.OBJECTION: "fault_unclear",
    CaseKind.REPAIR: "proof_missing",
    CaseKind.COMPLAINT: "details_wanted",
    CaseKind.DATA_REQUEST: "details_wanted",
}


def tick(now):
    for step in (reminders.remind, lapsing.lapse, reminders.remind):
        with Writing() as session:
            step(session, RULES, now=now)


def of_applicant(deed, case, now):
    with Writing() as session:
        held = session.get_one(Case, case.id, with_for_update=True)
        by = Applicant(held.account_id, held.organisation)
        if deed == "withdraw":
            return own_cases.withdraw(session, by, held, rules=RULES, now=now)
        return own_cases.supplement(session, by, held, form=Form("补充"), office=OFFICE, now=now)
