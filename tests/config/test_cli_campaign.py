"""`./xinyong campaign`: an article with a title is told once."""

import pytest
import sqlalchemy as sa

from core import db
from core.articles.ledger import Article
from core.outbox.events import Event


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


TEXT = "\ufeff# 诚信兴商 ##\r\n\r\n守信用，走得远。\r\n\r\n## 做法\r\n\r\n一、按时交货。\r\n"


@pytest.fixture
def article(tmp_path):
    def write(content):
        content = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "article.md").write_bytes(content)
        return "article.md"

    return write


def test_an_article_is_owed_to_its_subscribers_once(typed, article, database):
    assert typed("campaign", article(TEXT)) == (
        0,
        "《诚信兴商》已排队，将发给所有订阅者。\n",
        "",
    )
    assert typed("campaign", article(TEXT))[:2] == (0, "《诚信兴商》以前发过，不再发送。\n")
    db.bind(database.engine)
    with db.Reading() as session:
        kept = session.scalars(sa.select(Article)).one()
        owed = session.scalar(sa.select(sa.func.count()).select_from(Event))
    assert (kept.title, kept.body) == (
        "诚信兴商",
        "守信用，走得远。\n\n## 做法\n\n一、按时交货。",
    )
    assert owed == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("没有标题\n\n## 小标题\n", "没有题目"),
        ("#  \n正文\n", "没有题目"),
        ("", "没有题目"),
        ("# 题目\n\n  \n", "没有正文"),
        (f"# {'长' * 65}\n正文\n", "题目有 65 字，最多 64 字"),
        ("# 题目\n正文\n".encode("gb18030"), "不是 UTF-8 编码"),
    ],
)
def test_an_article_that_cannot_be_sent_is_refused_with_what_to_change(
    typed, article, content, words
):
    code, said, complaint = typed("campaign", article(content))
    assert (code, said) == (2, "")
    assert words in complaint


def test_the_longest_title_is_accepted(typed, article):
    assert typed("campaign", article(f"# {'长' * 64}\n正文\n"))[0] == 0


def test_a_file_that_is_not_there(typed):
    code, _, complaint = typed("campaign", "nowhere.md")
    assert code == 2
    assert "nowhere.md" in complaint
