"""Idempotency: what one caller asks under one key is done once, and answered alike ever after.

A key is claimed in a transaction of its own, so that others see that somebody is at work. The
answer is kept in the very transaction that does the work: whoever dies has done both or neither.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, PrimaryKey, insert
from core.errors import CreditError
from core.pace import Pace
from core.vault import Vault

SEALED = "idempotency.answer"


class IdempotencyRunningError(CreditError):
    """The same is being done at this moment for an earlier request under the same key."""

    code = "idempotency_running"


class IdempotencyReusedError(CreditError):
    """Something else was asked under this idempotency key before."""

    code = "idempotency_reused"


class KeptAnswer(Base):
    """One key: who holds it until when, and the sealed answer once there is one."""

    __tablename__ = "kept_answers"
    __table_args__ = (UniqueConstraint("caller", "route", "key"),)

    id: Mapped[PrimaryKey]
    caller: Mapped[str]
    route: Mapped[str]
    key: Mapped[str]
    fingerprint: Mapped[str]
    holder: Mapped[str]
    held_until: Mapped[datetime]
    answer: Mapped[str | None]
    asked_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True)
class Asked:
    """What is asked under which key, by whom.

    `content` is all that must be the same when it is asked again; only a keyed hash of it is kept.
    """

    caller: str
    route: str
    key: str
    content: str


@dataclass(frozen=True)
class Claim:
    """The right to do what was asked, until somebody else takes it over."""

    id: int
    holder: str


@dataclass(frozen=True)
class Answer:
    """An answer as it was given the first time."""

    status: int
    headers: list[tuple[str, str]]
    body: str


def claim(
    session: Session, asked: Asked, *, vault: Vault, now: datetime, pace: Pace
) -> Claim | Answer:
    """Claim a key, or return the answer that was given under it.

    Raises IdempotencyRunningError while somebody is at work, IdempotencyReusedError if something
    else was asked under this key.
    """
    prints = vault.hashes(asked.content)
    named = {"caller": asked.caller, "route": asked.route, "key": asked.key}
    wanted = _wanted(prints[0], now, pace)
    new = insert(session, KeptAnswer).values(named | wanted).on_conflict_do_nothing()
    if (added := session.scalar(new.returning(KeptAnswer.id))) is not None:
        return Claim(added, wanted["holder"])
    held = session.scalar(select(KeptAnswer).filter_by(**named))
    if held is None:  # whoever held it has just let go
        raise IdempotencyRunningError
    if held.asked_at <= now - pace.answers_kept:
        return _take_over(session, held, wanted)
    if held.fingerprint not in prints:
        raise IdempotencyReusedError
    return _given(held, vault) or _inherited(session, held, wanted)


def keep(session: Session, held: Claim, answer: Answer, *, vault: Vault) -> None:
    """Keep the answer, in the transaction that did the work.

    Raises IdempotencyRunningError if we were so slow that somebody else took over: then all that
    this transaction did must be undone.
    """
    sealed = vault.seal(json.dumps(asdict(answer)), SEALED)
    kept = update(KeptAnswer).where(*_ours(held)).values(answer=sealed)
    if session.scalar(kept.returning(KeptAnswer.id)) is None:
        raise IdempotencyRunningError


def release(session: Session, held: Claim) -> None:
    """Give a key back under which nothing was done."""
    session.execute(delete(KeptAnswer).where(*_ours(held)))


def drop(session: Session, caller: str) -> None:
    """Delete all that was answered to somebody who is here no more."""
    session.execute(delete(KeptAnswer).where(KeptAnswer.caller == caller))


def any_old(session: Session, *, now: datetime, pace: Pace) -> bool:
    """Say whether there is an answer to forget."""
    return session.scalar(select(KeptAnswer.id).where(_is_old(now, pace)).limit(1)) is not None


def forget(session: Session, *, now: datetime, pace: Pace) -> None:
    """Delete what was asked long ago."""
    session.execute(delete(KeptAnswer).where(_is_old(now, pace)))


def _wanted(fingerprint: str, now: datetime, pace: Pace) -> dict[str, Any]:
    return {
        "fingerprint": fingerprint,
        "holder": secrets.token_hex(16),
        "held_until": now + pace.request_lease,
        "answer": None,
        "asked_at": now,
    }


def _given(held: KeptAnswer, vault: Vault) -> Answer | None:
    if held.answer is None:
        return None
    kept = json.loads(vault.open(held.answer, SEALED))
    return Answer(kept["status"], [(name, value) for name, value in kept["headers"]], kept["body"])


def _inherited(session: Session, held: KeptAnswer, wanted: dict[str, Any]) -> Claim:
    if held.held_until > wanted["asked_at"]:
        raise IdempotencyRunningError
    return _take_over(session, held, wanted)


def _take_over(session: Session, held: KeptAnswer, wanted: dict[str, Any]) -> Claim:
    """Take over from whoever died, or begin anew after a day; of several who try, one does."""
    same = KeptAnswer.id == held.id, KeptAnswer.holder == held.holder
    unanswered = KeptAnswer.answer.is_(None) if held.answer is None else sa.true()
    taken = update(KeptAnswer).where(*same, unanswered).values(wanted)
    if session.scalar(taken.returning(KeptAnswer.id)) is None:
        raise IdempotencyRunningError
    return Claim(held.id, wanted["holder"])


def _ours(held: Claim) -> tuple[sa.ColumnElement[bool], ...]:
    mine = KeptAnswer.id == held.id, KeptAnswer.holder == held.holder
    return (*mine, KeptAnswer.answer.is_(None))


def _is_old(now: datetime, pace: Pace) -> sa.ColumnElement[bool]:
    return KeptAnswer.asked_at <= now - pace.answers_kept
