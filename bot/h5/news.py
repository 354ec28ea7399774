"""Articles (政策和动态): policy, news, campaigns and terms explained."""

from contextlib import suppress

from flask import Blueprint, Response, request

from bot.h5 import asking, guard, places, shown
from core.articles import reading
from core.articles.ledger import ArticleKind
from core.db import DatabaseError, Reading, Writing
from core.errors import ArticleNotFoundError
from messages import articles as texts

_PAGE = 50


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/articles")
    @guard.anyone()
    def articles() -> Response:
        kind, now = request.args.get("kind"), asking.current().now
        wanted = ArticleKind(kind) if kind in set(ArticleKind) else None
        with Reading() as session:
            items = reading.listing(session, wanted, limit=_PAGE, now=now)
        return shown.show("articles.html", items=items, kinds=list(ArticleKind), wanted=wanted)

    @blueprint.get("/articles/<number>")
    @guard.anyone()
    def article(number: str) -> Response:
        now, id_ = asking.current().now, places.read_id(number)
        if id_ is None:
            raise ArticleNotFoundError
        with Reading() as session:
            found = reading.one(session, id_, now=now)
        # Nobody waits for the count, and nobody misses one.
        with suppress(*DatabaseError), Writing() as session:
            reading.count(session, id_, now=now)
        body = texts.html(found.body)
        return shown.show("article.html", article=found, body=body)
