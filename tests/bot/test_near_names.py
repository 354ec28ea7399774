"""A name in full that is partly wrong: what is alike is offered, never used at once."""

import pytest


@pytest.fixture
def builder(archive):
    return archive.entity("昆明示例春城建筑工程有限公司", "91530111000000027C")


@pytest.mark.parametrize(
    "typed",
    [
        "春城建筑有限公司",
        "昆明春城建筑公司",
        "云南示例春城建筑有限责任公司",
        "昆明春城建筑有限公司嵩明分公司",
    ],
)
def test_who_is_called_alike_is_offered(citizen, builder, typed):
    said = citizen.say(typed)

    assert said.startswith(f"没有查到名称含“{typed}”的主体。")
    assert "1. 昆明示例春城建筑工程有限公司（尾号 027C）" in said
    assert citizen.say("1").startswith("昆明示例春城建筑工程有限公司\n代码：")


def test_nobody_is_followed_for_being_called_alike(citizen, builder):
    assert "回复序号关注" in citizen.say("关注 春城建筑有限公司")
    assert citizen.say("我的关注").startswith("您还没有关注")


@pytest.mark.parametrize("typed", ["示例市政有限公司", "昆明工程公司"])
def test_whose_own_name_is_another_or_too_short_is_not_offered(citizen, builder, typed):
    assert "春城建筑" not in citizen.say(typed)


def test_in_english(citizen, builder):
    citizen.say("English")

    assert citizen.say("春城建筑有限公司").startswith("Nobody found whose name has “春城建筑")
