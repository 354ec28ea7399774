"""Leaving (注销): an account is deleted by its owner; what names a person goes, ids stay.

The row of the account stays without anything that leads to it, so that cases, deliveries and the
audit trail, which hold ids only, remain whole. While a case is open its owner is needed: what was
asked for would otherwise be decided for nobody.
"""

from datetime import date, datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from core import (
    authorisations,
    consents,
    idempotency,
    installations,
    interests,
    link_codes,
    operations,
    persons,
    phones,
    realname,
    representation,
    sessions,
    shares,
    subscriptions,
)
from core.account_errors import OpenCasesError
from core.accounts import Account, Address
from core.audit import trail
from core.audit.trail import Act
from core.calendar import day
from core.cases import IS_OPEN, Case
from core.certificates import ledger as certificates
from core.challenges import Challenge
from core.follows import Follow
from core.operations import Owner, OwnerKind
from core.preferences import choices
from core.records import Record
from core.reports import personal
from core.sign_ins import Ending, SignIn


def leave(session: Session, account_id: int, *, now: datetime) -> None:
    """Delete an account for good. Raises OpenCasesError."""
    session.scalar(select(Account.id).where(Account.id == account_id).with_for_update())
    _demand_nothing_open(session, account_id, today=day(now))
    _forget_devices(session, account_id, now)
    _forget_person(session, account_id, now)
    _end_what_runs(session, account_id, now)
    named = f"account:{account_id}"
    trail.note(session, Act(named, "self", "delete", named), now=now)


def _demand_nothing_open(session: Session, account_id: int, *, today: date) -> None:
    # What was filed for an organisation that they represent no more, others go on with.
    acting = representation.of_account(session, account_id, today=today)
    mine = or_(Case.organisation.is_(None), Case.organisation == acting)
    waiting = Case.account_id == account_id, IS_OPEN, mine
    if session.scalar(select(Case.id).where(*waiting).limit(1)) is not None:
        raise OpenCasesError


def _forget_devices(session: Session, account_id: int, now: datetime) -> None:
    sessions.end_all(session, account_id, why=Ending.DELETED, now=now)
    mine = SignIn.account_id == account_id
    of_mine = Challenge.sign_in_id.in_(select(SignIn.id).where(mine))
    session.execute(delete(Challenge).where(of_mine))
    session.execute(update(SignIn).where(mine).values(device="", installation=""))
    installations.forget(session, account_id)
    link_codes.forget(session, account_id)


def _forget_person(session: Session, account_id: int, now: datetime) -> None:
    known = realname.of_account(session, account_id)
    if known is not None and known.subject_id is not None:
        authorisations.revoke_all(session, known.subject_id, now=now)
    realname.forget(session, account_id)
    if known is not None and known.subject_id is not None:
        _forget_name(session, known.subject_id)
    phones.forget(session, account_id)
    subscriptions.forget(session, account_id)
    session.execute(delete(Address).where(Address.account_id == account_id))
    personal.forget(session, account_id, now=now)
    certificates.forget(session, account_id)


def _forget_name(session: Session, subject_id: int) -> None:
    # Whoever is on record is known by the record; anybody else we know by this account alone.
    on_record = select(Record.id).where(Record.subject_id == subject_id).limit(1)
    if session.scalar(on_record) is None:
        persons.forget(session, subject_id)


def _end_what_runs(session: Session, account_id: int, now: datetime) -> None:
    followed = Follow.account_id == account_id, Follow.until.is_(None)
    session.execute(update(Follow).where(*followed).values(until=now))
    shares.forget(session, account_id)
    choices.forget(session, account_id)
    interests.forget(session, account_id)
    operations.forget(session, Owner(OwnerKind.ACCOUNT, account_id))
    idempotency.drop(session, f"Caller:{account_id}")  # as the app's door names an account
    consents.withdraw_all(session, account_id, now=now)
