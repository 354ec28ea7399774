"""One list by its name: of the whole city, or of a district."""

import pytest

from config import rulebook, talking
from config.rulebook.tables import RulebookError
from core.records import RecordKind

TAX = {"list_kind": "MAJOR_TAX_VIOLATION", "title": "重大税收违法失信主体"}


@pytest.fixture
def listed(archive):
    """A company on the tax list, and another, elsewhere, on the list of wage arrears."""
    archive.record(archive.entity("昆明示例贸易有限公司", "91530102000000019G"), **TAX)
    archive.record(archive.entity("昆明示例建筑有限公司", "91530103000000019D"))


@pytest.mark.parametrize(
    "typed", ["税务黑名单", "稅務黑名單", "欠税的黑名单有哪些", "重大税收违法失信主体名单"]
)
def test_one_list_is_shown_by_its_name_for_the_whole_city(citizen, listed, typed):
    said = citizen.say(typed)

    assert said.startswith("昆明市重大税收违法失信主体（截至 2")
    assert "1. 昆明示例贸易有限公司" in said
    assert "示例建筑" not in said
    assert '/h5/lists/MAJOR_TAX_VIOLATION">打开这份名单' in said
    assert citizen.say("1").startswith("昆明示例贸易有限公司")


def test_a_colour_is_read_in_traditional_characters_too(citizen, database):
    assert "昆明市没有正在公示的红名单" in citizen.say("昆明的紅名單")


def test_one_list_of_a_district_has_nobody_from_elsewhere(citizen, listed):
    assert "1. 昆明示例建筑有限公司" in citizen.say("盘龙区欠薪黑名单")
    none = citizen.say("盘龙区税务黑名单")
    assert "盘龙区没有正在公示的“重大税收违法失信主体”记录。" in none


@pytest.mark.parametrize(
    "typed", ["盘龙区欠薪名单", "盘龙拖欠農民工工資的名單", "panlong unpaid wage list"]
)
def test_the_list_of_unpaid_wages_is_shown_to_whoever_asks_for_a_list(citizen, listed, typed):
    citizen.say("查欠薪")

    assert "1. 昆明示例建筑有限公司" in citizen.say(typed)
    assert "拖欠农民工工资失信联合惩戒对象（截至" in citizen.say("欠薪名单")


@pytest.mark.parametrize("typed", ["老板不发工资", "看看老板在不在欠薪名单上"])
def test_whoever_asks_of_an_employer_is_asked_for_it_and_told_who_helps(citizen, listed, typed):
    said = citizen.say(typed)

    assert said.startswith("请发送用人单位的名称")
    assert "人力资源社会保障部门" in said


@pytest.mark.parametrize("typed", ["tax blacklist", "tax evasion black list all"])
def test_a_list_has_its_name_in_english(citizen, listed, typed):
    citizen.say("English")

    assert "1. 昆明示例贸易有限公司" in citizen.say(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("fire safety blacklist", "消防安全严重失信主体"),
        ("work safety blacklist", "安全生产严重失信主体"),
        ("税 务 黑名单", "重大税收违法失信主体"),
    ],
)
def test_of_words_that_stand_apart_the_list_is_told_too(citizen, listed, typed, name):
    assert name in citizen.say(typed)


@pytest.mark.parametrize("typed", ["税务黑名单 全市", "税务黑名单", "五华区税务黑名单"])
def test_a_list_that_is_named_counts_where_only_the_district_is_asked(citizen, listed, typed):
    assert citizen.say("红名单").startswith("第 2/2 步")

    said = citizen.say(typed)

    assert "示例建筑" not in said
    assert "重大税收违法失信主体" in said
    assert "还没办完" not in said


def test_a_list_can_be_named_where_it_is_asked_which(citizen, listed):
    citizen.say("红黑名单")

    assert citizen.say("税务的").startswith("第 2/2 步")
    assert "示例贸易" in citizen.say("全市")


@pytest.mark.parametrize("typed", ["盘龙区欠薪黑名单", "盘龙区黑名单", "全市黑名单"])
def test_a_list_with_its_place_is_shown_though_it_was_asked_which(citizen, listed, typed):
    citizen.say("红黑名单")

    assert "1. 昆明示例建筑有限公司" in citizen.say(typed)
    assert "还没办完" not in citizen.say("帮助")


def test_of_a_list_of_persons_it_is_said_that_they_are_not_shown(citizen, archive):
    entity = archive.entity("昆明示例贸易有限公司")
    archive.record(entity, list_kind="JUDGMENT_DEFAULTER", kind=RecordKind.JUDGMENT_DEFAULTER)

    said = citizen.say("老赖名单")

    assert said.startswith("昆明市失信被执行人（截至 2")
    assert "昆明示例贸易有限公司" in said
    assert said.endswith("这里只列单位，不列个人；查自己请发送“我的信用”。")
    none = citizen.say("盘龙区老赖名单")
    assert "盘龙区没有正在公示的“失信被执行人”记录。" in none
    assert "不列个人" in none


@pytest.mark.parametrize("typed", ["曲靖黑名单", "北京失信企业名单", "全国税务黑名单"])
def test_for_the_lists_of_other_places_it_is_said_where_they_are(citizen, listed, typed):
    said = citizen.say(typed)

    assert said.startswith("这里只公布昆明市的名单")
    assert "示例贸易" in citizen.say("全市黑名单")


@pytest.mark.parametrize("typed", ["食品药品黑名单", "特种设备的黑名单"])
def test_what_the_market_supervision_lists_is_asked_by_its_matter(citizen, database, typed):
    assert "没有正在公示的“市场监管严重违法失信”记录" in citizen.say(typed)


def test_a_district_that_is_named_is_read_whatever_else_is_named(citizen, listed):
    assert "示例建筑" in citizen.say("盘龙区北京路那边的黑名单")


def test_a_list_that_nobody_may_read_has_no_name_here(tmp_path):
    (tmp_path / "lists.yaml").write_text(
        "CULTURE_TOURISM_MINOR: 轻微\nNONE: 无\n", encoding="utf-8"
    )

    with pytest.raises(RulebookError, match=r"CULTURE_TOURISM_MINOR.*\n.*NONE"):
        talking.list_words(rulebook.load().lists, tmp_path)
