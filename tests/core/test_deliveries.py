"""A delivery is leased by one, begun before the first byte, and falls due again when dropped."""

from datetime import timedelta

import pytest

from core.db import Reading, Writing
from core.outbox import leasing, settle
from core.outbox.deliveries import MOST_TRIES, EventKind, is_urgent
from core.outbox.settle import Outcome, Verdict
from tests.core.given import (
    NOW,
    PACE,
    SECOND,
    at_once,
    begun,
    delivery,
    expanded,
    followers,
    leased,
    owed,
    row,
    state,
    subject,
)


def is_due(now, *, urgent=True):
    with Reading() as session:
        return leasing.is_due(session, urgent=urgent, now=now, pace=PACE)


def oldest_due(now):
    with Reading() as session:
        return leasing.oldest_due(session, now=now, pace=PACE)


def end(results, now):
    with Writing() as session:
        settle.settle(session, results, now=now, pace=PACE)


def test_what_concerns_many_or_is_known_for_days_may_wait():
    waiting = {kind for kind in EventKind if not is_urgent(kind)}

    assert waiting == {
        *(EventKind.CAMPAIGN, EventKind.LIST_RELEASED, EventKind.DIGEST, EventKind.VIEWED),
        *(EventKind.ENDING, EventKind.REPAIRABLE),
    }


def test_a_lease_takes_what_is_due_and_nobody_else_gets_it(database):
    key = delivery()

    (one,) = leased()

    assert (one.key, state(key), one.tries, one.fence) == (key, "leased", 1, 1)
    assert leased() == []
    assert not is_due(NOW)


def test_what_is_not_due_yet_is_left(database):
    delivery(now=NOW + SECOND)

    assert leased() == []
    assert oldest_due(NOW) is None
    assert oldest_due(NOW + SECOND) == NOW + SECOND


def test_urgent_and_other_are_leased_apart(database):
    alert, campaign = delivery(), delivery(kind=EventKind.CAMPAIGN)

    assert [one.key for one in leased(urgent=True)] == [alert]
    assert [one.key for one in leased(urgent=False)] == [campaign]


def test_a_lease_is_bounded_and_takes_the_oldest_first(database):
    late, early = delivery(now=NOW), delivery(now=NOW - SECOND)

    assert [one.key for one in leased(limit=1)] == [early]
    assert [one.key for one in leased(limit=1)] == [late]


def test_a_lease_that_ran_out_falls_due_again(database):
    delivery()
    leased()
    again = NOW + PACE.lease

    assert leased(now=again - SECOND) == []
    (one,) = leased(now=again)

    assert (one.tries, one.fence, one.unsure) == (2, 2, False)


def test_who_holds_an_old_lease_cannot_begin(database):
    key = delivery()
    old = leased()
    leased(now=NOW + PACE.lease)

    with Writing() as session:
        assert leasing.begin(session, old, now=NOW + PACE.lease, pace=PACE) == set()

    assert state(key) == "leased"


def test_beginning_notes_the_first_try_and_keeps_it(database):
    key = delivery()

    assert [one.key for one in begun()] == [key]
    assert (state(key), row(key).first_try_at) == ("sending", NOW)

    begun(now=NOW + PACE.send_lease)
    assert row(key).first_try_at == NOW


def test_beginning_nothing_begins_nothing(database):
    with Writing() as session:
        assert leasing.begin(session, [], now=NOW, pace=PACE) == set()


def test_a_send_cut_off_is_tried_again_and_known_as_unsure(database):
    key = delivery()
    begun()

    assert leased(now=NOW + PACE.send_lease - SECOND) == []
    (one,) = leased(now=NOW + PACE.send_lease)

    assert (one.key, one.unsure) == (key, True)


def test_a_send_cut_off_is_never_tried_after_wechat_forgot(database):
    key = delivery()
    begun()
    forgotten = NOW + PACE.wechat_memory

    assert is_due(forgotten - SECOND)
    assert not is_due(forgotten)
    assert oldest_due(forgotten) is None
    assert leased(now=forgotten) == []
    assert state(key) == "sending"


def test_who_slept_past_wechats_memory_cannot_begin(database):
    key = delivery()
    begun()
    last = leased(now=NOW + PACE.wechat_memory - SECOND)
    awake = NOW + PACE.wechat_memory + SECOND

    with Writing() as session:
        assert leasing.begin(session, last, now=awake, pace=PACE) == set()

    assert row(key).unsure


def test_a_late_reply_cut_off_is_never_repeated(database):
    delivery(kind=EventKind.LATE_REPLY)
    begun()

    assert leased(now=NOW + PACE.send_lease) == []


def test_a_late_reply_that_was_not_begun_is_taken_again(database):
    delivery(kind=EventKind.LATE_REPLY)
    leased()

    assert len(begun(now=NOW + PACE.lease)) == 1


def test_what_is_worn_out_is_left_to_the_sweep(database):
    key = delivery()
    now = NOW
    for _ in range(MOST_TRIES):
        assert len(leased(now=now)) == 1
        now += PACE.lease

    assert leased(now=now) == []
    with Writing() as session:
        settle.sweep(session, now=now, pace=PACE)
    assert (state(key), row(key).reason) == ("failed", "too_many_tries")


def test_workers_at_once_never_hold_the_same_row(database):
    entity = subject()
    ids = followers(entity.id, 40)
    owed(subject_id=entity.id)
    expanded()

    def work():
        held = []
        while taken := leased(limit=3):
            held += [one.account_id for one in taken]
        return held

    held = [one for worker in at_once(4, work) for one in worker]
    while rest := leased(limit=3):  # a worker may find all rows locked and go home
        held += [one.account_id for one in rest]

    assert sorted(held) == ids


@pytest.mark.parametrize("verdict", [Verdict.NOT_SENT, Verdict.MAYBE_SENT])
def test_a_row_waits_longer_after_each_try(database, verdict):
    key = delivery()
    now, waits = NOW, []
    for _ in range(4):
        (one,) = begun(now=now)
        end([(one, Outcome(verdict))], now)
        waits.append(row(key).due_at - now)
        now = row(key).due_at

    assert waits == list(PACE.retry_waits[:4])


def test_all_tries_stay_inside_wechats_memory():
    assert sum(PACE.retry_waits, timedelta()) < PACE.wechat_memory
    assert PACE.lease + PACE.batch_time < PACE.send_lease
