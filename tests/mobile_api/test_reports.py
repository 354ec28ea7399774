"""Reports at the app's door: asked for, fetched by their asker, verified by anybody."""

import base64
import hashlib
from datetime import timedelta

import pytest

from core.db import Reading, Writing
from core.operations import Operation
from core.reports import making, telling
from core.reports.ledger import Report, ReportState
from messages.report.shelf import digest
from tests.mobile_api.conftest import NOW, USCC, VAULT

PDF = b"%PDF-1.7 a report"


@pytest.fixture
def shelf(world):
    return world.shelf


@pytest.fixture
def ask(client, representative, subject):
    def ask(purpose="bidding", uscc=USCC, headers=representative):
        form = {"purpose": purpose}
        return client.post(f"/api/v1/entities/{uscc}/reports", json=form, headers=headers)

    return ask


@pytest.fixture
def asked(ask, database):
    """Ask for a report and return its number, which its asker learns when it is made."""

    def asked(**given):
        operation = ask(**given).json["id"]
        with Reading() as reading:
            same = reading.query(Operation.id).filter_by(public_id=operation).scalar_subquery()
            return reading.query(Report.report_no).filter_by(operation_id=same).scalar()

    return asked


@pytest.fixture
def make(database):
    """Make the report with this number, as a worker does."""

    def make(report_no, shelf, pdf=PDF):
        with Reading() as reading:
            report_id = reading.query(Report.id).filter_by(report_no=report_no).scalar()
        with Writing() as writing:
            told = telling.snapshot(writing, VAULT, report_id, valid_days=30, now=NOW)
            key = writing.get_one(Report, report_id).file_key
            facts = {"snapshot_hash": told.hash, "pdf_hash": digest(pdf), "size": len(pdf)}
            assert making.made(writing, report_id, **facts, now=NOW)
            shelf.place(key, shelf.draft(key, pdf))
        return report_id

    return make


def test_asking_is_answered_with_where_to_look(client, ask, representative, record, make, shelf):
    reply = ask()

    assert reply.status_code == 202
    assert reply.headers["Location"] == f"/api/v1/operations/{reply.json['id']}"
    assert (reply.json["kind"], reply.json["state"]) == ("report", "waiting")
    assert [reply.json[name] for name in ("result_url", "started_at", "finished_at")] == [None] * 3
    followed = client.get(reply.headers["Location"], headers=representative)
    assert (followed.json, followed.headers["Retry-After"]) == (reply.json, "2")


def test_the_operation_is_done_when_the_report_is(client, ask, asked, representative, make, shelf):
    number, where = asked(), ask().headers["Location"]
    url = f"/api/v1/reports/{number}"
    waiting = client.get(url, headers=representative)
    assert (waiting.json["state"], waiting.json["state_label"]) == ("requested", "正在生成")
    assert [waiting.json[name] for name in ("as_of", "verify_code", "size", "sha256")] == [None] * 4
    assert waiting.headers["Cache-Control"] == "private, no-cache"

    make(number, shelf)

    done = client.get(where, headers=representative).json
    assert (done["state"], done["result_url"]) == ("done", url)
    assert client.get(url, headers=representative).json["purpose_label"] == "招标投标"


def test_asked_twice_it_is_one_operation(ask, asked, make, shelf):
    first, again = ask().json["id"], ask().json["id"]
    make(asked(), shelf)

    assert first == again
    assert ask().json["id"] != first


def test_the_file_says_its_hash(client, asked, make, shelf, representative):
    number = asked()
    make(number, shelf)

    file = client.get(f"/api/v1/reports/{number}/file", headers=representative)

    assert file.headers["ETag"] == f'"{digest(PDF)}"'
    held = base64.b64encode(hashlib.sha256(PDF).digest()).decode()
    assert file.headers["Repr-Digest"] == f"sha-256=:{held}:"


def test_what_cannot_be_asked_for(ask, client, representative):
    assert ask(uscc="91530100MA00000000").json["code"] == "entity_not_found"
    assert ask(uscc="11010519491231002X").json["code"] == "citizen_id_refused"
    assert ask(purpose="fun").json["errors"] == [
        {"pointer": "#/purpose", "detail": "不在可选的值之内。"}
    ]
    assert ask(headers={}).json["code"] == "unauthorised"
    ask()
    assert ask(purpose="awards").json["code"] == "report_in_the_making"
    assert ask().status_code == 202


def test_a_made_report_is_fetched_by_its_asker_alone(
    client, asked, make, shelf, stranger, citizen, representative
):
    number = asked()
    url = f"/api/v1/reports/{number}"
    assert client.get(f"{url}/file", headers=representative).json["code"] == "report_not_ready"
    make(number, shelf)

    shown = client.get(url, headers=representative).json
    file = client.get(f"{url}/file", headers=representative)

    assert (shown["state"], shown["size"]) == ("valid", len(PDF))
    assert (shown["as_of"], shown["valid_until"]) == ("2026-11-23T09:00:00+08:00", "2026-12-23")
    assert file.data == PDF
    assert file.mimetype == "application/pdf"
    assert (
        file.headers["Content-Disposition"] == f'attachment; filename="credit-report-{number}.pdf"'
    )
    assert file.headers["Cache-Control"] == "private, no-cache"
    assert shown["sha256"] == hashlib.sha256(file.data).hexdigest()
    for other in (stranger, citizen):
        for path in (url, f"{url}/file"):
            assert client.get(path, headers=other).json["code"] == "report_not_found"
    assert client.get(url).json["code"] == "unauthorised"


def test_a_file_that_was_changed_is_never_given(client, asked, make, shelf, representative):
    number = asked()
    report_id = make(number, shelf)
    with Reading() as reading:
        key = reading.get_one(Report, report_id).file_key
    shelf.place(key, shelf.draft(key, PDF + b" "))

    reply = client.get(f"/api/v1/reports/{number}/file", headers=representative)

    assert (reply.status_code, reply.json["code"]) == (410, "report_damaged")


def test_a_recalled_report_is_not_given(client, asked, make, shelf, representative, record):
    number = asked()
    make(number, shelf)
    with Writing() as writing:
        making.recall_for_records(writing, [record.id], now=NOW)

    reply = client.get(f"/api/v1/reports/{number}/file", headers=representative)

    assert (reply.status_code, reply.json["code"]) == (410, "report_recalled")
    shown = client.get(f"/api/v1/reports/{number}", headers=representative).json
    assert (shown["state"], shown["state_label"]) == (ReportState.RECALLED, "已撤回")


def test_anybody_verifies_by_number_and_code(client, asked, make, shelf, world, representative):
    number = asked()
    make(number, shelf)
    code = client.get(f"/api/v1/reports/{number}", headers=representative).json["verify_code"]
    url = f"/api/v1/reports/{number}/verification"

    good = client.get(url, query_string={"code": code.lower()}).json
    bad = client.get(url, query_string={"code": "0000"}).json
    other = client.get(url.replace(number, "1" * 22), query_string={"code": code}).json

    assert (good["standing"], good["standing_label"]) == ("valid", "有效")
    assert (good["uscc"], good["name"]) == (USCC, "昆明示例商贸有限公司")
    assert good["sha256"] == digest(PDF)
    assert bad == other
    assert (bad["standing"], bad["name"], bad["as_of"]) == ("unknown", None, None)
    assert client.get(url).json["errors"] == [{"pointer": "?code", "detail": "必填。"}]
    world.now = NOW + timedelta(days=31)
    assert client.get(url, query_string={"code": code}).json["standing"] == "expired"


def test_anybody_verifies_by_the_hash_of_a_file(client, asked, make, shelf):
    make(asked(), shelf)

    def verify(sha256):
        return client.post("/api/v1/report-verifications", json={"sha256": sha256})

    assert verify(digest(PDF).upper()).json["standing"] == "valid"
    assert verify(digest(PDF + b" ")).json["standing"] == "unknown"
    for wrong in ("", "ab", "g" * 64, digest(PDF) + "\n", 5):
        assert verify(wrong).json["code"] == "invalid_request"


def test_a_newer_report_supersedes_the_older(client, asked, make, shelf, representative):
    first = asked()
    make(first, shelf)
    make(asked(), shelf, pdf=b"%PDF newer")

    shown = client.get(f"/api/v1/reports/{first}", headers=representative).json

    assert shown["state"] == "superseded"
    assert client.get(f"/api/v1/reports/{first}/file", headers=representative).data == PDF
