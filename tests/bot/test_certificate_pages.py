"""The page on which anybody verifies a certificate of repair, by its code or by its file."""

import pytest

from bot import verifying
from core import certificates
from core.certificates import making
from core.db import Reading, Writing
from core.records import Record
from tests.bot.test_verification import send
from tests.core.given import account
from tests.core.given_cases import opened

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def case(archive):
    entity = archive.entity("昆明示例<建筑>有限公司", uscc="91530111000000027C")
    record_id = archive.record(entity)

    with Reading() as session:
        return opened(session.get_one(Record, record_id), account_id=account())


@pytest.fixture
def certificate(case, printer):
    return printer.certify(case)


@pytest.fixture
def client(app):
    return app.test_client()


def page_of(held):
    return f"/wechat/certificates/{held.number}/{held.verify_code}"


def test_a_valid_certificate_is_shown_in_both_languages(client, certificate):
    reply = client.get(page_of(certificate))

    assert reply.status_code == 200
    for said in (
        "这份决定书有效",
        "This certificate is valid",
        "91530111000000027C",
        "昆明示例&lt;建筑&gt;有限公司",
        certificate.document_no,
    ):
        assert said in reply.text
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_a_revoked_one_says_so_first(client, certificate, case):
    with Writing() as session:
        certificates.revoke(session, case.id, now=certificate.issued_at)

    reply = client.get(page_of(certificate))

    assert reply.status_code == 200
    assert "这份决定书已撤销，请不要使用" in reply.text
    assert "撤销日期" in reply.text


def test_a_wrong_code_and_a_wrong_number_look_alike(client, certificate):
    wrong = [
        client.get(f"/wechat/certificates/{certificate.number}/{'0' * 16}"),
        client.get(f"/wechat/certificates/XF202611260000AAAA/{certificate.verify_code}"),
    ]

    assert [one.status_code for one in wrong] == [404, 404]
    assert wrong[0].text == wrong[1].text
    assert "没有查到这份决定书" in wrong[0].text


def test_what_is_typed_leads_to_the_page_of_the_certificate(client, certificate):
    typed = {"number": certificate.number.lower(), "code": certificate.verify_code.lower()}

    reply = client.post("/wechat/certificates", data=typed)

    assert (reply.status_code, reply.headers["Location"]) == (303, page_of(certificate))
    empty = client.post("/wechat/certificates", data={"number": "", "code": "x"})
    assert empty.status_code == 422
    assert "都填上" in empty.text


def test_each_kind_of_paper_leads_to_the_other(client):
    assert 'href="/wechat/reports"' in client.get("/wechat/certificates").text
    assert 'href="/wechat/certificates"' in client.get("/wechat/reports").text


def test_a_file_alone_is_known_and_one_bit_more_is_not(client, certificate, printer):
    secret = making.secret(printer.parts.vault, certificate)
    pdf = printer.parts.shelf.read(certificate.file_key, certificate.pdf_hash, secret)

    same = send(client, "/wechat/certificates/files", pdf)
    other = send(client, "/wechat/certificates/files", pdf + b" ")
    none = send(client, "/wechat/certificates/files", b"", name="")

    assert (same.status_code, other.status_code, none.status_code) == (200, 404, 422)
    assert "没有改动" in same.text
    assert "不是“信用昆明”出具的" in other.text


def test_a_file_is_compared_with_the_certificate_that_was_asked_for(client, certificate, printer):
    place = f"{page_of(certificate)}/file"
    pdf = printer.parts.shelf.read(certificate.file_key, certificate.pdf_hash)

    assert "没有改动" in send(client, place, pdf).text
    assert "不一致" in send(client, place, b"%PDF-1.7").text
    assert "没有收到文件" in send(client, place, b"", name="").text


def test_a_file_that_is_too_large_is_refused_in_the_words_of_this_page(client, certificate):
    large = b"x" * (verifying.LARGEST_FILE + 100_000)

    reply = send(client, "/wechat/certificates/files", large)

    assert reply.status_code == 413
    assert "不是我们出具的决定书" in reply.text
