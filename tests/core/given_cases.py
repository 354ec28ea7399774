"""What tests of cases begin with: applicants, and what they file."""

from dataclasses import replace
from datetime import date
from functools import partial

from core import (
    case_access,
    cases,
    complaint,
    data_request,
    objection,
    own_cases,
    progress,
    realname,
    repair,
)
from core.applying import Form, Office
from core.cases import Case, CaseKind, CaseState, Opening
from core.complaint import Matter, Target
from core.data_request import Right
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.objection import Grounds
from core.progress import Step
from core.realname import Verified
from tests.core.department_files import RULES, VAULT
from tests.core.given import NOW, TODAY, account

OFFICE = Office(RULES, VAULT)


def applicant(entity, *, until=date.max):
    """Open an account that represents an entity, until the end of a day."""
    opened = account()
    with Writing() as session:
        who = Verified("https://identity.example", f"person-{opened}", None, entity.uscc, until)
        realname.bind(session, opened, who, now=NOW)
    return Applicant(opened, entity.uscc)


def form(text="金额有误", *, evidence=(), promised=True):
    return Form(text, (Grounds.WRONG,), tuple(evidence), promised)


def number(one):
    return one if isinstance(one, int) else one.id


def object_to(entity, one, *, now=NOW, by=None, **others):
    who = by or applicant(entity)
    with Writing() as session:
        return objection.file(
            session, who, number(one), form=form(**others), office=OFFICE, now=now
        )


def repair_(entity, one, *, now=NOW, by=None, **others):
    who = by or applicant(entity)
    with Writing() as session:
        return repair.apply(session, who, number(one), form=form(**others), office=OFFICE, now=now)


def complain(by, target=None, *, now=NOW, **others):
    target = target or Target(Matter.SERVICE)
    with Writing() as session:
        return complaint.file(session, by, target, form=form(**others), office=OFFICE, now=now)


def opened(record, *, kind=CaseKind.REPAIR, account_id, now=NOW):
    """Open a case about a record as a bare row."""
    opening = Opening(
        kind,
        account_id=account_id,
        grounds=("wrong",),
        statement_sealed=VAULT.seal("有误", cases.STATEMENT),
        record_id=record.id,
        subject_id=record.subject_id,
        holder_id=record.department_id,
    )
    with Writing() as session:
        return cases.open_one(session, opening, now=now)


def moved(case, *states, now=NOW, who="staff:1", reasons=()):
    """Let a case take steps, as staff would."""
    for state in states:
        step = Step(CaseState(state), who, reasons)
        with Writing() as session:
            progress.move(session, case.id, step, rules=RULES, now=now)
    return read(case)


def read(case):
    with Reading() as session:
        return session.get_one(Case, case.id)


def act(case, step, *, by=None):
    """Do something about a case as whoever filed it, or as somebody else."""
    by = by or Applicant(case.account_id, case.organisation)
    with Writing() as session:
        held = case_access.of_applicant(session, case.receipt_code, by, locked=True)
        return step(session, by, held)


def withdraw(case, *, now=NOW):
    act(case, partial(own_cases.withdraw, rules=RULES, now=now))
    return read(case)


def supplement(case, text="补充一份凭证", *, now=NOW):
    act(case, partial(own_cases.supplement, form=Form(text), office=OFFICE, now=now))
    return read(case)


def review(case, text="决定有误", *, now=NOW):
    return act(case, partial(own_cases.review, form=Form(text), office=OFFICE, now=now))


def resubmit(case, by, text="", *, promised=True, now=NOW):
    form = Form(text, promised=promised)
    if case.kind is CaseKind.DATA_REQUEST:
        by = replace(by, subject_id=case.subject_id)

    def step(session, _, held):
        return own_cases.resubmit(session, by, held, form=form, office=OFFICE, now=now)

    return act(case, step)


def possible(case, *, today=TODAY):
    with Reading() as session:
        held = session.get_one(cases.Case, case.id)
        return own_cases.possible(session, held, rules=RULES, today=today)


def ask_for_data(by, *rights, now=NOW, **others):
    asked = replace(form(**others), grounds=rights or (Right.ACCESS,))
    with Writing() as session:
        return data_request.file(session, by, form=asked, office=OFFICE, now=now)


def filed(kind, entity, one, by):
    if kind is CaseKind.DATA_REQUEST:
        return ask_for_data(replace(by, subject_id=entity.id))
    if kind is CaseKind.COMPLAINT:
        return complain(by, Target(Matter.RECORD_HANDLING, one.id))
    return (object_to if kind is CaseKind.OBJECTION else repair_)(entity, one, by=by)


# The shortest way to a refusal of each kind.
REFUSED = {
    CaseKind.OBJECTION: (CaseState.ANNOTATED, CaseState.REFUSED),
    CaseKind.REPAIR: (CaseState.FORWARDED, CaseState.ACCEPTED, CaseState.REFUSED),
    CaseKind.COMPLAINT: (CaseState.NOT_ACCEPTED,),
    CaseKind.DATA_REQUEST: (CaseState.NOT_ACCEPTED,),
}
