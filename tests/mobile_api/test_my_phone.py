"""Another number for one's account: by a step-up and a code to the new number, told to the old."""

import pytest
from sqlalchemy import select

from core.audit.trail import Entry
from core.codes import Code, Purpose
from core.db import Reading, Writing
from core.phones import Phone
from tests.core.given import at_once, expanded

from .conftest import NOW, VAULT, bearer
from .people import NUMBER

NEW = "13912345678"
WAY = "/api/v1/me/phone"


@pytest.fixture
def owner(arrive, sign_in, database):
    """Somebody who signed up by telephone, just after a step-up."""
    arrive()
    with Reading() as session:
        return sign_in(session.scalars(select(Phone.account_id)).one(), fresh=True)


@pytest.fixture
def change(client, texted, owner):
    def change(number=NEW, code=None, headers=owner):
        sent = client.post(f"{WAY}/sms-codes", json={"phone": number}, headers=headers)
        assert sent.status_code == 202, sent.text
        form = {"phone": number, "code": code or texted(number)}
        return client.put(WAY, json=form, headers=headers)

    return change


def holders():
    with Reading() as session:
        rows = session.scalars(select(Phone).order_by(Phone.account_id)).all()
        return {row.account_id: VAULT.open(row.number_sealed, "phone.number") for row in rows}


def told(client, headers):
    expanded(now=NOW)
    return client.get("/api/v1/me/inbox", headers=headers).json["items"]


def test_the_new_number_signs_in_and_the_old_one_leads_nowhere(
    client, change, owner, arrive, world
):
    reply = change()

    assert (reply.status_code, reply.json) == (200, {"phone": "139****5678"})
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert holders() == {owner.account_id: NEW}
    assert client.get("/api/v1/me", headers=owner).json["phone"] == "139****5678"
    world.now = NOW.replace(hour=3)
    newcomer = arrive()  # whoever has the old number now
    seen = client.get("/api/v1/me", headers=bearer(newcomer.json["access_token"])).json
    assert seen["phone"] == "138****8000"
    assert len(holders()) == 2


def test_the_old_number_and_the_account_are_told_and_no_new_number_is_named(
    client, change, owner, database
):
    change()

    (message,) = told(client, owner)
    assert (message["kind"], message["title"]) == ("account_changed", "登录用的手机号码已经更换")
    assert "139" not in str(message)
    with Reading() as session:
        texts = session.scalars(select(Code).order_by(Code.id)).all()
        acts = session.scalars(select(Entry.action)).all()
    assert texts[-1].purpose is Purpose.OLD_PHONE
    assert VAULT.open(texts[-1].sealed, "sms.text").split()[0] == NUMBER
    assert "change_phone" in acts


def test_anothers_number_is_refused_and_nothing_is_changed(client, change, owner, database):
    with Writing() as session:
        from core import phones

        other = phones.known(session, VAULT, NEW, now=NOW)

    reply = change()

    assert (reply.status_code, reply.json["code"]) == (409, "phone_taken")
    assert str(other) not in reply.json["detail"]
    assert holders() == {owner.account_id: NUMBER, other: NEW}
    assert told(client, owner) == []


def test_of_two_who_want_one_number_at_once_one_gets_it(app, owner, sign_in, texted, client):
    second = sign_in(fresh=True)
    client.post(f"{WAY}/sms-codes", json={"phone": NEW}, headers=owner)
    form, people = {"phone": NEW, "code": texted(NEW)}, iter((owner, second))

    def attempt():
        reply = app.test_client().put(WAY, json=form, headers=next(people))
        return reply.status_code

    assert sorted(at_once(2, attempt)) == [200, 422]  # a code is used once
    assert list(holders().values()).count(NEW) == 1


@pytest.mark.parametrize("wrong", ["sign_in", "tried", "other"])
def test_a_code_that_was_not_sent_for_this_changes_nothing(client, change, owner, texted, wrong):
    if wrong == "sign_in":
        client.post("/api/v1/auth/sms-codes", json={"phone": NEW})
        reply = client.put(WAY, json={"phone": NEW, "code": texted(NEW)}, headers=owner)
    elif wrong == "other":
        client.post(f"{WAY}/sms-codes", json={"phone": NEW}, headers=owner)
        form = {"phone": "13700000000", "code": texted(NEW)}
        reply = client.put(WAY, json=form, headers=owner)
    else:
        client.post(f"{WAY}/sms-codes", json={"phone": NEW}, headers=owner)
        code = texted(NEW)
        bad = {"phone": NEW, "code": f"{(int(code) + 1) % 10**6:06}"}
        assert [client.put(WAY, json=bad, headers=owner).status_code for _ in range(5)] == [422] * 5
        reply = client.put(WAY, json={"phone": NEW, "code": code}, headers=owner)

    assert (reply.status_code, reply.json["code"]) == (422, "code_refused")
    assert holders() == {owner.account_id: NUMBER}


def test_without_a_step_up_not_even_a_code_is_sent(client, owner, sign_in, texted):
    stale = sign_in(owner.account_id, device="tablet")

    asked = client.post(f"{WAY}/sms-codes", json={"phone": NEW}, headers=stale)
    put = client.put(WAY, json={"phone": NEW, "code": "000000"}, headers=stale)

    assert [one.json["code"] for one in (asked, put)] == ["step_up_required"] * 2
    assert texted(NEW) is None


def test_an_account_without_a_number_gets_one(client, change, sign_in):
    bare = sign_in(fresh=True)

    assert change(headers=bare).status_code == 200
    assert holders()[bare.account_id] == NEW
