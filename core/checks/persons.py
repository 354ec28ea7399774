"""Checks of natural persons: only by their own authorisation, and only what it grants.

The person sees every one of them: the access row is written with the reading.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import authorisations, disclosure, persons
from core.audit import trail
from core.authorisations import Authorisation, AuthorisedScope
from core.calendar import day
from core.checks import findings, ledger
from core.checks.ledger import Check, Order
from core.db import Facts
from core.disclosure import Viewer, ViewerKind
from core.records import Record
from core.rules import Rulebook
from core.vault import Vault

_READ = {
    AuthorisedScope.DISHONESTY: ("name", "dishonesty"),
    AuthorisedScope.RECORDS: ("name", "dishonesty", "records"),
}


@dataclass(frozen=True)
class Told:
    """What an institution is told of a person, once. Records are told only with that scope."""

    check: Check
    scope: AuthorisedScope
    name: str
    serious_dishonesty: bool
    records: tuple[Facts, ...]


def check(
    session: Session,
    rules: Rulebook,
    order: Order,
    *,
    code: str,
    vault: Vault,
    now: datetime,
) -> Told:
    """Check the person who gave this code. Raises AuthorisationNotFoundError."""
    found = look_again(session, order, code=code, now=now)
    seen = _seen(session, found.subject_id, day(now))
    serious = any(rules.is_serious(one.kind, one.list_kind) for one in seen)
    records = tuple(map(findings.told, seen)) if found.scope is AuthorisedScope.RECORDS else ()
    told = {"authorisation": found.id, "serious": serious, "records": list(records)}
    made = ledger.keep(session, order, told, subject_id=found.subject_id, now=now)
    name = persons.read(session, vault, found.subject_id).name
    return Told(made, found.scope, name, serious, records)


def look_again(session: Session, order: Order, *, code: str, now: datetime) -> Authorisation:
    """Judge the right to look, and note the look: the first time, and when it is told again.

    Raises AuthorisationNotFoundError.
    """
    found = authorisations.holding(
        session, code, institution_id=order.holder.id, purpose=order.purpose, now=now
    )
    trail.note(session, order.access(_READ[found.scope], found.subject_id), now=now)
    return found


def _seen(session: Session, subject_id: int, today: date) -> list[Record]:
    viewer = Viewer(ViewerKind.AUTHORISED, subject_id)
    mine = select(Record).where(Record.subject_id == subject_id)
    held = session.scalars(mine.order_by(Record.event_date.desc(), Record.id.desc()))
    return [one for one in held if disclosure.may_see(viewer, one, today)]
