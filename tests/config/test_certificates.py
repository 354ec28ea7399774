"""Certificates made by workers: PDF/A with Chinese text, one file each, a person's encrypted."""

from datetime import UTC, date, datetime

import pytest

from config import jobs, reports, ticker
from core import certificates, persons
from core.cases import Case
from core.certificates import Certificate, making
from core.certificates.making import Told
from core.db import Reading, Writing
from core.pace import Pace
from core.persons import Given
from core.records import Record
from messages.report.shelf import digest
from messages.wording import certificate_zh as words
from tests.config.programs import GOOD, let_go
from tests.core.department_files import CITIZEN_ID, RULES
from tests.core.given import account, record, subject
from tests.core.given_cases import opened

NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def case(database):
    one = record(subject().id, document_no="昆人社〔2026〕7号", rule="令45 拖欠农民工工资")
    return opened(one, account_id=account())


def owe(case):
    with Writing() as session:
        held = session.get_one(Case, case.id)
        one = session.get_one(Record, held.record_id)
        return certificates.owe(session, held, one, now=NOW).id


def files(printer):
    return sorted(path.name for path in printer.folder.iterdir()) if printer.folder.exists() else []


def kept(printer, held):
    secret = making.secret(printer.parts.vault, held)
    return printer.parts.shelf.read(held.file_key, held.pdf_hash, secret)


def test_a_certificate_is_one_page_of_pdf_a_with_all_that_was_decided(printer, case, poppler):
    held = printer.certify(case)

    pdf = kept(printer, held)
    assert (digest(pdf), len(pdf)) == (held.pdf_hash, held.size)
    assert files(printer) == [f"{held.file_key}.pdf"]
    assert b"pdfaid:part>2<" in pdf
    text = "".join(poppler.text(pdf).split())
    for said in (words.TITLE, held.number, "昆人社〔2026〕7号", "云南示例商贸有限公司"):
        assert said in text
    assert "（人力资源社会保障部令第45号），决定准予信用修复" in text
    assert "终止公示上述信息" in text
    assert reports.make_certificate(printer.parts, held.id) is False


def test_the_same_facts_give_the_same_bytes_and_odd_signs_stop_nothing(printer):
    facts = {
        "number": "XF20261126QX3ZKD1M",
        "verify_code": "0123456789ABCDEF",
        "name": "昆明\u202e示例😀#[有限]公司" + "A" * 60,
        "uscc": None,
        "id_number": None,
        "record_kind": "penalty",
        "document_no": "",
        "authority": "昆明市市场监督管理局",
        "rule": None,
        "decided_on": date(2026, 11, 23),
        "issued_at": NOW,
    }
    press = printer.parts.press

    assert press.certificate(Told(**facts)) == press.certificate(Told(**facts))


def test_a_persons_file_lies_encrypted_and_names_the_person(printer, poppler, database):
    with Writing() as session:
        given = [Given(CITIZEN_ID, "张三")]
        vault = printer.parts.vault
        who = persons.known(session, vault, given, now=NOW)[CITIZEN_ID]

    held = printer.certify(opened(record(who), account_id=account()))

    raw = (printer.folder / f"{held.file_key}.pdf").read_bytes()
    assert not raw.startswith(b"%PDF")
    text = poppler.text(kept(printer, held))
    assert "张三" in text
    assert CITIZEN_ID not in text
    assert CITIZEN_ID[-4:] in text


def test_what_was_made_or_revoked_meanwhile_leaves_no_file(printer, case):
    owed = owe(case)
    press = printer.parts.press

    class Slow:
        def certificate(self, told):
            with Writing() as session:
                certificates.revoke(session, case.id, now=NOW)
            return press.certificate(told)

    parts = printer.parts
    slow = reports.Printing(Slow(), parts.shelf, 30, parts.vault, parts.clock)

    assert reports.make_certificate(slow, owed) is False
    assert files(printer) == []


def test_a_job_makes_what_is_owed(case, valkey_url, redis, tmp_path, monkeypatch, database):
    place = {"DATABASE_URL": database.url, "REDIS_URL": valkey_url, "VAR_DIR": str(tmp_path)}
    for name, value in (GOOD | place).items():
        monkeypatch.setenv(name, value)
    for built in (jobs.tools, jobs.printing):
        built.cache_clear()
    owed = owe(case)
    entry = next(one for one in ticker.entries(Pace()) if one.job is jobs.make_certificates)
    with Reading() as session:
        assert entry.is_due(session, NOW)

    jobs.make_certificates()

    with Reading() as session:
        assert session.get_one(Certificate, owed).pdf_hash
        assert not entry.is_due(session, datetime.now(UTC))
    for built in (jobs.tools, jobs.printing):
        built.cache_clear()
    let_go(database)


def test_every_rule_that_repair_is_granted_by_has_a_citation_to_print():
    assert all(term.citation.partition("：")[0] for term in RULES.terms)
