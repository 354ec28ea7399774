"""What a conversation leads to: the newest article as a card, pages as they were wished for."""

from config import menu
from core.articles import writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.db import Writing
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
