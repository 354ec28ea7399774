"""What became of a delivery: by WeChat's answer, by its receipt, by the clock."""

from datetime import timedelta

import pytest

from core.db import Reading, Writing
from core.outbox import leasing, settle
from core.outbox.deliveries import EventKind, Way
from core.outbox.settle import Outcome, Verdict
from tests.core.given import (
    NOW,
    PACE,
    SECOND,
    begun,
    delivery,
    leased,
    row,
    state,
)


def end(held, verdict, *, now=NOW, **outcome):
    with Writing() as session:
        settle.settle(session, [(held, Outcome(verdict, **outcome))], now=now, pace=PACE)


def sweep(now):
    with Writing() as session:
        settle.sweep(session, now=now, pace=PACE)


def receipt(msgid, status="success", *, now=NOW):
    with Writing() as session:
        settle.receipt(session, msgid, status, now=now)


def accepted(msgid="m1"):
    """A delivery that WeChat took; return its key."""
    key = delivery()
    (held,) = begun()
    end(held, Verdict.ACCEPTED, msgid=msgid)
    return key


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.ACCEPTED, "accepted"),
        (Verdict.DELIVERED, "delivered"),
        (Verdict.NEVER, "failed"),
        (Verdict.NOT_SENT, "due"),
        (Verdict.MAYBE_SENT, "due"),
    ],
)
def test_a_try_ends_as_its_verdict_says(database, verdict, expected):
    key = delivery()
    (held,) = begun()

    end(held, verdict, reason="why")

    assert (state(key), row(key).reason) == (expected, "why")
    assert (row(key).settled_at is None) == (expected == "due")


def test_only_what_was_not_begun_is_suppressed(database):
    one, other = delivery(), delivery()
    taken = {held.key: held for held in leased()}
    end(taken[one], Verdict.SUPPRESSED, reason="no_address")
    end(taken[other], Verdict.DELIVERED)

    assert (state(one), row(one).reason) == ("suppressed", "no_address")
    assert state(other) == "leased"


def test_an_old_holder_settles_nothing(database):
    key = delivery()
    (old,) = begun()
    (new,) = begun(now=NOW + PACE.send_lease)

    end(old, Verdict.NEVER)
    assert state(key) == "sending"

    end(new, Verdict.ACCEPTED, msgid="m1")
    assert state(key) == "accepted"


def test_what_is_settled_is_settled_once(database):
    key = delivery()
    (held,) = begun()
    end(held, Verdict.DELIVERED)

    end(held, Verdict.NEVER)

    assert state(key) == "delivered"


def test_what_surely_was_not_sent_may_be_tried_for_long(database):
    key = delivery()
    (held,) = begun()
    end(held, Verdict.NOT_SENT)

    assert (row(key).unsure, row(key).first_try_at) == (False, None)
    assert len(leased(now=NOW + timedelta(days=2))) == 1


def test_what_may_have_been_sent_stays_unsure(database):
    key = delivery()
    (held,) = begun()
    end(held, Verdict.MAYBE_SENT)
    (held,) = begun(now=NOW + timedelta(seconds=5))
    end(held, Verdict.NOT_SENT, now=NOW + timedelta(seconds=5))

    assert (row(key).unsure, row(key).first_try_at) == (True, NOW)
    assert leased(now=NOW + PACE.wechat_memory) == []


def test_a_rest_for_everybody_costs_nobody_a_try(database):
    key = delivery()
    (held,) = begun()
    later = NOW + timedelta(hours=1)

    end(held, Verdict.NOT_SENT, again_at=later)

    assert (row(key).tries, row(key).due_at, row(key).first_try_at) == (0, later, None)


def test_a_receipt_says_that_it_was_delivered(database):
    key = accepted("m1")

    receipt("m1", now=NOW + SECOND)

    assert (state(key), row(key).settled_at, row(key).reason) == (
        "delivered",
        NOW + SECOND,
        None,
    )


def test_a_receipt_says_that_it_failed(database):
    key = accepted("m1")

    receipt("m1", "failed:user block")

    assert (state(key), row(key).reason) == ("failed", "failed:user block")


def test_the_first_receipt_counts(database):
    key = accepted("m1")
    receipt("m1", "success")
    receipt("m1", "failed: system failed")
    receipt("m1", "success")

    sweep(NOW + SECOND)

    assert state(key) == "delivered"


def test_a_receipt_that_overtakes_our_note_waits_for_it(database):
    receipt("m1")
    key = accepted("m1")
    assert state(key) == "accepted"

    sweep(NOW + SECOND)

    assert state(key) == "delivered"


def test_receipts_in_another_order_reach_their_own(database):
    one, other = accepted("m1"), accepted("m2")

    receipt("m2", "failed:user block")
    receipt("m1")

    assert (state(one), state(other)) == ("delivered", "failed")


def test_a_receipt_of_nobodys_message_changes_nothing(database):
    key = accepted("m1")

    receipt("m9")

    assert state(key) == "accepted"


def test_without_a_receipt_the_outcome_is_unknown_in_the_end(database):
    key = accepted()
    sweep(NOW + PACE.receipt_wait)
    assert state(key) == "accepted"

    sweep(NOW + PACE.receipt_wait + SECOND)

    assert (state(key), row(key).reason) == ("unknown", "no_receipt")


@pytest.mark.parametrize("kind", [EventKind.BLACKLISTED, EventKind.LATE_REPLY])
def test_without_an_answer_the_outcome_is_unknown_in_the_end(database, kind):
    key = delivery(kind=kind)
    begun()
    end_of_waiting = NOW + PACE.wechat_memory + PACE.receipt_wait
    sweep(end_of_waiting)
    assert state(key) == "sending"

    sweep(end_of_waiting + SECOND)

    assert (state(key), row(key).reason) == ("unknown", "no_answer")


def test_what_no_number_or_key_can_be_told_of_is_unknown_once_wechat_has_forgotten(database):
    key = delivery()
    with Writing() as session:
        leasing.begin(session, leased(), way=Way.SUBSCRIPTION, now=NOW, pace=PACE)
    sweep(NOW + PACE.wechat_memory)
    assert state(key) == "sending"

    sweep(NOW + PACE.wechat_memory + SECOND)

    assert (state(key), row(key).reason) == ("unknown", "no_answer")


def test_a_sweep_done_twice_changes_nothing_more(database):
    keys = [accepted("m1"), accepted("m2"), delivery(), delivery()]
    begun(limit=1)
    receipt("m1")
    late = NOW + timedelta(days=1)
    sweep(late)
    before = [(row(key).state, row(key).reason, row(key).settled_at) for key in keys]

    sweep(late + timedelta(days=1))

    assert [(row(key).state, row(key).reason, row(key).settled_at) for key in keys] == before
    assert [one[0] for one in before] == ["delivered", "unknown", "unknown", "due"]


def test_whom_have_we_not_told_and_why_is_one_query(database):
    told, key = accepted("m1"), accepted("m2")
    receipt("m1")
    receipt("m2", "failed:user block")

    with Reading() as session:
        rows = session.connection().exec_driver_sql(
            "select account_id, state, reason from deliveries where state <> 'delivered'"
        )
        assert [tuple(one) for one in rows] == [(key[1], "failed", "failed:user block")]
    assert told != key
