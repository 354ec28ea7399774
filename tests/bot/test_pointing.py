"""它、这家公司: a text points at the company that was looked at last."""

import pytest

from core.records import RecordKind
from tests.bot.conftest import TRAVEL

OTHER = "昆明示例贸易有限公司"


@pytest.fixture
def looked_at(citizen, archive):
    """A company that a citizen has looked at, and what it is asked with."""
    entity = archive.entity(OTHER, "91530102000000019G")
    archive.record(entity, kind=RecordKind.PENALTY, list_kind=None, title="未按规定明码标价")
    citizen.say(OTHER)
    return citizen


@pytest.mark.parametrize(
    "typed",
    [
        "它什么时候到期",
        "它被罚过没有？",
        "跟它签合同有风险吗",
        "这家公司还在吗",
        "它在黑名单上吗",
        "它公示多久",
        "該公司有沒有被處罰",
    ],
)
def test_what_is_asked_of_it_is_answered_by_its_records(looked_at, typed):
    said = looked_at.say(typed)

    assert said.startswith(f"{OTHER}\n代码：")
    assert "未按规定明码标价" in said


def test_in_english_too(looked_at):
    looked_at.say("English")

    assert looked_at.say("When does it expire?").startswith(OTHER)


def test_whether_it_owes_wages_is_answered_without_asking_whom(looked_at):
    assert f"{OTHER} 不在公示的" in looked_at.say("它欠薪吗")
    assert "查它在不在拖欠农民工工资名单里" in looked_at.say("老板不发工资")
    assert f"{OTHER} 不在公示的" in looked_at.say("就是这家公司")


def test_whoever_names_another_is_not_answered_about_the_last(looked_at, travel):
    assert looked_at.say("这家靠谱吗 昆明示例旅行社有限公司").find(OTHER) == -1
    assert OTHER not in looked_at.say("这家公司靠谱吗：安宁示例化工")


@pytest.mark.parametrize("typed", ["它怎么办修复", "这条信息是真的吗，它说我失信", "它的记录有误"])
def test_what_is_to_be_done_about_it_is_still_told(looked_at, typed):
    assert not looked_at.say(typed).startswith(OTHER)


def test_nothing_is_pointed_at_before_anybody_was_looked_at(citizen, travel):
    assert "昆明示例" not in citizen.say("它什么时候到期")


def test_whom_one_follows_is_looked_at(looked_at, travel):
    looked_at.say(f"关注 {TRAVEL}")

    assert "1. 昆明示例旅行社有限公司" in looked_at.say("取消关注")
    assert looked_at.say("取消关注它").startswith("已取消关注昆明示例旅行社有限公司。")
    assert looked_at.say("关注它").startswith("已关注昆明示例旅行社有限公司。")
