"""Who asks two things at once is answered the first, and told how to ask the other."""

import pytest


@pytest.mark.parametrize(
    ("typed", "first", "also"),
    [
        ("罚款交了怎么撤？顺便查一下昆明示例旅行社", "信用修复全程免费", "“查信用昆明示例旅行社”"),
        ("公示期是什么意思？信用报告怎么开？", "公示期是失信信息", "“信用报告”"),
        ("我的信用怎么看，另外想投诉一家公司", "本人的信用记录", "“投诉”"),
    ],
)
def test_of_two_wishes_one_is_answered_and_the_other_is_not_forgotten(
    citizen, travel, typed, first, also
):
    said = citizen.say(typed)

    assert said.startswith(first)
    assert said.splitlines()[-1] == f"您还问了别的，请再发送：{also}。"
    assert citizen.say(also.strip("“”")) != said


@pytest.mark.parametrize(
    "typed", ["信用报告怎么开？急！", "你好。信用报告怎么开？", "罚款交了，怎么撤？怎么撤下来？"]
)
def test_one_wish_in_several_sentences_is_one(citizen, database, typed):
    assert "您还问了别的" not in citizen.say(typed)


BOTH = "昆明示例物流有限责任公司、昆明示例旅行社有限公司"


@pytest.mark.parametrize("typed", [BOTH, f"{BOTH}哪个好", BOTH.replace("、", "和")])
def test_of_several_companies_the_first_is_shown_and_the_others_are_named(citizen, archive, typed):
    archive.entity("昆明示例旅行社有限公司", "9153010300000006X2")
    archive.entity("昆明示例物流有限责任公司", "91530112000000043G")

    said = citizen.say(typed)

    assert said.startswith("昆明示例物流有限责任公司\n代码：")
    assert said.endswith("一次查一家。接着请发送：“昆明示例旅行社有限公司”。")
    assert "报名" not in said


def test_a_company_said_twice_is_one(citizen, archive):
    archive.entity("昆明示例旅行社有限公司", "9153010300000006X2")

    said = citizen.say("昆明示例旅行社有限公司，昆明示例旅行社有限公司信用怎么样")

    assert "一次查一家" not in said
