"""Rotation (更换密钥): what is sealed or hashed is made anew with the keys in force, in chunks.

Each chunk is a transaction of its own, and what is done already stays as it is: whoever is cut
off begins again. Nobody reads anything: each chunk leaves an act in the trail, and no access.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, inspect, or_, select, update
from sqlalchemy.orm import Session

from core import (
    cases,
    challenges,
    codes,
    corrections,
    idempotency,
    installations,
    persons,
    phones,
    proposals,
    shares,
)
from core.audit import trail
from core.audit.trail import Act
from core.cases import Case, CaseEvent
from core.certificates import ledger as certificates
from core.certificates.ledger import Certificate
from core.challenges import Challenge
from core.codes import Code
from core.corrections import Correction
from core.evidence import ledger as evidence
from core.evidence.ledger import Evidence
from core.idempotency import KeptAnswer
from core.installations import Installation
from core.intake.works import Work
from core.pace import Pace
from core.persons import Person
from core.phones import Phone
from core.proposals import Proposal
from core.records import SEALED_FACTS, Record
from core.reports import ledger
from core.reports.ledger import Report
from core.shares import Share
from core.staff import approvals, members
from core.staff.approvals import Approval
from core.staff.members import Member
from core.vault import Vault

PAGE = 500


@dataclass(frozen=True)
class Part:
    """One kind of thing that is sealed, for these columns.

    `rotate` makes the next ones after an id anew and returns the last id, or None at the end;
    `left` counts those that need an older key; `last` is the greatest id.
    """

    name: str
    abouts: tuple[str, ...]
    rotate: Callable[[Session, Vault, int], int | None]
    left: Callable[[Session, Vault], int]
    last: Callable[[Session], int]


def step(session: Session, vault: Vault, part: Part, *, after: int, now: datetime) -> int | None:
    """Make the next chunk of a part anew; return where to go on, or None. Raises VaultError."""
    last = part.rotate(session, vault, after)
    if last is not None:
        trail.note(session, Act("cli", "keys", "rotate", part.name, {"upto": last}), now=now)
    return last


def hashed_until(session: Session, pace: Pace) -> datetime | None:
    """Return until when something lives that cannot be hashed anew, as we do not keep its text."""
    asked = session.scalar(select(func.max(KeptAnswer.asked_at)))
    sent = session.scalar(select(func.max(Code.made_at)))
    ends = [asked + pace.answers_kept] if asked else []
    ends += [sent + codes.LIMITS[-1][0]] if sent else []
    return max(ends, default=None)


def _column(column: Any, about: str, *, hashed: Any = None) -> Part:  # noqa: ANN401
    """Return the part that is one column, text or null, of a table with a number for a key.

    `hashed` is the column that holds the text's hash, if one does.
    """
    model = column.class_
    key = inspect(model).primary_key[0]

    def rotate(session: Session, vault: Vault, after: int) -> int | None:
        page = select(key, column).where(key > after, column.is_not(None)).order_by(key)
        # Which key made a hash it does not say: those are all made anew.
        page = page if hashed is not None else page.where(_is_old(column, vault))
        rows = session.execute(page.limit(PAGE).with_for_update()).all()
        anew = [
            {key.name: id_} | _anew(vault, sealed, about, columns=(column, hashed))
            for id_, sealed in rows
        ]
        if anew:
            session.execute(update(model), anew)
        return int(rows[-1][0]) if rows else None

    def left(session: Session, vault: Vault) -> int:
        return _count(session, select(key).where(_is_old(column, vault)))

    name = f"{model.__tablename__}_{column.key}"
    return Part(name, (about,), rotate, left, lambda session: _greatest(session, key))


def _anew(vault: Vault, sealed: str, about: str, *, columns: tuple[Any, Any]) -> dict[str, str]:
    column, hashed = columns
    text = vault.open(sealed, about)
    made = {column.key: sealed if vault.is_newest(sealed) else vault.seal(text, about)}
    return made if hashed is None else made | {hashed.key: vault.hashes(text)[0]}


def _persons_left(session: Session, vault: Vault) -> int:
    olds = [_is_old(column, vault) for column in (Person.number_sealed, Person.name_sealed)]
    return _count(
        session, select(Person.subject_id).where(or_(*olds, _has_one_hash(Person, vault)))
    )


def _phones_left(session: Session, vault: Vault) -> int:
    old = or_(_is_old(Phone.number_sealed, vault), _has_one_hash(Phone, vault))
    return _count(session, select(Phone.account_id).where(old))


def _has_one_hash(model: Any, vault: Vault) -> ColumnElement[bool]:  # noqa: ANN401
    # While two keys are in force every row has two hashes, unless it was made with one of them.
    return model.other_hash.is_(None) if len(vault.hash_keys) > 1 else false()


def _facts(session: Session, vault: Vault, after: int) -> int | None:
    page = _sealed_records().where(Record.id > after).order_by(Record.id).limit(PAGE)
    records = session.scalars(page.with_for_update(of=Record)).all()
    for record in records:
        sealed = record.facts.get("sealed")
        if sealed and not vault.is_newest(sealed):
            record.facts = {"sealed": vault.seal(vault.open(sealed, SEALED_FACTS), SEALED_FACTS)}
    session.flush()
    return records[-1].id if records else None


def _facts_left(session: Session, vault: Vault) -> int:
    return _count(session, _sealed_records().where(_is_old(_SEALED, vault)))


_SEALED = Record.facts["sealed"].as_string()


def _sealed_records() -> Any:  # noqa: ANN401
    return select(Record).join(Person, Person.subject_id == Record.subject_id)


def _is_old(column: Any, vault: Vault) -> ColumnElement[bool]:  # noqa: ANN401
    return and_(column.is_not(None), column.not_like(f"{vault.newest}.%"))


def _count(session: Session, rows: Any) -> int:  # noqa: ANN401
    return session.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _greatest(session: Session, key: Any) -> int:  # noqa: ANN401
    return session.scalar(select(func.max(key))) or 0


PARTS = (
    Part(
        "persons",
        (persons.NUMBER, persons.NAME),
        lambda session, vault, after: persons.rotate(session, vault, after=after, limit=PAGE),
        _persons_left,
        lambda session: _greatest(session, Person.subject_id),
    ),
    Part(
        "record_facts",
        (SEALED_FACTS,),
        _facts,
        _facts_left,
        lambda session: _greatest(session, Record.id),
    ),
    Part(
        "phones",
        (phones.NUMBER,),
        lambda session, vault, after: phones.rotate(session, vault, after=after, limit=PAGE),
        _phones_left,
        lambda session: _greatest(session, Phone.account_id),
    ),
    _column(Challenge.secrets_sealed, challenges.SECRETS),
    _column(KeptAnswer.answer, idempotency.SEALED),
    _column(Installation.token_sealed, installations.TOKEN, hashed=Installation.token_hash),
    _column(Case.statement_sealed, cases.STATEMENT),
    _column(CaseEvent.note_sealed, cases.NOTE),
    _column(Proposal.text_sealed, cases.NOTE),
    _column(Proposal.changes_sealed, proposals.CHANGES),
    _column(Proposal.answer_sealed, proposals.ANSWER),
    _column(Evidence.name_sealed, evidence.NAME),
    _column(Report.secret, ledger.OF_FILE),
    _column(Certificate.secret, certificates.OF_FILE),
    _column(Share.note, shares.NOTE),
    _column(Code.sealed, codes.TEXT),
    _column(Member.totp_sealed, members.TOTP),
    _column(Correction.changes_sealed, corrections.CHANGES),
    _column(Approval.why_sealed, approvals.WHY),
    _column(Approval.answer_sealed, approvals.WHY),
    _column(Work.why_sealed, approvals.WHY),
)
