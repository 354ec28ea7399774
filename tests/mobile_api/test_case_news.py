"""What the staff do about a case is in the applicant's inbox, once, and in the case itself."""

import pytest

from core import cases
from core.applying import Office
from core.casework import steps
from core.casework.held import Seen
from core.db import Writing
from core.staff.roles import Role
from tests.core.given import expanded
from tests.core.given_casework import hire

from .conftest import NOW, RULES, VAULT


@pytest.fixture
def step(database):
    staff = hire(Role.CASE_HANDLER)

    def take(code, name):
        with Writing() as session:
            case = cases.by_code(session, code)
            seen, office = Seen(case.id, case.version), Office(RULES, VAULT)
            getattr(steps, name)(session, staff, seen, office=office, now=NOW)

    return take


def test_each_step_is_told_once_with_what_happens_next(
    client, representative, object_to, record, step
):
    code = object_to(record.id).json["receipt_code"]
    step(code, "annotate")
    expanded(now=NOW)
    expanded(now=NOW)

    page = client.get("/api/v1/me/inbox", headers=representative).json

    first, receipt = page["items"]
    assert (first["kind"], receipt["kind"]) == ("case_moved", "case_opened")
    assert first["title"] == "您的异议申请有新进展"
    assert first["about"] == {"kind": "case", "id": code}
    facts = {one["label"]: one["text"] for one in first["facts"]}
    assert facts["办理进展"] == "已标注异议"
    assert facts["下一步"] == "转给作出决定的单位核查"
    assert "最晚在" in facts


def test_frozen_display_is_stated_in_the_case(client, representative, object_to, record, step):
    code = object_to(record.id, grounds=["not_mine"]).json["receipt_code"]
    before = client.get(f"/api/v1/me/cases/{code}", headers=representative).json
    assert before["display_frozen"] is False

    step(code, "annotate")

    said = client.get(f"/api/v1/me/cases/{code}", headers=representative).json
    assert said["display_frozen"] is True
    assert said["timeline"][-1]["by"] == "staff"
