"""Certificates: one for each repair, made once, revoked for good, known by a code."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import export, leaving, persons
from core.audit.trail import Entry
from core.case_errors import CertificateNotFoundError
from core.certificates import making, of_case, proof
from core.certificates.ledger import Certificate, of_own_case
from core.certificates.proof import UNKNOWN, Standing
from core.db import Reading, Writing
from core.persons import Given
from tests.core.department_files import CITIZEN_ID, VAULT
from tests.core.given import NOW, PACE, TODAY, account, at_once, record, subject
from tests.core.given_cases import moved, opened
from tests.core.given_certificates import (
    MINUTE,
    certificate,
    lease,
    made,
    owe,
    revoke,
    told,
    verdict,
)


@pytest.fixture
def entity(database):
    return subject()


@pytest.fixture
def one(entity):
    return record(entity.id)


@pytest.fixture
def case(one):
    return opened(one, account_id=account())


@pytest.fixture
def persons_case(database):
    with Writing() as session:
        given = [Given(CITIZEN_ID, "张三")]
        subject_id = persons.known(session, VAULT, given, now=NOW)[CITIZEN_ID]
    return opened(record(subject_id), account_id=account())


def test_a_certificate_says_what_ended_and_by_whom(case, one):
    held = owe(case)

    assert held.number.startswith("XF20260520")
    assert (held.document_no, held.authority, held.decided_on) == (
        one.document_no,
        one.authority,
        TODAY,
    )
    found = verdict(held.number.lower(), held.verify_code)
    assert (found.standing, found.name) == (Standing.VALID, "云南示例商贸有限公司")
    assert (found.document_no, found.decided_on) == (one.document_no, TODAY)


def test_of_one_case_there_is_one_certificate_however_often_it_is_owed(case):
    held = at_once(4, lambda: owe(case).number)

    assert len(set(held)) == 1
    with Reading() as session:
        assert session.scalar(select(func.count(Certificate.id))) == 1


def test_a_case_that_was_not_granted_has_none(case):
    with Reading() as session:
        assert of_case(session, case.id) is None
        with pytest.raises(CertificateNotFoundError):
            of_own_case(session, case)


def test_one_worker_gets_a_certificate_until_its_lease_is_over(case):
    held = owe(case)

    assert lease() == held.id
    assert lease() is None
    assert lease(now=NOW + PACE.lease) == held.id


def test_what_kills_its_worker_waits_longer_each_time_but_is_never_given_up(case):
    held = owe(case)
    moment = NOW
    for _ in range(40):
        assert lease(now=moment) == held.id
        moment = certificate(held.id).due_at

    assert moment - NOW > timedelta(hours=20)
    with Reading() as session:
        assert making.is_due(session, now=moment)


def test_a_made_certificate_is_due_no_more_and_made_once(case):
    held = owe(case)

    assert made(held.id)
    assert not made(held.id)
    assert lease(now=NOW + MINUTE) is None
    with Reading() as session:
        assert not making.is_due(session, now=NOW + MINUTE)
    assert certificate(held.id).pdf_hash == f"{held.id:064}"


def test_what_is_told_is_read_once_more_only_while_the_file_is_to_be_made(case):
    held = owe(case)

    found = told(held.id)
    assert (found.number, found.name) == (held.number, "云南示例商贸有限公司")
    assert found.id_number is None
    made(held.id)
    assert told(held.id) is None


def test_a_persons_certificate_names_the_person_writes_it_down_and_gets_a_secret(persons_case):
    held = owe(persons_case)

    found = told(held.id)
    assert (found.name, found.uscc) == ("张三", None)
    assert found.id_number == "*" * 14 + CITIZEN_ID[-4:]
    kept = certificate(held.id)
    first = making.secret(VAULT, kept)
    told(held.id)
    assert making.secret(VAULT, certificate(held.id)) == first
    assert len(first) == 32
    with Reading() as session:
        looks = session.scalars(select(Entry).where(Entry.subject_id == held.subject_id)).all()
        assert making.is_personal(session, kept)
    assert [one.purpose for one in looks] == ["own_certificate"] * 2
    assert verdict(held.number, held.verify_code).name is None


def test_an_entitys_file_has_no_secret(case):
    held = owe(case)
    told(held.id)

    assert making.secret(VAULT, certificate(held.id)) is None
    with Reading() as session:
        assert not making.is_personal(session, held)


def test_a_wrong_number_and_a_wrong_code_look_alike(case):
    held = owe(case)

    assert verdict(held.number, "0" * 16) == UNKNOWN
    assert verdict("XF20260520AAAAAAAA", held.verify_code) == UNKNOWN
    assert verdict("", "") == UNKNOWN
    assert verdict(held.number, "码") == UNKNOWN


def test_a_file_is_known_by_its_hash_alone(case):
    held = owe(case)
    made(held.id)

    with Reading() as session:
        assert proof.of_file(session, f"{held.id:064}".upper()).number == held.number
        assert proof.of_file(session, "f" * 64) == UNKNOWN


def test_a_revoked_certificate_says_so_and_its_file_is_not_made(case):
    held = owe(case)

    revoke(case, now=NOW + MINUTE)
    revoke(case, now=NOW + 2 * MINUTE)

    assert certificate(held.id).revoked_at == NOW + MINUTE
    found = verdict(held.number, held.verify_code)
    assert (found.standing, found.revoked_on) == (Standing.REVOKED, TODAY)
    assert lease(now=NOW + MINUTE) is None
    assert not made(held.id)


def test_revoking_where_there_is_none_changes_nothing(case):
    assert revoke(case) is None


def test_who_leaves_takes_the_file_that_names_the_person_along(persons_case, case):
    held, other = owe(persons_case), owe(case)
    told(held.id)
    made(held.id)
    moved(persons_case, "withdrawn")
    moved(case, "withdrawn")

    for whose in (persons_case.account_id, case.account_id):
        with Writing() as session:
            leaving.leave(session, whose, now=NOW)

    assert making.secret(VAULT, certificate(held.id)) is None
    assert verdict(held.number, held.verify_code).standing is Standing.VALID
    assert lease() == other.id


def test_who_leaves_before_the_file_is_made_gets_none(persons_case):
    held = owe(persons_case)
    moved(persons_case, "withdrawn")
    with Writing() as session:
        leaving.leave(session, persons_case.account_id, now=NOW)

    assert lease() is None
    assert told(held.id) is None


def test_an_export_lists_ones_certificates(case):
    held = owe(case)

    with Writing() as session:
        told_ = export.of_account(session, VAULT, case.account_id, now=NOW)["certificates"]
    assert [(one["number"], one["state"]) for one in told_] == [(held.number, "valid")]


def test_of_two_that_are_due_the_older_goes_first(entity):
    cases = [opened(record(entity.id), account_id=account()) for _ in range(2)]
    late = owe(cases[0], now=NOW + MINUTE)
    early = owe(cases[1])

    assert [lease(now=NOW + MINUTE), lease(now=NOW + MINUTE)] == [early.id, late.id]
