"""Notices: what an event was about, read fresh when it is told or opened."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import account_news, case_news
from core.articles.ledger import Article
from core.case_news import Closed, Deadline, Progress
from core.cases import Case, CaseKind, CaseState
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordState, is_public
from core.releases import Release
from core.reports import proof
from core.reports.proof import Standing, Verdict
from core.subjects import Subject


@dataclass(frozen=True)
class Listing:
    """A black-list record as an alert tells it; `is_public` says whether it still stands."""

    name: str
    uscc: str
    list_kind: str
    title: str
    event_date: date
    authority: str
    document_no: str
    repairable_from: date | None
    ends_on: date | None
    is_public: bool


@dataclass(frozen=True)
class Recall:
    """What has become of a record that an alert had told of; of a corrected one, how it reads."""

    listing: Listing
    became: RecordState


@dataclass(frozen=True)
class Receipt:
    """A case as its receipt tells it."""

    kind: CaseKind
    code: str
    state: CaseState


@dataclass(frozen=True)
class Headline:
    """An article as its card tells it; `is_shown` says that it was not withdrawn."""

    id: int
    title: str
    is_shown: bool = True


@dataclass(frozen=True)
class Reply:
    """An answer that came too late for the conversation."""

    text: str


@dataclass(frozen=True)
class Paper:
    """A credit report that is ready or recalled, as it stands today."""

    kind: EventKind
    verdict: Verdict

    @property
    def is_news(self) -> bool:
        """Say whether it is still to be told: of what is recalled, not that it is ready."""
        holds = self.verdict.standing is Standing.VALID
        return holds or self.kind is EventKind.REPORT_RECALLED


@dataclass(frozen=True)
class Edition:
    """A new release of a list that somebody follows."""

    id: int
    list_kind: str
    released_on: date
    members: int


OfCase = Receipt | Progress | Deadline | Closed
Notice = OfCase | account_news.Changed | Listing | Recall | Headline | Reply | Paper | Edition


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
    if event.kind is EventKind.BLACKLISTED:
        return int(event.facts["record_id"])
    return event.record_id if event.kind is EventKind.RECALLED else None


def _alert(asked: _Asked, event: Event) -> Notice:
    return asked.listings[_record_of(event) or 0]


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
