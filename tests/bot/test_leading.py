"""What a conversation leads to: the newest article as a card, pages as they were wished for."""

import pytest

from bot import replies
from config import menu
from core.articles import writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.db import Writing
from tests.bot.conftest import TRAVEL
from tests.core.given import NOW


def published(title):
    with Writing() as session:
        text = Text(title, "正文")
        number = writing.write(session, None, ArticleKind.POLICY, text=text, now=NOW)
        writing.publish(session, None, (number, 1), now=NOW)
        return number


def test_the_newest_article_is_shown_with_a_picture(citizen, app, database):
    assert citizen.say("最新政策").startswith("政策、新闻和诚信文化内容")
    number = published("修复指南")

    card = citizen.say("最新政策")
    scanned = citizen.event("SCAN", EventKey=f"a:{number}")
    came = citizen.event("subscribe", EventKey=f"qrscene_a:{number}")

    assert card["MsgType"] == "news"
    assert card["Articles.item.Title"] == scanned["Articles.item.Title"] == "修复指南"
    assert came["Articles.item.Url"] == f"http://127.0.0.1:8000/h5/articles/{number}"
    picture = card["Articles.item.PicUrl"].removeprefix("http://127.0.0.1:8000")
    with app.test_client().get(picture) as shown:
        assert shown.data.startswith(b"\x89PNG")


def test_a_page_opens_as_was_wished_for_in_the_chat(citizen, app, database):
    citizen.say("大字")
    citizen.say("English")
    link = citizen.say("查进度").split('"')[1].removeprefix("http://127.0.0.1:8000")
    browser = app.test_client()

    first, later = browser.get(link), browser.get("/h5/progress")

    assert link == "/h5/progress?type=large&language=en"
    for page in (first, later):
        assert '<html lang="en"' in page.text
        assert "large" in page.text.partition("<body")[0] + page.text.partition("<body")[2][:80]


def test_each_page_of_the_menu_is_served(app):
    served = {rule.rule for rule in app.url_map.iter_rules()}

    assert {item.page for column in menu.load() for item in column.items if item.page} <= served


def test_whom_was_found_is_opened_on_a_page_of_its_own(citizen, app, travel):
    browser = app.test_client()
    for typed in (TRAVEL, "示例旅行社"):
        last = citizen.say(typed).splitlines()[-1]
        assert "打开这家的页面：记录详情、报告、异议、修复" in last
        page = browser.get(last.split('"')[1].removeprefix("http://127.0.0.1:8000"))
        assert "<h1>昆明示例旅行社有限公司</h1>" in page.text

    citizen.say("English")
    link = citizen.say(TRAVEL).splitlines()[-1].split('"')
    assert link[1] == f"http://127.0.0.1:8000/h5/entities/{TRAVEL}?language=en"
    assert link[2].startswith(">Open its page")


@pytest.mark.parametrize(
    ("typed", "own"),
    [("信用报告", "/me/reports"), ("信用修复", "/me/credit"), ("异议", "/me/credit")],
)
@pytest.mark.parametrize("looked", [TRAVEL, f"{TRAVEL} 有没有欠薪"])
def test_what_is_asked_after_a_look_leads_to_whom_was_looked_at(
    citizen, travel, typed, own, looked
):
    assert f'/h5{own}"' in citizen.say(typed)

    citizen.say(looked)
    said = citizen.say(typed)

    assert "您刚才查的那家（尾号 06X2）" in said
    assert f'/h5/entities/{TRAVEL}"' in said
    assert own not in said
    citizen.say("取消")
    assert f'/h5{own}"' in citizen.say(typed)


def test_no_link_is_cut_in_two():
    link = f'<a href="http://127.0.0.1:8000/h5/entities/{TRAVEL}">打开这家的页面</a>'
    hint = "\n（更多）"
    for before in range(1, replies.LONGEST + 1):
        text = f"{'a' * before}{link}{'b' * 2000}"
        parts = replies.pages(text, hint)

        assert "".join(part.removesuffix(hint) for part in parts) == text
        assert all(part.count("<a ") == part.count("</a>") for part in parts)
        assert all(len(part.encode()) <= replies.LONGEST for part in parts)


def test_a_long_answer_reads_on_to_its_link_in_the_language_of_the_talk(citizen, archive, travel):
    for number in range(6):
        archive.record(travel, title=f"记录{number}{'很长的' * 60}")
    citizen.say("English")

    said = [citizen.say(TRAVEL)]
    while "“more”" in said[-1]:
        said.append(citizen.say("more"))

    assert all(len(part.encode()) <= replies.LONGEST for part in said)
    assert "更多" not in "".join(said)
    assert sum(part.count(f"/h5/entities/{TRAVEL}?language=en") for part in said) == 1
