"""Certificates at the app's door: fetched by who was granted the repair, verified by anybody."""

import pytest

from core import cases, certificates, promises
from core.certificates import making
from core.db import Writing
from core.records import Record
from messages.report.shelf import digest

from .conftest import NOW, RULES, VAULT

PDF = b"%PDF-1.7 a certificate"


@pytest.fixture
def code(repair, record):
    return repair(record.id).json["receipt_code"]


@pytest.fixture
def grant(database):
    """Grant the repair of a case, as staff do."""

    def grant(code):
        with Writing() as session:
            case = cases.by_code(session, code)
            one = session.get_one(Record, case.record_id)
            promises.publish(session, case, one, rules=RULES, now=NOW)
            return certificates.owe(session, case, one, now=NOW)

    return grant


@pytest.fixture
def make(database, world):
    def make(held, pdf=PDF):
        with Writing() as session:
            making.told(session, VAULT, held.id, now=NOW)
            facts = {"pdf_hash": digest(pdf), "size": len(pdf), "now": NOW}
            assert making.made(session, held.id, **facts)
            again = session.get_one(certificates.Certificate, held.id)
            secret = making.secret(VAULT, again)
            world.shelf.place(held.file_key, world.shelf.draft(held.file_key, pdf, secret))

    return make


@pytest.fixture
def get(client, representative):
    def get(code, tail="", headers=None):
        headers = representative if headers is None else headers
        return client.get(f"/api/v1/me/cases/{code}/certificate{tail}", headers=headers)

    return get


def test_there_is_none_until_the_repair_is_granted(get, code, grant):
    assert (get(code).status_code, get(code).json["code"]) == (404, "certificate_not_found")
    held = grant(code)

    reply = get(code)
    assert reply.status_code == 200
    assert reply.json["number"] == held.number
    assert (reply.json["state_label"], reply.json["decided_on"]) == ("有效", "2026-11-23")
    assert (reply.json["sha256"], reply.json["size"]) == (None, None)
    waiting = get(code, "/file")
    assert (waiting.status_code, waiting.json["code"]) == (409, "certificate_not_ready")


def test_the_applicant_downloads_exactly_what_was_made(get, code, grant, make):
    make(grant(code))

    reply = get(code, "/file")
    assert (reply.status_code, reply.data) == (200, PDF)
    assert reply.mimetype == "application/pdf"
    assert "attachment" in reply.headers["Content-Disposition"]
    assert get(code).json["sha256"] == digest(PDF)


def test_a_stranger_cannot_tell_that_there_is_one(get, code, grant, make, stranger):
    make(grant(code))

    for tail in ("", "/file"):
        reply = get(code, tail, stranger)
        assert (reply.status_code, reply.json["code"]) == (404, "case_not_found")


def test_a_revoked_one_is_not_given_out(get, code, grant, make):
    held = grant(code)
    make(held)
    with Writing() as session:
        certificates.revoke(session, held.case_id, now=NOW)

    assert (get(code).json["state"], get(code).json["state_label"]) == ("revoked", "已撤销")
    reply = get(code, "/file")
    assert (reply.status_code, reply.json["code"]) == (410, "certificate_revoked")


def test_anybody_verifies_by_number_and_code(client, code, grant, record):
    held = grant(code)
    place = f"/api/v1/certificates/{held.number.lower()}/verification"

    found = client.get(place, query_string={"code": held.verify_code}).json
    assert (found["standing"], found["standing_label"]) == ("valid", "有效")
    assert (found["document_no"], found["authority"]) == (record.document_no, record.authority)
    wrong = client.get(place, query_string={"code": "0" * 16}).json
    assert (wrong["standing"], wrong["number"], wrong["name"]) == ("unknown", None, None)


def test_anybody_verifies_a_file_by_its_hash(client, code, grant, make):
    held = grant(code)
    make(held)
    place = "/api/v1/certificate-verifications"

    assert client.post(place, json={"sha256": digest(PDF)}).json["number"] == held.number
    assert client.post(place, json={"sha256": digest(PDF + b" ")}).json["standing"] == "unknown"


def test_the_case_shows_which_promise_was_signed(client, code, representative):
    shown = client.get(f"/api/v1/me/cases/{code}", headers=representative).json

    assert shown["promise_version"] == promises.VERSION
    assert "材料真实" in shown["promise"]


def test_the_promise_that_is_shown_first_is_the_one_that_can_be_signed(
    client, repair, record, representative
):
    place = f"/api/v1/records/{record.id}/eligibility"
    shown = client.get(place, headers=representative).json["repair"]

    old = repair(record.id, promise_version="2018-01")
    assert (old.status_code, old.json["code"]) == (409, "promise_outdated")
    signed = repair(record.id, promise_version=shown["promise_version"])
    assert signed.status_code == 201


def test_an_objection_has_no_promise_to_show(client, object_to, record, representative):
    code = object_to(record.id).json["receipt_code"]

    shown = client.get(f"/api/v1/me/cases/{code}", headers=representative).json
    assert (shown["promise_version"], shown["promise"]) == (None, None)
