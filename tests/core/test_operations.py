"""Operations: done once, gone on with after a crash, given up at last, shown to their owner."""

from datetime import timedelta

import pytest

from core import operating, operations
from core.db import Reading, Writing
from core.errors import OperationNotFoundError
from core.operating import MOST_TRIES, LostLeaseError
from core.operations import KEPT, Operation, OperationKind, OperationState, Owner, OwnerKind, Wanted
from tests.core.given import NOW, PACE, at_once

pytestmark = pytest.mark.usefixtures("database")
BATCH = OperationKind.BATCH_VERIFICATION
ALL = list(OperationKind)
SOMEBODY = Owner(OwnerKind.ACCOUNT, 7)
SECOND = timedelta(seconds=1)


def asked(kind=BATCH, *, owner=SOMEBODY, now=NOW, leased=True, **wanted):
    with Writing() as session:
        return operations.ask(session, owner, Wanted(kind, **wanted), leased=leased, now=now)


def lease(*, kinds=ALL, now=NOW):
    with Writing() as session:
        return operating.lease(session, kinds, now=now, pace=PACE)


def step(taken, done, *, now=NOW, total=3):
    with Writing() as session:
        operating.step(session, taken, done, total=total, now=now, pace=PACE)


def finish(taken, *, now=NOW, **result):
    with Writing() as session:
        operating.finish(session, taken, result, now=now)


def row(operation):
    with Reading() as session:
        return session.get_one(Operation, operation.id)


def is_due(*, kinds=ALL, now=NOW):
    with Reading() as session:
        return operating.is_due(session, kinds, now=now)


def seen(operation, owner=SOMEBODY, *, now=NOW):
    with Reading() as session:
        return operations.of_owner(session, operation.public_id, owner, now=now)


def test_an_operation_is_taken_done_and_over():
    one = asked(given={"batch_id": 5}, total=3)
    assert (one.state, is_due()) == (OperationState.WAITING, True)

    taken = lease()
    step(taken, 2)
    finish(taken, rows=3)

    assert (taken.kind, taken.owner, taken.given, taken.done) == (BATCH, SOMEBODY, one.given, 0)
    held = seen(one)
    assert (held.state, held.result, held.error) == (OperationState.DONE, {"rows": 3}, None)
    assert (held.done, held.total) == (2, 3)
    assert (held.created_at, held.started_at, held.finished_at) == (NOW, NOW, NOW)
    assert (is_due(now=NOW + KEPT - SECOND), lease(now=NOW + KEPT - SECOND)) == (False, None)


def test_each_is_taken_by_one_worker_the_longest_due_first():
    ids = [asked(now=NOW + number * SECOND).id for number in range(3)]
    now = NOW + 3 * SECOND

    taken = at_once(3, lambda: lease(now=now))

    assert sorted(one.id for one in taken) == ids
    assert lease(now=now) is None


def test_what_a_killed_worker_held_is_gone_on_with_where_it_was():
    one = asked()
    killed = lease()
    step(killed, 2)
    assert not is_due(now=NOW + PACE.lease - SECOND)

    heir = lease(now=NOW + PACE.lease)

    assert (heir.id, heir.done) == (one.id, 2)
    assert row(one).started_at == NOW


def test_each_step_begins_the_lease_anew():
    asked()
    taken = lease()
    step(taken, 1, now=NOW + PACE.lease - SECOND)

    assert lease(now=NOW + PACE.lease) is None


def test_a_worker_that_was_too_slow_changes_nothing():
    one = asked()
    slow = lease()
    heir = lease(now=NOW + PACE.lease)

    for late in (
        lambda: step(slow, 1),
        lambda: finish(slow),
        lambda: _fail(slow),
        lambda: _pause(slow),
    ):
        with pytest.raises(LostLeaseError):
            late()
    finish(heir, rows=1)

    assert (row(one).state, row(one).result) == (OperationState.DONE, {"rows": 1})
    with pytest.raises(LostLeaseError):
        finish(heir, rows=2)


def _fail(taken, error="record_not_found", *, now=NOW):
    with Writing() as session:
        operating.fail(session, taken, error, now=now)


def _pause(taken, *, now=NOW):
    with Writing() as session:
        operating.pause(session, taken, now=now)


def test_a_step_whose_lease_was_lost_undoes_what_it_did():
    one = asked()
    slow = lease()
    lease(now=NOW + PACE.lease)

    def work():
        with Writing() as session:
            operations.ask(session, SOMEBODY, Wanted(BATCH), now=NOW)
            operating.step(session, slow, 1, total=None, now=NOW, pace=PACE)

    with pytest.raises(LostLeaseError):
        work()

    with Reading() as session:
        assert session.query(Operation.id).all() == [(one.id,)]


def test_what_was_paused_is_taken_at_once():
    one = asked()
    taken = lease()
    _pause(taken, now=NOW + SECOND)

    assert lease(now=NOW + SECOND).id == one.id


def test_what_kills_every_worker_is_given_up_and_stops_nobody():
    poison, now = asked(), NOW
    for _ in range(MOST_TRIES):
        assert lease(now=now).id == poison.id
        now += PACE.lease
    other = asked(now=now)

    assert lease(now=now).id == other.id

    held = row(poison)
    assert (held.state, held.error) == (OperationState.FAILED, "operation_failed")
    assert held.finished_at == now


def test_what_goes_on_step_by_step_is_never_given_up():
    one, now = asked(), NOW
    for done in range(MOST_TRIES + 5):
        step(lease(now=now), done, now=now)
        now += PACE.lease

    assert lease(now=now).id == one.id


def test_what_is_refused_ends_with_the_code_of_the_refusal():
    one = asked()
    _fail(lease())

    assert (row(one).state, row(one).error) == (OperationState.FAILED, "record_not_found")
    assert not is_due(now=NOW + PACE.lease)


def test_a_worker_takes_only_kinds_that_it_knows():
    asked()

    assert (is_due(kinds=[]), lease(kinds=[])) == (False, None)
    assert lease(kinds=[OperationKind.REPORT]) is None
    assert lease(kinds=[BATCH]) is not None


def test_what_others_move_is_leased_to_nobody():
    good, bad = (asked(OperationKind.REPORT, leased=False) for _ in range(2))
    assert (is_due(), lease()) == (False, None)

    with Writing() as session:
        operating.begin(session, good.id, now=NOW + SECOND)
        operating.ended(session, [good.id], {"report_no": "1"}, now=NOW + 2 * SECOND)
        operating.begin(session, good.id, now=NOW + 3 * SECOND)
        operating.ended(session, [good.id, bad.id], None, now=NOW + 3 * SECOND)

    assert (row(good).state, row(good).started_at) == (OperationState.DONE, NOW + SECOND)
    assert row(good).result == {"report_no": "1"}
    assert (row(bad).state, row(bad).error) == (OperationState.FAILED, "operation_failed")


def test_only_its_owner_sees_it_and_only_while_it_is_kept():
    one = asked()

    assert seen(one, now=NOW + KEPT - SECOND).id == one.id
    assert len(one.public_id) == 32
    strangers = Owner(OwnerKind.ACCOUNT, 8), Owner(OwnerKind.INSTITUTION, 7)
    for owner, now in (*((each, NOW) for each in strangers), (SOMEBODY, NOW + KEPT)):
        with pytest.raises(OperationNotFoundError):
            seen(one, owner, now=now)
    with pytest.raises(OperationNotFoundError), Reading() as session:
        operations.of_owner(session, str(one.id), SOMEBODY, now=NOW)


def test_what_nobody_may_ask_for_any_more_is_thrown_away():
    asked(kept=timedelta(days=1))
    longer = asked()

    with Writing() as session:
        assert operations.discard(session, now=NOW + timedelta(days=1)) == 1
        assert session.query(Operation.id).all() == [(longer.id,)]


def test_who_leaves_leaves_no_operation():
    asked()
    others = [
        asked(owner=Owner(OwnerKind.INSTITUTION, 7)),
        asked(owner=Owner(OwnerKind.ACCOUNT, 8)),
    ]

    with Writing() as session:
        operations.forget(session, SOMEBODY)
        assert {one.id for one in session.query(Operation)} == {one.id for one in others}
