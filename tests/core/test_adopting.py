"""A receipt whose number we never got: it is of the only message that it can be of, or of none."""

from datetime import timedelta
from itertools import count

import pytest

from core.db import Writing
from core.outbox import leasing, settle
from core.outbox.adopting import Reader
from core.outbox.deliveries import Way
from core.outbox.settle import Verdict
from tests.core.given import (
    NOW,
    PACE,
    SECOND,
    account,
    begun,
    expanded,
    leased,
    owed,
    row,
    state,
)
from tests.core.test_settle import accepted, end, sweep

_numbers = count()


def lost(openid="oA", *, way=Way.WECHAT, now=NOW):
    """A message that may have gone out, of which WeChat's answer was lost; return its key."""
    to = account(openid, now=now)
    owed(f"lost-{next(_numbers)}", account_id=to, now=now)
    expanded(now=now)
    taken = leased(now=now)
    with Writing() as session:
        leasing.begin(session, taken, way=way, now=now, pace=PACE)
    (held,) = taken
    end(held, Verdict.MAYBE_SENT, now=now, reason="WeChat: ReadTimeout")
    return held.key


def named(openid, msgid="m7", status="success", *, way=Way.WECHAT, now=NOW + SECOND):
    with Writing() as session:
        settle.receipt(session, msgid, status, reader=Reader(openid, way), now=now)


@pytest.mark.parametrize("way", [Way.WECHAT, Way.SUBSCRIPTION])
@pytest.mark.parametrize(
    ("status", "expected"), [("success", "delivered"), ("failed:user block", "failed")]
)
def test_a_receipt_settles_the_message_whose_number_was_lost(database, way, status, expected):
    key = lost(way=way)

    named("oA", status=status, way=way)

    assert (state(key), row(key).msgid) == (expected, "m7")
    named("oA", "m8", way=way)
    assert row(key).msgid == "m7"


def test_a_receipt_that_comes_while_we_still_wait_for_the_answer_settles_it(database):
    to = account("oA")
    owed("one", account_id=to)
    expanded()
    (held,) = begun()

    named("oA")
    end(held, Verdict.MAYBE_SENT, reason="WeChat: ReadTimeout")

    assert (state(held.key), row(held.key).msgid) == ("delivered", "m7")


def test_what_nobody_knows_any_more_is_known_by_a_late_receipt(database):
    key = lost(way=Way.SUBSCRIPTION)
    sweep(NOW + PACE.wechat_memory + SECOND)
    assert state(key) == "unknown"

    named("oA", way=Way.SUBSCRIPTION, now=NOW + timedelta(minutes=30))

    assert (state(key), row(key).reason) == ("delivered", None)


@pytest.mark.parametrize("why", ["two", "another_way", "another_reader", "old", "known"])
def test_a_receipt_that_may_be_of_another_message_says_nothing(database, why):
    key = lost()
    if why == "two":
        lost()
    if why == "known":
        accepted("m7")
    moment = NOW + timedelta(hours=2) if why == "old" else NOW + SECOND
    way = Way.SUBSCRIPTION if why == "another_way" else Way.WECHAT

    named("oB" if why == "another_reader" else "oA", way=way, now=moment)

    assert (state(key), row(key).msgid) == ("due", None)
