"""What tests of certificates begin with: a repair filed, granted, its certificate made."""

from datetime import timedelta

from core import certificates, promises
from core.cases import Case
from core.certificates import making, proof
from core.certificates.ledger import Certificate
from core.db import Reading, Writing
from core.records import Record
from tests.core.department_files import RULES, VAULT
from tests.core.given import NOW, PACE

MINUTE = timedelta(minutes=1)


def owe(case, *, now=NOW):
    """Owe the certificate of a case, as granting does."""
    with Writing() as session:
        held = session.get_one(Case, case.id)
        record = session.get_one(Record, held.record_id)
        return certificates.owe(session, held, record, now=now)


def promise(case, *, now=NOW):
    with Writing() as session:
        held = session.get_one(Case, case.id)
        record = session.get_one(Record, held.record_id)
        return promises.publish(session, held, record, rules=RULES, now=now)


def lease(*, now=NOW):
    with Writing() as session:
        return making.lease(session, now=now, pace=PACE)


def told(certificate_id, *, now=NOW):
    with Writing() as session:
        return making.told(session, VAULT, certificate_id, now=now)


def made(certificate_id, *, now=NOW):
    with Writing() as session:
        return making.made(
            session, certificate_id, pdf_hash=f"{certificate_id:064}", size=9, now=now
        )


def revoke(case, *, now=NOW):
    with Writing() as session:
        return certificates.revoke(session, case.id, now=now)


def certificate(certificate_id):
    with Reading() as session:
        return session.get_one(Certificate, certificate_id)


def verdict(number, code):
    with Reading() as session:
        return proof.verify(session, number, code)
