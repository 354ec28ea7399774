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
    dossier,
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

# What is told of each row, part by part; what is sealed is opened beside it.
FIELDS = {
    "addresses": "channel value active changed_at",
    "verification": "issuer organisation organisation_until verified_at",
    "consents": "document version given_at withdrawn_at",
    "devices": "platform device began_at seen_at ended_at",
    "subscriptions": "template_id left changed_at",
    "cases": "receipt_code kind state grounds opened_at changed_at",
    "evidence": "media_type size sha256 state uploaded_at",
    "shares": "most_uses uses created_at expires_at revoked_at",
    "authorisations": "purpose scope granted_at until revoked_at",
    "messages": "kind event_date owed_at read_at",
    "certificates": "number document_no authority decided_on state revoked_at",
    "reports": "report_no purpose state requested_at",
    "views": "at role who purpose legal_basis fields",
}


def of_account(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Facts:
    """Return everything as plain values, and note in the trail that it was exported."""
    return plain(gathered(session, vault, account_id, now=now))


def gathered(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Facts:
    """Return the same with days and instants as they are, for whoever writes them otherwise."""
    named = f"account:{account_id}"
    trail.note(session, Act(named, "self", "export", named), now=now)
    acting = representation.of_account(session, account_id, today=day(now))
    owner = Applicant(account_id, acting)
    return _of_account(session, vault, account_id, now=now) | _of_doings(session, vault, owner)


def plain(told: Facts) -> Facts:
    """Return what was gathered as plain values, instants in Kunming's time."""
    return {name: _plain(one) for name, one in told.items()}


def _of_account(session: Session, vault: Vault, account_id: int, *, now: datetime) -> Facts:
    account = session.get_one(Account, account_id)
    return {
        "exported_at": now,
        "registered_at": account.created_at,
        "phone": phones.of_account(session, vault, account_id),
        "addresses": _rows(session, Address, account_id, part="addresses"),
        "verification": _verification(session, account_id),
        "consents": [_shown(one, "consents") for one in consents.of_account(session, account_id)],
        "devices": _rows(session, SignIn, account_id, part="devices"),
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
            _shown(one, "subscriptions") for one in subscriptions.of_account(session, account_id)
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
        "certificates": _rows(session, Certificate, account_id, part="certificates"),
        "reports": _rows(session, Report, account_id, part="reports"),
        "views": _views(session, account_id),
    }


def _verification(session: Session, account_id: int) -> Facts | None:
    held = realname.of_account(session, account_id)
    return _shown(held, "verification") if held else None


def _cases(session: Session, vault: Vault, owner: Applicant) -> list[Facts]:
    """Return what they filed, but for organisations that they represent no more."""
    filed = Case.account_id == owner.account_id, case_access.is_of(owner)
    mine = select(Case).where(*filed).order_by(Case.id)
    held = session.scalars(mine)
    return [_shown(case, "cases") | {"statement": _statement(vault, case)} for case in held]


def _statement(vault: Vault, case: Case) -> str | None:
    sealed = case.statement_sealed
    return vault.open(sealed, cases.STATEMENT) if sealed else case.statement


def _evidence(session: Session, vault: Vault, owner: Applicant) -> list[Facts]:
    sent = Evidence.account_id == owner.account_id, case_access.has_file(owner)
    mine = select(Evidence).where(*sent).order_by(Evidence.id)
    held = session.scalars(mine)
    return [_shown(one, "evidence") | {"name": vault.open(one.name_sealed, NAME)} for one in held]


def _shares(session: Session, vault: Vault, account_id: int) -> list[Facts]:
    mine = select(Share).where(Share.account_id == account_id).order_by(Share.id)
    return [
        _shown(one, "shares") | {"note": vault.open(one.note, NOTE) if one.note else None}
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
    found = session.execute(mine).all()
    return [_shown(one, "authorisations") | {"institution": name} for one, name in found]


def _views(session: Session, account_id: int) -> list[Facts]:
    """Return who looked at their data; an organisation's is not a person's."""
    held = realname.of_account(session, account_id)
    if held is None or held.subject_id is None:
        return []
    found = dossier.looks(session, held.subject_id, limit=None)
    return [_shown(look, "views") for look in reversed(found)]  # oldest first, as all else


def _messages(session: Session, account_id: int) -> list[Facts]:
    columns = Delivery.kind, Event.event_date, Event.owed_at, Delivery.read_at
    mine = (
        select(*columns)
        .join(Event, Event.id == Delivery.event_id)
        .where(Delivery.account_id == account_id)
        .order_by(Event.id)
    )
    return [_shown(row, "messages") for row in session.execute(mine)]


def _rows(session: Session, table: Any, account_id: int, *, part: str) -> list[Facts]:  # noqa: ANN401
    mine = select(table).where(table.account_id == account_id).order_by(table.id)
    return [_shown(row, part) for row in session.scalars(mine)]


def _shown(row: object, part: str) -> Facts:
    return {name: getattr(row, name) for name in FIELDS[part].split()}


def _plain(value: Any) -> Any:  # noqa: ANN401 - facts of any depth
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return in_kunming(value).replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else value
