"""Codes with scenes: scanned by who follows, by who does not yet, or held to the camera."""

import pytest

from core.db import Reading, Writing
from core.departments import Department
from core.records import Record
from tests.bot.conftest import TRAVEL
from tests.core.given import account
from tests.core.given_cases import opened
from tests.fixtures.service import xml_of


@pytest.fixture
def office(database):
    with Writing() as session:
        one = Department(name="昆明市文化和旅游局")
        session.add(one)
        session.flush()
        return one.id


def test_a_scan_opens_what_the_code_is_of(citizen, travel, office):
    assert citizen.event("SCAN", EventKey=f"e:{TRAVEL}").startswith("昆明示例旅行社有限公司\n")
    assert "您扫的是昆明市文化和旅游局的码" in citizen.event("SCAN", EventKey=f"d:{office}")


def test_who_begins_to_follow_by_a_code_is_greeted_and_led_on(citizen, travel):
    said = citizen.event("subscribe", EventKey=f"qrscene_e:{TRAVEL}", Ticket="t")

    assert said.startswith("您好，这里是信用昆明")
    assert "——\n昆明示例旅行社有限公司\n代码" in said


@pytest.mark.parametrize(
    "scene", ["", "123", "x:1", "e:", "e:张三", "d:0", "d:99", "d:x", "a:x", "a:7", "c:XF-1"]
)
def test_a_scene_that_is_none_of_ours_is_greeted(citizen, database, scene):
    assert citizen.event("SCAN", EventKey=scene).startswith("您好，这里是信用昆明")
    assert citizen.event("subscribe", EventKey=f"qrscene_{scene}", CreateTime="1").startswith(
        "您好"
    )


def test_an_entity_that_is_no_longer_there(citizen, database):
    assert citizen.event("SCAN", EventKey=f"e:{TRAVEL}").startswith("这个码里的主体已经查不到")


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        (f"http://www.gsxt.gov.cn/index?uniscid={TRAVEL}", "昆明示例旅行社有限公司\n"),
        (f"QR_CODE,{TRAVEL}", "昆明示例旅行社有限公司\n"),
        ("http://127.0.0.1:8000/wechat/reports/1/2", "扫到了：http://127.0.0.1:8000/wechat/rep"),
        ("http://127.0.0.1:8000/wechat/certificates/XF1/AB", "扫到了：http://127.0.0.1"),
        ("https://example.com", "没有认出这个码"),
        ("530112199001010004", "没有认出这个码"),
        ("", "没有认出这个码"),
    ],
)
def test_a_code_held_to_the_camera(citizen, travel, scanned, said):
    given = f"<ScanResult>{scanned}</ScanResult>"
    head = xml_of(citizen.message("event", Event="scancode_waitmsg", ScanCodeInfo=given))

    reply = citizen.opened(citizen.post(_unwrapped(head).encode()))

    assert reply.startswith(said)


def test_a_certificates_code_opens_whom_it_is_about(citizen, travel, archive, printer):
    with Reading() as session:
        record = session.get_one(Record, archive.record(travel))
        case = opened(record, account_id=account())
    held = printer.certify(case)
    page = f"http://127.0.0.1:8000/wechat/certificates/{held.number}/{held.verify_code}"
    scan = {"Event": "scancode_waitmsg", "ScanCodeInfo": f"<ScanResult>{page}</ScanResult>"}

    scene = citizen.event("SCAN", EventKey=f"c:{held.number}-{held.verify_code}")
    head = xml_of(citizen.message("event", **scan))
    reply = citizen.opened(citizen.post(_unwrapped(head).encode()))

    assert scene.startswith("昆明示例旅行社有限公司\n")
    assert reply.startswith("昆明示例旅行社有限公司\n")


def _unwrapped(xml):
    """Let what stands in ScanCodeInfo be XML."""
    start, end = "<ScanCodeInfo><![CDATA[", "]]></ScanCodeInfo>"
    return xml.replace(start, "<ScanCodeInfo>").replace(end, "</ScanCodeInfo>")
