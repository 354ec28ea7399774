"""Representation (代表): for which organisation an account may act today.

A representation ends: after the months that the rules give, or on the day that the identity
provider names, whichever is earlier. Whoever still represents the organisation is verified anew.
"""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from core import bulk
from core.calendar import add_months
from core.realname import Verification
from core.rules import Rulebook
from core.rules.lasting import Lasts, months


def last_day(rules: Rulebook, claimed: date | None, *, today: date) -> date:
    """Return the last day of a representation that is verified today."""
    longest = add_months(today, months(rules.lasting, Lasts.REPRESENTATION, on=today))
    return min(longest, claimed) if claimed else longest


def of(verified: Verification | None, *, today: date) -> str | None:
    """Return the code of the organisation that somebody so verified represents today."""
    if verified is None or verified.organisation_until is None:
        return None
    return verified.organisation if today <= verified.organisation_until else None


def of_accounts(
    session: Session, account_ids: Collection[int], *, today: date
) -> dict[int, str | None]:
    """Return what each of these accounts represents today; who is not verified is left out."""
    mine = select(Verification).where(bulk.among(session, Verification.account_id, account_ids))
    return {one.account_id: of(one, today=today) for one in session.scalars(mine)}


def of_account(session: Session, account_id: int, *, today: date) -> str | None:
    """Return the code of the organisation that an account represents today."""
    return of_accounts(session, [account_id], today=today).get(account_id)


def newest(session: Session, codes: Collection[str], *, today: date) -> dict[str, int]:
    """Return for each of these organisations the account that was last verified to act for it."""
    held = select(Verification.organisation, Verification.account_id).where(
        bulk.among(session, Verification.organisation, codes), counts(today)
    )
    ordered = held.order_by(Verification.verified_at, Verification.id)
    return {code: account_id for code, account_id in session.execute(ordered) if code}


def counts(today: date) -> ColumnElement[bool]:
    """Say of a verification whether it makes a representative today."""
    until = Verification.organisation_until
    return and_(Verification.organisation.is_not(None), until.is_not(None), until >= today)
