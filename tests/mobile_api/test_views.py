"""Who viewed my data: every look with its purpose, one's own marked, nobody else's list."""

import pytest

from core.audit import trail
from core.audit.trail import Access
from core.db import Writing
from tests.mobile_api.conftest import NOW, USCC, VAULT

URL = "/api/v1/me/views"


@pytest.fixture
def person(on_record):
    return on_record(VAULT, NOW).person()


@pytest.fixture
def me(sign_in, person):
    return sign_in(person=person, fresh=True)


@pytest.fixture
def views(client, me):
    def views(query="", headers=None):
        return client.get(f"{URL}{query}", headers=me if headers is None else headers)

    return views


@pytest.fixture
def look(person):
    def look(actor="staff:3", role="case_handler", purpose="objection", subject_id=person):
        fields = ("name", "records")
        access = Access(actor, role, purpose, "《信用修复管理办法》", fields, subject_id)
        with Writing() as session:
            trail.note(session, access, now=NOW)

    return look


def test_every_look_is_listed_newest_first_and_ones_own_is_marked(views, client, me, look):
    look()
    client.get("/api/v1/me/credit", headers=me)

    own, staff = views().json["items"]

    assert (own["is_own"], own["role_label"]) == (True, "您本人")
    assert own["purpose_label"] == "查看本人信用"
    assert own["legal_basis"] == "《个人信息保护法》第四十五条"
    assert own["at"] == "2026-11-23T09:00:00+08:00"
    assert (staff["is_own"], staff["who"]) == (False, None)
    assert staff["role_label"] == "办理异议和修复的工作人员"
    assert staff["data"] == [
        {"code": "name", "label": "姓名或名称"},
        {"code": "records", "label": "信用记录"},
    ]


def test_looking_at_the_list_is_no_look(views):
    views()

    reply = views()

    assert reply.json["items"] == []
    assert reply.headers["Cache-Control"] == "private, no-cache"


def test_an_institution_is_named(views, look, register):
    register = register(NOW)
    holder = register.holder(register.key()["X-Api-Key"])
    look(f"institution:{holder.id}", "institution", "approval")

    (one,) = views().json["items"]

    assert (one["who"], one["role_label"]) == ("昆明市公共资源交易中心", "核查机构")
    assert one["purpose_label"] == "行政审批"


def test_a_role_that_nobody_has_named_is_still_shown(views, look):
    look("machine:1", "newcomer", "something_new")

    (one,) = views().json["items"]

    assert (one["role"], one["role_label"]) == ("newcomer", "其他")
    assert (one["purpose"], one["purpose_label"]) == ("something_new", "其他")


def test_the_list_goes_on_by_cursor(views, look):
    for number in range(3):
        look(f"staff:{number}")

    first = views("?limit=2").json
    rest = views(f"?limit=2&cursor={first['next_cursor']}").json

    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (2, 1, None)


def test_nobody_else_sees_the_list(views, look, on_record, sign_in, citizen):
    look()
    other = sign_in(person=on_record(VAULT, NOW).person("530112199001010020", "别人"))

    assert views(headers=other).json["items"] == []
    assert views(headers={}).json["code"] == "unauthorised"
    assert views(headers=citizen).json["code"] == "real_name_required"


def test_who_looked_at_the_organisation_is_listed_for_its_representative(
    views, look, subject, representative, stranger, me
):
    look(subject_id=subject.id)
    mine = "?about=organisation"

    assert len(views(mine, headers=representative).json["items"]) == 1
    assert views(mine, headers=stranger).json["code"] == "entity_not_found"
    assert views(mine, headers=me).json["code"] == "not_entitled"
    assert subject.uscc == USCC
