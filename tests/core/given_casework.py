"""What tests of casework begin with: staff, and what they do about cases."""

from datetime import timedelta

from sqlalchemy import select

from core.audit.trail import Entry
from core.cases import Case, CaseEvent, CaseState
from core.casework import deciding, steps
from core.casework.deciding import Plan
from core.casework.held import Seen
from core.casework.saying import Say
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.proposals import Proposal
from core.records import Record
from core.staff.roles import Role
from tests.core.given import NOW
from tests.core.given_cases import OFFICE
from tests.core.given_staff import hired

S = CaseState
REASONS = {
    ("objection", S.UPHELD): "record_wrong",
    ("objection", S.REFUSED): "matches_the_decision",
    ("repair", S.UPHELD): "obligations_fulfilled",
    ("repair", S.REFUSED): "not_fulfilled",
    ("complaint", S.UPHELD): "slow_service",
    ("complaint", S.REFUSED): "handled_rightly",
    ("data_request", S.UPHELD): "right_granted",
    ("data_request", S.REFUSED): "law_demands_keeping",
    ("data_request", S.NOT_ACCEPTED): "not_the_applicants_data",
    ("objection", S.NOT_ACCEPTED): "not_about_the_record",
    ("repair", S.NOT_ACCEPTED): "another_authority",
    ("complaint", S.NOT_ACCEPTED): "too_vague",
}


def hire(*roles, department_id=None):
    return hired(*(roles or (Role.CASE_HANDLER,)), department_id=department_id)


def seen(case):
    with Reading() as session:
        return Seen(case.id, session.get_one(Case, case.id).version)


def do(step, staff, case, *, at=None, now=NOW, **given):
    """Let staff take a step by name, as the case stands or stood."""
    function = getattr(steps, step, None) or getattr(deciding, step)
    if step not in ("take", "take_back"):
        given = {"office": OFFICE} | given
    with Writing() as session:
        return function(session, staff, at or seen(case), now=now, **given)


def plan(case, outcome=S.REFUSED, *, remedy=None, reasons=None, text="经核查，情况如下。"):
    codes = reasons or (REASONS[case.kind, outcome],)
    return Plan(outcome, Say(codes, text), remedy)


def propose(staff, case, outcome=S.REFUSED, *, now=NOW, at=None, **given):
    return do("propose", staff, case, at=at, now=now, plan=plan(case, outcome, **given))


def say(case, outcome, text=""):
    return Say((REASONS[case.kind, outcome],), text)


def on_the_desk(case, us, them, *, now=NOW):
    """Bring a case to where it is decided; return who handles it there."""
    if case.review_of_id is not None:
        return us
    if case.kind == "objection":
        do("annotate", us, case, now=now)
        do("forward", us, case, now=now)
        return them
    if case.kind == "repair":
        do("forward", us, case, now=now)
        do("accept", them, case, now=now)
        return them
    do("accept", us, case, now=now)
    return us


def proposals_of(case):
    with Reading() as session:
        mine = select(Proposal).where(Proposal.case_id == case.id).order_by(Proposal.id)
        return session.scalars(mine).all()


def record_state(one):
    with Reading() as session:
        return session.get_one(Record, one.id).state


def told_of(case):
    """List the states that the applicant is owed notices of, oldest first."""
    with Reading() as session:
        events = session.scalars(
            select(Event).where(Event.kind == EventKind.CASE_MOVED).order_by(Event.id)
        ).all()
        mine = [one for one in events if one.facts["case_id"] == case.id]
        assert {one.audience_id for one in mine} <= {case.account_id}
        return [session.get_one(CaseEvent, one.facts["event_id"]).state for one in mine]


def acts():
    with Reading() as session:
        return session.scalars(select(Entry.action).order_by(Entry.id)).all()


def later(days):
    return NOW + timedelta(days=days)
