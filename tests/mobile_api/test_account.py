"""One's own account: shown, exported, deleted; consents are given and withdrawn."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text, update

from core import follows, realname, sessions
from core.accounts import Account, Address, Channel
from core.audit.trail import Entry
from core.cases import Case, CaseState
from core.consents import Consent
from core.db import Writing
from core.follows import Follow, Topic
from core.lives import Lives
from core.outbox import events
from core.phones import Phone
from core.realname import Verified

from .conftest import NOW, USCC, bearer
from .people import AGREED, NUMBER

ME = "/api/v1/me"


class Owner(dict):
    """The header of somebody who signed up by telephone."""


@pytest.fixture
def owner(arrive, session):
    held = Owner(bearer(arrive().json["access_token"]))
    held.account_id = session.scalars(select(Phone.account_id)).one()
    session.commit()
    return held


@pytest.fixture
def step_up(client, texted, world):
    """Prove again who one is, a minute later."""

    def step_up(headers):
        world.now += timedelta(minutes=1)
        if client.get(ME, headers=headers).json["verified_at"]:
            # The walk to the identity provider is tested elsewhere; this is what it ends with.
            with Writing() as session:
                token = headers["Authorization"].removeprefix("Bearer ")
                known = sessions.known(session, token, lives=Lives(), now=world.now)
                sessions.freshen(session, known.sign_in_id, now=world.now)
            return
        client.post("/api/v1/auth/step-up/sms-codes", headers=headers)
        reply = client.post("/api/v1/auth/step-up", json={"code": texted()}, headers=headers)
        assert reply.status_code == 200

    return step_up


@pytest.fixture
def represents(owner):
    """Let the owner be verified to represent the subject."""
    with Writing() as session:
        who = Verified("https://identity.example", "somebody", None, USCC, date.max)
        realname.bind(session, owner.account_id, who, now=NOW)
    return owner


def test_the_owner_sees_the_account_with_the_number_masked(client, owner, represents):
    reply = client.get(ME, headers=owner)

    assert NUMBER not in reply.text
    assert reply.headers["Cache-Control"] == "private, no-cache"
    assert reply.json | {"consents": []} == {
        "registered_at": "2026-11-23T09:00:00+08:00",
        "phone": "138****8000",
        "wechat_login": False,
        "verified_at": "2026-11-23T09:00:00+08:00",
        "organisation": USCC,
        "is_fresh": False,
        "consents": [],
    }
    assert {one["document"]: one["is_current"] for one in reply.json["consents"]} == {
        "privacy": True,
        "terms": True,
    }


def test_an_account_without_a_number_has_none_to_show(client, citizen):
    shown = client.get(ME, headers=citizen).json

    assert (shown["phone"], shown["verified_at"], shown["consents"]) == (None, None, [])


def test_withdrawing_consent_signs_out_and_giving_it_comes_with_the_next_sign_in(
    client, owner, arrive, world
):
    assert client.delete(f"{ME}/consents/privacy", headers=owner).status_code == 204
    assert client.get(ME, headers=owner).status_code == 401

    world.now = NOW + timedelta(minutes=1)
    again = bearer(arrive().json["access_token"])

    standing = [
        one["document"]
        for one in client.get(ME, headers=again).json["consents"]
        if one["is_current"]
    ]
    assert sorted(standing) == ["privacy", "terms"]


def test_only_the_version_in_force_can_be_agreed_to(client, citizen):
    url = f"{ME}/consents/terms"

    old = client.put(url, json={"version": "2020-01-01"}, headers=citizen)
    new = client.put(url, json={"version": AGREED["terms"]}, headers=citizen)
    unknown = client.put(f"{ME}/consents/soul", json={"version": "1"}, headers=citizen)

    assert (old.status_code, new.status_code, unknown.status_code) == (409, 204, 404)
    assert len(client.get(ME, headers=citizen).json["consents"]) == 1


def test_what_was_never_given_cannot_be_withdrawn(client, citizen):
    reply = client.delete(f"{ME}/consents/terms", headers=citizen)

    assert (reply.status_code, reply.json["code"]) == (409, "no_consent")


@pytest.mark.parametrize(("method", "url"), [("GET", f"{ME}/export"), ("DELETE", ME)])
def test_export_and_deletion_ask_for_a_step_up(client, owner, method, url):
    reply = client.open(url, method=method, headers=owner)

    assert (reply.status_code, reply.json["code"]) == (403, "step_up_required")


def test_the_export_holds_everything_and_leaves_an_act(
    client, owner, represents, step_up, subject, session
):
    mine = owner.account_id
    with Writing() as writing:
        follows.start(writing, mine, Topic.SUBJECT, subject_id=subject.id, now=NOW)
    step_up(owner)

    reply = client.get(f"{ME}/export", headers=owner)

    told = reply.json
    assert reply.headers["Content-Disposition"] == 'attachment; filename="credit-kunming.json"'
    assert told["phone"] == NUMBER
    assert told["verification"]["organisation"] == USCC
    assert told["devices"][0]["device"] == "HUAWEI Mate 70"
    assert told["follows"]["entities"] == [{"uscc": USCC, "name": subject.name}]
    assert {one["version"] for one in told["consents"]} == set(AGREED.values())
    acts = session.scalars(select(Entry.action).where(Entry.actor == f"account:{mine}"))
    assert "export" in acts.all()


def test_the_export_tells_what_one_wrote_and_nobody_elses(
    client, owner, represents, step_up, object_to, record
):
    filed = object_to(record.id, owner)
    assert filed.status_code == 201, filed.text
    step_up(owner)

    told = client.get(f"{ME}/export", headers=owner).json

    assert [(one["kind"], one["statement"]) for one in told["cases"]] == [("objection", "金额有误")]


def test_the_export_tells_files_shares_and_messages(
    client, owner, represents, step_up, subject, object_to, record
):
    document = {"file": (io.BytesIO(b"%PDF-1.7 a letter"), "回执.pdf", "application/pdf")}
    uploaded = client.post("/api/v1/evidence", data=document, headers=owner)
    assert uploaded.status_code == 201, uploaded.text
    shared = {"about": "organisation", "note": "招标单位", "uses": 2}
    given = client.post("/api/v1/me/shares", json=shared, headers=owner)
    assert given.status_code == 201, given.text
    object_to(record.id, owner)
    with Writing() as writing:
        events.expand(writing, now=NOW)
    step_up(owner)

    told = client.get(f"{ME}/export", headers=owner).json

    assert [one["name"] for one in told["evidence"]] == ["回执.pdf"]
    assert [(one["note"], one["most_uses"]) for one in told["shares"]] == [("招标单位", 2)]
    assert [one["kind"] for one in told["messages"]] == ["case_opened"]
    assert told["authorisations"] == []
    assert given.json["code"] not in str(told)


def test_an_account_with_an_open_case_stays(
    client, owner, represents, step_up, object_to, record, session
):
    object_to(record.id, owner)
    step_up(owner)

    refused = client.delete(ME, headers=owner)

    assert (refused.status_code, refused.json["code"]) == (409, "open_cases")
    assert client.get(ME, headers=owner).json["phone"] == "138****8000"
    session.execute(update(Case).values(state=CaseState.WITHDRAWN))
    session.commit()
    assert client.delete(ME, headers=owner).status_code == 204


def test_a_deleted_account_leaves_ids_and_nothing_that_names_anybody(
    client, owner, represents, step_up, subject, session, database
):
    mine = owner.account_id
    with Writing() as writing:
        follows.start(writing, mine, Topic.SUBJECT, subject_id=subject.id, now=NOW)
        address = {"channel": Channel.WECHAT, "value": "oKM_somebody", "active": True}
        writing.add(Address(account_id=mine, changed_at=NOW, **address))
    step_up(owner)

    assert client.delete(ME, headers=owner).status_code == 204

    assert client.get(ME, headers=owner).status_code == 401
    for table in (Phone, Address):
        assert session.scalar(select(func.count()).select_from(table)) == 0
    assert realname.of_account(session, mine) is None
    assert session.scalars(select(Follow.until)).all() != [None]
    assert None not in session.scalars(select(Consent.withdrawn_at)).all()
    assert session.get(Account, mine) is not None
    assert "delete" in session.scalars(select(Entry.action)).all()
    rows = str(session.execute(text("select * from sign_ins")).all())
    assert "Mate 70" not in rows


def test_the_same_number_begins_a_new_account(client, owner, step_up, arrive, world, session):
    step_up(owner)
    client.delete(ME, headers=owner)
    world.now += timedelta(minutes=1)

    arrive()

    assert session.scalars(select(Phone.account_id)).one() != owner.account_id
