"""Linking (绑定): the WeChat account and the app account of one person become one.

Follows and inbox become one, and nobody is told twice. The account of the app stays: its tokens,
its real name and its cases are in the hands of whoever is signed in there.
"""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from core import follows, link_codes, operations
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

_ACCOUNT = Account.__table__.c.id
_BY_THEMSELVES = frozenset({Follow.__tablename__, Delivery.__tablename__})


class AlreadyLinkedError(CreditError):
    """One of the two accounts is linked already: with the other one, or with a third."""

    code = "already_linked"


def link(session: Session, wechat_id: int, code: str, *, now: datetime) -> None:
    """Make the account behind a WeChat address one with the account that this code is of.

    Raises LinkCodeError, AlreadyLinkedError.
    """
    app_id = link_codes.use(session, code, now=now)
    if app_id == wechat_id or has_wechat(session, app_id) or _has_app(session, wechat_id):
        raise AlreadyLinkedError
    merge(session, wechat_id, app_id, now=now)
    actor = f"account:{app_id}"
    trail.note(session, Act(actor, "self", "link", f"account:{wechat_id}"), now=now)


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


def _has_app(session: Session, account_id: int) -> bool:
    """Say whether somebody ever signed in to an account, or was verified with it."""
    # Our pages in WeChat are its own address, and no second one.
    elsewhere = SignIn.platform != Platform.WECHAT
    signed_in = select(SignIn.id).where(SignIn.account_id == account_id, elsewhere)
    verified = select(Verification.id).where(Verification.account_id == account_id)
    others = Address.account_id == account_id, Address.channel != Channel.WECHAT
    ways = (signed_in, verified, select(Address.id).where(*others))
    return any(session.scalar(one.limit(1)) is not None for one in ways)
