"""Writing articles: who writes a version does not publish it; whoever sees a fault withdraws it."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.articles.errors import ArticleChangedError, ArticleRefusedError, ArticleStateError
from core.articles.ledger import Article, ArticleKind, ArticleState, ArticleVersion
from core.audit import trail
from core.errors import ArticleNotFoundError
from core.staff.errors import SamePersonError
from core.staff.members import Staff
from core.staff.roles import Deed

LONGEST_TITLE = 64  # what WeChat shows of an article's title
LONGEST_BODY = 20_000  # WeChat's limit for the content of a draft, in characters


@dataclass(frozen=True)
class Text:
    """What somebody wrote: a title, and a body in Markdown."""

    title: str
    body: str

    def checked(self) -> "Text":
        """Return it tidied. Raises ArticleRefusedError."""
        title = " ".join(self.title.split())
        body = "\n".join(self.body.splitlines()).strip()
        if not 0 < len(title) <= LONGEST_TITLE or not 0 < len(body) <= LONGEST_BODY:
            raise ArticleRefusedError
        # No phone shows such a character, and PostgreSQL keeps no NUL.
        if not title.isprintable() or any(char < " " and char not in "\n\t" for char in body):
            raise ArticleRefusedError
        return Text(title, body)


def write(
    session: Session, staff: Staff | None, kind: ArticleKind, *, text: Text, now: datetime
) -> int:
    """Begin an article; return its id. Raises NotPermittedError, ArticleRefusedError."""
    _demand(staff, Deed.EDIT_CAMPAIGN)
    said = text.checked()
    article = Article(
        fingerprint=secrets.token_hex(16),
        kind=kind,
        title=said.title,
        body=said.body,
        version=1,
    )
    session.add(article)
    session.flush()
    _keep(session, staff, (article.id, 1), text=said, now=now)
    return article.id


def revise(
    session: Session, staff: Staff | None, seen: tuple[int, int], *, text: Text, now: datetime
) -> int:
    """Write the next version of an article after the one that was seen; return its number.

    What is published stays as it is until the new version is. Raises NotPermittedError,
    ArticleNotFoundError, ArticleStateError, ArticleChangedError, ArticleRefusedError.
    """
    _demand(staff, Deed.EDIT_CAMPAIGN)
    article, said = locked(session, seen[0]), text.checked()
    if article.withdrawn_at is not None:
        raise ArticleStateError
    newest = newest_of(session, article.id)
    if newest.number != seen[1]:
        raise ArticleChangedError
    if article.published_at is None:
        article.title, article.body, article.version = said.title, said.body, newest.number + 1
    _keep(session, staff, (article.id, newest.number + 1), text=said, now=now)
    return newest.number + 1


def publish(
    session: Session,
    staff: Staff | None,
    seen: tuple[int, int],
    *,
    at: datetime | None = None,
    now: datetime,
) -> None:
    """Show the newest version, which was seen, from an instant on: now, or one that lies ahead.

    Who wrote it does not publish it. What readers see already is replaced at once or not at all.
    Raises NotPermittedError, ArticleNotFoundError, SamePersonError, ArticleStateError,
    ArticleChangedError.
    """
    _demand(staff, Deed.APPROVE_CAMPAIGN)
    article = locked(session, seen[0])
    newest = newest_of(session, article.id)
    if staff and staff.id == newest.written_by:
        raise SamePersonError
    if newest.number != seen[1]:
        raise ArticleChangedError
    when, state = at or now, article.state(now)
    is_seen = state is ArticleState.PUBLISHED
    if state is ArticleState.WITHDRAWN or when < now or (is_seen and when > now):
        raise ArticleStateError
    article.title, article.body, article.version = newest.title, newest.body, newest.number
    article.published_at = article.published_at if is_seen else when
    newest.published_by = staff.id if staff else None
    note(session, staff, ("publish_article", article.id), now=now)


def withdraw(session: Session, staff: Staff | None, article_id: int, *, now: datetime) -> None:
    """Take an article away from its readers, for good.

    Raises NotPermittedError, ArticleNotFoundError, ArticleStateError.
    """
    if staff and not staff.may(Deed.APPROVE_CAMPAIGN):
        staff.demand(Deed.EDIT_CAMPAIGN)
    article = locked(session, article_id)
    if article.withdrawn_at is not None:
        raise ArticleStateError
    article.withdrawn_at = now
    note(session, staff, ("withdraw_article", article_id), now=now)


def locked(session: Session, article_id: int) -> Article:
    """Return an article that nobody else changes meanwhile. Raises ArticleNotFoundError."""
    wanted = select(Article).where(Article.id == article_id).with_for_update()
    article = session.scalar(wanted.execution_options(populate_existing=True))
    if article is None:
        raise ArticleNotFoundError
    return article


def newest_of(session: Session, article_id: int) -> ArticleVersion:
    """Return the newest version of an article that is there."""
    mine = select(func.max(ArticleVersion.number)).where(ArticleVersion.article_id == article_id)
    return session.get_one(ArticleVersion, (article_id, session.scalar(mine)))


def note(session: Session, staff: Staff | None, what: tuple[str, int], *, now: datetime) -> None:
    """Write down who did what to an article."""
    actor = staff.actor if staff else "cli"
    trail.note(session, trail.Act(actor, "staff", what[0], f"article:{what[1]}"), now=now)


def _demand(staff: Staff | None, deed: Deed) -> None:
    if staff:
        staff.demand(deed)


def _keep(
    session: Session, staff: Staff | None, key: tuple[int, int], *, text: Text, now: datetime
) -> None:
    written = {"article_id": key[0], "number": key[1], "title": text.title, "body": text.body}
    by = staff.id if staff else None
    session.add(ArticleVersion(**written, written_by=by, written_at=now))
    session.flush()
    note(session, staff, ("write_article", key[0]), now=now)
