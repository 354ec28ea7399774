"""Subscription consents (订阅通知的授权): how many messages of a template may go to whom.

WeChat tells of the first answer to a pop-up, of refusals, and of what it sent. Of what somebody
ticked once and for all it says nothing more: of that a page tells us, which is a hint to try once
and no more.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import accounts, bulk
from core.accounts import Address, Channel
from core.db import Base, BigId, insert

# WeChat keeps no more of one-off consents, as far as is known; nobody collects more by hand.
MOST = 100


class Subscription(Base):
    """What one openid allows of one template: so many messages, or any number if it lasts.

    Which templates last our settings say, not WeChat's events. `hinted` are consents that only a
    page told us of. It belongs to the address, and goes with it.
    """

    __tablename__ = "subscriptions"

    address_id: Mapped[BigId] = mapped_column(
        ForeignKey(Address.id), primary_key=True, autoincrement=False
    )
    template_id: Mapped[str] = mapped_column(primary_key=True)
    left: Mapped[int]
    hinted: Mapped[int]
    changed_at: Mapped[datetime]


def accept(session: Session, openid: str, template_id: str, *, now: datetime) -> None:
    """Count a consent that WeChat told us of; what a page may have said of it counts no more."""
    counted = {"left": 1, "hinted": 0}
    more = {"left": _one_more(Subscription.left), "hinted": 0}
    _keep(session, (openid, template_id), counted, more=more, now=now)


def hint(session: Session, openid: str, template_id: str, *, now: datetime) -> None:
    """Note that a page says somebody agreed: whoever says so proves nothing, so try it once.

    While there are consents that WeChat told us of, it is taken to speak of one of them.
    """
    counted = {"left": 0, "hinted": 1}
    more = {"hinted": sa.case((Subscription.left > 0, 0), else_=1)}
    _keep(session, (openid, template_id), counted, more=more, now=now)


def refuse(session: Session, openid: str, template_id: str, *, now: datetime) -> None:
    """Note that somebody wants no such message, or that WeChat says nothing is left."""
    gone = {"left": 0, "hinted": 0}
    _keep(session, (openid, template_id), gone, more=gone, now=now)


def spend(session: Session, used: Mapping[tuple[str, str], int], *, now: datetime) -> None:
    """Take what was sent off the consents of (openid, template): counted ones before hints."""
    for (openid, template_id), number in sorted(used.items()):
        mine = (
            Subscription.address_id.in_(_address(openid)),
            Subscription.template_id == template_id,
        )
        left = Subscription.left - number
        session.execute(
            update(Subscription)
            .where(*mine)
            .values(
                left=sa.case((left > 0, left), else_=0),
                hinted=sa.case((Subscription.left > 0, Subscription.hinted), else_=0),
                changed_at=now,
            ),
            execution_options={"synchronize_session": False},
        )


def allowed(
    session: Session, openids: Collection[str], template_ids: Collection[str]
) -> dict[tuple[str, str], int]:
    """Return how many messages of which template may be tried to whom, if any may."""
    if not openids or not template_ids:
        return {}
    whose = bulk.among(session, Address.value, sorted(openids))
    which = Address.channel == Channel.WECHAT, Subscription.template_id.in_(sorted(template_ids))
    held = select(Address.value, Subscription).join(Address, Address.id == Subscription.address_id)
    rows = session.execute(held.where(whose, *which)).all()
    counts = {(openid, one.template_id): _count(one) for openid, one in rows}
    return {key: number for key, number in counts.items() if number}


def of_account(session: Session, account_id: int) -> list[Subscription]:
    """List what the addresses of an account allow."""
    mine = select(Subscription).join(Address, Address.id == Subscription.address_id)
    mine = mine.where(Address.account_id == account_id)
    return list(session.scalars(mine.order_by(Subscription.template_id)))


def forget(session: Session, account_id: int) -> None:
    """Forget what the addresses of an account allow."""
    mine = select(Address.id).where(Address.account_id == account_id)
    session.execute(
        delete(Subscription).where(Subscription.address_id.in_(mine)),
        execution_options={"synchronize_session": False},
    )


def _count(one: Subscription) -> int:
    return min(MOST, one.left + one.hinted)


def _one_more(column: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's columns
    return sa.case((column < MOST, column + 1), else_=MOST)


def _address(openid: str) -> sa.Select[int]:
    held = Address.channel == Channel.WECHAT, Address.value == openid
    return select(Address.id).where(*held)


def _keep(
    session: Session,
    whose: tuple[str, str],
    first: Mapping[str, Any],
    *,
    more: Mapping[str, Any],
    now: datetime,
) -> None:
    openid, template_id = whose
    accounts.at(session, Channel.WECHAT, openid, now=now)
    address_id = session.scalars(_address(openid)).one()
    row = {**first, "address_id": address_id, "template_id": template_id, "changed_at": now}
    new = insert(session, Subscription).values(row)
    said = {**more, "changed_at": now}
    keys = ["address_id", "template_id"]
    session.execute(new.on_conflict_do_update(index_elements=keys, set_=said))
