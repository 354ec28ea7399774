"""Export (导出): all that we keep of an account, for its owner.

It is made when it is asked for and kept nowhere: a file of all one's data that lies about would be
one more thing to lose. What is on record about the person is read with an access row of its own.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import (
    case_access,
    cases,
    consents,
    follows,
    interests,
    phones,
    realname,
    representation,
    subscriptions,
)
from core.accounts import Account, Address
from core.audit import trail
from core.audit.trail import Act
from core.authorisations import Authorisation
from core.calendar import day, in_kunming
from core.cases import Case
from core.certificates import Certificate
from core.db import Facts
from core.eligibility import Applicant
from core.evidence.ledger import NAME, Evidence
from core.institutions import Institution
from core.outbox.deliveries import Delivery
from core.outbox.events import Event
from core.preferences import choices
from core.reports.ledger import Report
from core.shares import NOTE, Share
from core.sign_ins import SignIn
from core.vault import Vault


def of_account(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Facts:
    """Return everything as plain values, and note in the trail that it was exported."""
    named = f"account:{account_id}"
    trail.note(session, Act(named, "self", "export", named), now=now)
    acting = representation.of_account(session, account_id, today=day(now))
    owner = Applicant(account_id, acting)
    return _of_account(session, vault, account_id, now=now) | _of_doings(session, vault, owner)


def _of_account(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Facts:
    account = session.get_one(Account, account_id)
    return {
        "exported_at": _plain(now),
        "registered_at": _plain(account.created_at),
        "phone": phones.of_account(session, vault, account_id),
        "addresses": _rows(session, Address, account_id, names="channel value active changed_at"),
        "verification": _verification(session, account_id),
        "consents": [_shown(one, _CONSENT) for one in consents.of_account(session, account_id)],
        "devices": _rows(session, SignIn, account_id, names=_DEVICE),
        "follows": {
            "entities": [
                {"uscc": one.uscc, "name": one.name}
                for one in follows.subjects_of(session, account_id)
            ],
            "lists": list(follows.lists_of(session, account_id)),
            "campaigns": follows.follows_campaigns(session, account_id),
        },
        "interests": interests.exported(session, account_id),
        "subscriptions": [
            _shown(one, "template_id left changed_at")
            for one in subscriptions.of_account(session, account_id)
        ],
        "notice_settings": choices.exported(session, account_id),
    }


def _of_doings(session: Session, vault: Vault, owner: Applicant) -> Facts:
    account_id = owner.account_id
    return {
        "cases": _cases(session, vault, owner),
        "evidence": _evidence(session, vault, owner),
        "shares": _shares(session, vault, account_id),
        "authorisations": _authorisations(session, account_id),
        "messages": _messages(session, account_id),
        "certificates": _rows(session, Certificate, account_id, names=_CERTIFICATE),
        "reports": _rows(session, Report, account_id, names="report_no purpose state requested_at"),
    }


_DEVICE = "platform device began_at seen_at ended_at"
_CERTIFICATE = "number document_no authority decided_on state revoked_at"
_CONSENT = "document version given_at withdrawn_at"


def _verification(session: Session, account_id: int) -> Facts | None:
    held = realname.of_account(session, account_id)
    return _shown(held, "issuer organisation organisation_until verified_at") if held else None


def _cases(session: Session, vault: Vault, owner: Applicant) -> list[Facts]:
    """Return what they filed, but for organisations that they represent no more."""
    filed = Case.account_id == owner.account_id, case_access.is_of(owner)
    mine = select(Case).where(*filed).order_by(Case.id)
    names = "receipt_code kind state grounds opened_at changed_at"
    held = session.scalars(mine)
    return [_shown(case, names) | {"statement": _statement(vault, case)} for case in held]


def _statement(vault: Vault, case: Case) -> str | None:
    sealed = case.statement_sealed
    return vault.open(sealed, cases.STATEMENT) if sealed else case.statement


def _evidence(session: Session, vault: Vault, owner: Applicant) -> list[Facts]:
    sent = Evidence.account_id == owner.account_id, case_access.has_file(owner)
    mine = select(Evidence).where(*sent).order_by(Evidence.id)
    names = "media_type size sha256 state uploaded_at"
    held = session.scalars(mine)
    return [_shown(one, names) | {"name": vault.open(one.name_sealed, NAME)} for one in held]


def _shares(session: Session, vault: Vault, account_id: int) -> list[Facts]:
    mine = select(Share).where(Share.account_id == account_id).order_by(Share.id)
    names = "most_uses uses created_at expires_at revoked_at"
    return [
        _shown(one, names) | {"note": vault.open(one.note, NOTE) if one.note else None}
        for one in session.scalars(mine)
    ]


def _authorisations(session: Session, account_id: int) -> list[Facts]:
    held = realname.of_account(session, account_id)
    if held is None or held.subject_id is None:
        return []
    mine = (
        select(Authorisation, Institution.name)
        .join(Institution, Institution.id == Authorisation.institution_id)
        .where(Authorisation.subject_id == held.subject_id)
        .order_by(Authorisation.id)
    )
    names = "purpose scope granted_at until revoked_at"
    found = session.execute(mine).all()
    return [_shown(one, names) | {"institution": name} for one, name in found]


def _messages(session: Session, account_id: int) -> list[Facts]:
    columns = Delivery.kind, Event.event_date, Event.owed_at, Delivery.read_at
    mine = (
        select(*columns)
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.account_id == account_id)
        .order_by(Event.id)
    )
    names = "kind event_date owed_at read_at"
    return [_shown(row, names) for row in session.execute(mine)]


def _rows(session: Session, table: Any, account_id: int, *, names: str) -> list[Facts]:  # noqa: ANN401
    mine = select(table).where(table.account_id == account_id).order_by(table.id)
    return [_shown(row, names) for row in session.scalars(mine)]


def _shown(row: object, names: str) -> Facts:
    return {name: _plain(getattr(row, name)) for name in names.split()}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return in_kunming(value).replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else value
