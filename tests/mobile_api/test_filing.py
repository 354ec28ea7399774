import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from core import cases
from core.cases import Case
from core.records import RecordKind

from .conftest import USCC, VAULT


def test_an_objection_opens_a_case_and_returns_its_receipt(object_to, session, record):
    reply = object_to(record.id)

    code = reply.json["receipt_code"]
    assert reply.json == {
        "receipt_code": code,
        "kind": "objection",
        "kind_label": "异议申请",
        "record_id": str(record.id),
        "is_review": False,
        "state": "submitted",
        "state_label": "已提交",
        "holder": "信用昆明平台",
        "holder_role": "platform",
        "holder_role_label": "信用昆明平台",
        "due": "给这条记录加上异议标注",
        "due_on": "2026-11-24",
        "due_provisional": False,
        "then": "到期没有办完的，当天起催办并告诉您，仍不办理的由督办人员过问",
        **dict.fromkeys(("opened_at", "changed_at"), "2026-11-23T09:00:00+08:00"),
    }
    assert (reply.status_code, reply.headers["Location"]) == (201, f"/api/v1/me/cases/{code}")
    assert reply.headers["Cache-Control"] == "private, no-cache"
    case = session.scalars(select(Case)).one()
    assert (case.grounds, case.statement) == ("wrong", None)
    assert VAULT.open(case.statement_sealed, cases.STATEMENT) == "金额有误"


def test_a_repair_opens_a_case_of_its_own(repair, object_to, session, record, representative):
    object_to(record.id)

    reply = repair(record.id)

    assert (reply.status_code, reply.json["kind"]) == (201, "repair")
    assert session.scalar(select(func.count(Case.id))) == 2
    assert set(session.scalars(select(Case.account_id))) == {representative.account_id}


@pytest.mark.parametrize("door", ["object_to", "repair"])
def test_a_second_case_about_the_same_record_is_refused(request, record, door):
    file = request.getfixturevalue(door)
    file(record.id)

    reply = file(record.id)

    assert (reply.status_code, reply.json["code"]) == (409, "already_open")
    assert reply.json["title"] == "已有申请在办理"


@pytest.mark.parametrize("door", ["object_to", "repair"])
def test_only_the_subjects_representative_may_file(
    request, session, record, stranger, citizen, door
):
    for headers in (stranger, citizen):
        reply = request.getfixturevalue(door)(record.id, headers)
        assert (reply.status_code, reply.json["code"]) == (403, "not_entitled")

    assert session.scalar(select(func.count(Case.id))) == 0


@pytest.mark.parametrize(
    ("instant", "status"),
    [
        (datetime(2026, 8, 7, 15, 30, tzinfo=UTC), 422),  # 23:30 in Kunming, the day before
        (datetime(2026, 8, 7, 16, 30, tzinfo=UTC), 201),  # 00:30 in Kunming, the day itself
    ],
)
def test_repair_opens_at_midnight_in_kunming(repair, world, record, sign_in, instant, status):
    world.now = instant

    reply = repair(record.id, sign_in(organisation=USCC))

    assert reply.status_code == status
    assert reply.json.get("code") == (None if status == 201 else "repair_too_early")


@pytest.mark.parametrize("changed", [{"kind": RecordKind.LICENCE}, {"repairable_from": None}])
def test_what_cannot_be_repaired_is_refused(repair, add_record, changed):
    reply = repair(add_record(**changed).id)

    assert (reply.status_code, reply.json["code"]) == (422, "not_repairable")


@pytest.mark.parametrize(
    ("changed", "pointer", "detail"),
    [
        ({"record_id": 7}, "#/record_id", "应为文字。"),
        ({"record_id": ""}, "#/record_id", "不是有效的编号。"),
        ({"record_id": "0"}, "#/record_id", "不是有效的编号。"),
        ({"record_id": "9" * 30}, "#/record_id", "不是有效的编号。"),
        ({"record_id": None}, "#/record_id", "不能为 null。"),
        ({"grounds": "wrong"}, "#/grounds", "应为列表。"),
        ({"grounds": ["wrong", "angry"]}, "#/grounds/1", "不在可选的值之内。"),
        ({"grounds": [[]]}, "#/grounds/0", "不在可选的值之内。"),
        ({"grounds": []}, "#/grounds", "应有 1 到 7 项。"),
        ({"evidence": {}}, "#/evidence", "应为列表。"),
        ({"evidence": [7]}, "#/evidence/0", "应为文字。"),
        ({"evidence": ["../x"]}, "#/evidence/0", "不是有效的编号。"),
        ({"evidence": ["0" * 32] * 11}, "#/evidence", "应有 0 到 10 项。"),
        ({"statement": " \n "}, "#/statement", "应为 1 到 2000 个字符。"),
        ({"statement": "长" * 2001}, "#/statement", "应为 1 到 2000 个字符。"),
        ({"statement": "a\0b"}, "#/statement", "含有不能显示的控制字符。"),
        ({"statement": "\ud800"}, "#/statement", "含有不能显示的控制字符。"),
        ({"statement": {}}, "#/statement", "应为文字。"),
        ({"extra": 1}, "#/extra", "没有这个字段。"),
        ({"a/b~\ud800": 1}, "#/a~1b~0?", "没有这个字段。"),
    ],
)
def test_a_wrong_field_is_named(client, representative, changed, pointer, detail):
    form = {"record_id": "1", "grounds": ["wrong"], "statement": "金额有误"} | changed
    headers = representative | {"Content-Type": "application/json"}

    reply = client.post("/api/v1/objections", data=json.dumps(form), headers=headers)

    assert (reply.status_code, reply.json["code"]) == (422, "invalid_request")
    assert reply.json["errors"] == [{"pointer": pointer, "detail": detail}]


@pytest.mark.parametrize("body", ["[]", "1", "null", '"text"'])
def test_a_body_that_is_no_object_is_refused(client, representative, body):
    headers = representative | {"Content-Type": "application/json"}

    reply = client.post("/api/v1/repairs", data=body, headers=headers)

    assert reply.status_code == 422
    assert reply.json["errors"] == [{"pointer": "#", "detail": "应为 JSON 对象。"}]


def test_a_flood_of_faults_gets_a_short_answer(client, representative):
    flood = {f"{number}{'x' * 900}": 1 for number in range(60)}

    reply = client.post("/api/v1/repairs", json=flood, headers=representative)

    assert len(reply.json["errors"]) == 20
    assert len(reply.data) < 5000


def test_a_statement_may_have_lines_and_a_citizens_number(repair, session, record):
    text = "第一行\r\n第二行\t110101199003078515"

    assert repair(record.id, statement=f"  {text}\n").status_code == 201
    sealed = session.scalars(select(Case.statement_sealed)).one()
    assert VAULT.open(sealed, cases.STATEMENT) == text


def test_a_term_that_is_over_leaves_nothing_to_ask_for(object_to, repair, add_record, stranger):
    over = add_record(ends_on=date(2026, 11, 22)).id

    for file in (object_to, repair):
        assert (file(over).status_code, file(over).json["code"]) == (409, "not_published")
        assert file(over, stranger).json["code"] == "record_not_found"


def test_a_repair_without_the_promise_is_refused(client, repair, record, representative):
    silent = {"record_id": str(record.id), "statement": "已缴清罚款"}

    for reply in (
        repair(record.id, promised=False),
        client.post("/api/v1/repairs", json=silent, headers=representative),
    ):
        assert (reply.status_code, reply.json["code"]) == (422, "promise_missing")


def test_of_two_who_file_at_once_one_gets_a_receipt(app, representative, record):
    form = {"record_id": str(record.id), "statement": "已缴清罚款", "promised": True}

    def file(_):
        reply = app.test_client().post("/api/v1/repairs", json=form, headers=representative)
        return reply.status_code

    with ThreadPoolExecutor(6) as people:
        answers = sorted(people.map(file, range(6)))

    assert answers == [201, 409, 409, 409, 409, 409]
