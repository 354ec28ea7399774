"""What is kept of closed cases and of batches goes after a time; that they were stays known."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from core import cases
from core.audit.trail import Entry
from core.cases import Case, CaseEvent, CaseState
from core.casework import clearing
from core.checks import batches, uploads
from core.checks import clearing as check_clearing
from core.checks.batches import Batch, BatchLine
from core.checks.ledger import Order
from core.db import Reading, Writing
from core.evidence import ledger as evidence
from core.evidence.ledger import CaseEvidence, Evidence
from core.institutions import CheckPurpose
from core.proposals import Proposal, ProposalState
from core.staff.roles import Role
from tests.core.department_files import RULES, VAULT
from tests.core.given import NOW, record, subject
from tests.core.given_cases import OFFICE, applicant, moved, object_to, read, supplement
from tests.core.given_staff import hired
from tests.core.test_evidence import sent

YEARS = timedelta(days=3 * 366)
DAY = timedelta(days=1)


@pytest.fixture
def entity(database):
    return subject()


def clear(now, *, chunk=clearing.CHUNK):
    with Writing() as session:
        return clearing.clear(session, RULES, VAULT, now=now, chunk=chunk)


def is_due(now):
    with Reading() as session:
        return clearing.is_due(session, RULES, now=now)


def acts():
    with Reading() as session:
        rows = session.execute(select(Entry.actor, Entry.action, Entry.object).order_by(Entry.id))
        return [tuple(row) for row in rows if row.actor == "ticker"]


def closed(entity, by=None, **others):
    by = by or applicant(entity)
    case = object_to(entity, record(entity.id), by=by, **others)
    supplement(case, "补充说明")
    moved(case, "annotated")
    return moved(case, "refused", reasons=("matches_the_decision",))


def test_texts_of_a_closed_case_go_and_its_skeleton_stays(entity):
    case = closed(entity)
    now = NOW + YEARS + DAY

    clear(now)

    kept = read(case)
    assert (kept.statement, kept.statement_sealed, kept.cleared_at) == (None, None, now)
    same = ("receipt_code", "kind", "state", "opened_at", "changed_at", "grounds", "record_id")
    assert [getattr(kept, name) for name in same] == [getattr(case, name) for name in same]
    with Reading() as session:
        steps = cases.steps(session, case.id)
    assert {step.note_sealed for step in steps} == {None}
    assert steps[-1].reasons == "matches_the_decision"
    assert acts() == [("ticker", "case_cleared", f"case:{case.id}")]


def test_files_of_a_closed_case_go_with_their_rows(entity):
    by = applicant(entity)
    file = sent(by)
    case = closed(entity, by, evidence=[file.public_id])
    now = NOW + YEARS + DAY
    assert [is_due(NOW + YEARS - 30 * DAY), is_due(now)] == [False, True]
    assert clear(NOW + YEARS - 30 * DAY) == 0

    clear(now)

    assert not is_due(now)
    assert ("ticker", "case_files_cleared", f"case:{case.id}") in acts()
    with Writing() as session:  # the row goes, and names the file for the shelf to drop
        assert session.scalar(select(func.count()).select_from(CaseEvidence)) == 0
        assert evidence.expire(session, now=now) == [file.file_key]


def test_what_is_open_and_what_closed_later_is_left_alone(entity):
    open_ = object_to(entity, record(entity.id), by=applicant(entity))
    late = closed(entity)
    with Writing() as session:
        session.execute(update(Case).where(Case.id == late.id).values(changed_at=NOW + 30 * DAY))

    assert clear(NOW + YEARS + DAY) == 0

    assert None not in (read(open_).statement_sealed, read(late).statement_sealed)


def test_a_file_that_a_later_case_has_too_stays(entity):
    by = applicant(entity)
    file = sent(by)
    first = closed(entity, by, evidence=[file.public_id])
    second = object_to(entity, record(entity.id), by=by)
    with Writing() as session:
        evidence.carry(session, first.id, second.id, now=NOW)

    clear(NOW + YEARS + DAY)

    with Reading() as session:
        assert session.get_one(Evidence, file.id).expires_at is None
        assert session.scalars(select(CaseEvidence.case_id)).all() == [second.id]


def test_what_was_proposed_is_erased_and_still_opens_when_keys_rotate(entity):
    case = closed(entity)
    with Writing() as session:
        session.add(_proposal(case))

    clear(NOW + YEARS + DAY)

    with Reading() as session:
        held = session.scalars(select(Proposal)).one()
        texts = (VAULT.open(held.text_sealed, cases.NOTE), held.changes_sealed, held.answer_sealed)
    assert texts == ("", None, None)


def _proposal(case):
    return Proposal(
        case_id=case.id,
        outcome=CaseState.REFUSED,
        reasons="matches_the_decision",
        text_sealed=OFFICE.vault.seal("拟不予采纳", cases.NOTE),
        changes_sealed=None,
        state=ProposalState.LAPSED,
        proposed_by=hired(Role.REVIEWER).id,
        proposed_at=NOW,
    )


def test_it_goes_chunk_by_chunk(entity):
    for _ in range(3):
        closed(entity)
    now = NOW + YEARS + DAY

    assert [clear(now, chunk=2) for _ in range(3)] == [2, 1, 0]
    with Reading() as session:
        assert (
            session.scalar(
                select(func.count(CaseEvent.id)).where(CaseEvent.note_sealed.is_not(None))
            )
            == 0
        )


def test_the_lines_of_a_batch_go_and_its_number_and_hash_stay(database, register):
    held = register(NOW)
    holder = held.holder(held.issue(held.enrol())[1])
    order = Order(holder, CheckPurpose.TENDERING, "《政府采购法》第二十二条", None)
    with Writing() as session:
        batch = batches.ask(session, order, uploads.read(b"91530100MA6K3Q5R8T"), now=NOW)
        assert batches.advance(session, RULES, batch.id, now=NOW).is_over
    later = NOW + timedelta(days=367)

    with Writing() as session:
        assert check_clearing.clear(session, RULES, now=NOW + 364 * DAY) == 0
        assert check_clearing.is_due(session, RULES, now=later)
        assert check_clearing.clear(session, RULES, now=later) == 1
        assert not check_clearing.is_due(session, RULES, now=later)

    with Reading() as session:
        kept = session.get_one(Batch, batch.id)
        assert session.scalar(select(func.count()).select_from(BatchLine)) == 0
        assert batches.ours(session, kept.check_no, kept.sha256).id == kept.id
    assert (kept.total, kept.finished_at, kept.cleared_at) == (1, NOW, later)
    assert acts() == [("ticker", "check_batch_cleared", f"check_batch:{batch.id}")]
