"""Batches at the door: a file is taken in, checked as an operation, and told to its institution."""

import csv
import io

import pytest
from sqlalchemy import select

from config import checking
from core import operating
from core.checks.batches import Batch
from core.db import Reading, Writing
from core.institutions import Scope
from core.operations import OperationKind
from core.pace import Pace
from core.records import Record, RecordState
from tests.mobile_api.conftest import NOW, RULES, USCC
from tests.mobile_api.test_checks import LISTED, ORDER

UNKNOWN = "91530100MA99999999"


@pytest.fixture
def key(register):
    return register(NOW).key()


@pytest.fixture
def ask(client, key):
    def ask(text, headers=None, **changed):
        data = text if isinstance(text, bytes) else text.encode()
        form = ORDER | {"file": (io.BytesIO(data), "subjects.csv")} | changed
        return client.post(
            "/api/v1/check-batches",
            data={name: value for name, value in form.items() if value is not None},
            content_type="multipart/form-data",
            headers=headers or key,
        )

    return ask


@pytest.fixture
def work(database):
    """Do what waits, as a worker does."""

    def work(until=NOW):
        with Writing() as session:
            kinds = [OperationKind.BATCH_VERIFICATION]
            taken = operating.lease(session, kinds, now=NOW, pace=Pace())
        checking.run(taken, until, rules=RULES, pace=Pace(), clock=lambda: NOW)

    return work


@pytest.fixture
def done(client, ask, work, key):
    """Check a file to its end; return the address of what came of it."""

    def done(text):
        operation = ask(text).headers["Location"]
        work()
        told = client.get(operation, headers=key).json
        assert told["state"] == "done"
        return told["result_url"]

    return done


def test_a_file_is_taken_in_and_its_operation_says_how_far_it_is(client, ask, key, work, subject):
    reply = ask(f"{USCC}\n{UNKNOWN}\nx\n")

    assert reply.status_code == 202
    operation = client.get(reply.headers["Location"], headers=key)
    assert operation.json["progress"] == {"done": 0, "total": 3}
    assert (operation.json["state"], operation.json["result_url"]) == ("waiting", None)
    work()
    after = client.get(reply.headers["Location"], headers=key).json
    assert (after["state"], after["progress"]) == ("done", {"done": 3, "total": 3})
    assert client.get(after["result_url"], headers=key).status_code == 200


def test_the_result_has_a_number_an_instant_and_a_hash_that_anybody_verifies(client, done, key):
    told = client.get(done(f"{USCC}\nx"), headers=key).json

    assert (told["total"], told["checked"], told["rejected"]) == (2, 1, 1)
    assert told["as_of"] == "2026-11-23T09:00:00+08:00"
    form = {"check_no": told["check_no"], "sha256": told["sha256"]}
    verified = client.post("/api/v1/check-verifications", json=form).json
    assert (verified["genuine"], verified["as_of"]) == (True, told["as_of"])


def test_lines_are_listed_page_by_page_and_rejects_by_their_number(client, done, key, add_record):
    add_record(**LISTED)
    text = f"代码\n{USCC},昆明示例商贸有限公司\n{UNKNOWN}\n不是代码\n"
    address = f"{done(text)}/lines"

    first = client.get(f"{address}?limit=2", headers=key).json
    second = client.get(f"{address}?limit=2&cursor={first['next_cursor']}", headers=key).json

    listed, unknown = first["items"]
    assert (listed["line_no"], listed["outcome"], listed["serious_dishonesty"]) == (
        2,
        "found",
        True,
    )
    assert (listed["name_agrees"], len(listed["serious"])) == (True, 1)
    assert (unknown["outcome_label"], unknown["subject"]) == ("没有这个主体", None)
    (refused,) = second["items"]
    assert (refused["line_no"], refused["fault"], refused["uscc"]) == (4, "not_a_code", None)
    assert (refused["serious_dishonesty"], second["next_cursor"]) == (None, None)


def test_the_file_opens_as_text_and_no_cell_is_a_formula(client, done, key, add_subject):
    other = add_subject("=HYPERLINK(1)")
    address = done(f"{USCC},＝1+1\n{other.uscc},@x\n")

    reply = client.get(f"{address}/file.csv", headers=key)

    assert reply.mimetype == "text/csv"
    assert reply.text.startswith("\ufeff行号,")
    head, *rows = list(csv.reader(io.StringIO(reply.text.removeprefix("\ufeff"))))
    assert [len(row) for row in rows] == [len(head)] * 2
    assert rows[0][2] == "'＝1+1"
    assert (rows[1][2], rows[1][4]) == ("'@x", "'=HYPERLINK(1)")
    assert {row[-2] for row in rows} == {address.rpartition("/")[2]}


def test_a_line_whose_penalty_was_repaired_since_has_changed(client, done, key, add_record):
    held = add_record()
    address = done(USCC)
    with Writing() as session:
        session.get_one(Record, held.id).state = RecordState.REPAIRED

    (line,) = client.get(f"{address}/lines", headers=key).json["items"]

    assert (line["outcome"], line["counts"]) == ("changed", {})


def test_what_is_no_longer_public_is_in_no_download(client, done, key, add_record):
    held = add_record(**LISTED)
    address = done(USCC)
    with Writing() as session:
        session.get_one(Record, held.id).state = RecordState.WITHDRAWN

    file = client.get(f"{address}/file.csv", headers=key).text
    (line,) = client.get(f"{address}/lines", headers=key).json["items"]

    assert held.title not in file
    assert "记录有变动" in file
    assert (line["outcome"], line["serious"], line["subject"]) == ("changed", [], None)


def test_before_the_end_there_is_nothing_to_download(client, ask, key, subject):
    ask(USCC)
    with Reading() as session:
        number = session.scalars(select(Batch.check_no)).one()

    shown = client.get(f"/api/v1/check-batches/{number}", headers=key)
    assert (shown.json["checked"], shown.json["sha256"]) == (0, None)
    for tail in ("lines", "file.csv"):
        reply = client.get(f"/api/v1/check-batches/{number}/{tail}", headers=key)
        assert (reply.status_code, reply.json["code"]) == (409, "check_not_ready")


def test_another_institution_finds_nothing(client, ask, done, register):
    stranger = register(NOW).key()
    address = done(USCC)

    for tail in ("", "/lines", "/file.csv"):
        reply = client.get(address + tail, headers=stranger)
        missing = client.get(f"/api/v1/check-batches/C0{tail}", headers=stranger)
        assert reply.json | {"instance": ""} == missing.json | {"instance": ""}
        assert reply.json["code"] == "check_not_found"
    operation = ask(USCC).headers["Location"]
    assert client.get(operation, headers=stranger).json["code"] == "operation_not_found"


@pytest.mark.parametrize(
    ("text", "changed", "code"),
    [
        (b"", {}, "file_unreadable"),
        (b"PK\x03\x04\x00", {}, "file_unreadable"),
        ("\n".join(f"91530100MA{one:08}" for one in range(10_001)), {}, "batch_too_long"),
        (USCC, {"file": None}, "invalid_request"),
        (USCC, {"legal_basis": None}, "invalid_request"),
        (USCC, {"purpose": "curiosity"}, "invalid_request"),
        (USCC, {"subject": USCC}, "invalid_request"),
    ],
    ids=lambda given: str(given)[:20],
)
def test_what_cannot_be_taken_in_is_refused_and_nothing_is_kept(ask, text, changed, code):
    assert ask(text, **changed).json["code"] == code
    with Reading() as session:
        assert session.scalars(select(Batch)).all() == []


def test_a_body_of_more_than_two_megabytes_is_refused(client, key):
    kind = "multipart/form-data; boundary=b"
    body = b"--b\r\n" + b"x" * (2 * 1024 * 1024)

    reply = client.post("/api/v1/check-batches", data=body, content_type=kind, headers=key)

    assert (reply.status_code, reply.json["code"]) == (413, "too_large")


def test_a_body_that_is_no_form_is_refused(client, key):
    reply = client.post("/api/v1/check-batches", json=ORDER, headers=key)

    assert (reply.status_code, reply.json["code"]) == (415, "unsupported_media_type")


def test_a_key_for_single_checks_does_not_check_files(ask, register):
    assert ask(USCC, headers=register(NOW).key(Scope.CHECK_ENTITIES)).status_code == 403


def test_ten_thousand_lines_are_taken_in(ask):
    lines = "\n".join(f"91530100MA{one:08},昆明示例商贸有限公司" for one in range(10_000))

    assert ask(lines).json["progress"] == {"done": 0, "total": 10_000}


def test_three_files_of_an_institution_wait_at_most(ask, work, register):
    assert [ask(f"{USCC}\n").status_code for _ in range(3)] == [202] * 3

    refused = ask(f"{USCC}\n")
    assert (refused.status_code, refused.json["code"]) == (409, "too_many_batches")
    assert ask(f"{USCC}\n", register(NOW).key()).status_code == 202
    work()
    assert ask(f"{USCC}\n").status_code == 202
