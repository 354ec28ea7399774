"""Tidings: what there is to tell of an event, as plain facts; notices read them."""

from dataclasses import dataclass
from datetime import date

from core.account_news import Changed
from core.case_news import Closed, Deadline, Progress
from core.cases import CaseKind, CaseState
from core.outbox.deliveries import EventKind
from core.records import RecordState
from core.reports.proof import Standing, Verdict


@dataclass(frozen=True)
class Listing:
    """A record as an alert tells it; `is_public` says whether it still stands.

    `event` is what there is to tell: that it was listed or added, may be repaired, or ends soon.
    """

    name: str
    uscc: str
    list_kind: str | None
    title: str
    event_date: date
    authority: str
    document_no: str
    repairable_from: date | None
    ends_on: date | None
    is_public: bool
    event: EventKind = EventKind.BLACKLISTED


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


@dataclass(frozen=True)
class Looked:
    """That others have read somebody's data on a day."""

    day: date


@dataclass(frozen=True)
class Digest:
    """How many notices of a day wait in the inbox of who asked for digests."""

    number: int
    day: date


OfCase = Receipt | Progress | Deadline | Closed
OfRecord = Listing | Recall | Edition
Notice = OfCase | OfRecord | Changed | Looked | Digest | Headline | Reply | Paper
