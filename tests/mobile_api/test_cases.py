import pytest
from sqlalchemy import update

from core.cases import Case, CaseKind, CaseState


@pytest.fixture
def code(object_to, record):
    return object_to(record.id).json["receipt_code"]


def test_anybody_with_the_code_sees_how_a_case_stands(client, code):
    reply = client.get(f"/api/v1/cases/{code}")

    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert (reply.json["receipt_code"], reply.json["state"]) == (code, "submitted")
    # Who has the code sees step, holder and deadline; nothing of who filed it, what and why.
    assert reply.json == {
        "receipt_code": code,
        "state": "submitted",
        "state_label": "已提交",
        "holder": "信用昆明平台",
        "holder_role": "platform",
        "holder_role_label": "信用昆明平台",
        "due": "给这条记录加上异议标注",
        "due_on": "2026-11-24",
        "due_provisional": False,
        "then": "到期没有办完的，当天起催办并告诉您，仍不办理的由督办人员过问",
    }


@pytest.mark.parametrize(
    "typed",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "],
    ids=["lower case", "no hyphens", "spaces"],
)
def test_a_code_is_forgiven_how_it_is_typed(client, code, typed):
    assert client.get(f"/api/v1/cases/{typed(code)}").json["receipt_code"] == code


@pytest.mark.parametrize("wrong", ["0000-0000-0000-0000", "x", "%00", "%FF", "昆明", "9" * 2000])
def test_an_unknown_code_is_not_found(client, code, wrong):
    reply = client.get(f"/api/v1/cases/{wrong}")

    assert (reply.status_code, reply.json["code"]) == (404, "case_not_found")
    assert reply.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("kind", "language", "said"),
    [
        (CaseKind.OBJECTION, "zh", "不予采纳"),
        (CaseKind.REPAIR, "zh", "不予修复"),
        (CaseKind.OBJECTION, "en", "refused"),
        (CaseKind.REPAIR, "en", "repair refused"),
    ],
)
def test_a_refusal_is_worded_for_its_kind_of_case(client, code, session, kind, language, said):
    refused = {"kind": kind, "state": CaseState.REFUSED}
    session.execute(update(Case).values(refused))
    session.commit()

    reply = client.get(f"/api/v1/cases/{code}", headers={"Accept-Language": language})

    assert reply.json["state_label"] == said
