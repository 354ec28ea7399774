"""Notices: what an event was about, read fresh when it is told or opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.campaigns import Article
from core.cases import Case, CaseKind, CaseState
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordState, is_public
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


Notice = Listing | Recall | Receipt | Headline | Reply | Paper


_PAPERS = frozenset({EventKind.REPORT_READY, EventKind.REPORT_RECALLED})


def read(session: Session, event_id: int, *, today: date) -> Notice:
    """Return what there is to tell of an event, as it stands today. The event exists."""
    row = session.execute(
        select(Event.kind, Event.record_id, Event.facts).where(Event.id == event_id)
    ).one()
    kind, facts = row.kind, row.facts
    if kind is EventKind.BLACKLISTED:
        return _listing(session, int(facts["record_id"]), today)
    if kind is EventKind.RECALLED:
        listing = _listing(session, row.record_id, today)
        return Recall(listing, RecordState(facts["became"]))
    if kind is EventKind.CASE_OPENED:
        case = session.get_one(Case, int(facts["case_id"]))
        return Receipt(case.kind, case.receipt_code, case.state)
    if kind is EventKind.CAMPAIGN:
        article = session.get_one(Article, int(facts["article_id"]))
        return Headline(article.id, article.title)
    if kind in _PAPERS:
        verdict = proof.of_report(session, int(facts["report_id"]), today=today)
        return Paper(kind, verdict)
    return Reply(str(facts["text"]))


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
