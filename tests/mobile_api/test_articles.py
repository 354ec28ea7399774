"""Articles over the app's door."""

from datetime import timedelta

import pytest

from core.articles import writing
from core.articles.ledger import ArticleKind
from core.articles.writing import Text
from core.db import Writing

from .conftest import NOW


@pytest.fixture
def add(database):
    def add(title, kind=ArticleKind.POLICY, at=NOW):
        with Writing() as session:
            text = Text(title, "**诚信** <script>")
            number = writing.write(session, None, kind, text=text, now=at)
            writing.publish(session, None, (number, 1), at=at, now=min(at, NOW))
        return number

    return add


def test_an_article_is_shown_in_both_forms(client, add):
    number = add("修复指南")

    told = client.get(f"/api/v1/articles/{number}").json

    assert (told["id"], told["kind"], told["kind_label"]) == (str(number), "policy", "政策法规")
    assert told["body"] == "**诚信** <script>"
    assert told["html"] == "<p><strong>诚信</strong> &lt;script&gt;</p>\n"
    assert told["version"] == 1


def test_articles_go_on_by_cursor_and_by_kind(client, add):
    old = add("旧", at=NOW - timedelta(days=1))
    new, news = add("新"), add("消息", ArticleKind.NEWS)

    first = client.get("/api/v1/articles?kind=policy&limit=1").json
    rest = client.get(f"/api/v1/articles?kind=policy&cursor={first['next_cursor']}").json

    assert [one["id"] for one in (*first["items"], *rest["items"])] == [str(new), str(old)]
    assert rest["next_cursor"] is None
    assert client.get("/api/v1/articles").json["items"][0]["id"] == str(news)
    stolen = client.get(f"/api/v1/articles?kind=news&cursor={first['next_cursor']}")
    assert stolen.json["code"] == "bad_cursor"
    assert client.get("/api/v1/articles?kind=x").status_code == 422


def test_what_is_not_shown_is_not_there(client, add, world):
    number = add("明天的", at=NOW + timedelta(days=1))
    withdrawn = add("错的")
    with Writing() as session:
        writing.withdraw(session, None, withdrawn, now=NOW)

    for address in (str(number), str(withdrawn), "99", "x"):
        reply = client.get(f"/api/v1/articles/{address}")
        assert (reply.status_code, reply.json["code"]) == (404, "article_not_found")
    assert client.get("/api/v1/articles").json["items"] == []
    world.now = NOW + timedelta(days=1)
    assert client.get(f"/api/v1/articles/{number}").status_code == 200
