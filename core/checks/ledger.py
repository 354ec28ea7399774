"""The ledger of checks: who asked about whom, for what, on which basis, and what was answered."""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core import privacy, subjects
from core.audit import trail
from core.audit.trail import Access
from core.calendar import day, in_kunming
from core.checks import findings
from core.db import Base, BigId, Facts, PrimaryKey
from core.errors import CheckNotFoundError
from core.institutions import ApiKey, CheckPurpose, Holder, Institution
from core.rules import Rulebook
from core.subjects import Subject

READ = ("registration", "counts", "lists")  # what a check of an entity looks at
LISTINGS = ("serious", "others", "red")


class Check(Base):
    """One answer. `told` is what was told; `sha256` is the hash of it with number and order.

    Of a natural person nothing is kept in `told`: the answer is given once.
    """

    __tablename__ = "checks"

    id: Mapped[PrimaryKey]
    check_no: Mapped[str] = mapped_column(unique=True)
    institution_id: Mapped[BigId] = mapped_column(ForeignKey(Institution.id))
    key_id: Mapped[BigId] = mapped_column(ForeignKey(ApiKey.id))
    purpose: Mapped[CheckPurpose]
    legal_basis: Mapped[str]
    reference: Mapped[str | None]
    uscc: Mapped[str | None]
    subject_id: Mapped[BigId | None] = mapped_column(ForeignKey(Subject.id))
    as_of: Mapped[datetime]
    told: Mapped[Facts]
    sha256: Mapped[str]


Index("ix_checks_institution", Check.institution_id, Check.id)


@dataclass(frozen=True)
class Order:
    """Who asks, for what, on which legal basis; `reference` is the institution's own."""

    holder: Holder
    purpose: CheckPurpose
    legal_basis: str
    reference: str | None = None

    def access(self, fields: tuple[str, ...], subject_id: int | None) -> Access:
        """Return the row that says that data were read for this order."""
        return Access(
            actor=f"institution:{self.holder.id}",
            role="institution",
            purpose=self.purpose.value,
            legal_basis=self.legal_basis,
            fields=fields,
            subject_id=subject_id,
        )


def check(session: Session, rules: Rulebook, order: Order, *, uscc: str, now: datetime) -> Check:
    """Check one entity; write down the answer, and that it was read, in this transaction.

    A code that nobody bears is an answer too. Raises NotACodeError, CitizenIdRefusedError.
    """
    asked = subjects.read_code(uscc)
    found = findings.of(session, rules, [asked], today=day(now)).get(asked, findings.NOTHING)
    trail.note(session, order.access(READ, found.subject_id), now=now)
    return keep(
        session, order, {"uscc": asked} | found.facts(), subject_id=found.subject_id, now=now
    )


def keep(
    session: Session, order: Order, told: Facts, *, subject_id: int | None, now: datetime
) -> Check:
    """Write down an answer under a new number; of a natural person only its hash."""
    row = Check(
        check_no=number(now),
        institution_id=order.holder.id,
        key_id=order.holder.key_id,
        purpose=order.purpose,
        legal_basis=order.legal_basis,
        reference=order.reference,
        uscc=told.get("uscc"),
        subject_id=subject_id,
        as_of=now,
        told=told,
        sha256="",
    )
    row.sha256 = _hash(row, order.holder.uscc)
    if row.uscc is None:
        row.told = {}
    session.add(row)
    session.flush()
    return row


def number(now: datetime) -> str:
    """Return a new number of a check."""
    return f"C{in_kunming(now):%Y%m%d%H%M%S}{privacy.serial()}"


def of_institution(session: Session, check_no: str, institution_id: int) -> Check:
    """Return a check to the institution that made it. Raises CheckNotFoundError."""
    mine = Check.check_no == privacy.read_code(check_no), Check.institution_id == institution_id
    # Of a natural person nothing is kept that could be shown again.
    found = session.scalar(select(Check).where(*mine, Check.uscc.is_not(None)))
    if found is None:
        raise CheckNotFoundError
    return found


def ours(session: Session, check_no: str, sha256: str) -> Check | None:
    """Return the check of this number if this is its hash; a wrong one and no such look alike."""
    found = session.scalar(select(Check).where(Check.check_no == privacy.read_code(check_no)))
    held = found.sha256 if found else ""
    return found if hmac.compare_digest(held.encode(), sha256.lower().encode()) else None


def record_ids(told: Facts) -> Iterator[int]:
    """Give the records that an answer counted."""
    return chain.from_iterable(told.get("ids", {}).values())


def still_holds(told: Facts, public: Collection[int]) -> bool:
    """Say whether all that was told is among what is public now.

    Of an answer kept without its records' ids that can be said of none: it is to be asked anew.
    """
    return "ids" in told and set(record_ids(told)) <= set(public)


def _hash(row: Check, institution: str) -> str:
    order = (row.purpose.value, row.legal_basis, row.reference)
    whole = [row.check_no, institution, *order, row.as_of.isoformat(), row.told]
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
