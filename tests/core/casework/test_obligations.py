"""Obligations: the corrected text that a department owes is urged until it comes."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from core import standing
from core.casework import obligations, staff_notices
from core.casework.staff_notices import NoticeKind
from core.db import Reading, Writing
from core.records import Record, RecordKind, RecordState
from core.rules import Clock
from core.staff.roles import Role
from core.standing import Step
from tests.core.department_files import RULES
from tests.core.given import at_once, record
from tests.core.given_casework import hire

K = NoticeKind


def on(day_of_may):
    return datetime(2026, 5, day_of_may, 4, tzinfo=UTC)


def urge(now):
    with Writing() as session:
        return obligations.urge(session, RULES, now=now)


def is_due(now):
    with Reading() as session:
        return obligations.is_due(session, RULES, now=now)


@pytest.fixture
def owing(office):
    """A penalty is taken back on Wednesday 05-20: its department has until Monday 05-25."""
    one = record(office.entity.id, kind=RecordKind.PENALTY, list_kind=None)
    step = Step(RecordState.QUARANTINED, "intake", "更正：金额有误")
    with Writing() as session:
        standing.move(session, one.id, step, now=on(20))
    office.record = one
    return office


def seen(office):
    with Reading() as session:
        return [one.notice.kind for one in staff_notices.mine(session, office.them, limit=9)]


def test_it_is_known_what_is_owed_by_whom_and_on_which_citation(owing):
    with Reading() as session:
        (one,) = obligations.owed(session, RULES)

    assert (one.record_id, str(one.due_on)) == (owing.record.id, "2026-05-25")
    assert one.department_id == owing.record.department_id
    assert "《行政处罚法》第四十八条" in one.citation


def test_the_department_is_reminded_and_the_supervisors_hear_of_it(owing):
    assert urge(on(22)) == 1
    assert seen(owing) == [K.REMINDER]
    assert not is_due(on(25))

    assert sum(at_once(2, lambda: urge(on(27)))) >= 2

    assert seen(owing) == [K.OVERDUE, K.REMINDER]
    with Reading() as session:
        (line,) = staff_notices.escalated(session, hire(Role.SUPERVISOR), limit=9)
    assert (line.record.id, line.case) == (owing.record.id, None)
    assert urge(on(27)) == 0


def test_nothing_is_owed_once_the_text_has_come(owing):
    urge(on(27))
    with Writing() as session:
        come = update(Record).where(Record.id == owing.record.id)
        session.execute(come.values(state=RecordState.CORRECTED))

    assert seen(owing) == []
    assert urge(on(29)) == 0


@pytest.mark.parametrize(
    ("kind", "list_kind", "clock"),
    [
        (RecordKind.JUDGMENT_DEFAULTER, None, Clock.COURT_CORRECTION),
        (RecordKind.BLACK_LIST, "WAGE_ARREARS", Clock.WAGE_REMOVAL),
        (RecordKind.LICENCE, None, Clock.PUBLISH_DECISION),
    ],
)
def test_each_kind_has_the_clock_of_its_law(office, kind, list_kind, clock):
    one = record(office.entity.id, kind=kind, list_kind=list_kind)
    with Writing() as session:
        step = Step(RecordState.QUARANTINED, "intake", "更正")
        standing.move(session, one.id, step, now=on(20))

    with Reading() as session:
        assert [owed.clock for owed in obligations.owed(session, RULES)] == [clock]
