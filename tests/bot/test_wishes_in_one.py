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
