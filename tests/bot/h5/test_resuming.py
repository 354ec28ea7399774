"""What was tapped before we knew who it was is done after, and by nothing but a form of ours."""

from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from core import accounts, follows
from core.accounts import Channel
from core.db import Reading
from core.reports.ledger import Report
from sandbox.citizens import openid_of
from tests.bot.h5.scene import USCC

ENTITY = f"/h5/entities/{USCC}"
FOLLOW = f"/h5/me/follows/entities/{USCC}"


def _followed(citizen="zhangsan"):
    with Reading() as session:
        one = accounts.known_at(session, Channel.WECHAT, openid_of(citizen))
        return [held.id for held in follows.subjects_of(session, one)] if one else []


def _purposes():
    with Reading() as session:
        return session.scalars(select(Report.purpose)).all()


def _waiting(phone):
    """Tap to follow without signing in; return the address at which that waits."""
    phone.open(ENTITY)
    form = phone.form(FOLLOW)["fields"] | {"follow": "yes"}
    reply = phone.client.post(FOLLOW, base_url=phone.base, data=form)
    return parse_qs(urlsplit(reply.headers["Location"]).query)["next"][0]


def test_who_taps_follow_before_signing_in_follows_after(scene):
    entity, phone = scene.entity(), scene.browse()
    phone.open(ENTITY)
    phone.send(FOLLOW, {"follow": "yes"})
    phone.send("/consent", {"agree": "yes"})
    assert phone.place.startswith("/h5/resume/")
    assert _followed() == []  # whoever opens a page does nothing

    phone.send(FOLLOW)

    assert phone.place == ENTITY
    assert "取消关注" in phone.page.text
    assert _followed() == [entity]


def test_a_session_that_is_over_loses_no_tap_either(scene, redis):
    entity, phone = scene.entity(), scene.phone(proven=False)
    phone.open(ENTITY)
    for key in redis.keys("h5:session:*"):
        redis.delete(key)

    phone.send(FOLLOW, {"follow": "yes"})
    phone.send(FOLLOW)

    assert _followed() == [entity]


def test_a_report_keeps_its_purpose_over_signing_in(scene):
    scene.entity()
    scene.browse().sign_in()
    phone = scene.browse()
    phone.open(ENTITY)

    assert "purpose" in phone.form(f"{ENTITY}/reports")["named"]
    phone.send(f"{ENTITY}/reports", {"purpose": "bidding"})
    phone.send(f"{ENTITY}/reports")

    assert phone.place.startswith("/h5/me/reports/")
    assert _purposes() == ["bidding"]


def test_ones_own_report_keeps_its_purpose_over_proving_ones_name(scene):
    scene.record(scene.person())
    phone = scene.phone(proven=False)
    phone.open("/h5/me/reports")

    phone.send("/me/reports", {"purpose": "financing"})
    assert phone.place == "/h5/identity"
    phone.send("/identity")
    phone.send("/me/reports")

    assert phone.place.startswith("/h5/me/reports/")
    assert _purposes() == ["financing"]


@pytest.mark.parametrize("is_used", [True, False])
def test_what_waits_is_good_once_and_for_nobody_else(scene, is_used):
    scene.entity()
    phone, thief = scene.browse().sign_in(), scene.browse("lisi").sign_in()
    phone.open("/h5/me")
    phone.send("/sign-out")
    place = _waiting(phone)
    if is_used:
        phone.open(place)
        assert phone.place == place
        phone.open(place)
        assert phone.place == "/h5/me"
    thief.open(place)
    assert thief.place == "/h5/me"
    assert _followed() == _followed("lisi") == []


@pytest.mark.parametrize("changed", ["proof", "origin", "browser"])
def test_a_form_from_elsewhere_waits_nowhere(scene, changed):
    scene.entity()
    phone, other = scene.browse(), scene.browse("lisi")
    phone.open(ENTITY)
    other.open(ENTITY)
    form = phone.form(FOLLOW)["fields"] | {"follow": "yes"}
    headers = {"Origin": "https://evil.example"} if changed == "origin" else {}
    given = form | ({"csrf": "0" * 64} if changed == "proof" else {})
    client = other.client if changed == "browser" else phone.client

    reply = client.post(FOLLOW, base_url=phone.base, data=given, headers=headers)

    assert reply.status_code == 303
    assert "resume" not in reply.headers["Location"]
