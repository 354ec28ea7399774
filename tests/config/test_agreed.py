"""A batch is published, or withdrawn, once two have agreed: by a worker, told once, both named."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import sqlalchemy as sa

from config import intake_jobs
from core import departments
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.intake import agreed, works
from core.intake.batches import Batch, BatchState
from core.intake.errors import (
    BatchElsewhereError,
    NothingToPublishError,
    NothingToWithdrawError,
)
from core.intake.works import Work, WorkKind, WorkState
from core.outbox.deliveries import EventKind
from core.records import RecordState
from core.staff import approvals
from core.staff.approvals import Matter, Wish
from core.staff.errors import (
    ApprovalNotFoundError,
    NoReasonError,
    NotPermittedError,
    SamePersonError,
)
from core.staff.roles import Role
from tests.core.conftest import NOW, on_the_day, take_in
from tests.core.department_files import BUREAU, LISTING, PENALTY
from tests.core.given import followers
from tests.core.given_staff import hired
from tests.core.keeping.conftest import delivered, history, one
from tests.core.test_intake_publish import kinds
from tests.fixtures.service import settings_for

__all__ = ["on_the_day", "take_in"]  # fixtures
S = RecordState
VAULT = settings_for("sqlite:///nowhere", "redis://nowhere").vault  # that of the workers here


@pytest.fixture
def chosen(database, valkey_url):
    return settings_for(database.url, valkey_url)


@pytest.fixture
def clerk(database):
    return hired(Role.INTAKE_CLERK)


@pytest.fixture
def reviewer(database):
    return hired(Role.REVIEWER)


def newest():
    with Reading() as session:
        return session.scalars(sa.select(Batch).order_by(Batch.id.desc())).first()


def ask(act, staff, batch_id=None):
    with Writing() as session:
        return act(session, staff, batch_id or newest().id, why="已核对", vault=VAULT, now=NOW)


publication = partial(ask, agreed.ask_publication)
withdrawal = partial(ask, agreed.ask_withdrawal)


def approve(staff, asked):
    with Writing() as session:
        return agreed.approve(session, staff, asked, now=NOW)


def work(chosen, within=timedelta(minutes=1)):
    times = 0
    while intake_jobs.work_once(chosen, datetime.now(UTC) + within):
        times += 1
    return times


@pytest.mark.parametrize("act", [agreed.ask_publication, agreed.ask_withdrawal])
def test_without_a_reason_nothing_is_asked(act, take_in, clerk):
    take_in(LISTING)
    with Writing() as session, pytest.raises(NoReasonError):
        act(session, clerk, newest().id, why=" \n", vault=VAULT, now=NOW)


def test_what_two_agreed_on_is_published_and_told_once(chosen, take_in, clerk, reviewer):
    take_in(LISTING)
    followers(one().subject_id, 2, now=NOW)

    asked = publication(clerk)
    assert (work(chosen), one().state) == (0, S.LOADED)
    approve(reviewer, asked)
    assert work(chosen) == 1

    assert (one().state, kinds()) == (S.PUBLISHED, [EventKind.BLACKLISTED])
    assert history(one())[-1][2] == reviewer.actor
    with Reading() as session:
        acts = session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
        (done,) = works.of_batch(session, newest().id)
    assert (acts.actor, acts.action, acts.facts) == (
        reviewer.actor,
        "publish",
        {"records": 1, "asked_by": clerk.id},
    )
    assert (done.kind, done.state, done.done) == (WorkKind.PUBLISH, WorkState.DONE, 1)


def test_what_two_agreed_on_is_withdrawn_and_whoever_was_told_hears(
    chosen, take_in, clerk, reviewer
):
    take_in(LISTING)
    followers(one().subject_id, 2, now=NOW)
    take_in(LISTING, publish=True)
    delivered()

    approve(reviewer, withdrawal(clerk, one().batch_id))
    work(chosen)

    assert (one().state, kinds()) == (S.WITHDRAWN, [EventKind.BLACKLISTED, EventKind.RECALLED])
    assert history(one())[-1][2:] == (reviewer.actor, "已核对")
    with Reading() as session:
        assert session.get_one(Batch, one().batch_id).state is BatchState.ROLLED_BACK
    with pytest.raises(NothingToWithdrawError):
        withdrawal(clerk, one().batch_id)


def test_a_long_publication_goes_on_in_parts(chosen, take_in, clerk, reviewer, monkeypatch):
    rows = [PENALTY | {"行政处罚决定书文号": f"昆市监罚〔2026〕{n}号"} for n in range(1, 6)]
    take_in(*rows)
    monkeypatch.setattr("core.intake.publish.publish.__kwdefaults__", {"after": 0, "chunk": 2})
    approve(reviewer, publication(clerk))

    assert work(chosen, within=timedelta(0)) == 4

    with Reading() as session:
        assert [row.done for row in session.scalars(sa.select(Work))] == [5]
        assert agreed.waiting(session, newest().id) == 0


def test_nobody_agrees_alone_or_without_the_role(take_in, clerk, reviewer):
    take_in(LISTING)
    with pytest.raises(NotPermittedError):
        publication(reviewer)
    with pytest.raises(NotPermittedError):
        withdrawal(reviewer)
    asked = publication(clerk)
    with pytest.raises(NotPermittedError):
        approve(clerk, asked)
    both = hired(Role.INTAKE_CLERK, Role.REVIEWER)
    with pytest.raises(SamePersonError):
        approve(both, withdrawal(both))


def test_of_nothing_nothing_is_published(take_in, clerk):
    take_in(PENALTY | {"处罚类别": "没有这种处罚"})

    with pytest.raises(NothingToPublishError):
        publication(clerk)
    with pytest.raises(BatchElsewhereError):
        publication(clerk, 999)


def test_a_department_agrees_on_its_own_records_alone(take_in, clerk):
    with Writing() as session:
        own, other = (
            departments.known(session, name, None) for name in (BUREAU, "昆明市交通运输局")
        )
    take_in(PENALTY)

    assert publication(hired(Role.INTAKE_CLERK, department_id=own))
    with pytest.raises(BatchElsewhereError):
        withdrawal(hired(Role.INTAKE_CLERK, department_id=other))


def test_a_request_for_another_thing_touches_no_batch(take_in, clerk, reviewer):
    take_in(LISTING)
    with Writing() as session:
        wish = Wish(Matter.WITHDRAW_RECORD, newest().id, "理由")
        asked = approvals.ask(session, clerk, wish, now=NOW)

    with pytest.raises(ApprovalNotFoundError):
        approve(reviewer, asked)
