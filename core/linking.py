"""Linking (绑定): the WeChat account and the app account of one person become one.

Follows and inbox become one, and nobody is told twice. The account of the app stays: its tokens,
its real name and its cases are in the hands of whoever is signed in there.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import account_news, follows, interests, link_codes, operations, phones, tallies
from core.account_news import AccountChange
from core.accounts import Account, Address, Channel
from core.audit import trail
from core.audit.trail import Act
from core.errors import CreditError
from core.follows import Follow
from core.operations import Owner, OwnerKind
from core.outbox import joining
from core.outbox.deliveries import Delivery
from core.preferences import choices
from core.realname import Verification
from core.reports import ledger as reports
from core.sign_ins import Platform, SignIn
from core.tables import METADATA
from core.tallies import Counted
from core.vault import Vault

_ACCOUNT = Account.__table__.c.id
_BY_THEMSELVES = frozenset({Follow.__tablename__, Delivery.__tablename__})


class AlreadyLinkedError(CreditError):
    """One of the two accounts is linked already: with the other one, or with a third."""

    code = "already_linked"


@dataclass(frozen=True)
class Offer:
    """What a code would link with: shown to who sent it before anything is linked.

    `key` names the code; `phone` is the masked number of the account, if it has one.
    """

    key: str
    phone: str | None
    registered_at: datetime


def offer(
    session: Session, vault: Vault, wechat_id: int, *, code: str, now: datetime
) -> Offer | None:
    """Return what a code would link with; None for a code that is nobody's: such are counted.

    Commit in either case. Raises AlreadyLinkedError, and DailyLimitError once too many were wrong
    today, of this account or of all: then not even a right one is looked at.
    """
    misses = (wechat_id, Counted.LINK_MISSES), (tallies.EVERYBODY, Counted.ALL_LINK_MISSES)
    for whose, counted in misses:
        tallies.demand_room(session, whose, counted, now=now)
    key = link_codes.key(code)
    app_id = link_codes.whose(session, key, now=now)
    if app_id is None:
        for whose, counted in misses:
            tallies.add(session, whose, counted, now=now)
        return None
    _demand_unlinked(session, wechat_id, app_id)
    number = phones.of_account(session, vault, app_id)
    registered_at = session.get_one(Account, app_id).created_at
    return Offer(key, phones.masked(number) if number else None, registered_at)


def link(session: Session, wechat_id: int, key: str, *, now: datetime) -> None:
    """Make the account behind a WeChat address one with the account of the code of this key.

    The account in the app is told. Raises LinkCodeError, AlreadyLinkedError.
    """
    app_id = link_codes.use(session, key, now=now)
    _demand_unlinked(session, wechat_id, app_id)
    merge(session, wechat_id, app_id, now=now)
    mine = Address.account_id == app_id, Address.channel == Channel.WECHAT
    session.execute(update(Address).where(*mine).values(linked_at=now))
    account_news.tell(session, app_id, AccountChange.WECHAT, now=now)
    actor = f"account:{app_id}"
    trail.note(session, Act(actor, "self", "link", f"account:{wechat_id}"), now=now)


def linked_at(session: Session, account_id: int) -> datetime | None:
    """Return when WeChat was linked with an account, if it was."""
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT
    return session.scalar(select(Address.linked_at).where(*mine).limit(1))


def has_wechat(session: Session, account_id: int) -> bool:
    """Say whether an account has an address in WeChat, followed or not."""
    mine = Address.account_id == account_id, Address.channel == Channel.WECHAT
    return session.scalar(select(Address.id).where(*mine).limit(1)) is not None


def merge(session: Session, source: int, into: int, *, now: datetime) -> None:
    """Move all that is one account's to another; the first is there no more."""
    joining.owe(session, source, into, now=now)
    # After the events, as whoever expands one: new deliveries of the first wait for us, in vain.
    both = select(Account.id).where(Account.id.in_((source, into))).order_by(Account.id)
    session.scalars(both.with_for_update()).all()
    # What became owed in between; who is expanding it just now fails at us, and begins anew.
    joining.owe(session, source, into, skip_locked=True, now=now)
    joining.deliveries(session, source, into, now=now)
    follows.join(session, source, into)
    choices.join(session, source, into, now=now)
    interests.join(session, source, into)
    reports.join(session, source, into, now=now)
    old, new = (Owner(OwnerKind.ACCOUNT, one) for one in (source, into))
    operations.hand_over(session, old, new)
    for table in METADATA.sorted_tables:
        for column in table.columns:
            is_account = any(key.column is _ACCOUNT for key in column.foreign_keys)
            if is_account and table.name not in _BY_THEMSELVES:
                session.execute(update(table).where(column == source).values({column.name: into}))
    session.execute(delete(Account).where(Account.id == source))
    session.expire_all()


def _demand_unlinked(session: Session, wechat_id: int, app_id: int) -> None:
    if app_id == wechat_id or has_wechat(session, app_id) or _has_app(session, wechat_id):
        raise AlreadyLinkedError


def _has_app(session: Session, account_id: int) -> bool:
    """Say whether somebody ever signed in to an account, or was verified with it."""
    # Our pages in WeChat are its own address, and no second one.
    elsewhere = SignIn.platform != Platform.WECHAT
    signed_in = select(SignIn.id).where(SignIn.account_id == account_id, elsewhere)
    verified = select(Verification.id).where(Verification.account_id == account_id)
    others = Address.account_id == account_id, Address.channel != Channel.WECHAT
    ways = (signed_in, verified, select(Address.id).where(*others))
    return any(session.scalar(one.limit(1)) is not None for one in ways)
