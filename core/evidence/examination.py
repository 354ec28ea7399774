"""Examination of evidence: a worker takes a file that waits, and says what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.evidence import images, papers
from core.evidence.kinds import EvidenceState, Flaw, MediaType
from core.evidence.ledger import PENDING, Evidence
from core.pace import Pace

MOST_TRIES = 3


@dataclass(frozen=True)
class Cleaned:
    """A file as it is kept."""

    data: bytes
    pages: int


@dataclass(frozen=True)
class Finding:
    """What became of a file: kept as `sha256` and `size` say, or flawed."""

    scanned: bool
    flaw: Flaw | None = None
    sha256: str | None = None
    size: int | None = None
    pages: int | None = None

    @property
    def state(self) -> EvidenceState:
        """Return the state that this finding brings."""
        if self.flaw is None:
            return EvidenceState.CLEAN
        return EvidenceState.INFECTED if self.flaw is Flaw.VIRUS else EvidenceState.REFUSED


def clean(data: bytes, media_type: MediaType) -> Cleaned:
    """Return a file as it may be kept. Takes up to seconds. Raises FlawedError."""
    if media_type is MediaType.PDF:
        return Cleaned(data, papers.pages(data))
    return Cleaned(images.redrawn(data, media_type), 1)


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a worker would find a file to examine."""
    return session.scalar(select(Evidence.id).where(_is_due(now)).limit(1)) is not None


def lease(session: Session, *, now: datetime, pace: Pace) -> Evidence | None:
    """Take the next file to examine for a while; what is not settled by then falls due again.

    What has killed its worker more than MOST_TRIES times is to be refused, not tried again.
    """
    due = select(Evidence).where(_is_due(now)).order_by(Evidence.due_at, Evidence.id).limit(1)
    one = session.scalar(due.with_for_update(skip_locked=True))
    if one is not None:
        one.tries, one.due_at = one.tries + 1, now + pace.lease
        session.flush()
    return one


def held(session: Session, evidence_id: int) -> Evidence | None:
    """Lock a file that is still to be settled; None if it is gone or settled."""
    one = select(Evidence).where(Evidence.id == evidence_id, PENDING).with_for_update()
    return session.scalar(one)


def settle(one: Evidence, finding: Finding, *, now: datetime) -> None:
    """Write down what became of a file that is held."""
    one.state, one.flaw, one.scanned = finding.state, finding.flaw, finding.scanned
    one.kept_sha256, one.kept_size, one.pages = finding.sha256, finding.size, finding.pages
    one.examined_at = now


def postpone(one: Evidence, *, now: datetime, wait: timedelta) -> None:
    """Let a file wait because the scanner is away: that is no fault of the file."""
    one.tries, one.due_at = max(one.tries - 1, 0), now + wait


def _is_due(now: datetime) -> sa.ColumnElement[bool]:
    return sa.and_(PENDING, Evidence.due_at <= now)
