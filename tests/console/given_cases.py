"""Cases as the console meets them: an entity and a person apply, on the console's day."""

from datetime import date

from core import applying, objection, realname
from core.applying import Office
from core.cases import Case
from core.casework import steps
from core.casework.held import Seen
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.evidence import ledger
from core.evidence.kinds import EvidenceState, MediaType
from core.evidence.ledger import Arrived
from core.evidence.shelf import digest
from core.objection import Grounds
from core.realname import Verified
from tests.console.conftest import NOW
from tests.core.given import account, record, subject


def represented(entity):
    """Open an account that represents an entity."""
    one = account()
    with Writing() as session:
        verified = Verified("issuer", f"person-{one}", None, entity.uscc, date.max)
        realname.bind(session, one, verified, now=NOW)
    return Applicant(one, entity.uscc)


def object_to(parts, by, one, *, text="金额有误", evidence=(), grounds=(Grounds.WRONG,)):
    form = applying.Form(text, grounds, tuple(evidence))
    office = Office(parts.rules, parts.vault)
    with Writing() as session:
        return objection.file(session, by, one.id, form=form, office=office, now=NOW)


def sent(parts, account_id, data, *, name="凭证.png", kind=MediaType.PNG):
    """Let a file have been sent and found clean; return its public id."""
    key = f"{account_id:032x}"
    parts.evidence.put(key, data)

    with Writing() as session:
        sealed = parts.vault.seal(name, ledger.NAME)
        arrived = Arrived(account_id, key, kind, sealed, digest(data), len(data))
        one = ledger.add(session, arrived, now=NOW)
        one.state, one.kept_sha256, one.kept_size = EvidenceState.CLEAN, digest(data), len(data)
        return one.public_id


def an_objection(parts, **given):
    """Let an entity object to its penalty; return the case, its record and who filed."""
    entity = subject()
    one = record(entity.id, facts={"content": "罚款", "legal_basis": "某法"}, ends_on=None)
    by = represented(entity)
    return object_to(parts, by, one, **given), one, by


def a_persons(parts, on_record):
    """Let a natural person object to an own record; return the case and the person."""
    held = on_record(parts.vault, NOW)
    person = held.person()
    one = held.record(person)
    by = Applicant(account(), None, person)
    with Writing() as session:
        realname.bind(session, by.account_id, Verified("issuer", "p", person), now=NOW)
    return object_to(parts, by, one), person


def step(name, parts, staff, case, **given):

    with Reading() as session:
        seen = Seen(case.id, session.get_one(Case, case.id).version)
    office = Office(parts.rules, parts.vault)
    with Writing() as session:
        return getattr(steps, name)(session, staff, seen, office=office, now=NOW, **given)
