"""One's own cases through the door: the list, the whole of one, and what can be done about it."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from core import cases, persons
from core.cases import Case
from core.db import Writing
from core.persons import Given
from core.records import Visibility

from .conftest import NOW, VAULT
from .my_cases import as_staff, code, get, post

__all__ = ["as_staff", "code", "get", "post"]  # fixtures

CITIZEN_ID = "110101199003078515"


def test_a_case_is_shown_in_full_to_who_filed_it(get, code, record):
    reply = get(f"/{code}")

    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "private, no-cache"
    said = reply.json
    assert said["grounds"] == [{"code": "wrong", "label": "信息有错误"}]
    assert said["statement"] == "金额有误"
    assert said["timeline"] == [
        {
            "action": "filed",
            "action_label": "提交申请",
            "state": "submitted",
            "state_label": "已提交",
            "by": "applicant",
            "by_label": "申请人",
            "at": "2026-11-23T09:00:00+08:00",
            "reasons": [],
            "text": None,
        }
    ]
    assert (said["evidence"], said["outcome"], said["review"]) == ([], None, None)
    assert [one["code"] for one in said["possible"]] == ["supplement", "withdraw"]
    assert (said["record_id"], said["promised_at"]) == (str(record.id), None)


RIGHT = (
    "记录与作出决定单位的原始文书一致",
    "如认为决定本身有误，请依法申请行政复议或提起诉讼；决定变更后我们会更新记录。",
)


def test_a_refusal_tells_its_reasons_and_what_to_do_next(get, code, as_staff):
    as_staff(code, "annotated")
    as_staff(
        code, "refused", reasons=("matches_the_decision", "gone"), text="与决定书一致，见第三页。"
    )

    said = get(f"/{code}").json

    outcome = said["outcome"]
    assert (outcome["state_label"], outcome["by"]) == ("不予采纳", "staff")
    assert (outcome["reasons"], outcome["text"]) == (
        [
            {"code": "matches_the_decision", "label": RIGHT[0], "fix": RIGHT[1]},
            {"code": "gone", "label": "其他，见说明", "fix": None},
        ],
        "与决定书一致，见第三页。",
    )
    assert said["possible"] == [
        {"code": "review", "label": "申请复核"},
        {"code": "resubmit", "label": "带原来的材料重新提交"},
    ]
    assert said["review_until"] == "2026-12-07"
    assert (said["holder"], said["due_on"], said["due"]) == (None, None, None)


def test_cases_are_listed_newest_first_page_by_page(get, object_to, add_record, stranger):
    codes = [object_to(add_record().id).json["receipt_code"] for _ in range(5)]

    first = get("?limit=3").json
    rest = get(f"?limit=3&cursor={first['next_cursor']}").json

    found = [one["receipt_code"] for one in first["items"] + rest["items"]]
    assert found == codes[::-1]
    assert rest["next_cursor"] is None
    assert get(headers=stranger).json == {"items": [], "next_cursor": None}
    foreign = get(f"?cursor={first['next_cursor']}", stranger)
    assert (foreign.status_code, foreign.json["code"]) == (422, "bad_cursor")


def test_a_stranger_cannot_tell_a_case_from_none(get, post, code, stranger):
    added = {"statement": "补充"}
    ways = {"supplements": added, "withdrawal": None, "review": added, "resubmission": {}}
    for name in (code, "0000-0000-0000-0000"):
        assert get(f"/{name}", stranger).json["code"] == "case_not_found"
        for what, form in ways.items():
            reply = post(name, what, form, seen="*", headers=stranger)
            assert (reply.status_code, reply.json["code"]) == (404, "case_not_found"), what


def test_a_case_is_withdrawn_by_who_has_seen_how_it_stands(get, post, code, as_staff):
    seen = get(f"/{code}").headers["ETag"]
    as_staff(code, "annotated")

    stale = post(code, "withdrawal", seen=seen)
    assert (stale.status_code, stale.json["code"]) == (412, "precondition_failed")
    done = post(code, "withdrawal")

    assert (done.status_code, done.json["state"]) == (200, "withdrawn")
    again = post(code, "withdrawal")
    assert (again.status_code, again.json["code"]) == (409, "case_closed")


def test_what_was_seen_in_english_may_be_withdrawn_in_chinese(get, post, code, representative):
    seen = get(f"/{code}", representative | {"Accept-Language": "en"}).headers["ETag"]

    assert get(f"/{code}").headers["ETag"] != seen
    assert post(code, "withdrawal", seen=seen).status_code == 200


def test_a_change_without_having_looked_is_refused(client, code, representative):
    said = {"statement": "补充"}
    ways = {"withdrawal": None, "supplements": said, "review": said, "resubmission": {}}
    for what, form in ways.items():
        address = f"/api/v1/me/cases/{code}/{what}"
        reply = client.post(address, headers=representative, json=form)
        assert (reply.status_code, reply.json["code"]) == (428, "precondition_required")


def test_a_refused_case_goes_on_only_for_who_has_seen_the_refusal(get, post, code, as_staff):
    seen = get(f"/{code}").headers["ETag"]
    as_staff(code, "annotated", "refused")

    for what, form in {"review": {"statement": "不服"}, "resubmission": {}}.items():
        stale = post(code, what, form, seen=seen)
        assert (stale.status_code, stale.json["code"]) == (412, "precondition_failed")
        new = post(code, what, form)
        assert new.status_code == 201
        if what == "review":  # one case at a time about one record
            as_staff(new.json["receipt_code"], "refused")


def test_of_two_who_withdraw_at_once_one_does(app, get, code, representative):
    seen = get(f"/{code}").headers["ETag"]

    def withdraw(_):
        headers = representative | {"If-Match": seen}
        reply = app.test_client().post(f"/api/v1/me/cases/{code}/withdrawal", headers=headers)
        return reply.status_code

    with ThreadPoolExecutor(4) as people:
        answers = sorted(people.map(withdraw, range(4)))

    assert answers == [200, 412, 412, 412]


def test_a_supplement_that_was_asked_for_lets_the_case_go_on(get, post, upload, code, as_staff):
    as_staff(code, "annotated", "supplement_wanted")
    waiting = get(f"/{code}").json
    assert (waiting["holder"], waiting["due"]) == ("申请人", "请您补充材料，期间不计入办理时限")
    file = upload().json["id"]

    reply = post(code, "supplements", {"statement": "补上决定书", "evidence": [file]})

    assert (reply.status_code, reply.json["state"]) == (200, "annotated")
    said = get(f"/{code}").json
    last = said["timeline"][-1]
    assert (last["action"], last["by"], last["text"]) == ("supplemented", "applicant", "补上决定书")
    assert [one["id"] for one in said["evidence"]] == [file]


@pytest.fixture
def person(session):
    with Writing() as writing:
        given = [Given(CITIZEN_ID, "张三")]
        return persons.known(writing, VAULT, given, now=NOW)[CITIZEN_ID]


def test_a_person_files_about_a_record_of_their_own(
    client, object_to, get, add_record, person, sign_in, stranger
):
    hidden = add_record(subject_id=person, visibility=Visibility.SUBJECT)
    me = sign_in(person=person)
    assert object_to(hidden.id, stranger).json["code"] == "record_not_found"

    assert object_to(hidden.id, me).json["code"] == "step_up_required"

    fresh = sign_in(me.account_id, fresh=True, device="other")
    reply = object_to(hidden.id, fresh)

    assert reply.status_code == 201
    mine = f"/{reply.json['receipt_code']}"
    assert get(mine, fresh).json["record_id"] == str(hidden.id)
    assert get(mine, me).json["code"] == "step_up_required"
    asked = f"/api/v1/records/{hidden.id}/eligibility"
    stale = client.get(asked, headers=me)
    assert (stale.status_code, stale.json["code"]) == (403, "step_up_required")
    assert client.get(asked, headers=fresh).json["objection"]["reasons"][0]["code"] == (
        "already_open"
    )
    looks = client.get("/api/v1/me/views", headers=fresh).json["items"]
    assert looks
    assert all(look["is_own"] and look["purpose_label"] != "其他" for look in looks)
    assert client.get(asked, headers=stranger).status_code == 404


def test_what_was_said_is_kept_sealed(post, code, session):
    post(code, "supplements", {"statement": "我的电话是13800000000"})

    case = session.query(Case).one()
    events = session.query(cases.CaseEvent).all()
    kept = f"{vars(case)} {[vars(event) for event in events]}"
    assert "13800000000" not in kept
    assert "金额有误" not in kept
