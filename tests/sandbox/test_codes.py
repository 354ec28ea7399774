"""Codes with a scene that a citizen scans: by their address or their ticket, while they last."""

from xml.etree import ElementTree as ET

import pytest


@pytest.fixture
def told(pushing):
    pushing.order("receipts", mode="off")
    return pushing


def made(desk, **more):
    wanted = {"action_info": {"scene": {"scene_str": "e:1"}}}
    return desk.call("qrcode/create", {"action_name": "QR_LIMIT_STR_SCENE", **wanted, **more})


@pytest.mark.parametrize("named", ["url", "ticket"])
def test_a_code_is_scanned_by_its_address_or_its_ticket(told, named):
    code = made(told)

    told.order("scan", openid="oA", url=code[named])
    told.order("scan", openid="oA", url=code[named])

    events = [push["fields"] for push in told.read("pushes")["pushes"]]
    assert [(one["Event"], one["EventKey"]) for one in events] == [
        ("subscribe", "qrscene_e:1"),
        ("SCAN", "e:1"),
    ]
    assert {one["Ticket"] for one in events} == {code["ticket"]}


def test_what_was_never_a_code_or_is_over_cannot_be_scanned(told, clock):
    code = made(told, action_name="QR_STR_SCENE", expire_seconds=60)
    clock.forward(60)

    for content in (code["url"], code["ticket"], "http://weixin.qq.com/q/other"):
        answer = told.client.post("/_control/scan", json={"openid": "oA", "url": content})
        assert answer.status_code == 400
    assert told.read("pushes")["pushes"] == []


def test_the_menus_own_scan_is_pushed_as_wechat_does(told, account):
    told.follow("oA")
    scanned = {"ScanType": "qrcode", "ScanResult": "9153010300000006X2"}

    fields = {"ScanCodeInfo": scanned}
    told.order("event", openid="oA", event="scancode_waitmsg", key="code", fields=fields)

    opened = ET.fromstring(account.opened(account.pushes[0], told.options))
    assert opened.findtext("Event") == "scancode_waitmsg"
    assert opened.findtext("EventKey") == "code"
    inside = {each.tag: each.text for each in opened.find("ScanCodeInfo")}
    assert inside == scanned
