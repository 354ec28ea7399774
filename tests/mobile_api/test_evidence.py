"""Files through the door: sent, looked at, fetched, deleted, by who sent them and nobody else."""

import io
import logging

import pytest

from config import evidence
from config.evidence import Laboratory
from core.evidence import shelf
from core.evidence.kinds import LARGEST
from core.evidence.shelf import EvidenceShelf
from core.pace import Pace
from tests.core.files import ACTIVE, image, paper
from tests.mobile_api.files import PNG

from .conftest import VAULT


@pytest.fixture
def work(world):
    """Let a worker examine whatever waits."""

    def work():
        kept = EvidenceShelf(world.evidence_dir, VAULT)
        parts = Laboratory(kept, None, Pace(), lambda: world.now)
        while evidence.examine_next(parts):
            pass

    return work


@pytest.fixture
def get(client, representative):
    def get(tail, headers=None):
        headers = representative if headers is None else headers
        return client.get(f"/api/v1/evidence/{tail}", headers=headers)

    return get


def test_a_file_is_taken_and_waits_to_be_examined(upload):
    reply = upload(PNG, "缴款凭证.png")

    assert reply.status_code == 201
    said = reply.json
    assert reply.headers["Location"] == f"/api/v1/evidence/{said['id']}"
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert said == {
        "id": said["id"],
        "name": "缴款凭证.png",
        "media_type": "image/png",
        "size": len(PNG),
        "sha256": shelf.digest(PNG),
        "state": "pending",
        "state_label": "正在检查",
        "flaw": None,
        "flaw_label": None,
        "scanned": None,
        "pages": None,
        "kept_sha256": None,
        "kept_size": None,
        "uploaded_at": "2026-11-23T09:00:00+08:00",
        "expires_at": "2026-11-24T09:00:00+08:00",
    }


def test_a_file_is_fetched_as_it_was_kept_to_save_and_not_to_open(upload, get, work):
    sent = image("JPEG", place=True)
    name = upload(sent, "照片.jpg").json["id"]
    waiting = get(f"{name}/file")
    assert (waiting.status_code, waiting.json["code"]) == (409, "evidence_not_ready")

    work()

    held, file = get(name).json, get(f"{name}/file")
    assert (held["state"], held["scanned"], held["pages"]) == ("clean", False, 1)
    assert shelf.digest(file.data) == held["kept_sha256"]
    assert b"HUAWEI" not in file.data
    assert file.headers["Content-Disposition"] == f'attachment; filename="evidence-{name[:8]}.jpg"'
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert "sandbox" in file.headers["Content-Security-Policy"]


def test_a_refused_file_says_why_and_is_not_given_out(upload, get, work, object_to, record):
    name = upload(paper(1, ACTIVE["an attachment"]), "合同.pdf").json["id"]

    work()

    held = get(name).json
    assert (held["state"], held["flaw"]) == ("refused", "active_content")
    assert held["flaw_label"].startswith("文件里有脚本")
    assert get(f"{name}/file").json["code"] == "evidence_unfit"
    refused = object_to(record.id, evidence=[name])
    assert (refused.status_code, refused.json["code"]) == (409, "evidence_unfit")


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (b"", "a.pdf", 422, "evidence_empty"),
        (b"<html>", "a.pdf", 415, "evidence_type"),
        (PNG, "a.pdf", 415, "evidence_type"),
        (PNG, "a", 415, "evidence_type"),
        (PNG, "a.png.exe", 415, "evidence_type"),
        (PNG + b"\0" * (LARGEST + 1 - len(PNG)), "a.png", 413, "evidence_too_large"),
        (PNG + b"\0" * (LARGEST + 128 * 1024), "a.png", 413, "too_large"),
    ],
    ids=["empty", "html", "other", "bare", "program", "a byte too long", "far too long"],
)
def test_what_is_no_evidence_is_refused_at_the_door(upload, world, data, name, status, code):
    reply = upload(data, name)

    assert (reply.status_code, reply.json["code"]) == (status, code)
    assert reply.content_type == "application/problem+json"


def test_ten_megabytes_are_taken_here_and_nowhere_else(client, upload, representative):
    assert upload(PNG + b"\0" * (LARGEST - len(PNG)), "a.png").status_code == 201

    form = {"about": "service", "statement": "长" * 100_000}
    reply = client.post("/api/v1/complaints", json=form, headers=representative)
    assert (reply.status_code, reply.json["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("sent", "status", "pointer"),
    [
        ({}, 415, None),
        ({"file": "text"}, 422, "#/file"),
        ({"other": "text"}, 422, "#/file"),
    ],
    ids=["nothing", "a text", "another name"],
)
def test_a_form_without_a_file_is_refused(client, representative, sent, status, pointer):
    kind = {"content_type": "multipart/form-data"} if sent else {}

    reply = client.post("/api/v1/evidence", data=sent, headers=representative, **kind)

    assert reply.status_code == status, reply.text
    if pointer:
        assert reply.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/凭证.png", "凭证.png"),
        ("长" * 300 + ".png", "长" * 196 + ".png"),
        ("a\u202egnp.png", "agnp.png"),
    ],
)
def test_of_a_name_its_last_part_is_kept_without_tricks(upload, sent, kept):
    assert upload(PNG, sent).json["name"] == kept


def test_a_stranger_finds_nothing_and_changes_nothing(client, upload, get, stranger):
    name = upload().json["id"]
    address = f"/api/v1/evidence/{name}"

    for there, away in ((name, "0" * 32), (f"{name}/file", f"{'0' * 32}/file")):
        replies = [get(one, stranger) for one in (there, away)]
        assert [reply.status_code for reply in replies] == [404, 404]
        bodies = [reply.json | {"instance": ""} for reply in replies]
        assert bodies[0] == bodies[1]
    assert client.delete(address, headers=stranger).status_code == 404
    assert get(name).status_code == 200


def test_a_file_is_deleted_until_it_is_used(client, upload, get, object_to, record, representative):
    loose, used = upload().json["id"], upload().json["id"]
    object_to(record.id, evidence=[used])

    gone = client.delete(f"/api/v1/evidence/{loose}", headers=representative)
    kept = client.delete(f"/api/v1/evidence/{used}", headers=representative)

    assert (gone.status_code, kept.status_code) == (204, 409)
    assert kept.json["code"] == "evidence_attached"
    assert get(loose).status_code == 404
    assert get(used).json["expires_at"] is None


def test_a_strangers_file_cannot_be_filed(upload, stranger, object_to, record):
    name = upload(headers=stranger).json["id"]

    reply = object_to(record.id, evidence=[name])

    assert (reply.status_code, reply.json["code"]) == (404, "evidence_not_found")


def test_nothing_of_a_file_stands_in_clear_on_disk_or_in_the_log(upload, world, caplog, session):
    caplog.set_level(logging.DEBUG)
    sent = paper(1)

    name = upload(sent, "张三530102199003078515.pdf").json["id"]

    held = [path.read_bytes() for path in world.evidence_dir.iterdir()]
    assert not any(b"%PDF" in data or b"endobj" in data for data in held)
    assert all(name not in path.name for path in world.evidence_dir.iterdir())
    assert "张三" not in caplog.text
    assert "530102199003078515" not in caplog.text
    from core.evidence.ledger import Evidence

    one = session.query(Evidence).filter_by(public_id=name).one()
    assert "张三" not in one.name_sealed


def test_an_upload_that_is_sent_again_is_taken_once(client, representative, session):
    from core.evidence.ledger import Evidence

    def send():
        return client.post(
            "/api/v1/evidence",
            data={"file": (io.BytesIO(PNG), "a.png")},
            headers=representative | {"Idempotency-Key": "the-same-upload-1"},
        )

    first, second = send(), send()

    assert first.json == second.json
    assert second.headers["Idempotency-Replayed"] == "true"
    assert session.query(Evidence).count() == 1


def test_a_damaged_file_is_not_given_out(upload, get, work, world):
    name = upload().json["id"]
    work()
    for path in world.evidence_dir.iterdir():
        path.write_bytes(path.read_bytes()[:-1])

    reply = get(f"{name}/file")

    assert (reply.status_code, reply.json["code"]) == (410, "evidence_damaged")


def test_so_many_files_wait_and_no_more(upload):
    from core.evidence.ledger import MOST_WAITING

    for _ in range(MOST_WAITING):
        assert upload().status_code == 201

    assert upload().json["code"] == "too_much_evidence"
