"""The door's bearer tokens: what opens it, what does not, and what each leads to."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from core import realname, sessions
from core.db import Writing
from core.realname import Verified
from core.sign_ins import Ending
from mobile_api import Parts, auth
from mobile_api.asking import Asking, begin
from mobile_api.auth import Caller
from mobile_api.problems import DoorError

from .conftest import CURSOR_KEY, NOBODY, NOW, RULES, USCC, VAULT, bearer

FORGED = {
    "empty": "",
    "garbage": "garbage",
    "not ascii": "é.é.é",
    "endless": "x" * 9000,
    "of the old kind": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwZXJzb24tMSJ9.",
}


@pytest.fixture
def knock(client, database):
    """Post an empty form: 401 at the door, 422 once inside."""

    def knock(headers):
        return client.post("/api/v1/repairs", json={}, headers=headers).status_code

    return knock


@pytest.fixture
def inside(app, world):
    """Ask the door who somebody is, as a view would."""

    def inside(headers, check=auth.signed_in):
        parts = Parts(lambda: world.now, NOBODY, CURSOR_KEY, RULES, vault=VAULT, wechat=str)
        with app.test_request_context(headers=headers):
            begin(Asking(parts, world.now, "request", "zh"))
            return check(lambda caller: caller)()

    return inside


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_opens_nothing(client, database, token):
    reply = client.post("/api/v1/repairs", json={}, headers=bearer(token))

    assert (reply.status_code, reply.json["code"]) == (401, "unauthorised")
    challenge = reply.headers["WWW-Authenticate"]
    assert challenge == 'Bearer realm="credit-kunming", error="invalid_token"'
    assert token == "" or token not in reply.text


@pytest.mark.parametrize("authorization", [None, "", "Basic eDp5", "bearer", "Token x"])
def test_no_token_is_asked_for(client, database, authorization):
    headers = {"Authorization": authorization} if authorization is not None else {}

    reply = client.post("/api/v1/repairs", json={}, headers=headers)

    assert (reply.status_code, reply.json["title"]) == (401, "请先登录")
    assert reply.headers["WWW-Authenticate"].startswith("Bearer realm=")


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(words=st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=80))
def test_no_text_is_a_token(knock, words):
    assert knock(bearer(words)) == 401


def test_an_access_token_opens_the_door_whatever_the_case_of_its_scheme(knock, citizen):
    token = citizen["Authorization"].removeprefix("Bearer ")

    assert knock(citizen) == 422
    assert knock({"Authorization": f"bearer  {token} "}) == 422


def test_a_refresh_token_opens_no_door(knock, citizen):
    assert knock(bearer(citizen.refresh)) == 401


def test_an_access_token_ends_to_the_second(knock, citizen, world):
    world.now = NOW + timedelta(minutes=15, seconds=-1)
    assert knock(citizen) == 422

    world.now = NOW + timedelta(minutes=15)
    assert knock(citizen) == 401


def test_a_device_that_is_ended_is_out_at_once(knock, sign_in):
    phone = sign_in()
    tablet = sign_in(phone.account_id, device="tablet")

    with Writing() as session:
        end = phone.account_id, phone.sign_in_id
        sessions.end(session, *end, why=Ending.REVOKED, now=NOW)

    assert (knock(phone), knock(tablet)) == (401, 422)


def test_who_asks_is_checked_before_what_they_ask(client, database):
    for route in ("objections", "repairs"):
        reply = client.post(f"/api/v1/{route}", data=b"{", content_type="text/plain")
        assert reply.status_code == 401


def test_a_caller_is_an_account_and_whom_it_was_verified_to_be(inside, sign_in, subject):
    nobody, person = sign_in(), sign_in(person=subject.id, organisation=USCC, fresh=True)

    assert inside(nobody) == Caller(nobody.account_id, nobody.sign_in_id, None, None, fresh=False)
    assert inside(person) == Caller(
        person.account_id, person.sign_in_id, subject.id, USCC, fresh=True
    )


def test_the_newest_verification_counts_without_a_new_token(inside, citizen):
    with Writing() as session:
        who = Verified("https://identity.example", "somebody", None, USCC, date.max)
        realname.bind(session, citizen.account_id, who, now=NOW)

    assert inside(citizen).organisation == USCC


def test_a_step_up_counts_for_ten_minutes(inside, sign_in, world):
    fresh, stale = sign_in(fresh=True), sign_in()
    assert inside(fresh, auth.stepped_up).fresh

    with pytest.raises(DoorError) as refused:
        inside(stale, auth.stepped_up)
    world.now = NOW + timedelta(minutes=10)
    with pytest.raises(DoorError) as late:
        inside(fresh, auth.stepped_up)

    assert (refused.value.code, late.value.code) == ("step_up_required", "step_up_required")
    assert "insufficient_user_authentication" in refused.value.headers["WWW-Authenticate"]


def test_a_step_up_does_not_replace_a_token(inside):
    with pytest.raises(DoorError, match="unauthorised"):
        inside({}, auth.stepped_up)


def test_no_token_stands_in_the_database(session, citizen):
    access = citizen["Authorization"].removeprefix("Bearer ")
    row = session.execute(text("select * from token_pairs")).one()

    assert not {access, citizen.refresh} & {str(value) for value in row}
