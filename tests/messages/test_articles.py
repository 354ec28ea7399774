"""Articles as HTML: what an editor types runs nowhere and calls nobody."""

import re

import pytest

from messages import articles

NAME = "a" * 64 + ".png"

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](//evil.example/a)",
    "[x](/\\evil.example)",
    "<javascript:alert(1)>",
    "![x](https://evil.example/pixel.png)",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "![x](/wechat/pictures/../../etc)",
    f"![x](/wechat/pictures/{NAME}?a)",
    '![" onerror="alert(1)](https://evil.example/x.png)',
    '[x](https://ok.example/ "\\" onmouseover=\\"alert(1)")',
    "[x]: javascript:alert(1)\n\n[x]",
    "`<script>`\n\n    <script>alert(1)</script>",
    "| <b onclick=x> |\n|---|\n| <script> |",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_and_nobody_is_called(attack):
    html = articles.html(attack)

    tags = re.findall(r"<[^>]*>", html)
    assert not any(re.search(r"<(script|img|svg|iframe|b )", tag) for tag in tags), html
    assert not any(re.search(r"\son\w+=", re.sub(r'"[^"]*"', '""', tag)) for tag in tags), html
    for link in re.findall(r'href="([^"]*)"', html):
        assert link.startswith(("https://ok.example/", "/", "mailto:")), html
        assert not link.startswith("//")
        assert "\\" not in link
    assert "src=" not in "".join(tags)


def test_our_own_pictures_are_shown_and_known_by_name():
    body = f"![图 & 片](/wechat/pictures/{NAME})\n\n再来 ![图](/wechat/pictures/{NAME})"

    assert articles.pictures_of(body) == [NAME]
    assert f'<img src="/wechat/pictures/{NAME}" alt="图 &amp; 片" />' in articles.html(body)
    assert 'src="https://mmbiz.example/1"' in articles.html(
        body, lambda _: "https://mmbiz.example/1"
    )


def test_another_ones_picture_leaves_its_words():
    assert articles.html("![说明](https://evil.example/x.png)") == "<p>说明</p>\n"


def test_a_link_tells_its_target_nothing_of_us():
    html = articles.html("[国务院](https://www.gov.cn/)")

    assert html == '<p><a href="https://www.gov.cn/" rel="noopener noreferrer">国务院</a></p>\n'
