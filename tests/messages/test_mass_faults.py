"""Sending to many while things fail: nobody gets two, and every row ends with its reason."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from core import accounts
from core.accounts import Channel
from core.campaigning.ledger import CampaignState, MassReceipt, SendState
from core.db import Writing
from core.pace import Pace
from messages import mass_calls
from messages.wechat.endpoints import MASS
from tests.core.given_campaigns import (
    DAY,
    read,
)
from tests.messages.given_mass import (
    DELIVERED,
    MINUTE,
    ONCE,
    SEND,
    begin,
    ends,
    got,
    many,
    people,
    sends,
    states,
    until_true,
)

__all__ = ["begin", "many", "people", "until_true"]  # fixtures


FAULTS = {
    "the answer is lost": {"kind": "timeout", "seconds": 0.01, "count": 2},
    "it is busy, and has it": {"kind": "busy", "sent": True, "count": 2},
    "it is busy, and has it not": {"kind": "busy", "count": 2},
    "a page in between": {"kind": "html502", "count": 1, "sent": True},
    "the minute is full": {"kind": "errcode", "errcode": 45011, "count": 1},
    "the token is no good": {"kind": "invalid_token", "count": 3},
    "it rests": {"kind": "errcode", "errcode": 45028, "count": 1},
    "our setup is wrong": {"kind": "errcode", "errcode": 48001, "count": 1},
}


@pytest.mark.parametrize("name", FAULTS)
def test_whatever_fails_in_between_everybody_gets_it_once(
    many, begin, referee, sandbox, until_true, name
):
    number = begin()
    referee.order("faults", path=SEND, **FAULTS[name])
    many.work(6)
    for wait in (MINUTE, MINUTE, timedelta(hours=1, seconds=6)):
        ends(many, until_true, number)
        for job in sandbox.world.mass.jobs.values():
            job.asked_at -= wait.total_seconds()  # time goes by at WeChat, too
        many.later(wait)
    ends(many, until_true, number)

    assert got(referee) == ONCE
    assert states(number) == DELIVERED
    assert read(number).state is CampaignState.FINISHED


def test_what_wechat_will_never_take_ends_as_failed_and_says_why(many, begin, referee):
    number = begin()
    referee.order("faults", path=SEND, kind="errcode", errcode=45002, count=1)
    many.work(6)

    first, *others = sends(number)
    assert (first.state, first.reason) == (SendState.FAILED, "45002")
    assert states(number)["failed", "45002"] == 4
    assert {one.state for one in others} == {SendState.ACCEPTED}


@pytest.mark.parametrize("who", ["wechat", "our ledger"])
def test_the_quota_of_a_day_is_respected_and_what_is_left_goes_the_next(
    many, begin, referee, until_true, who
):
    if who == "wechat":
        referee.order("quota", path=SEND, daily=1)
    else:
        many.limit(1)
    number = begin()
    many.work(6)
    assert read(number).trouble == "45009"
    assert states(number) == {("accepted", None): 4, ("sending", None): 6}
    assert got(referee) == {f"oSub{n}": 1 for n in range(4)}
    assert mass_calls.left(many.ledger).left == 0
    calls = len(referee.calls(MASS))
    assert calls == 1 + (who == "wechat")

    referee.order("quota", path=SEND, daily=100)
    ends(many, until_true, number)
    many.later_today()
    assert len(referee.calls(MASS)) == calls  # closed for everybody until the day turns

    many.limit(100)
    many.until(Pace().quota_turns(many.now))
    ends(many, until_true, number)
    assert got(referee) == ONCE
    assert states(number) == DELIVERED
    assert read(number).trouble is None


def test_who_leaves_in_between_is_named_once_wechat_says_so(many, begin, referee, until_true):
    number = begin()
    referee.order("event", openid="oSub1", event="unsubscribe")  # we have not heard of it yet
    many.work(6)
    ends(many, until_true, number)
    assert states(number)["accepted", None] == 4  # one of these, and nobody knows which

    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, "oSub1", active=False, now=many.now)
        session.execute(sa.update(MassReceipt).values(at=many.now))
    many.work(3)
    assert states(number) == {("delivered", None): 9, ("failed", "43004"): 1}
    assert "oSub1" not in got(referee)


def test_whom_nobody_can_name_is_called_unknown_after_a_while(many, begin, referee, until_true):
    number = begin()
    referee.order("event", openid="oSub1", event="unsubscribe")
    many.work(6)
    ends(many, until_true, number)
    many.later(Pace().receipt_wait + DAY / 24)

    assert states(number) == {("delivered", None): 6, ("unknown", "mass_partly"): 4}
    assert read(number).state is CampaignState.FINISHED


def test_without_any_end_the_rows_end_as_unknown(many, begin, referee):
    referee.order("receipts", mode="off")
    number = begin()
    many.work(6)
    many.later(Pace().receipt_wait + DAY / 24)

    assert states(number) == {("unknown", "no_receipt"): 10}


def test_a_job_that_failed_fails_its_rows(many, begin, referee, until_true):
    referee.order("receipts", mode="normal", status="failed")
    number = begin()
    many.work(6)
    ends(many, until_true, number)

    assert states(number) == {("failed", "err(30003)"): 10}
    assert got(referee) == {}
