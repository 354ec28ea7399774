"""A case at the console: read for a purpose, decided by two, safe against what citizens type."""

import re

import pytest
from sqlalchemy import select

from console import gate
from core import own_cases
from core.applying import Form, Office
from core.audit.trail import Entry, TrailKind
from core.cases import Case, CaseState
from core.db import Reading, Writing
from core.eligibility import Applicant
from core.evidence import ledger
from core.evidence.kinds import MediaType
from core.records import Record, RecordState
from core.staff.roles import Role
from core.subjects import Subject
from tests.console.conftest import NOW
from tests.console.given_cases import a_persons, an_objection, sent, step

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100_000


@pytest.fixture
def clerk(enter):
    return enter(Role.CASE_HANDLER)


def state(case):
    with Reading() as session:
        return session.get_one(Case, case.id).state


def version(page):
    return re.search(r'name="version" value="(\d+)"', page.text)[1]


def accesses():
    with Reading() as session:
        looked = select(Entry).where(Entry.kind == TrailKind.ACCESS).order_by(Entry.id)
        return [
            (one.actor, one.purpose, tuple(one.facts["fields"]), one.subject_id)
            for one in session.scalars(looked)
            if one.actor.startswith("staff:")
        ]


def test_claim_and_record_stand_side_by_side(clerk, parts):
    case, one, _ = an_objection(parts, text="罚款数额写错了")

    page = clerk.get(f"/console/cases/{case.id}").text

    assert "罚款数额写错了" in page
    assert one.document_no in page
    assert accesses() == []


def test_two_decide_and_the_record_follows(clerk, enter, parts):
    case, one, _ = an_objection(parts)
    place = f"/console/cases/{case.id}"
    clerk.send(f"{place}/annotate", version=version(clerk.get(place)))
    given = {"outcome": "upheld", "remedy": "withdraw", "reasons": "record_wrong"}

    sent_off = clerk.send(
        f"{place}/propose", version=version(clerk.get(place)), text="确有错误", **given
    )
    assert sent_off.status_code == 303
    assert "等待另一位同事确认" in clerk.get(place).text
    reviewer = enter(Role.REVIEWER)
    assert "等待确认的拟办意见" in reviewer.get("/console/").text
    page = reviewer.get(place)
    assert "经核实，记录的内容有误" in page.text
    reviewer.send(f"{place}/confirm", version=version(page))

    assert state(case) is CaseState.APPLIED
    with Reading() as session:
        assert session.get_one(Record, one.id).state is RecordState.WITHDRAWN
    assert "您现在没有要办的" in reviewer.get(place).text


def test_a_corrected_record_says_what_was_typed(clerk, enter, parts):
    case, one, _ = an_objection(parts)
    place = f"/console/cases/{case.id}"
    clerk.send(f"{place}/annotate", version=version(clerk.get(place)))
    form = {"outcome": "upheld", "remedy": "correct", "reasons": "record_wrong", "text": "更正"}
    wrong = form | {"field:event_date": "不是日期", "version": version(clerk.get(place))}
    refused = clerk.send(f"{place}/propose", data=wrong)
    assert refused.status_code == 409
    assert "不是日期" in refused.text

    right = form | {"field:document_no": "昆更〔2026〕1号", "version": version(clerk.get(place))}
    clerk.send(f"{place}/propose", data=right)
    reviewer = enter(Role.REVIEWER)
    assert "昆更〔2026〕1号" in reviewer.get(place).text
    reviewer.send(f"{place}/confirm", version=version(reviewer.get(place)))

    with Reading() as session:
        held = session.get_one(Record, one.id)
    assert (held.document_no, held.state) == ("昆更〔2026〕1号", RecordState.CORRECTED)
    assert state(case) is CaseState.APPLIED


def test_a_conflict_keeps_what_was_typed(clerk, enter, parts):
    case, _, _ = an_objection(parts)
    place = f"/console/cases/{case.id}"
    old = version(clerk.get(place))
    step("annotate", parts, clerk.staff, case)
    form = {"version": old, "outcome": "refused", "text": "写了很久的说明"}

    answer = clerk.send(f"{place}/propose", reasons="matches_the_decision", **form)

    assert answer.status_code == 409
    assert "这件又有了变化" in answer.text
    assert answer.text.count("写了很久的说明") == 1
    assert version(answer) != old
    assert state(case) is CaseState.ANNOTATED
    gone = clerk.send(f"{place}/annotate", version=old, text="另一段话")
    assert "另一段话" in gone.text


def test_a_reviewer_sends_back_and_the_handler_reads_why(clerk, enter, parts):
    case, _, _ = an_objection(parts)
    place = f"/console/cases/{case.id}"
    step("annotate", parts, clerk.staff, case)
    given = {"outcome": "refused", "reasons": "matches_the_decision", "text": "一致"}
    clerk.send(f"{place}/propose", version=version(clerk.get(place)), **given)
    reviewer = enter(Role.REVIEWER)

    reviewer.send(f"{place}/send_back", version=version(reviewer.get(place)), text="请附原文书")

    assert "退回的理由：请附原文书" in clerk.get(place).text


def test_a_persons_case_is_opened_for_a_purpose_that_the_person_reads(
    clerk, enter, parts, on_record
):
    case, person = a_persons(parts, on_record)
    place = f"/console/cases/{case.id}"

    asked = clerk.get(place).text
    assert "请先选择查看的目的" in asked
    assert "金额有误" not in asked
    assert "请先选择查看的目的" in clerk.get(f"{place}?purpose=supervise_case").text
    assert accesses() == []
    page = clerk.get(f"{place}?purpose=handle_case").text

    assert "金额有误" in page
    assert "530112199001010004" not in page
    assert "示**（**************0004）" in page
    assert accesses() == [(clerk.staff.actor, "handle_case", ("records", "facts", "case"), person)]


def test_what_the_applicant_sent_is_shown_as_what_it_is_and_nothing_runs(clerk, enter, parts):
    _, place, public_id = _with_file(parts, SCRIPT + ".png")

    answer = clerk.get(f"{place}/evidence/{public_id}")

    assert answer.data == PNG
    assert answer.mimetype == "image/png"
    assert answer.headers["Content-Security-Policy"].endswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    assert clerk.get(f"{place}/evidence/nothing").status_code == 404
    other, _, _ = an_objection(parts)
    assert clerk.get(f"/console/cases/{other.id}/evidence/{public_id}").status_code == 404


def test_a_pdf_is_shown_in_a_frame_of_its_case_and_nowhere_else(clerk, enter, parts):
    _, place, public_id = _with_file(parts, "凭证.pdf", kind=MediaType.PDF)
    file = f"{place}/evidence/{public_id}"
    assert "<iframe" not in clerk.get(place).text
    assert "<iframe" not in clerk.get(f"{place}?show=nothing").text

    page = clerk.get(f"{place}?show={public_id}")

    assert f'src="{file}#navpanes=0&amp;view=FitH"' in page.text
    allowed = page.headers["Content-Security-Policy"]
    assert allowed == f"{gate.POLICY}; frame-src 'self'"
    shown, saved = clerk.get(file), clerk.get(f"{file}?saved=1")
    assert shown.mimetype == saved.mimetype == "application/pdf"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert saved.headers["X-Frame-Options"] == "DENY"
    for answer, where in ((shown, "'self'"), (saved, "'none'")):
        policy = answer.headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", f"frame-ancestors {where}", "sandbox"} <= set(policy)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def _with_file(parts, name, *, kind=MediaType.PNG):
    case, _, by = an_objection(parts)
    public_id = sent(parts, by.account_id, PNG, name=name, kind=kind)
    with Writing() as session:
        ledger.attach(session, case.id, [public_id], account_id=by.account_id, now=NOW)
    return case, f"/console/cases/{case.id}", public_id


def test_nothing_that_a_citizen_typed_becomes_part_of_the_page(clerk, enter, parts):

    case, place, _ = _with_file(parts, SCRIPT + ".png")
    with Writing() as session:
        held = session.get_one(Case, case.id)
        office = Office(parts.rules, parts.vault)
        held.statement_sealed = office.sealed(SCRIPT + "statement")
        by = Applicant(held.account_id, held.organisation)
        form = Form(SCRIPT + "note")
        own_cases.supplement(session, by, held, form=form, office=office, now=NOW)
        entity = session.get_one(Subject, held.subject_id)
        entity.name = SCRIPT + "entity"
        one = session.get_one(Record, held.record_id)
        one.title, one.facts = SCRIPT + "title", {"content": SCRIPT + "fact"}
    step("annotate", parts, clerk.staff, case)
    given = {"outcome": "refused", "reasons": "matches_the_decision", "text": SCRIPT + "typed"}
    clerk.send(f"{place}/propose", version=version(clerk.get(place)), **given)

    for page in (clerk.get(place).text, enter(Role.REVIEWER).get(place).text):
        for name in ("statement", "note", "entity", "title", "fact", "typed", ".png"):
            assert f"onerror=alert(1)&gt;{name}" in page, name
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["nothing", "delete"])
def test_an_unknown_step_is_no_page(clerk, parts, name):
    case, _, _ = an_objection(parts)

    assert clerk.send(f"/console/cases/{case.id}/{name}", version="1").status_code == 404


def test_an_odd_form_is_refused_as_a_conflict(clerk, parts):
    case, _, _ = an_objection(parts)

    answer = clerk.send(f"/console/cases/{case.id}/annotate", version="９x", reasons="<x>")

    assert answer.status_code == 409
    assert state(case) is CaseState.SUBMITTED
