"""When WeChat answers nobody, nobody's tries are used up, and every process leaves it alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from redis import Redis

from core.db import Reading
from core.outbox.deliveries import Delivery, DeliveryState
from core.pace import Pace
from messages.outage import MANY, Outage

SEND, PING = "message/template/send", "getcallbackip"
MANY_PEOPLE = MANY + 6


@pytest.fixture
def outage(valkey_url, redis):
    """What another process knows of it."""
    return Outage(Redis.from_url(valkey_url), Pace())


@pytest.fixture
def people(office, lines, outage, tell):
    """More who wait than calls that may fail; a process that makes one call at a time."""
    office.post = replace(office.post, lines=lines(most=1), outage=outage)
    return [tell(f"o{number}")[0] for number in range(MANY_PEOPLE)]


def rows():
    with Reading() as session:
        return session.query(Delivery).all()


def asked_again(redis):
    """Let the time pass after which one process asks again."""
    redis.delete("wechat:outage:asked")


@pytest.mark.parametrize("kind", ["html502", "busy"])
def test_after_so_many_calls_in_vain_nobody_is_tried_any_more(people, office, referee, kind):
    referee.order("faults", kind=kind, path=f"/cgi-bin/{SEND}")

    office.work()
    office.second()
    office.work()

    found = rows()
    assert len(referee.calls(SEND)) == MANY
    assert sum(one.unsure for one in found) == MANY
    assert [one.tries for one in found if not one.unsure] == [0] * (MANY_PEOPLE - MANY)


def test_one_process_asks_now_and_then_and_all_go_on_when_it_answers(
    people, office, referee, outage, redis
):
    for path in (SEND, PING):
        referee.order("faults", kind="html502", path=f"/cgi-bin/{path}")
    office.work()

    for _ in range(3):
        office.second()
        office.work()
    assert referee.calls(PING) == []
    asked_again(redis)
    office.work()
    assert len(referee.calls(PING)) == 1
    assert outage.lasts()

    referee.no_faults()
    asked_again(redis)
    office.later(timedelta(seconds=25))
    office.work()

    assert not outage.lasts()
    assert {one.state for one in rows()} == {DeliveryState.ACCEPTED}
    assert [len(referee.got(openid)) for openid in people] == [1] * MANY_PEOPLE


def test_a_refusal_is_an_answer(people, office, referee, redis, outage):
    outage.begin()
    asked_again(redis)
    referee.order("faults", kind="quota", path=f"/cgi-bin/{PING}")

    assert office.work() == MANY_PEOPLE
    assert not outage.lasts()


def test_failures_between_which_others_succeed_are_no_outage(people, office, referee, outage):
    referee.order("faults", kind="busy", path=f"/cgi-bin/{SEND}", probability=0.5)
    office.work()

    assert not outage.lasts()
    assert any(one.state is DeliveryState.ACCEPTED for one in rows())


def test_without_redis_nobody_knows_of_an_outage():
    nowhere = Outage(Redis.from_url("unix:///nowhere"), Pace())

    nowhere.begin()

    assert (nowhere.lasts(), nowhere.may_ask()) == (False, False)
