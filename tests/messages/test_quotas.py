"""Quotas are counted ahead of the call: never overrun, and learnt again."""

from dataclasses import replace

from core import quotas
from core.db import Reading
from core.outbox.deliveries import Way
from messages.wechat.endpoints import TEMPLATE
from tests.core.given import row, state
from tests.messages.reaching import (
    LIMITS,
    begin_a_day,
    done,
    full,
    reachable,
    refuse,
)

__all__ = ["full", "reachable"]  # fixtures


def test_a_quota_is_never_overrun_and_the_next_way_takes_over(reachable, full, referee):
    full.post = replace(full.post, ledger=replace(full.post.ledger, limits=LIMITS | {TEMPLATE: 3}))
    keys = [reachable(f"oA{number}") for number in range(5)]
    refuse(referee, Way.SUBSCRIPTION)

    done(full)

    assert len(referee.calls(TEMPLATE)) == 3
    assert {state(key) for key in keys} <= {"accepted", "delivered"}
    assert sorted(row(key).way for key in keys) == ["service"] * 2 + ["wechat"] * 3


def test_what_has_no_other_way_waits_until_the_quota_day_turns(tell, full, referee):
    begin_a_day(full)
    full.post = replace(full.post, ledger=replace(full.post.ledger, limits={TEMPLATE: 2}))
    keys = [tell(f"oA{number}")[1] for number in range(3)]

    done(full)
    assert sorted(state(key) for key in keys) == ["accepted", "accepted", "due"]
    (waiting,) = [key for key in keys if state(key) == "due"]
    assert row(waiting).reason == "quota"
    assert row(waiting).due_at == full.post.pace.quota_turns(full.now)

    full.now = full.post.pace.quota_turns(full.now)
    full.work()
    assert state(waiting) == "accepted"


def test_an_emptied_redis_learns_again_what_was_called(tell, full, referee, redis):
    begin_a_day(full)
    limits = {TEMPLATE: 3}
    full.post = replace(full.post, ledger=replace(full.post.ledger, limits=limits))
    for number in range(2):
        tell(f"oA{number}")
    done(full)
    redis.flushall()
    for number in range(2, 5):
        tell(f"oA{number}")

    done(full)

    assert len(referee.calls(TEMPLATE)) == 3
    assert full.post.ledger.counted() == {TEMPLATE: 3}
    with Reading() as session:
        assert quotas.made_on_day(session, now=full.now, pace=full.post.pace) == {TEMPLATE: 3}
