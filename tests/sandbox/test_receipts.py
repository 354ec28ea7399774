"""Every accepted template message has its receipt, as scripted."""

from xml.etree import ElementTree as ET

import pytest


@pytest.fixture
def receipts(pushing, account):
    pushing.follow("oA")

    def receipts():
        opened = [ET.fromstring(account.opened(p, pushing.options)) for p in account.pushes]
        return [(int(r.findtext("MsgID")), r.findtext("Status")) for r in opened]

    return receipts


def send(desk, times=1):
    return [desk.send()["msgid"] for _ in range(times)]


def test_a_receipt_comes_back(pushing, receipts, until):
    (msgid,) = send(pushing)
    until(lambda: receipts() == [(msgid, "success")])
    until(lambda: pushing.read("counts")["pending_receipts"] == 0)


def test_receipts_may_be_off(pushing, receipts):
    pushing.order("receipts", mode="off")
    send(pushing)
    assert pushing.read("counts")["pending_receipts"] == 0
    assert receipts() == []


def test_receipts_may_come_twice(pushing, receipts, until):
    pushing.order("receipts", mode="duplicate")
    (msgid,) = send(pushing)
    until(lambda: receipts() == [(msgid, "success")] * 2)


def test_receipts_may_come_in_another_order(pushing, receipts, until):
    pushing.order("receipts", mode="reordered", seconds=0.1)
    msgids = send(pushing, 3)
    until(lambda: [msgid for msgid, _ in receipts()] == msgids[::-1])


def test_receipts_may_come_late(pushing, receipts, until):
    pushing.order("receipts", mode="delayed", seconds=0.1)
    send(pushing)
    assert pushing.read("counts")["pending_receipts"] == 1
    until(lambda: len(receipts()) == 1)


def test_receipts_may_come_twice_and_each_time_in_another_order(pushing, receipts, until):
    pushing.order("receipts", mode="disorder", seconds=0.1)
    msgids = send(pushing, 3)
    until(lambda: [msgid for msgid, _ in receipts()] == msgids[::-1] * 2)


def test_a_receipt_may_tell_that_the_message_never_arrived(pushing, receipts, until):
    pushing.order("receipts", status="failed:user block")
    (msgid,) = send(pushing)
    until(lambda: receipts() == [(msgid, "failed:user block")])
    assert pushing.got() == []


def test_an_unknown_order_of_receipts_is_refused(desk):
    assert "upside-down" in desk.order("receipts", mode="upside-down")["error"]
