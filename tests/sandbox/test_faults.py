"""Faults strike where, how often and as an order says."""

import time

import pytest
import requests

SEND = "/cgi-bin/message/template/send"


@pytest.mark.parametrize(
    ("kind", "code"), [("busy", -1), ("invalid_token", 40001), ("quota", 45009)]
)
def test_a_fault_strikes_as_often_as_ordered(desk, kind, code):
    desk.follow("oA")
    desk.order("faults", kind=kind, path=SEND, count=2)
    assert [desk.send()["errcode"] for _ in range(3)] == [code, code, 0]
    calls = desk.read("log", path=SEND)["calls"]
    assert [call["fault"] for call in calls] == [kind, kind, None]
    assert [call["errcode"] for call in calls] == [code, code, 0]
    assert len(desk.got()) == 1


def test_a_fault_without_count_lasts_until_it_is_taken_back(desk):
    desk.order("faults", kind="busy")
    token = desk.world.tokens.fetch_stable(force=False)["access_token"]
    codes = [desk.get("menu/get", access_token=token)["errcode"] for _ in range(3)]
    assert codes == [-1, -1, -1]
    desk.client.delete("/_control/faults")
    assert desk.read("faults")["faults"] == []
    assert desk.get("menu/get", access_token=token)["errcode"] == 46003


def test_a_fault_may_be_a_matter_of_chance(desk):
    desk.follow("oA")
    desk.order("faults", kind="busy", path=SEND, probability=0.5)
    codes = {desk.send()["errcode"] for _ in range(30)}
    assert codes == {-1, 0}


def test_busy_may_hide_that_the_message_was_sent(desk):
    desk.follow("oA")
    desk.order("faults", kind="busy", path=SEND, sent=True, count=1)
    assert desk.send(client_msg_id="e1")["errcode"] == -1
    assert len(desk.got()) == 1
    assert desk.send(client_msg_id="e1")["errcode"] == 0
    assert len(desk.got()) == 1
    first, second = desk.read("log", path=SEND)["calls"]
    assert (first["sent"], second["duplicate"]) == (True, True)


def test_a_bad_gateway_is_html(desk):
    desk.order("faults", kind="html502", count=1)
    answer = desk.client.get("/cgi-bin/menu/get")
    assert (answer.status_code, answer.mimetype) == (502, "text/html")


def test_a_time_out_after_sending_sends_and_never_answers(running):
    def call(path, body, **query):
        return requests.post(running.url + path, json=body, params=query, timeout=30)

    call("/_control/followers", {"openids": ["oA"]})
    call("/_control/faults", {"kind": "timeout", "path": SEND, "count": 1, "seconds": 0.2})
    token = running.world.tokens.fetch_stable(force=False)["access_token"]
    values = {"thing1": "甲", "time2": "2026-03-01", "thing3": "乙"}
    data = {name: {"value": value} for name, value in values.items()}
    message = {"touser": "oA", "template_id": "credit-alert", "client_msg_id": "e1", "data": data}
    began = time.monotonic()
    with pytest.raises(requests.ConnectionError):
        call(SEND, message, access_token=token)
    assert time.monotonic() - began >= 0.2
    assert call(SEND, message, access_token=token).json()["errcode"] == 0
    counts = requests.get(running.url + "/_control/counts", timeout=30).json()
    assert counts["by_openid"] == {"oA": 1}


def test_a_time_out_may_also_lose_the_message(desk):
    desk.follow("oA")
    desk.order("faults", kind="timeout", path=SEND, seconds=0, sent=False)
    message = {"touser": "oA", "template_id": "credit-alert"}
    token = desk.token()
    answer = desk.client.post(SEND, query_string={"access_token": token}, json=message)
    assert "X-Sandbox-Drop" in answer.headers
    assert desk.got() == []


def test_a_delay_answers_late(desk):
    desk.order("faults", kind="delay", seconds=0.1, count=1)
    began = time.monotonic()
    assert "access_token" in desk.post("stable_token", desk.account())
    assert time.monotonic() - began >= 0.1


def test_latency_slows_every_call(desk):
    desk.order("latency", seconds=0.05)
    began = time.monotonic()
    desk.token()
    desk.token()
    assert time.monotonic() - began >= 0.1


@pytest.mark.parametrize("order", [{"kind": "flood"}, {}, {"kind": "busy", "colour": "red"}])
def test_an_order_that_makes_no_sense_is_refused(desk, order):
    answer = desk.client.post("/_control/faults", json=order)
    assert answer.status_code == 400
    assert answer.get_json()["error"]
