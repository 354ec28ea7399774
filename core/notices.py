"""Notices: what an event was about, read fresh when it is told or opened."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import account_news, case_news
from core.articles.ledger import Article
from core.case_news import Closed, Deadline
from core.cases import Case
from core.outbox.deliveries import ALERTS, TERMS, EventKind
from core.outbox.events import Event
from core.records import Record, RecordState, is_public
from core.releases import Release
from core.reports import proof
from core.subjects import Subject
from core.tidings import (
    Digest,
    Edition,
    Headline,
    Listing,
    Looked,
    Notice,
    Paper,
    Recall,
    Receipt,
    Reply,
)

__all__ = [
    "Digest",
    "Edition",
    "Headline",
    "Listing",
    "Looked",
    "Notice",
    "Paper",
    "Recall",
    "Receipt",
    "Reply",
    "is_news",
    "read",
    "read_all",
]


@dataclass(frozen=True)
class _Asked:
    """What notices are read with: a day, records by their ids, and whom accounts represent."""

    session: Session
    today: date
    listings: Mapping[int, Listing]
    acting: Mapping[int, str | None]


def read(session: Session, event_id: int, *, today: date) -> Notice:
    """Return what there is to tell of an event, as it stands today. The event exists."""
    return read_all(session, [event_id], today=today)[event_id]


def read_all(session: Session, event_ids: Sequence[int], *, today: date) -> dict[int, Notice]:
    """Return what there is to tell of events that exist, by their ids; records are read at once."""
    events = session.scalars(select(Event).where(Event.id.in_(event_ids))).all()
    listings = _listings(session, {_record_of(event) for event in events} - {None}, today)
    asked = _Asked(session, today, listings, case_news.acting(session, events, today=today))
    # A session forgets what nobody holds: held, each is read once, however many tell of it.
    _held = [_fetched(session, events, source) for source in _SOURCES]
    return {event.id: _told(asked, event) for event in events}


def _told(asked: _Asked, event: Event) -> Notice:
    if case_news.is_closed(asked.session, event, asked.acting):
        return Closed()
    return _READERS[event.kind](asked, event)


def _fetched(
    session: Session, events: Sequence[Event], source: tuple[type[Any], str]
) -> Sequence[object]:
    table, fact = source
    wanted = {int(event.facts[fact]) for event in events if fact in event.facts}
    if not wanted:
        return ()
    return session.scalars(select(table).where(table.id.in_(sorted(wanted)))).all()


def _record_of(event: Event) -> int | None:
    if event.kind in ALERTS | TERMS:
        return int(event.facts["record_id"])
    return event.record_id if event.kind is EventKind.RECALLED else None


def _alert(asked: _Asked, event: Event) -> Notice:
    return replace(asked.listings[_record_of(event) or 0], event=event.kind)


def _recall(asked: _Asked, event: Event) -> Notice:
    return Recall(asked.listings[event.record_id or 0], RecordState(event.facts["became"]))


def _receipt(asked: _Asked, event: Event) -> Notice:
    case = asked.session.get_one(Case, int(event.facts["case_id"]))
    return Receipt(case.kind, case.receipt_code, case.state)


def _progress(asked: _Asked, event: Event) -> Notice:
    return case_news.of_step(asked.session, int(event.facts["event_id"]))


def _deadline(asked: _Asked, event: Event) -> Notice:
    is_late = event.kind is EventKind.CASE_OVERDUE
    return case_news.of_deadline(asked.session, event.facts, is_late=is_late)


def _changed(_asked: _Asked, event: Event) -> Notice:
    return account_news.read(event.facts)


def _headline(asked: _Asked, event: Event) -> Notice:
    article = asked.session.get_one(Article, int(event.facts["article_id"]))
    return Headline(article.id, article.title, article.withdrawn_at is None)


def _edition(asked: _Asked, event: Event) -> Notice:
    release = asked.session.get_one(Release, int(event.facts["release_id"]))
    return Edition(release.id, release.list_kind, release.released_on, release.members)


def _paper(asked: _Asked, event: Event) -> Notice:
    report_id = int(event.facts["report_id"])
    return Paper(event.kind, proof.of_report(asked.session, report_id, today=asked.today))


def _looked(_asked: _Asked, event: Event) -> Notice:
    return Looked(date.fromisoformat(str(event.facts["day"])))


def _digest(_asked: _Asked, event: Event) -> Notice:
    return Digest(int(event.facts["number"]), event.event_date)


def _reply(_asked: _Asked, event: Event) -> Notice:
    return Reply(str(event.facts["text"]))


# What notices are made of, and by which fact an event names it.
_SOURCES: tuple[tuple[type[Any], str], ...] = (
    (Case, "case_id"),
    (Article, "article_id"),
    (Release, "release_id"),
)
_READERS: dict[EventKind, Callable[[_Asked, Event], Notice]] = {
    EventKind.ACCOUNT_CHANGED: _changed,
    EventKind.BLACKLISTED: _alert,
    EventKind.RECALLED: _recall,
    EventKind.CASE_DUE: _deadline,
    EventKind.CASE_MOVED: _progress,
    EventKind.CASE_OPENED: _receipt,
    EventKind.CASE_OVERDUE: _deadline,
    EventKind.CAMPAIGN: _headline,
    EventKind.LIST_RELEASED: _edition,
    EventKind.REPORT_READY: _paper,
    EventKind.REPORT_RECALLED: _paper,
    EventKind.LATE_REPLY: _reply,
    EventKind.RECORD_ADDED: _alert,
    EventKind.REPAIRABLE: _alert,
    EventKind.ENDING: _alert,
    EventKind.VIEWED: _looked,
    EventKind.DIGEST: _digest,
}


def is_news(notice: Notice) -> bool:
    """Say whether a notice is still to be told to who has not heard it: old news are not."""
    if isinstance(notice, Listing):
        return notice.is_public
    if isinstance(notice, Headline):
        return notice.is_shown
    if isinstance(notice, Deadline):
        return notice.following is not None
    is_old = isinstance(notice, Paper) and not notice.is_news
    return not (is_old or isinstance(notice, Closed))


def _listings(
    session: Session, record_ids: Collection[int | None], today: date
) -> dict[int, Listing]:
    columns = (
        Subject.name,
        Subject.uscc,
        Record.list_kind,
        Record.title,
        Record.event_date,
        Record.authority,
        Record.document_no,
        Record.repairable_from,
        Record.ends_on,
        is_public(today).label("is_public"),
    )
    if not record_ids:
        return {}
    rows = session.execute(
        select(Record.id, *columns)
        .join(Subject, Subject.id == Record.subject_id)
        .where(Record.id.in_(record_ids))
    )
    return {number: Listing(*told) for number, *told in rows}
