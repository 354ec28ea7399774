"""What an applicant can do about a refusal: one review, in time, or file it again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from core import cases
from core.db import Writing

from .conftest import NOW
from .my_cases import as_staff, code, get, post

__all__ = ["as_staff", "code", "get", "post"]  # fixtures


def test_a_review_is_a_case_of_its_own_and_there_is_one(get, post, code, as_staff):
    as_staff(code, "annotated", "refused")
    why = {"statement": "第三页写的是另一家"}

    reply = post(code, "review", why)

    new = reply.json["receipt_code"]
    assert (reply.status_code, reply.json["is_review"]) == (201, True)
    assert reply.headers["Location"] == f"/api/v1/me/cases/{new}"
    assert get(f"/{code}").json["review"] == new
    assert get(f"/{new}").json["review_of"] == code
    again = post(code, "review", why)
    assert (again.status_code, again.json["code"]) == (409, "already_reviewed")
    assert post(new, "review", why).json["code"] == "not_reviewable"


def test_of_two_who_ask_for_a_review_at_once_one_gets_it(app, code, as_staff, representative):
    as_staff(code, "annotated", "refused")

    seen = representative | {"If-Match": "*"}

    def review(_):
        form, address = {"statement": "不服"}, f"/api/v1/me/cases/{code}/review"
        return app.test_client().post(address, json=form, headers=seen).status_code

    with ThreadPoolExecutor(4) as people:
        assert sorted(people.map(review, range(4))) == [201, 409, 409, 409]


def test_a_review_that_comes_too_late_is_refused(post, world, code, as_staff):
    as_staff(code, "annotated", "refused")
    world.now = NOW + timedelta(minutes=10)
    with Writing() as session:
        for event in cases.steps(session, cases.by_code(session, code).id):
            event.at = NOW - timedelta(days=30)

    reply = post(code, "review", {"statement": "不服"}, seen="*")

    assert (reply.status_code, reply.json["code"]) == (409, "review_too_late")


def test_a_repair_is_filed_again_with_its_files(get, post, upload, repair, record, as_staff):
    file = upload().json["id"]
    code = repair(record.id, evidence=[file]).json["receipt_code"]
    assert get(f"/{code}").json["promised_at"] == "2026-11-23T09:00:00+08:00"
    assert post(code, "resubmission", {}).json["code"] == "not_resubmittable"
    as_staff(code, "forwarded", "not_accepted")

    silent = post(code, "resubmission", {})
    assert (silent.status_code, silent.json["code"]) == (422, "promise_missing")
    reply = post(code, "resubmission", {"promised": True})

    assert reply.status_code == 201
    said = get(f"/{reply.json['receipt_code']}").json
    assert (said["statement"], [one["id"] for one in said["evidence"]]) == ("已缴清罚款", [file])
