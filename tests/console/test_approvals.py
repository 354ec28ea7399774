"""The page of approvals: what another asked for is answered, one's own is only taken back."""

import re

import pytest
import sqlalchemy as sa

from core import departments, pending
from core.applying import Office
from core.articles.ledger import Article
from core.cases import CaseState
from core.casework import revoking
from core.casework.saying import Say
from core.db import Reading, Writing
from core.intake.batches import Batch, BatchState
from core.keeping import withdrawal
from core.records import Record, RecordState
from core.staff import approvals
from core.staff.approvals import Approval, ApprovalState, Matter, Wish
from core.staff.roles import Role
from tests.console.conftest import NOW
from tests.core import given
from tests.core.given_cases import moved, opened, read

PATH = "/console/approvals/"


@pytest.fixture
def record(database):
    return given.record(given.subject().id)


@pytest.fixture
def asker(enter):
    return enter(Role.CASE_HANDLER)


@pytest.fixture
def asked(asker, record, parts):
    with Writing() as session:
        return withdrawal.ask(
            session, asker.staff, record.id, why="处罚已被撤销", vault=parts.vault, now=NOW
        )


@pytest.fixture
def reviewer(enter):
    return enter(Role.REVIEWER)


def state(approval_id, vault=None):
    with Reading() as session:
        held = session.get_one(Approval, approval_id)
        return held.state, approvals.answer(held, vault) if vault else None


def record_state():
    with Reading() as session:
        return session.scalar(sa.select(Record.state))


def test_what_waits_is_shown_with_what_and_why(reviewer, asker, asked, record):
    page = reviewer.get(PATH).text

    assert "撤下一条记录" in page
    for text in (record.title, record.authority, record.document_no, "处罚已被撤销"):
        assert text in page
    assert asker.staff.name in page
    assert "1 项申请等您审批" in reviewer.get("/console/").text
    mine = asker.get(PATH).text
    assert "收回申请" in mine
    assert ">批准<" not in mine
    assert "等您审批" not in asker.get("/console/").text


def test_what_another_asked_for_is_done_once(reviewer, asked):
    answer = reviewer.send(f"{PATH}{asked}/approve")

    assert answer.status_code == 303
    assert record_state() is RecordState.WITHDRAWN
    assert state(asked) == (ApprovalState.APPROVED, None)
    assert "已批准：撤下一条记录" in reviewer.get(PATH).text
    again = reviewer.send(f"{PATH}{asked}/approve")
    assert again.status_code == 404
    assert "已经有人处理了" in again.text


def test_nobody_answers_what_they_asked_for(enter, record, parts):
    both = enter(Role.CASE_HANDLER, Role.REVIEWER)
    with Writing() as session:
        asked = withdrawal.ask(
            session, both.staff, record.id, why="处罚已被撤销", vault=parts.vault, now=NOW
        )

    answer = both.send(f"{PATH}{asked}/approve")

    assert answer.status_code == 409
    assert "提出的人不能自己审批" in answer.text
    assert record_state() is RecordState.PUBLISHED


def test_a_refusal_has_its_reason(reviewer, asked, parts):
    silent = reviewer.send(f"{PATH}{asked}/refuse", why=" ")
    assert silent.status_code == 422
    assert "要写明理由" in silent.text

    answer = reviewer.send(f"{PATH}{asked}/refuse", why="请附上撤销决定")

    assert answer.status_code == 303
    assert state(asked, parts.vault) == (ApprovalState.REFUSED, "请附上撤销决定")
    assert record_state() is RecordState.PUBLISHED
    assert reviewer.send(f"{PATH}{asked}/refuse", why="再说一次").status_code == 404


def test_what_was_asked_is_taken_back_by_who_asked(asker, enter, asked):
    assert enter(Role.CASE_HANDLER).send(f"{PATH}{asked}/take-back").status_code == 404

    assert asker.send(f"{PATH}{asked}/take-back").status_code == 303

    assert state(asked) == (ApprovalState.TAKEN_BACK, None)
    assert "您没有在等审批的申请" in asker.get(PATH).text


def test_a_department_sees_what_is_about_its_own_records(enter, asked, record):
    with Writing() as session:
        own = departments.known(session, "昆明市应急管理局", None)
        session.get_one(Record, record.id).department_id = own
        other = departments.known(session, "昆明市医疗保障局", None)

    assert "处罚已被撤销" in enter(Role.REVIEWER, department_id=own).get(PATH).text
    elsewhere = enter(Role.REVIEWER, department_id=other)
    assert "处罚已被撤销" not in elsewhere.get(PATH).text
    assert elsewhere.send(f"{PATH}{asked}/approve").status_code in {404, 409}
    assert state(asked)[0] is ApprovalState.ASKED


def test_batches_and_articles_are_named(enter, asker, parts):
    clerk, editor = enter(Role.INTAKE_CLERK).staff, enter(Role.CAMPAIGN_EDITOR).staff
    with Writing() as session:
        made = {"state": BatchState.DONE, "started_at": NOW, "rows_loaded": 12}
        batch = Batch(file_name="名单.csv", file_hash="0", layout="list", **made)
        article = Article(fingerprint="f", title="诚信兴商", body="正文", published_at=NOW)
        session.add_all([batch, article])
        session.flush()
        approvals.ask(session, clerk, Wish(Matter.PUBLISH_BATCH, batch.id, "本周名单"), now=NOW)
        wish = Wish(Matter.START_CAMPAIGN, article.id, "宣传周")
        approvals.ask(session, editor, wish, now=NOW)

    with Reading() as session:
        shown = pending.listing(
            session, enter(Role.REVIEWER, Role.CAMPAIGN_APPROVER).staff, vault=parts.vault
        )
    assert [(one.about.title, one.about.records) for one in shown] == [
        ("名单.csv", 12),
        ("诚信兴商", None),
    ]


def test_a_repair_is_revoked_by_the_second_person_who_sees_the_case(enter, parts):
    one = given.record(given.subject().id, state=RecordState.REPAIRED)
    case = opened(one, account_id=given.account())
    moved(case, "forwarded", "accepted", "upheld", "applied")
    handler, reviewer = enter(Role.CASE_HANDLER), enter(Role.REVIEWER)
    say = Say(("false_proof",), "缴款凭证是伪造的。")
    with Writing() as session:
        asked = revoking.ask(
            session,
            handler.staff,
            case.id,
            say=say,
            office=Office(parts.rules, parts.vault),
            now=NOW,
        )
        elsewhere = departments.known(session, "昆明市医疗保障局", None)

    assert "缴款凭证是伪造的" in reviewer.get(PATH).text
    other = enter(Role.REVIEWER, department_id=elsewhere)
    assert "缴款凭证是伪造的" not in other.get(PATH).text
    assert reviewer.send(f"{PATH}{asked}/approve").status_code == 303
    assert read(case).state is CaseState.REVOKED


def test_every_matter_can_be_shown_and_has_words(app):
    from messages.wording import console_zh

    assert set(pending._ABOUT) == set(Matter) == set(map(Matter, console_zh.MATTERS))


def test_a_reason_is_shown_as_text(enter, asker, record, parts):
    with Writing() as session:
        why = "<script>alert(1)</script>"
        withdrawal.ask(session, asker.staff, record.id, why=why, vault=parts.vault, now=NOW)

    page = enter(Role.REVIEWER).get(PATH).text
    assert "<script>alert" not in page
    assert re.search("&lt;script&gt;alert", page)
