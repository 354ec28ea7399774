"""Talking to the account: what is typed, what is answered, where the talk stands then."""

import re
from datetime import date

import pytest
import sqlalchemy as sa

from core import names
from core.db import Reading, Writing
from core.records import RecordKind, RecordState, Severity
from tests.bot.conftest import TRAVEL


@pytest.mark.parametrize(
    "typed",
    [
        "9153010300000006X2",
        " 9153010300000006x2 ",
        "９１５３０１０３０００００００６Ｘ２",
        "91530103 0000 0006 X2",
        "9153-0103-0000-0006-X2。",
        "查询 9153010300000006X2",
        "昆明示例旅行社有限公司",
        "示例旅行社",
        "查询：示例旅行社",
        "昆明 示例 旅行社！",
    ],
)
def test_an_entity_is_found_however_it_is_typed(citizen, travel, typed):
    assert citizen.say(typed).startswith("昆明示例旅行社有限公司\n代码：9153010300000006X2")


def test_a_record_is_told_with_its_dates(citizen, archive, travel):
    archive.record(
        travel,
        kind=RecordKind.PENALTY,
        severity=Severity.GENERAL,
        title="不合理低价游",
        authority="昆明市文化和旅游局",
        event_date=date(2026, 6, 15),
        repairable_from=date(2026, 9, 15),
        ends_on=date(2099, 6, 15),
    )

    said = citizen.say(TRAVEL)

    assert "公开记录：行政处罚 1" in said
    assert "【行政处罚·一般】不合理低价游\n昆明市文化和旅游局" in said
    assert "2026-06-15 决定，2026-11-23 起公示，公示至 2099-06-15" in said
    assert "截至 20" in said


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": RecordState.HELD},
        {"state": RecordState.LOADED},
        {"state": RecordState.QUARANTINED},
        {"state": RecordState.WITHDRAWN},
        {"ends_on": date(2026, 1, 1)},
    ],
)
def test_what_is_not_public_is_not_told(citizen, archive, travel, hidden):
    archive.record(travel, **hidden)

    assert "没有可公开的" in citizen.say(TRAVEL)


def test_a_code_with_a_wrong_check_digit_is_found_and_said(citizen, archive):
    archive.entity("厦门示例公司", uscc="91350203M0001QKT19", uscc_check_ok=False)

    assert "校验位不符合国家标准" in citizen.say("91350203M0001QKT19")


def test_nothing_found_says_as_of_when(citizen, database):
    assert "没有查到名称含“不存在的公司”的主体" in citizen.say("不存在的公司")
    assert citizen.say("91110000600037341L").startswith("没有查到这个主体")


@pytest.mark.parametrize("typed", ["好", "hello", "1234567", "这可怎么是好", "😀", "9"])
def test_what_is_not_understood_gets_a_way_on(citizen, database, typed):
    assert "帮助" in citizen.say(typed)


def test_up_to_five_hits_are_numbered_and_a_digit_chooses(citizen, many):
    listed = citizen.say("同名商行")

    assert "1. 昆明同名商行0号（尾号 009G）" not in listed.splitlines()[0]
    assert [line[:2] for line in listed.splitlines()[1:6]] == ["1.", "2.", "3.", "4.", "5."]
    assert "更多" in listed
    assert citizen.say("２").startswith("昆明同名商行1号")


def test_more_turns_the_page(citizen, many):
    citizen.say("同名商行")

    second = citizen.say("更多")

    assert "昆明同名商行5号" in second
    assert "昆明同名商行6号" in second
    assert "更多" not in second
    assert citizen.say("2").startswith("昆明同名商行6号")
    assert citizen.say("更多").startswith("没有更多")


def test_a_former_name_is_said_beside_the_name(citizen, archive):
    first = archive.entity("昆明春城茶业有限公司", uscc="91530102000000027B")
    archive.entity("昆明旧名商行", uscc="91530102000000035U")
    with Writing() as session:
        names.keep(session, first, "昆明旧名茶庄", until=date(2020, 1, 1))

    listed = citizen.say("旧名").splitlines()

    assert re.fullmatch(r"找到以下主体（截至 \d{4}-\d\d-\d\d \d\d:\d\d）：", listed[0])
    assert listed[1:3] == [
        "1. 昆明春城茶业有限公司（尾号 027B，曾用名 昆明旧名茶庄）",
        "2. 昆明旧名商行（尾号 035U）",
    ]


def test_whom_the_registrar_merged_leads_to_its_successor(citizen, registrar):
    heir = "91530111000000027C"
    registrar(
        {"登记状态": "合并", "状态日期": "2026-06-01", "存续主体代码": heir},
        {"统一社会信用代码": heir, "主体名称": "云南示例集团有限公司"},
    )

    said = citizen.say("昆明示例新味餐饮有限公司")

    assert "（法人或非法人组织，合并注销（2026-06-01 起））" in said
    assert f"已并入 云南示例集团有限公司，发送它的代码 {heir} 可以查询。" in said
    assert "曾用名：昆明示例滇味餐饮有限公司、昆明示例滇味小吃有限公司" in said
    assert "开发区：昆明高新技术产业开发区" in said
    assert citizen.say(heir).startswith("云南示例集团有限公司\n")


def test_a_number_that_is_not_listed(citizen, many):
    citizen.say("同名商行")

    assert citizen.say("6").startswith("没有这个序号")
    assert citizen.say("0").startswith("没有这个序号")


def test_help_menu_and_cancel_work_in_every_state(citizen, many):
    for state in ("帮助", "同名商行", "关注 同名商行", "更多"):
        citizen.say(state)
        assert citizen.say("帮助。").startswith("您可以发送")
        citizen.say(state)
        assert citizen.say("菜单").startswith("常用功能")
        citizen.say(state)
        assert citizen.say(" 取消 ").startswith("已取消")
        assert citizen.say("1").startswith("没有等您选的列表了")


def test_two_citizens_do_not_share_a_talk(citizen, app, many):
    from tests.fixtures.service import Citizen

    citizen.say("同名商行")

    assert "帮助" in Citizen(app.test_client(), openid="another").say("1")


def test_many_records_come_in_pages(citizen, archive, travel):
    for number in range(12):
        archive.record(travel, title=f"记录{number:02}")

    pages = [citizen.say(TRAVEL), citizen.say("更多"), citizen.say("更多")]

    assert "严重失信主体名单 12" in pages[0]
    assert [page.count("【") for page in pages] == [5, 5, 2]
    assert citizen.say("更多").startswith("没有更多")


@pytest.mark.parametrize(
    "typed",
    [
        "530112199001010004",
        "53011119850312000x",
        "５３０１１２１９９００１０１０００４",
        "5301 1219 9001 0100 04",
        "530112-19900101-0004",
        "530112900101000",
        "查询 530112199001010004",
        "关注530112199001010004",
        "我叫示例某，身份证530112199001010004，电话13800138000",
        "362322198709086409",
        "530102200102290006",
    ],
)
def test_a_citizens_number_is_neither_searched_nor_logged_nor_stored(
    citizen, database, redis, caplog, typed
):
    said = citizen.say(typed)

    assert "不用它查询，也不会保存" in said
    assert "App" in said
    held = [redis.get(key) or b"" for key in redis.keys("*")]
    digits = "".join(char for char in typed if char.isdigit())[:15]
    for place in (caplog.text.encode(), *held):
        assert digits.encode() not in place
        assert typed.encode() not in place


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("image", {"MediaId": "m", "PicUrl": "p"}, "收到图片，我们不识别"),
        ("voice", {"MediaId": "m", "Format": "amr"}, "没有听清"),
        ("voice", {"MediaId": "m", "Recognition": "帮助。"}, "您可以发送"),
        ("location", {"Location_X": "?", "Location_Y": "102"}, "请发送您在的县"),
        ("location", {"Label": "云南省昆明市五华区翠湖南路"}, "五华区的线下办理"),
        ("location", {"Label": "石林彝族自治县鹿阜街道"}, "石林彝族自治县的线下办理"),
        ("link", {"Url": "u"}, "收到链接，我们不打开它"),
        ("file", {"Title": "t"}, "收到文件，我们不打开"),
        ("miniprogrampage", {"Title": "t"}, "收到小程序卡片"),
    ],
)
def test_what_is_not_text_gets_a_fitting_reply(citizen, database, kind, fields, said):
    assert citizen.push(citizen.message(kind, **fields)).startswith(said)


def test_unknown_kinds_and_events_get_success(citizen, database):
    assert citizen.push(citizen.message("hologram")) is None
    assert citizen.event("something_new") is None


def test_coming_and_leaving_out_of_order(citizen, database):
    from core.accounts import Address

    def active():
        with Reading() as session:
            return session.scalars(sa.select(Address.active)).one()

    assert citizen.event("subscribe", CreateTime="1700000000").startswith("您好")
    citizen.event("unsubscribe", CreateTime="1700000010")
    assert not active()
    citizen.event("subscribe", CreateTime="1700000020")
    citizen.event("unsubscribe", CreateTime="1700000015")
    assert active()


@pytest.mark.parametrize(
    ("key", "said"),
    [("query", "请发送企业"), ("follows", "您还没有"), ("campaigns", "已订阅"), ("?", "您可以")],
)
def test_the_menu_is_tapped(citizen, database, key, said):
    assert citizen.event("CLICK", EventKey=key).startswith(said)
