"""When WeChat is slow, away, or says no: nobody is told twice, nobody is lost, nobody waits."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core import alarms
from core.db import Writing
from core.outbox import settle
from messages import delivery
from messages.wechat.lines import Lines
from tests.core.given import account, expanded, owed, row, state
from tests.messages.conftest import event_of

SEND = "message/template/send"


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "busy"},
        {"kind": "busy", "sent": True},
        {"kind": "html502", "sent": True},
        {"kind": "timeout", "seconds": 0},
        {"kind": "timeout", "seconds": 0, "sent": False},
        {"kind": "delay", "seconds": 1},
    ],
)
def test_a_try_without_an_answer_is_repeated_and_arrives_once(tell, office, lines, referee, fault):
    openid, key = tell()
    patient = office.post
    office.post = replace(patient, lines=lines(timeout=(10.0, 0.5)))
    referee.order("faults", path=f"/cgi-bin/{SEND}", count=1, **fault)
    office.work()
    assert (state(key), row(key).unsure) == ("due", True)
    assert office.work() == 0

    office.post = patient
    office.later(timedelta(seconds=5))
    assert office.work() == 1

    assert state(key) == "accepted"
    assert len(referee.got(openid)) == 1
    first, second = referee.calls(SEND)
    keys = {call["body"]["client_msg_id"] for call in (first, second)}
    assert keys == {f"{key[0]}-{key[1]}"}


def test_an_outage_of_any_length_costs_no_try(tell, office, lines, referee):
    openid, key = tell()
    there = office.post
    office.post = replace(there, lines=lines(url="http://127.0.0.1:1"))
    for _ in range(30):
        office.work()
        office.later(timedelta(minutes=1))
    assert (state(key), row(key).tries, row(key).unsure) == ("due", 0, False)

    office.post = there
    office.work()

    assert len(referee.got(openid)) == 1


def test_a_used_up_quota_is_left_alone_and_nobody_is_lost(tell, office, lines, referee):
    office.post = replace(office.post, lines=lines(most=1))
    keys = [tell(f"oA{number}")[1] for number in range(4)]
    referee.order("quota", path=f"/cgi-bin/{SEND}", daily=2)

    office.work()
    assert sorted(state(key) for key in keys) == ["accepted", "accepted", "due", "due"]
    assert len(referee.calls(SEND)) == 3
    assert office.work() == 0

    referee.order("quota", path=f"/cgi-bin/{SEND}", daily=100)
    office.now = office.post.pace.quota_turns(office.now) - timedelta(seconds=1)
    assert office.work() == 0
    office.second()
    office.work()
    assert {state(key) for key in keys} == {"accepted"}
    assert referee.read("counts")["most_by_client_msg_id"] == 1


def test_an_unknown_template_stops_for_everybody_and_fails_nobody(tell, office, lines, referee):
    office.post = replace(office.post, batch=2, lines=lines(most=1))
    keys = [tell(f"oA{number}")[1] for number in range(5)]
    referee.order("faults", kind="errcode", errcode=40037, path=f"/cgi-bin/{SEND}", count=9)

    office.work()

    assert {(state(key), row(key).reason) for key in keys} == {("due", "template_stopped")}
    assert {row(key).tries for key in keys} == {0}
    with Writing() as session:
        (alarm,) = alarms.still(session)
        assert (alarm.kind, alarm.about, alarm.reason) == ("template", "credit-alert", "40037")
        alarms.lift(session, alarm.kind, alarm.about, by="operator", now=office.now)
    assert len(referee.calls(SEND)) <= 2

    referee.no_faults()
    office.later(office.post.pace.quota_wait)
    office.work()
    assert {state(key) for key in keys} == {"accepted"}


def test_one_who_can_never_be_told_stops_nobody(tell, office, referee):
    first, second = tell("oA")[1], tell("oB")[1]
    referee.order("faults", kind="errcode", errcode=43101, path=f"/cgi-bin/{SEND}", count=1)

    office.work()

    assert sorted([state(first), state(second)]) == ["accepted", "failed"]


def test_one_too_often_written_to_is_told_later(tell, office, referee):
    _, key = tell()
    referee.order("faults", kind="errcode", errcode=43117, path=f"/cgi-bin/{SEND}", count=1)
    office.work()
    assert (state(key), row(key).tries) == ("due", 1)

    office.later(timedelta(seconds=5))
    office.work()

    assert state(key) == "accepted"


def test_what_wechat_says_it_has_counts_as_sent(tell, office, referee):
    _, key = tell()
    referee.order("faults", kind="errcode", errcode=45065, path=f"/cgi-bin/{SEND}", count=1)

    office.work()

    assert state(key) == "accepted"


def test_a_letter_that_cannot_be_written_stops_nobody(tell, office, referee):
    poison = account("oP", now=office.now)
    owed("poison", account_id=poison, now=office.now, facts={"record_id": 999_999})
    openid, key = tell()

    office.work()
    assert state(key) == "accepted"

    for _ in range(10):
        office.later(office.post.pace.lease)
        office.work()
    with Writing() as session:
        settle.sweep(session, now=office.now, pace=office.post.pace)
    bad = row((event_of(poison), poison))
    assert (bad.state, bad.reason) == ("failed", "too_many_tries")
    assert len(referee.got(openid)) == 1


def test_a_batch_that_takes_too_long_leaves_the_rest_for_the_next(tell, office, referee):
    keys = [tell(f"oA{number}")[1] for number in range(6)]
    slow = replace(office.post, clock=lambda: _tick(office))

    tried = delivery.deliver(slow, urgent=True, until=office.now + timedelta(hours=1))

    assert tried > len(keys)
    assert {(row(key).state, row(key).tries) for key in keys} == {("accepted", 1)}
    assert len(referee.calls(SEND)) == len(keys)


def _tick(office):
    office.now += timedelta(seconds=6)
    return office.now


class TimeIsOverError(Exception):
    pass


class Endless(Lines):
    async def call(self, endpoint, body):
        raise TimeIsOverError


def test_the_end_of_our_time_ends_the_work_and_nobody_is_lost(tell, office, lines):
    keys = [tell(f"oA{number}")[1] for number in range(2)]
    there = office.post
    office.post = replace(there, lines=lines(kind=Endless), interrupts=(TimeIsOverError,))
    with pytest.raises(TimeIsOverError):
        office.work()

    office.post = there
    office.later(there.pace.send_lease)
    office.work()

    assert {state(key) for key in keys} == {"accepted"}


def test_the_end_of_our_time_is_heard_while_a_letter_is_written(database, office):
    to = account("oP", now=office.now)
    owed("poison", account_id=to, now=office.now, facts={"record_id": 999_999})
    expanded(now=office.now)
    office.post = replace(office.post, interrupts=(KeyError,))

    with pytest.raises(KeyError):
        office.work()


class Senseless(Lines):
    async def call(self, endpoint, body):
        await super().call(endpoint, body)
        return {}


def test_an_answer_that_makes_no_sense_is_taken_for_perhaps_sent(tell, office, lines):
    _, key = tell()
    office.post = replace(office.post, lines=lines(kind=Senseless))

    office.work()

    assert (state(key), row(key).unsure, row(key).reason) == ("due", True, "our_fault")
