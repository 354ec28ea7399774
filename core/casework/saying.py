"""Saying: the reasons and the text of a step, and the notice that the applicant is owed of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from core import case_access, cases
from core.applying import Office
from core.calendar import day
from core.cases import Case, CaseEvent
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.rules.reasons import Outcome, offered
from core.staff.errors import ReasonError, TextMissingError


@dataclass(frozen=True)
class Say:
    """What is said with a step: codes of reasons, and a text."""

    reasons: Sequence[str] = ()
    text: str = ""


def demand(case: Case, outcome: Outcome, *, say: Say, office: Office, now: datetime) -> None:
    """Raise ReasonError unless reasons are given, all of them such as this outcome may have."""
    rows = offered(office.rules.reasons, case.kind, outcome, on=day(now))
    if not say.reasons or not {*say.reasons} <= {row.code for row in rows}:
        raise ReasonError


def sealed(say: Say, *, office: Office) -> str | None:
    """Return the text as the note of an event keeps it; None without one."""
    return office.vault.seal(say.text.strip(), cases.NOTE) if say.text.strip() else None


def demand_text(text: str) -> str:
    """Return what must be said in words. Raises TextMissingError."""
    if not text.strip():
        raise TextMissingError
    return text.strip()


def owe_progress(session: Session, case: Case, event: CaseEvent, *, now: datetime) -> None:
    """Owe whose case it is today a notice of a step, once."""
    told = case_access.to_tell(session, [case.id], today=day(now)).get(case.id)
    if told is None:  # nobody represents the organisation; whoever does next finds the case
        return
    moved = Owed(
        kind=EventKind.CASE_MOVED,
        key=f"{EventKind.CASE_MOVED}:{event.id}",
        audience=Audience.ACCOUNT,
        audience_id=told,
        event_date=day(now),
        facts={"case_id": case.id, "event_id": event.id},
    )
    owe(session, moved, now=now)
