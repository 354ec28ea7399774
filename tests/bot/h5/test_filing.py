"""Objecting and applying for repair, and what becomes of it."""

import io

import pytest

from config import rulebook
from core import cases, certificates, promises
from core.cases import CaseKind, CaseState
from core.certificates import making
from core.db import Reading, Writing
from core.evidence.ledger import Evidence, of_case
from core.records import Record
from messages.report.shelf import Shelf, digest
from tests.bot.h5.scene import USCC

EVIL = "<script>alert('x')</script>"
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def _case(code):
    with Reading() as session:
        return cases.by_code(session, code)


def _photo(name="现场.jpg"):
    return (io.BytesIO(JPEG), name, "image/jpeg")


def test_somebody_is_told_first_whether_it_can_be_done(scene):
    record = scene.record(scene.person())
    phone = scene.phone()

    phone.open(f"/h5/records/{record.id}/eligibility")

    assert "现在可以办" in phone.page.text
    assert f"/h5/records/{record.id}/repair" in phone.page.links


def test_an_objection_with_a_photograph_is_filed(scene):
    record = scene.record(scene.person())
    phone = scene.phone()
    phone.open(f"/h5/records/{record.id}/objection")

    phone.send(
        "/objection",
        {"grounds": ["wrong"], "statement": EVIL, "files": [_photo(f"{EVIL}.jpg")]},
    )

    assert phone.place.startswith("/h5/me/cases/")
    assert "已经提交" in phone.page.text
    assert "<script>" not in phone.reply.text
    code = phone.place.rpartition("/")[2]
    case = _case(code)
    assert (case.kind, case.record_id) == (CaseKind.OBJECTION, record.id)
    with Reading() as session:
        assert len(of_case(session, case.id)) == 1


def test_a_repair_takes_the_promise(scene):
    record = scene.record(scene.person())
    phone = scene.phone()
    phone.open(f"/h5/records/{record.id}/repair")
    assert "信用承诺书" in phone.page.text

    phone.send("/repair", {"statement": "已经全部付清"})
    assert phone.reply.status_code == 422
    assert "已经全部付清" in phone.page.text  # nothing is typed twice
    assert "确认信用承诺" in phone.page.text
    phone.send("/repair", {"statement": "已经全部付清", "promised": "yes"})

    assert _case(phone.place.rpartition("/")[2]).promised_at is not None


def test_a_wrong_file_is_said_beside_the_form_and_the_others_are_kept(scene):
    record = scene.record(scene.person())
    phone = scene.phone()
    phone.open(f"/h5/records/{record.id}/objection")
    typed = {"grounds": ["wrong"], "statement": "不是这样"}

    phone.send("/objection", typed | {"files": [(io.BytesIO(b"nonsense"), "a.txt")]})
    assert phone.reply.status_code == 422
    assert "PDF" in phone.page.text
    phone.send("/objection", {"statement": "不是这样", "files": [_photo()]})
    assert phone.reply.status_code == 422
    with Reading() as session:
        kept = session.query(Evidence).one().public_id
    assert kept in phone.reply.text
    phone.send("/objection", typed)

    with Reading() as session:
        case = cases.by_code(session, phone.place.rpartition("/")[2])
        assert [one.public_id for one in of_case(session, case.id)] == [kept]


@pytest.mark.parametrize("is_kept", [True, False])
def test_what_was_typed_survives_a_proof_that_grew_stale(scene, redis, is_kept):
    record = scene.record(scene.person())
    first = scene.phone()
    first.open(f"/h5/records/{record.id}/objection")
    stale = scene.browse().sign_in()
    stale.open("/h5/me")
    token = stale.form("/sign-out")["fields"]
    data = token | {"grounds": "wrong", "statement": "写了很久的话"}
    place = f"/h5/records/{record.id}/objection"

    reply = stale.client.post(place, base_url=stale.base, data=data)
    assert reply.headers["Location"].startswith("/h5/identity")
    (key,) = redis.keys("h5:draft:*")
    if not is_kept:  # as if its key had gone
        redis.set(key, "k0.nonsense")
    stale.open(reply.headers["Location"])
    stale.send("/identity")

    assert (stale.place, stale.reply.status_code) == (place, 200)
    assert ("写了很久的话" in stale.page.text) is is_kept


def test_nobody_files_for_or_reads_the_cases_of_another(scene):
    record = scene.record(scene.person())
    phone, other = scene.phone(), scene.phone("lisi")
    phone.open(f"/h5/records/{record.id}/objection")
    phone.send("/objection", {"grounds": ["wrong"], "statement": "不对"})
    mine = phone.place

    for place in (mine, f"/h5/records/{record.id}/eligibility", f"/h5/records/{record.id}/repair"):
        other.open(place)
        assert other.reply.status_code == 404, place
    other.open("/h5/me")
    fields = other.form("/sign-out")["fields"]
    for step in ("supplement", "withdraw", "review", "resubmit"):
        data = fields | {"statement": "x", "version": "1"}
        reply = other.client.post(f"{mine}/{step}", base_url=other.base, data=data)
        assert reply.status_code == 404, step
    other.open("/h5/me/cases")
    assert mine.rpartition("/")[2] not in other.reply.text


def test_a_case_is_supplemented_withdrawn_and_filed_again(scene):
    scene.entity()
    record = scene.listing(scene.entity("昆明示例第二有限公司", "91530102000000019G"))
    phone = scene.phone(organisation="91530102000000019G")
    phone.open(f"/h5/records/{record}/objection")
    phone.send("/objection", {"grounds": ["wrong"], "statement": "不对"})
    code = phone.place.rpartition("/")[2]

    phone.send("/supplement", {"statement": EVIL, "files": [_photo()]})
    assert "已经补充" in phone.page.text
    assert "<script>" not in phone.reply.text
    old = phone.form("/withdraw")["fields"]
    phone.send("/supplement", {"statement": "再补充"})
    stale = phone.client.post(f"/h5/me/cases/{code}/withdraw", base_url=phone.base, data=old)
    assert stale.status_code == 409
    phone.open(f"/h5/me/cases/{code}")
    phone.send("/withdraw")
    assert _case(code).state is CaseState.WITHDRAWN
    phone.send("/resubmit")

    assert "已经重新提交" in phone.page.text
    assert phone.place.rpartition("/")[2] != code


def test_how_far_a_case_is_can_be_seen_by_its_code_alone(scene):
    record = scene.record(scene.person())
    phone, anybody = scene.phone(), scene.browse("lisi")
    phone.open(f"/h5/records/{record.id}/objection")
    phone.send("/objection", {"grounds": ["wrong"], "statement": "只有我知道的话"})
    code = phone.place.rpartition("/")[2]

    anybody.open("/h5/progress")
    anybody.send("/progress", {"code": code.lower()})

    assert "现在由谁办理" in anybody.page.text
    assert "只有我知道的话" not in anybody.page.text
    anybody.send("/progress", {"code": "7KQ2-M9XD-4TBV-W8RE"})
    assert anybody.reply.status_code == 404


def test_a_complaint_names_what_it_is_about(scene):
    scene.listing(scene.entity())
    phone = scene.phone(proven=False)
    phone.open("/h5/complaint")
    assert "昆明市人力资源和社会保障局" in phone.page.text

    phone.send("/complaint", {"matter": "department", "statement": EVIL})
    assert phone.reply.status_code == 422
    assert "<script>" not in phone.reply.text
    office = phone.reply.text.partition('<option value="1"')[1]
    assert office
    phone.send("/complaint", {"matter": "department", "department": "1", "statement": EVIL})

    assert "已经提交" in phone.page.text
    assert _case(phone.place.rpartition("/")[2]).kind is CaseKind.COMPLAINT


def test_the_certificate_of_a_granted_repair_is_its_applicants(scene, settings):
    record = scene.listing(scene.entity())
    phone, other = scene.phone(organisation=USCC), scene.phone("lisi")
    phone.open(f"/h5/records/{record}/repair")
    phone.send("/repair", {"statement": "已经付清", "promised": "yes"})
    mine = phone.place
    paper = f"{mine}/certificate"
    phone.open(paper)
    assert phone.reply.status_code == 404
    _grant(mine.rpartition("/")[2], scene, settings)

    phone.open(mine)
    assert any(str(link).endswith("/certificate") for link in phone.page.links)
    reply = phone.client.get(paper, base_url=phone.base)
    assert (reply.data, reply.mimetype) == (b"%PDF-1.7 a certificate", "application/pdf")
    other.open(paper)
    assert other.reply.status_code == 404


def _grant(code, scene, settings):
    """Grant the repair of a case as staff do, and make its paper as a worker does."""
    pdf, shelf = b"%PDF-1.7 a certificate", Shelf(settings.report_dir)
    with Writing() as session:
        case = cases.by_code(session, code)
        record = session.get_one(Record, case.record_id)
        promises.publish(session, case, record, rules=rulebook.load(), now=scene.now)
        held = certificates.owe(session, case, record, now=scene.now)
    with Writing() as session:
        making.told(session, scene.vault, held.id, now=scene.now)
        assert making.made(session, held.id, pdf_hash=digest(pdf), size=len(pdf), now=scene.now)
        again = session.get_one(certificates.Certificate, held.id)
        secret = making.secret(scene.vault, again)
        shelf.place(held.file_key, shelf.draft(held.file_key, pdf, secret))
