"""What an attacker tries over HTTP: fixed sessions, borrowed codes, redirects, others' papers."""

import io
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from config.web import Ground, create_app
from tests.bot.h5.browser import Browser
from tests.bot.h5.scene import USCC

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def _gone_to_wechat(phone, citizen="zhangsan"):
    """Go to WeChat and be named there; return the address that leads back."""
    way = phone.client.get("/h5/sign-in", base_url=phone.base).headers["Location"]
    form = {"citizen": citizen}
    return requests.post(way, data=form, allow_redirects=False, timeout=10).headers["Location"]


def _state(place):
    return parse_qs(urlsplit(place).query)["state"][0]


def test_a_code_is_good_once_even_with_a_new_state(browse):
    phone = browse()
    used = _gone_to_wechat(phone)
    phone.open(used)
    assert phone.place == "/h5/consent"
    code = parse_qs(urlsplit(used).query)["code"][0]
    thief = browse("lisi")
    fresh = _state(_gone_to_wechat(thief, "lisi"))

    thief.open(f"/h5/sign-in/return?code={code}&state={fresh}")

    assert thief.reply.status_code == 403
    assert thief.cookie("h5") is None


def test_a_code_that_wechat_gave_another_app_names_nobody(browse, settings):
    phone = browse()
    place = phone.client.get("/h5/sign-in", base_url=phone.base).headers["Location"]
    state = _state(place)

    for code in ("a-code-of-another-app", "0" * 200, "'; drop table accounts; --", "\u0001"):
        phone.open("/h5/sign-in/return", query_string={"code": code, "state": state})
        assert phone.reply.status_code == 403
        assert phone.cookie("h5") is None
        state = _state(phone.client.get("/h5/sign-in", base_url=phone.base).headers["Location"])


def test_a_victim_is_not_signed_in_as_the_attacker(browse):
    attacker, victim = browse("lisi"), browse()
    lure = _gone_to_wechat(attacker, "lisi")

    victim.open(lure)  # a link that the attacker sends

    assert victim.reply.status_code == 403
    assert victim.cookie("h5") is None
    assert victim.client.get("/h5/me", base_url=victim.base).status_code == 303


def test_a_cookie_that_an_attacker_planted_is_never_a_session(browse):
    attacker, victim = browse("lisi").sign_in(), browse()
    planted = attacker.cookie("h5").value
    victim.client.set_cookie("h5", planted, domain="127.0.0.1")
    victim.open("/h5/sign-in")
    if victim.place == "/h5/consent":
        victim.send("/consent", {"agree": "yes"})

    assert victim.cookie("h5").value != planted
    assert attacker.client.get("/h5/me", base_url=attacker.base).status_code == 303


@pytest.mark.parametrize(
    "place",
    [
        *("https://evil.example/", "//evil.example", "/\\evil.example", "/h5//evil.example"),
        *("/h5/..//evil.example", "/h5/%2e%2e/console", "javascript:alert(1)", "/h5/\r\nX: 1"),
        *("/h5/me?district=//evil.example", "/h5/me?district=530102&to=x", "/h5?district=530102"),
        *("/h5evil", "https:/h5/", "/h5/@evil.example", "/h5/me?next=//evil.example", "\t/h5/"),
    ],
)
def test_no_way_back_leads_elsewhere(scene, place):
    phone = scene.phone(proven=False)
    phone.open("/h5/sign-in", query_string={"next": place})
    assert phone.place == "/h5/me"

    phone.open("/h5/identity", query_string={"next": place})
    assert phone.form("/identity")["fields"]["next"] == "/h5/me"
    phone.send("/identity", {"next": place})
    assert phone.place == "/h5/"
    scene.entity()
    phone.open(f"/h5/entities/{USCC}")
    phone.send(f"/follows/entities/{USCC}", {"follow": "yes", "next": place})
    assert phone.place == "/h5/me/follows"


def test_in_the_city_every_cookie_is_for_https_and_this_host_alone(settings, database, redis):
    chosen = settings.model_copy(update={"public_url": "https://credit.example"})
    app = create_app(chosen, Ground(database.engine, redis))

    client, base = app.test_client(), "https://credit.example"
    cookies = [
        cookie
        for place in ("/h5/sign-in?language=en", "/wechat/reports?language=en")
        for cookie in client.get(place, base_url=base).headers.getlist("Set-Cookie")
    ]
    assert len(cookies) == 3
    for one in cookies:
        assert one.startswith("__Host-")
        for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
            assert part in one
        assert "Domain" not in one


@pytest.fixture
def filed(scene):
    """Somebody with an objection and a report of their own: the record, the case, the report."""
    own = scene.record(scene.person())
    phone = scene.phone()
    phone.open(f"/h5/records/{own.id}/objection")
    files = {"files": (io.BytesIO(JPEG), "现场.jpg", "image/jpeg")}
    said = {"grounds": "wrong", "statement": "金额写错了"}
    phone.send("/objection", said | files, content_type="multipart/form-data")
    assert "已经提交" in phone.page.text
    case = phone.place
    phone.open("/h5/me/reports")
    phone.send("/me/reports", {"purpose": "self_check"})
    return own.id, case, phone.place


def test_what_is_somebody_elses_is_not_there(scene, filed):
    own, case, report = filed
    stranger = scene.phone("lisi")

    for place in (case, f"{case}/certificate", report, f"{report}/file"):
        reply = stranger.client.get(place, base_url=stranger.base)
        assert reply.status_code == 404, place
        assert "金额写错了" not in reply.text
    for kind in ("eligibility", "objection", "repair"):
        stranger.open(f"/h5/records/{own}/{kind}")
        assert stranger.reply.status_code in {404, 409}, kind
        assert "拖欠农民工工资" not in stranger.page.text


def test_nobody_takes_a_step_in_the_case_of_another(scene, filed):
    _, case, _ = filed
    stranger = scene.phone("lisi")
    stranger.open("/h5/me/data")
    proof = stranger.form("/export")["fields"]["csrf"]

    for step in ("supplement", "withdraw", "review", "resubmit"):
        form = {"csrf": proof, "version": "1", "statement": "x"}
        reply = stranger.client.post(f"{case}/{step}", base_url=stranger.base, data=form)
        assert reply.status_code == 404, step


def test_a_file_of_another_person_is_not_filed_with_ones_own_case(scene):
    scene.record(scene.person())
    phone = scene.phone()
    own = scene.record(scene.person())
    phone.open(f"/h5/records/{own.id}/objection")
    files = {"files": (io.BytesIO(JPEG), "现场.jpg", "image/jpeg")}
    phone.send("/objection", {"statement": "缺理由"} | files, content_type="multipart/form-data")
    kept = phone.form("/objection")["fields"]["evidence"]
    stranger = scene.phone("lisi")
    stranger.open("/h5/complaint")

    said = {"matter": "service", "statement": "借用别人的文件", "evidence": kept}
    stranger.send("/complaint", said)

    assert stranger.reply.status_code == 422
    assert "已经提交" not in stranger.page.text


def test_a_page_is_not_asked_for_under_another_host(app, sandbox):
    phone = Browser(app, sandbox)

    reply = phone.client.get("/h5/sign-in", headers={"Host": "evil.example"})

    assert "evil.example" not in reply.headers.get("Location", "")
