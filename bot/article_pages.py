"""Articles that cards and messages lead to, their pictures, and leaving campaigns in one tap.

The address on a card is its reader's own and guessable by nobody; who has it may end these messages
and do nothing else.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template, url_for

from bot import page_looks
from core import campaigns, privacy
from core.articles import pictures, reading
from core.db import DatabaseError, Reading, Writing
from core.errors import ArticleNotFoundError, NotFollowedError
from messages import articles

_ID = "int(max=9223372036854775807)"
_WHOSE = f"<{_ID}:event_id>-<{_ID}:account_id>-<proof>"
_Whose = int | str


def add_to(
    blueprint: Blueprint,
    page: Callable[[str], Response],
    *,
    link_key: bytes,
    clock: Callable[[], datetime],
) -> None:
    """Add these pages to the others; `page` answers with one."""

    def demand(whose: dict[str, _Whose]) -> None:
        key = int(whose["event_id"]), int(whose["account_id"])
        if not privacy.is_proof(link_key, str(whose["proof"]), "leave", *key):
            abort(404)
        page_looks.of_account(int(whose["account_id"]))

    @blueprint.get(f"/articles/<{_ID}:article_id>")
    def article(article_id: int) -> Response:
        return page(_article(article_id, None, now=clock()))

    @blueprint.get(f"/articles/<{_ID}:article_id>/{_WHOSE}")
    def own_article(article_id: int, **whose: _Whose) -> Response:
        demand(whose)
        leave = url_for(".leave_campaigns", **whose)  # type: ignore[arg-type]
        return page(_article(article_id, leave, now=clock()))

    @blueprint.post(f"/campaigns/leave/{_WHOSE}")
    def leave_campaigns(**whose: _Whose) -> Response:
        demand(whose)
        # Who has left already has what they wanted.
        with suppress(NotFollowedError), Writing() as session:
            campaigns.unsubscribe(session, int(whose["account_id"]), now=clock())
        return page(render_template("left.html"))

    blueprint.add_url_rule("/pictures/<name>", view_func=_picture, endpoint="picture")


def _article(article_id: int, leave: str | None, *, now: datetime) -> str:
    try:
        with Reading() as session:
            found = reading.one(session, article_id, now=now)
    except ArticleNotFoundError:
        abort(404)
    with suppress(*DatabaseError), Writing() as session:  # a count is not worth an answer
        reading.count(session, article_id, now=now)
    body = articles.html(found.body)
    return render_template("article.html", title=found.title, body=body, leave=leave)


def _picture(name: str) -> Response:
    with Reading() as session:
        content = pictures.content(session, name) if pictures.is_name(name) else None
    if content is None:
        abort(404)
    response = make_response(content)
    response.mimetype = pictures.TYPES[name.rpartition(".")[2]]
    # Its name says its content.
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
