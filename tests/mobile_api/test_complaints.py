"""Complaints through the door."""

import pytest

from core.complaint import MOST_OPEN
from core.records import RecordState


@pytest.fixture
def complain(client, citizen):
    def complain(headers=None, **changed):
        form = {"about": "service", "statement": "等了很久"} | changed
        headers = citizen if headers is None else headers
        return client.post("/api/v1/complaints", json=form, headers=headers)

    return complain


def test_anybody_signed_in_may_complain(complain):
    reply = complain()

    assert reply.status_code == 201
    said = reply.json
    assert (said["kind_label"], said["holder"], said["record_id"]) == ("投诉", "信用昆明平台", None)
    assert (said["due"], said["due_on"]) == ("决定是否受理", "2026-11-26")


def test_a_complaint_about_a_department_says_which(complain, department):
    silent = complain(about="department")
    assert silent.json["errors"] == [{"pointer": "#/department_id", "detail": "必填。"}]

    assert complain(about="department", department_id=str(department.id)).status_code == 201
    unknown = complain(about="department", department_id="999999")
    assert (unknown.status_code, unknown.json["code"]) == (404, "department_not_found")


def test_a_record_that_one_may_not_see_is_not_there(complain, add_record):
    hidden = add_record(state=RecordState.WITHDRAWN)

    for number in (hidden.id, 999_999):
        reply = complain(about="record_handling", record_id=str(number))
        assert (reply.status_code, reply.json["code"]) == (404, "record_not_found")
    assert complain(about="record_handling", record_id=str(add_record().id)).status_code == 201


def test_so_many_are_open_at_a_time(complain, stranger):
    for _ in range(MOST_OPEN):
        complain()

    assert (complain().status_code, complain().json["code"]) == (409, "too_many_cases")
    assert complain(stranger).status_code == 201
