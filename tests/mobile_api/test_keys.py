"""Keys of institutions at the door: whoever has no good one learns nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import institutions
from core.db import Reading, Writing
from core.institutions import ApiKey, InstitutionState, Scope
from tests.mobile_api.conftest import NOW, USCC

FORM = {"subject": USCC, "purpose": "tendering", "legal_basis": "《招标投标法》第二十六条"}


@pytest.fixture
def held(register):
    return register(NOW)


@pytest.fixture
def post(client, subject):
    def post(headers, form=FORM):
        return client.post("/api/v1/checks", json=form, headers=headers)

    return post


def revoked(held):
    row, secret = held.issue(held.enrol())
    with Writing() as session:
        institutions.revoke(session, row.prefix, now=NOW)
    return {"X-Api-Key": secret}


def suspended(held):
    uscc = held.enrol()
    _, secret = held.issue(uscc)
    with Writing() as session:
        institutions.set_state(session, uscc, InstitutionState.SUSPENDED)
    return {"X-Api-Key": secret}


BAD = {
    "none": lambda held: {},
    "empty": lambda held: {"X-Api-Key": ""},
    "unknown": lambda held: {"X-Api-Key": "xyk_00000000_" + "0" * 43},
    "as a citizen's token": lambda held: {"Authorization": f"Bearer {held.key()['X-Api-Key']}"},
    "revoked": revoked,
    "suspended": suspended,
    "expired": lambda held: held.key(lasts=timedelta(0)),
}


@pytest.mark.parametrize("kind", BAD)
@pytest.mark.parametrize("form", [FORM, {}], ids=["form", "no form"])
def test_a_key_that_is_not_good_is_refused_before_anything_is_read(post, held, kind, form):
    reply = post(BAD[kind](held), form)

    assert (reply.status_code, reply.json["code"]) == (401, "bad_api_key")
    assert reply.headers["WWW-Authenticate"].startswith("ApiKey ")


def test_all_bad_keys_look_alike(post, held):
    replies = [post(make(held)).json for make in BAD.values()]

    assert {tuple(sorted((reply | {"instance": ""}).items())) for reply in replies} == {
        tuple(sorted((replies[0] | {"instance": ""}).items()))
    }


def test_a_key_without_the_scope_is_told_so_before_anything_is_read(post, held):
    reply = post(held.key(Scope.CHECK_BATCHES), {})

    assert (reply.status_code, reply.json["code"]) == (403, "scope_missing")


def test_the_use_of_a_key_can_be_seen(post, held, world):
    headers = held.key()
    post(headers)
    world.now = NOW + timedelta(seconds=30)
    post(headers)

    with Reading() as session:
        assert session.scalars(select(ApiKey.last_used_at)).all() == [NOW]


def test_the_document_says_where_the_key_stands(client):
    document = client.get("/api/v1/openapi.json").json

    scheme = document["components"]["securitySchemes"]["apiKey"]
    assert (scheme["type"], scheme["in"], scheme["name"]) == ("apiKey", "header", "X-Api-Key")
    assert document["paths"]["/api/v1/checks"]["post"]["security"] == [{"apiKey": []}]
