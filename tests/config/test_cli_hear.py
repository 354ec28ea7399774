"""`./xinyong hear`: whoever teaches the account sees what a sentence means to it, and why."""

import pytest

from config import cli


@pytest.mark.parametrize(
    ("sentence", "lines"),
    [
        (
            "钱都结清了，严重失信这顶帽子要咋个才摘得掉",
            [
                "意思：repair（信用修复）",
                "intents.yaml）：lists（黑名单）",
                "tsv）：repair（信用修复）",
            ],
        ),
        ("查一下昆明示例旅行社", ["意思：find（查信用）；名称：昆明示例旅行社"]),
        ("Wuhua district blacklist", ["意思：lists（黑名单）；地方：五华区"]),
        ("讲个笑话来听听", ["名称：讲个笑话来听听", "没有叫这个名称的，就是：与我们无关"]),
        ("！！！", ["意思：听不懂"]),
    ],
)
def test_what_a_sentence_means_is_told_with_what_says_so(sentence, lines, capsys):
    assert cli.main(["hear", *sentence.split()]) == 0

    said = capsys.readouterr().out
    assert [line for line in lines if line not in said] == [], said
