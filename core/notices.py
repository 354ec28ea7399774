"""Notices: what an event was about, read fresh when it is told or opened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.campaigns import Article
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
    """An article as its card tells it."""

    id: int
    title: str


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


Notice = Listing | Recall | Receipt | Headline | Reply | Paper | Edition


def read(session: Session, event_id: int, *, today: date) -> Notice:
    """Return what there is to tell of an event, as it stands today. The event exists."""
    event = session.get_one(Event, event_id)
    return _READERS[event.kind](session, event, today)


def _alert(session: Session, event: Event, today: date) -> Notice:
    return _listing(session, int(event.facts["record_id"]), today)


def _recall(session: Session, event: Event, today: date) -> Notice:
    listing = _listing(session, event.record_id or 0, today)
    return Recall(listing, RecordState(event.facts["became"]))


def _receipt(session: Session, event: Event, _today: date) -> Notice:
    case = session.get_one(Case, int(event.facts["case_id"]))
    return Receipt(case.kind, case.receipt_code, case.state)


def _headline(session: Session, event: Event, _today: date) -> Notice:
    article = session.get_one(Article, int(event.facts["article_id"]))
    return Headline(article.id, article.title)


def _edition(session: Session, event: Event, _today: date) -> Notice:
    release = session.get_one(Release, int(event.facts["release_id"]))
    return Edition(release.id, release.list_kind, release.released_on, release.members)


def _paper(session: Session, event: Event, today: date) -> Notice:
    return Paper(event.kind, proof.of_report(session, int(event.facts["report_id"]), today=today))


def _reply(_session: Session, event: Event, _today: date) -> Notice:
    return Reply(str(event.facts["text"]))


_READERS: dict[EventKind, Callable[[Session, Event, date], Notice]] = {
    EventKind.BLACKLISTED: _alert,
    EventKind.RECALLED: _recall,
    EventKind.CASE_OPENED: _receipt,
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
    return not isinstance(notice, Paper) or notice.is_news


def _listing(session: Session, record_id: int, today: date) -> Listing:
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
    row: Sequence[object] = session.execute(
        select(*columns)
        .join(Subject, Subject.id == Record.subject_id)
        .where(Record.id == record_id)
    ).one()
    return Listing(*row)  # type: ignore[arg-type]
