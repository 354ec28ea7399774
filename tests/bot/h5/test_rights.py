"""What one has a right to: a copy of one's data, a request, taking a consent back, leaving."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.h5 import sessions
from core import accounts, cases, consents, realname
from core.accounts import Channel
from core.cases import CaseKind
from core.consents import Document
from core.db import Reading
from sandbox.citizens import openid_of

OWN = ("me/data", "me/data/request", "me/data/consents/privacy", "me/data/leave")


def _account(citizen="zhangsan"):
    with Reading() as session:
        return accounts.known_at(session, Channel.WECHAT, openid_of(citizen))


@pytest.fixture
def grow_old(redis):
    """Let a session have begun long ago."""

    def grow_old(phone):
        handle = sessions.handle_of(phone.cookie("h5").value)
        name = f"h5:session:{handle}"
        began = (datetime.now(UTC) - timedelta(minutes=11)).isoformat()
        redis.set(name, json.dumps(json.loads(redis.get(name)) | {"began": began}), keepttl=True)

    return grow_old


def test_nobody_comes_here_without_signing_in(scene):
    phone = scene.browse()

    for place in OWN:
        reply = phone.client.get(f"/h5/{place}", base_url=phone.base)
        assert reply.status_code == 303
        assert reply.headers["Location"].startswith("/h5/sign-in")


def test_everything_is_exported_as_a_page_and_as_a_file(scene):
    phone = scene.phone()
    phone.open("/h5/me")
    assert "/h5/me/data" in phone.page.links
    phone.open("/h5/me/data")

    phone.send("/me/data/export", {"as": "page"})
    for told in ("开户时间", "同意过的", "文件隐私政策", "系统微信"):
        assert told in phone.page.text
    assert "_at" not in phone.page.text
    assert phone.reply.headers["Cache-Control"] == "private, no-store"
    phone.open("/h5/me/data")
    phone.send("/me/data/export", {"as": "file"})

    assert phone.reply.mimetype == "application/json"
    assert "attachment" in phone.reply.headers["Content-Disposition"]
    assert len(phone.reply.json["consents"]) == 2


def test_the_export_asks_for_a_fresh_proof_where_somebody_has_a_name(scene):
    scene.phone()
    other = scene.browse().sign_in()  # the same person, elsewhere, who proved nothing there
    other.open("/h5/me/data")

    other.send("/me/data/export", {"as": "page"})

    assert other.place == "/h5/identity"


def test_whoever_has_no_name_here_is_named_by_wechat_once_more(scene, grow_old):
    phone = scene.phone(proven=False)
    grow_old(phone)
    first = phone.cookie("h5").value
    phone.open("/h5/me/data")
    phone.send("/me/data/export", {"as": "page"})

    assert phone.place == "/h5/me/data"
    assert phone.cookie("h5").value != first
    phone.send("/me/data/export", {"as": "page"})
    assert "开户时间" in phone.page.text


def test_a_data_request_is_filed_and_nothing_typed_is_lost(scene):
    phone = scene.phone()
    phone.open("/h5/me/data/request")
    phone.send("/me/data/request", {"statement": "更正我的电话"})
    assert phone.reply.status_code == 422
    assert "更正我的电话" in phone.reply.text

    phone.send("/me/data/request", {"statement": "更正我的电话", "rights": ["correct", "copy"]})

    assert "已经提交" in phone.page.text
    code = phone.place.rpartition("/")[2]
    with Reading() as session:
        case = cases.by_code(session, code)
        assert case.kind == CaseKind.DATA_REQUEST
        assert case.grounds.split(",") == ["copy", "correct"]
    stranger = scene.phone("lisi")
    stranger.open(f"/h5/me/cases/{code}")
    assert stranger.reply.status_code == 404


def test_a_data_request_is_for_whoever_has_proved_who_they_are(scene):
    phone = scene.phone(proven=False)

    phone.open("/h5/me/data/request")
    assert phone.place == "/h5/identity"


def test_what_was_typed_into_a_request_survives_a_new_proof(scene):
    scene.phone()
    phone = scene.browse().sign_in()
    phone.open("/h5/me/data")
    form = phone.form("/me/data/export")["fields"]
    sent = {"csrf": form["csrf"], "statement": "请删除旧电话", "rights": "delete"}
    phone._arrived(phone.client.post("/h5/me/data/request", base_url=phone.base, data=sent), "")
    assert phone.place == "/h5/identity"

    phone.send("/identity")

    assert phone.place == "/h5/me/data/request"
    assert "请删除旧电话" in phone.reply.text


def test_a_consent_is_withdrawn_after_being_asked_and_ends_every_session(scene):
    phone, other = scene.phone(proven=False), scene.browse().sign_in()
    phone.open("/h5/me/data")
    assert "/h5/me/data/consents/privacy" in phone.page.links
    phone.open("/h5/me/data/consents/privacy")
    with Reading() as session:
        assert all(one.withdrawn_at is None for one in consents.of_account(session, _account()))

    phone.send("/consents/privacy")

    assert "已经撤回同意" in phone.page.text
    assert phone.cookie("h5") is None
    for one in (phone, other):
        assert one.client.get("/h5/me", base_url=one.base).status_code == 303
    with Reading() as session:
        held = {one.document: one.withdrawn_at for one in consents.of_account(session, _account())}
    assert held[Document.PRIVACY]
    assert held[Document.TERMS] is None
    phone.open("/h5/me")
    assert phone.place == "/h5/consent"


def test_an_account_is_deleted_only_by_whoever_says_twice_that_they_are_sure(scene):
    phone = scene.phone()
    account = _account()
    phone.open("/h5/me/data/leave")
    phone.send("/leave")
    assert phone.reply.status_code == 422
    phone.open("/h5/me/data/leave")

    phone.send("/leave", {"sure": "yes"})

    assert "账户已经注销" in phone.page.text
    assert phone.cookie("h5") is None
    assert _account() is None
    with Reading() as session:
        assert realname.of_account(session, account) is None


def test_an_account_with_an_open_case_is_not_deleted(scene):
    phone = scene.phone()
    phone.open("/h5/me/data/request")
    phone.send("/me/data/request", {"statement": "查阅", "rights": "access"})
    phone.open("/h5/me/data/leave")

    phone.send("/leave", {"sure": "yes"})

    assert phone.reply.status_code == 409
    assert "办理中" in phone.page.text
    assert _account()


def test_every_page_is_there_in_english_too(scene):
    phone = scene.phone()
    phone.open("/h5/?language=en")

    for place in OWN:
        phone.open(f"/h5/{place}")
        assert (phone.place, phone.reply.status_code) == (f"/h5/{place}", 200)
        assert '<html lang="en"' in phone.reply.text
