"""What tests of sending to many begin with: a clock, people, and what WeChat says at the end."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from config import rulebook
from core.campaigning import receipts
from core.campaigning.ledger import MassReceipt, MassSend
from core.db import Reading, Writing
from core.pace import Pace
from messages import mass, tagging
from messages.ledger import Ledger
from messages.mass import Mailing
from messages.wechat.endpoints import MASS, PREVIEW
from tests.core.given import account
from tests.core.given_campaigns import (
    DAY,
    ready,
    rows,
    subscribers,
)

SEND, ALL = "/cgi-bin/message/mass/send", "/cgi-bin/message/mass/sendall"
TAGS = tagging.names(rulebook.load().places)
MINUTE = timedelta(seconds=66)


class Many:
    """Campaigns under a clock that moves only when told to; WeChat's ends are told by hand."""

    def __init__(self, wechat, referee, now, redis):
        self.now = now
        self.referee = referee
        pace, clock = Pace(), lambda: self.now
        self.ledger = Ledger(redis, {MASS: 100, PREVIEW: 100}, pace, clock)
        self.mailing = Mailing(
            wechat, "https://credit.example.cn", pace, clock, self.ledger, TAGS, chunk=4
        )

    def work(self, times=1):
        for _ in range(times):
            # The clock stands still: a step that its rate holds back comes after it.
            mass.run(self.mailing, self.now + timedelta(seconds=1))
            self.now += timedelta(seconds=1)

    def limit(self, a_day):
        self.ledger = replace(self.ledger, limits={MASS: a_day, PREVIEW: 100})
        self.mailing = replace(self.mailing, ledger=self.ledger)

    def later_today(self):
        """Go half way to where WeChat's day turns: late in the evening an hour is too far."""
        self.later((Pace().quota_turns(self.now) - self.now) / 2)

    def until(self, moment):
        self.later(moment - self.now)

    def later(self, wait):
        self.now += wait
        self.work(6)

    def ended(self):
        """Take the ends of the jobs that the sandbox pushed."""
        pushes = self.referee.read("pushes")["pushes"]
        ends = [
            one["fields"] for one in pushes if one["fields"].get("Event") == "MASSSENDJOBFINISH"
        ]
        for one in ends:
            receipt = MassReceipt(
                msg_id=str(one["MsgID"]),
                status=one["Status"],
                total=one["TotalCount"],
                filtered=one["FilterCount"],
                sent=one["SentCount"],
                errors=one["ErrorCount"],
                at=self.now,
            )
            with Writing() as session:
                receipts.receive(session, receipt)
        self.work(3)


@pytest.fixture
def many(database, wechat, referee, office, redis, until_true):
    referee.order("receipts", mode="normal")
    return Many(wechat, referee, office.now, redis)


@pytest.fixture
def until_true():
    def until(fact):
        end = time.monotonic() + 10
        while not fact():
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.01)

    return until


@pytest.fixture
def people(many, referee):
    """Ten who subscribe and follow, and one who only follows: so it goes by lists."""
    ids = subscribers(10, now=many.now - DAY)
    account("oOnlyFollows", now=many.now - DAY)
    referee.follow("oOnlyFollows", *(f"oSub{n}" for n in range(10)))
    return ids


@pytest.fixture
def begin(many, people):
    return lambda **change: ready(now=many.now, **change)


def got(referee):
    """Return how many mass messages each has got."""
    held = referee.read("messages")["messages"]
    mine = [one["openid"] for one in held if one.get("mass")]
    return {openid: mine.count(openid) for openid in mine}


def ends(many, until_true, number):
    until_true(lambda: {one.msg_id for one in sent(number)} <= told(many))
    many.ended()


def told(many):
    pushes = many.referee.read("pushes")["pushes"]
    return {
        str(p["fields"]["MsgID"]) for p in pushes if p["fields"].get("Event") == "MASSSENDJOBFINISH"
    }


def sends(number):
    with Reading() as session:
        mine = sa.select(MassSend).where(MassSend.campaign_id == number)
        return session.scalars(mine.order_by(MassSend.number)).all()


def sent(number):
    return [one for one in sends(number) if one.msg_id]


def states(number):
    held = [(state, reason) for state, _, reason in rows(number).values()]
    return {one: held.count(one) for one in held}


ONCE = {f"oSub{n}": 1 for n in range(10)}
DELIVERED = {("delivered", None): 10}
