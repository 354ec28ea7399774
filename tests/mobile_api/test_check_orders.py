"""Orders of checks: for what, on which legal basis, about a code and nothing else."""

import pytest
from sqlalchemy import select

from core.audit.trail import Entry
from core.checks.ledger import Check
from core.db import Reading
from tests.mobile_api.conftest import NOW, USCC

ORDER = {
    "purpose": "procurement",
    "legal_basis": "《政府采购法》第二十二条",
    "reference": "KMZC-2026-015",
}


@pytest.fixture
def key(register):
    return register(NOW).key()


@pytest.fixture
def check(client, key, subject):
    def check(code=USCC, **changed):
        form = {"subject": code} | ORDER | changed
        return client.post("/api/v1/checks", json=form, headers=key)

    return check


def rows(table):
    with Reading() as session:
        return session.scalars(select(table)).all()


@pytest.mark.parametrize(
    ("code", "refusal"),
    [
        ("53010219900307123X", "citizen_id_refused"),
        ("昆明示例商贸有限公司", "not_a_code"),
        ("91530100MA6K3Q5R", "not_a_code"),
    ],
)
def test_what_is_no_code_is_refused_and_kept_nowhere(check, code, refusal):
    reply = check(code)

    assert (reply.status_code, reply.json["code"]) == (422, refusal)
    assert (rows(Check), rows(Entry)) == ([], [])


@pytest.mark.parametrize(
    ("changed", "pointer"),
    [
        ({"purpose": "curiosity"}, "#/purpose"),
        ({"legal_basis": "x"}, "#/legal_basis"),
        ({"legal_basis": "法" * 101}, "#/legal_basis"),
        ({"legal_basis": "依据\n两行"}, "#/legal_basis"),
        ({"legal_basis": "身份证 530102199003071234"}, "#/legal_basis"),
        ({"reference": "530102199003071234"}, "#/reference"),
        ({"reference": ""}, "#/reference"),
        ({"name": "某公司"}, "#/name"),
    ],
    ids=str,
)
def test_every_check_says_for_what_and_on_which_basis(check, changed, pointer):
    reply = check(**changed)

    assert (reply.status_code, reply.json["errors"][0]["pointer"]) == (422, pointer)
    assert rows(Check) == []


@pytest.mark.parametrize("missing", ["subject", "purpose", "legal_basis"])
def test_nothing_that_must_be_said_may_be_missing(client, key, missing):
    form = {"subject": USCC} | ORDER
    del form[missing]

    reply = client.post("/api/v1/checks", json=form, headers=key)

    assert reply.json["errors"] == [{"pointer": f"#/{missing}", "detail": "必填。"}]
