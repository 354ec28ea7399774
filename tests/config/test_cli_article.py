"""`./xinyong article`: an article from draft to withdrawal."""

import pytest

from core import db
from core.articles import reading
from tests.core.given import NOW

TEXT = "# 修复指南\n\n先看条件。\n"


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def file(tmp_path):
    (tmp_path / "article.md").write_text(TEXT, encoding="utf-8")
    return "article.md"


def test_an_article_is_written_published_revised_and_withdrawn(typed, file, database):
    assert typed("article", "list")[1].startswith("还没有文章")
    code, said, _ = typed("article", "write", file, "--kind", "policy")
    assert (code, said) == (0, "《修复指南》已存为文章 1 的第 1 版。\n")
    assert typed("article", "publish", "1")[0] == 0
    assert typed("article", "revise", "1", file)[1].endswith("第 2 版。\n")
    assert typed("article", "publish", "1")[0] == 0
    assert "已发布  政策法规  第 2 版" in typed("article", "list")[1]
    db.bind(database.engine)
    with db.Reading() as session:
        assert reading.sheet(session, 1).article.version == 2
    assert typed("article", "withdraw", "1")[0] == 0
    code, _, complaint = typed("article", "withdraw", "1")
    assert code == 2
    assert "文章现在的状态" in complaint


def test_an_article_is_scheduled_in_kunmings_time(typed, file, database):
    typed("article", "write", file, "--kind", "term")
    assert typed("article", "publish", "1", "--at", "2099-03-15 09:00")[0] == 0
    assert "定时发布" in typed("article", "list")[1]
    assert typed("article", "publish", "9")[0] == 2
    assert NOW.year < 2099


def test_whoever_is_named_must_be_there(typed, file, database):
    code, _, complaint = typed("article", "write", file, "--kind", "news", "--by", "nobody")

    assert code == 2
    assert complaint
