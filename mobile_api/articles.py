"""Articles (文章): policy, news, campaigns and terms explained, as anybody may read them now."""

from datetime import UTC, datetime
from typing import Any

import marshmallow as ma

from core.articles import reading
from core.articles.ledger import Article, ArticleKind
from core.articles.reading import Place
from core.db import Reading
from core.errors import ArticleNotFoundError
from messages import articles
from mobile_api import asking, cursors, paging
from mobile_api.fields import Answer, Choice, Label, Moment, read_id
from mobile_api.paging import PageQuery
from mobile_api.resource import Resource

blueprint = Resource("articles", description="文章：政策、动态、诚信宣传、名词解释")

_MICROSECONDS = 1_000_000
_BODY = "正文（Markdown，没有 HTML）"
_HTML = "正文（HTML，已清洗；图片地址以 / 开头，在本服务上）"


class ArticlesQuery(PageQuery):
    """Which articles are wanted."""

    kind = Choice(ArticleKind, metadata={"description": "哪一类文章"})


class Headline(Answer):
    """One article in a list."""

    id = ma.fields.String(metadata={"description": "编号", "example": "7"})
    kind = Choice(ArticleKind)
    kind_label = Label("ARTICLE_KINDS", of="kind")
    title = ma.fields.String(metadata={"description": "题目", "example": "信用修复怎么办"})
    published_at = Moment(metadata={"description": "发布时间"})


class ArticlesPage(Answer):
    """One page of articles, newest first."""

    items = ma.fields.List(ma.fields.Nested(Headline))
    next_cursor = paging.next_cursor()
    as_of = Moment(metadata={"description": "查询时间"})


class FullArticle(Headline):
    """One article with its text."""

    version = ma.fields.Integer(metadata={"description": "第几版"})
    body = ma.fields.String(metadata={"description": _BODY, "example": "**诚信**为本。"})
    html = ma.fields.String(
        metadata={"description": _HTML, "example": "<p><strong>诚信</strong>为本。</p>"}
    )
    as_of = Moment(metadata={"description": "查询时间"})


@blueprint.get("")
@blueprint.doc(operationId="listArticles", summary="查看文章")
@blueprint.refuses("bad_cursor", "invalid_request")
@blueprint.tagged
@blueprint.arguments(ArticlesQuery, location="query")
@blueprint.response(200, ArticlesPage)
def list_articles(given: dict[str, Any]) -> dict[str, Any]:
    """List articles."""
    asked, kind, limit = asking.current(), given.get("kind"), given["limit"]
    key, query = asked.parts.cursor_key, f"articles:{kind}"
    after = _place(cursors.read(key, query, given.get("cursor")))
    with Reading() as session:
        found = reading.listing(session, kind, limit=limit + 1, after=after, now=asked.now)
    shown = found[:limit]
    last = cursors.make(key, query, _numbers(shown[-1])) if len(found) > limit else None
    return {"items": shown, "next_cursor": last, "as_of": asked.now}


@blueprint.get("/<article_id>")
@blueprint.doc(operationId="getArticle", summary="查看一篇文章")
@blueprint.refuses("article_not_found")
@blueprint.tagged
@blueprint.response(200, FullArticle)
def show(article_id: str) -> dict[str, Any]:
    """Show one article."""
    asked = asking.current()
    if (number := read_id(article_id)) is None:
        raise ArticleNotFoundError
    with Reading() as session:
        found = reading.one(session, number, now=asked.now)
    said = {name: getattr(found, name) for name in ("id", "kind", "title", "published_at")}
    text = {"version": found.version, "body": found.body, "html": articles.html(found.body)}
    return said | text | {"as_of": asked.now}


def _numbers(article: Article) -> list[int]:
    moment = article.published_at or datetime.fromtimestamp(0, UTC)
    return [round(moment.timestamp() * _MICROSECONDS), article.id]


def _place(numbers: list[int] | None) -> Place | None:
    if numbers is None:
        return None
    seconds, rest = divmod(numbers[0], _MICROSECONDS)
    return Place(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), numbers[1])
