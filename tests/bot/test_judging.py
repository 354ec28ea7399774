"""Questions with one answer: wages, travel agencies, and the lists of a district."""

from datetime import date

import pytest

from core.records import RecordKind
from tests.bot.conftest import TRAVEL


def test_an_employer_is_asked_for_and_judged(citizen, archive):
    entity = archive.entity("昆明宏远建筑劳务有限公司", uscc="91530102000000027B")
    assert citizen.say("老板不发工资").startswith("请发送用人单位的名称")
    clear = citizen.say("宏远建筑劳务")
    archive.record(
        entity,
        kind=RecordKind.BLACK_LIST,
        list_kind="WAGE_ARREARS",
        title="拖欠农民工工资失信联合惩戒对象",
        authority="昆明市人力资源和社会保障局",
        event_date=date(2026, 6, 15),
        ends_on=date(2029, 6, 15),
    )
    listed = citizen.say("昆明宏远建筑劳务有限公司有没有欠薪")

    assert "昆明宏远建筑劳务有限公司 不在公示的拖欠农民工工资名单里" in clear
    assert "没有列入，不等于没有欠薪" in clear
    assert "昆明宏远建筑劳务有限公司 在拖欠农民工工资名单里（截至 " in listed
    assert "昆明市人力资源和社会保障局" in listed
    assert "2026-06-15 决定，2026-11-23 起公示，公示至 2029-06-15" in listed
    assert listed.endswith("发送它的名称看全部信用记录。")


def test_a_travel_agency_is_judged_by_what_is_held_against_it(citizen, archive, travel):
    clear = citizen.say("昆明示例旅行社有限公司正规吗")
    archive.record(travel, kind=RecordKind.PENALTY, title="不合理低价游")

    held = citizen.say(f"这个旅行社靠谱吗 {TRAVEL}")

    assert "没有公示的处罚和失信记录，公示的行政许可 0 条" in clear
    assert "有公示的处罚或失信记录" in held
    assert "不合理低价游" in held


def test_whoever_follows_somebody_meanwhile_follows(citizen, travel):
    citizen.say("查欠薪")

    assert citizen.say(f"关注 {TRAVEL}").startswith("已关注昆明示例旅行社有限公司。")


def test_a_code_answers_the_question_that_is_open(citizen, archive, travel):
    citizen.say("查欠薪")

    assert "不在公示的拖欠农民工工资名单里" in citizen.say(TRAVEL)


@pytest.fixture
def listed(archive):
    """Seven entities of 五华区 on two black lists, one on a red one, one of 盘龙区."""
    ids = [archive.entity(f"昆明上榜{n}号", uscc=f"9153010200000{n:03}9G") for n in range(7)]
    for number, entity in enumerate(ids):
        archive.record(
            entity,
            kind=RecordKind.BLACK_LIST,
            list_kind="WAGE_ARREARS" if number % 2 else "WORK_SAFETY",
            event_date=date(2026, 6, 1 + number),
        )
    archive.record(
        ids[0], kind=RecordKind.RED_LIST, list_kind="TAXPAYER_A", event_date=date(2026, 4, 1)
    )
    other = archive.entity("昆明盘龙上榜", uscc="91530103000000043L")
    archive.record(other, kind=RecordKind.BLACK_LIST, list_kind="WAGE_ARREARS")
    return ids


def test_the_list_of_a_district_is_read_and_chosen_from(citizen, listed):
    citizen.say("五华")
    first = citizen.say("1").splitlines()
    third = citizen.say("3")
    citizen.say("五华区黑名单")
    rest = citizen.say("更多")

    assert first[0].startswith("五华区黑名单（截至 2")
    assert [line[:8] for line in first if line[1] == "."] == [
        f"{n}. 昆明上榜{7 - n}" for n in range(1, 6)
    ]
    assert "拖欠农民工工资失信联合惩戒对象" in first[4]
    assert first[-1].endswith("回复“更多”看下一页。")
    assert third.startswith("昆明上榜4号\n代码")
    assert "昆明上榜1号" in rest
    assert "昆明上榜0号" in rest
    assert "更多" not in rest
    assert citizen.say("更多").startswith("没有更多")


def test_a_list_is_asked_for_step_by_step(citizen, listed):
    assert citizen.say("红黑名单").startswith("第 1/2 步")
    assert citizen.say("2").startswith("第 2/2 步")
    assert "昆明上榜0号" in citizen.say("全市")


def test_a_company_with_a_district_in_its_name_is_no_district(citizen, travel):
    citizen.say("黑名单")

    assert citizen.say("昆明示例旅行社有限公司").startswith("昆明示例旅行社有限公司\n代码：")


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_name_is_found_after_the_server_forgot_what_was_prepared(citizen, travel, database):
    """As psycopg has it forget all after a rollback."""
    citizen.say("示例旅行社")
    with database.engine.connect() as connection:
        connection.exec_driver_sql("deallocate all")

    assert citizen.say("示例旅行社").startswith("昆明示例旅行社有限公司")
