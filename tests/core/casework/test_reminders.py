"""Reminders: before, on the first day after, and to the supervisors; each said once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from core import departments, notices
from core.audit.trail import Entry
from core.calendar import day
from core.case_news import Deadline
from core.cases import CaseState, Holder
from core.casework import reminders, staff_notices
from core.casework.staff_notices import NoticeKind, StaffNotice
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.staff.errors import NotPermittedError
from core.staff.roles import Role
from tests.core.department_files import RULES
from tests.core.given import at_once, record
from tests.core.given_cases import moved, object_to, repair_
from tests.core.given_casework import do, hire, say

K = NoticeKind
LATE = {EventKind.CASE_OVERDUE, EventKind.CASE_DUE}


def on(day_of_may, hour=4):
    return datetime(2026, 5, day_of_may, hour, tzinfo=UTC)


def remind(now, **given):
    with Writing() as session:
        return reminders.remind(session, RULES, now=now, **given)


def is_due(now):
    with Reading() as session:
        return reminders.is_due(session, RULES, now=now)


def said():
    with Reading() as session:
        rows = session.scalars(select(StaffNotice).order_by(StaffNotice.id)).all()
        return [(row.kind, row.clock, str(row.due_on)) for row in rows]


def told():
    with Reading() as session:
        events = session.scalars(select(Event).where(Event.kind.in_(LATE)).order_by(Event.id)).all()
        return [(one.kind, one.facts["clock"], one.audience_id) for one in events]


def at_the_department(office):
    """Forward a repair on Wednesday 05-20: its department has until Monday 05-25 to accept it."""
    case = repair_(office.entity, office.record, by=office.by, now=on(20))
    moved(case, "forwarded", now=on(20))
    return case


def test_the_holder_is_reminded_a_working_day_before(office):
    at_the_department(office)

    assert not is_due(on(21))
    assert remind(on(21)) == 0
    assert is_due(on(22))
    assert remind(on(22)) == 1
    assert said() == [(K.REMINDER, "repair_accept", "2026-05-25")]
    assert told() == []


# 15:59 UTC is 23:59 in Kunming, 16:00 is the next day.
def test_it_is_late_on_the_first_day_after_and_the_citizen_is_told_with_whom_it_is(office):
    case = at_the_department(office)
    with Writing() as session:
        assert reminders.remind(session, RULES, now=datetime(2026, 5, 25, 15, 59, tzinfo=UTC)) == 1

    assert remind(datetime(2026, 5, 25, 16, tzinfo=UTC)) == 1

    assert said()[1:] == [(K.OVERDUE, "repair_accept", "2026-05-25")]
    assert told() == [(EventKind.CASE_OVERDUE, "repair_accept", case.account_id)]
    notice = only_notice()
    assert isinstance(notice, Deadline)
    assert notice.is_late
    assert (notice.following.office, str(notice.following.due_on)) == (
        "昆明市人力资源和社会保障局",
        "2026-05-25",
    )


def only_notice():
    with Reading() as session:
        (event_id,) = session.scalars(select(Event.id).where(Event.kind.in_(LATE))).all()
        return notices.read(session, event_id, today=day(on(26)))


# Two working days after Monday 05-25 is Wednesday 05-27.
def test_the_supervisors_are_told_after_the_days_of_the_rule(office):
    at_the_department(office)
    remind(on(26))
    assert [kind for kind, *_ in said()] == [K.OVERDUE]

    remind(on(27))

    assert [kind for kind, *_ in said()] == [K.OVERDUE, K.ESCALATION]
    assert len(told()) == 1


def test_days_of_a_stopped_ticker_are_made_up_for_at_once(office):
    at_the_department(office)

    assert remind(on(29)) == 2

    assert [kind for kind, *_ in said()] == [K.OVERDUE, K.ESCALATION]
    assert not is_due(on(29))
    assert remind(on(29)) == 0


def test_two_tickers_at_once_say_it_once(office):
    at_the_department(office)

    counts = at_once(2, lambda: remind(on(29)))

    assert sum(counts) == 2
    assert len(said()) == 2
    assert len(told()) == 1


def test_chunks_come_to_the_same(office):
    for _ in range(3):
        object_to(office.entity, record(office.entity.id), by=office.by)
    counts = []
    while number := remind(on(29), chunk=1):
        counts.append(number)

    assert counts == [2, 2, 2]
    assert len(told()) == 3


def test_what_has_gone_on_is_no_news(office):
    case = at_the_department(office)
    remind(on(26))
    do("accept", office.them, case, now=on(26))

    found = only_notice()

    assert found.following is None
    assert not notices.is_news(found)


def test_nothing_is_said_of_what_is_decided(office):
    case = at_the_department(office)
    do("not_accept", office.them, case, say=say(case, CaseState.NOT_ACCEPTED), now=on(22))

    assert remind(on(29)) == 0


def test_an_applicant_is_reminded_of_the_supplement(office):
    case = at_the_department(office)
    moved(case, "supplement_wanted", now=on(20))

    # Ten working days from 05-20 end on 06-03.
    assert remind(datetime(2026, 6, 2, 4, tzinfo=UTC)) == 1
    assert told() == [(EventKind.CASE_DUE, "supplement", case.account_id)]
    assert remind(datetime(2026, 6, 4, 4, tzinfo=UTC)) == 0
    assert mine(office.them) == []


def mine(staff, **given):
    with Reading() as session:
        return staff_notices.mine(session, staff, limit=20, **given)


def escalated(staff, **given):
    with Reading() as session:
        return staff_notices.escalated(session, staff, limit=20, **given)


def test_an_office_sees_its_own_notices_and_while_they_wait(office):
    case = at_the_department(office)
    remind(on(22))
    remind(on(26))

    lines = mine(office.them)

    assert [(one.notice.kind, one.case.id) for one in lines] == [
        (K.OVERDUE, case.id),
        (K.REMINDER, case.id),
    ]
    assert [one.notice.kind for one in mine(office.them, before=lines[0].notice.id)] == [K.REMINDER]
    assert mine(office.us) == []
    do("accept", office.them, case, now=on(26))
    assert mine(office.them) == []
    with Reading() as session:
        assert [one.kind for one in staff_notices.of_case(session, case.id)] == [
            K.REMINDER,
            K.OVERDUE,
        ]


def test_the_platform_sees_what_it_holds_itself(office):
    object_to(office.entity, office.record, by=office.by, now=on(20))
    remind(on(20))

    assert [one.notice.holder for one in mine(office.us)] == [Holder.PLATFORM]
    assert mine(office.them) == []


def test_supervisors_see_all_escalations_or_those_of_their_department(office):
    at_the_department(office)
    remind(on(27))
    ours, theirs = (
        hire(Role.SUPERVISOR),
        hire(Role.SUPERVISOR, department_id=office.record.department_id),
    )
    with Writing() as session:
        other = departments.known(session, "昆明市某局", None)

    assert [len(escalated(one)) for one in (ours, theirs)] == [1, 1]
    assert escalated(hire(Role.SUPERVISOR, department_id=other)) == []
    with pytest.raises(NotPermittedError):
        escalated(office.them)
    with pytest.raises(NotPermittedError):
        mine(hire(Role.ADMINISTRATOR))


def test_each_pass_that_says_something_is_in_the_trail(office):
    at_the_department(office)
    remind(on(26))
    remind(on(26))

    with Reading() as session:
        acts = session.scalars(select(Entry).where(Entry.action == "remind")).all()
    assert [(one.actor, one.facts) for one in acts] == [("ticker", {"notices": 1})]
