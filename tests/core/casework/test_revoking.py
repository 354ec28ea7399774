"""Revoking: two of the staff undo a repair got by false material, and whoever must hear does."""

import pytest
from sqlalchemy import select

from core import case_detail, certificates, departments
from core.audit.trail import Entry
from core.case_errors import CaseClosedError
from core.cases import CaseState
from core.casework import revoking
from core.casework.saying import Say
from core.certificates import CertificateState
from core.db import Reading, Writing
from core.errors import CaseNotFoundError
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordKind, RecordState
from core.staff.approvals import Approval, ApprovalState
from core.staff.errors import (
    AlreadyAskedError,
    ApprovalNotFoundError,
    NotPermittedError,
    ReasonError,
    SamePersonError,
    TextMissingError,
)
from core.staff.roles import Role
from tests.core.given import NOW, TODAY, at_once, followers, record
from tests.core.given_cases import OFFICE, object_to, read, repair_
from tests.core.given_casework import do, hire, on_the_desk, propose, record_state, told_of

S = CaseState
SAY = Say(("false_proof",), "缴款凭证是伪造的。")


@pytest.fixture
def granted(office):
    """Return a repair that was granted: handler and reviewer of the department."""
    case = repair_(office.entity, office.record, by=office.by)
    desk = on_the_desk(case, office.us, office.them)
    propose(desk, case, S.UPHELD)
    do("confirm", office.their_reviewer, case)
    assert read(case).state is S.APPLIED
    return case


def ask(staff, case, say=SAY, *, now=NOW):
    with Writing() as session:
        return revoking.ask(session, staff, case.id, say=say, office=OFFICE, now=now)


def confirm(staff, approval_id, *, now=NOW):
    with Writing() as session:
        return revoking.confirm(session, staff, approval_id, office=OFFICE, now=now)


def promise_of(entity):
    with Reading() as session:
        mine = Record.subject_id == entity.id, Record.kind == RecordKind.PROMISE
        return session.scalars(select(Record).where(*mine)).one()


def test_with_the_second_person_everything_follows_at_once(office, granted):
    asked = ask(office.them, granted)
    assert record_state(office.record) is RecordState.REPAIRED
    assert told_of(granted)[-1] is S.APPLIED

    confirm(office.their_reviewer, asked)

    assert read(granted).state is S.REVOKED
    assert record_state(office.record) is RecordState.PUBLISHED
    assert told_of(granted)[-1] is S.REVOKED
    promise = promise_of(office.entity)
    assert (promise.facts["fulfilment"], promise.state) == ("违背", RecordState.PUBLISHED)
    with Reading() as session:
        held = certificates.of_case(session, granted.id)
        assert (held.state, held.revoked_at) == (CertificateState.REVOKED, NOW)
        assert "case_revoked" in session.scalars(select(Entry.action)).all()


def test_the_applicant_reads_why(office, granted):
    confirm(office.their_reviewer, ask(office.them, granted))

    with Writing() as session:
        found = case_detail.read(session, office.by, granted.receipt_code, office=OFFICE, now=NOW)
    last = found.steps[-1]
    assert (last.event.state, last.event.reasons, last.text) == (
        S.REVOKED,
        "false_proof",
        "缴款凭证是伪造的。",
    )


def test_nobody_does_both(office, granted):
    both = hire(Role.CASE_HANDLER, Role.REVIEWER)
    asked = ask(both, granted)

    with pytest.raises(SamePersonError):
        confirm(both, asked)
    assert read(granted).state is S.APPLIED


def test_who_may_not_is_refused(office, granted):
    with pytest.raises(NotPermittedError):
        ask(office.their_reviewer, granted)
    asked = ask(office.them, granted)
    with pytest.raises(NotPermittedError):
        confirm(office.them, asked)
    with Writing() as session:
        other = departments.known(session, "昆明市生态环境局", None)
    with pytest.raises(CaseNotFoundError):
        confirm(hire(Role.REVIEWER, department_id=other), asked)
    with pytest.raises(CaseNotFoundError):
        ask(hire(Role.CASE_HANDLER, department_id=other), granted)


def test_it_wants_a_reason_of_its_own_and_words(office, granted):
    with pytest.raises(ReasonError):
        ask(office.them, granted, Say(("not_fulfilled",), "凭证是假的"))
    with pytest.raises(TextMissingError):
        ask(office.them, granted, Say(("false_proof",), "  "))


def test_only_a_granted_repair_can_be_revoked(office):
    one = record(office.entity.id, repairable_from=TODAY)
    for case in (repair_(office.entity, one, by=office.by), object_to(office.entity, one)):
        with pytest.raises(CaseClosedError):
            ask(office.us, case)
    with pytest.raises(CaseNotFoundError), Writing() as session:
        revoking.ask(session, office.us, 10**6, say=SAY, office=OFFICE, now=NOW)


def test_it_is_asked_for_once_and_answered_once(office, granted):
    asked = ask(office.them, granted)
    with pytest.raises(AlreadyAskedError):
        ask(office.us, granted)

    def answer():
        try:
            confirm(office.their_reviewer, asked)
        except ApprovalNotFoundError:
            return "too late"
        return "done"

    assert sorted(at_once(4, answer)) == ["done", "too late", "too late", "too late"]
    with Reading() as session:
        assert session.get_one(Approval, asked).state is ApprovalState.APPROVED


def test_who_was_never_alerted_is_not_told_of_its_return(office, granted):
    followers(office.entity.id, 1)
    confirm(office.their_reviewer, ask(office.them, granted))

    with Reading() as session:
        kinds = session.scalars(select(Event.kind)).all()
    # Nobody was ever alerted of this listing, so nobody is told of its return.
    assert EventKind.RECALLED not in kinds
    assert EventKind.BLACKLISTED not in kinds
