"""A citizen on the sandbox's phone walks every page: looked at, and judged by axe-core."""

import io

import pytest
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import expect

from config import tickets
from core import campaigns, privacy, releases
from core.db import Reading, Writing
from core.outbox.events import Event, EventKind
from core.subscriptions import Subscription
from tests.browser import deeds, places
from tests.browser.desk import SCREENS, look, until
from tests.browser.phones import Phone, fits
from tests.clients import cast

pytestmark = pytest.mark.timeout(600)


def _sign_in(phone, name, organisation=""):
    """Sign in and prove one's name inside the phone, as a newcomer does."""
    phone.tap("我的", "我的信用")
    phone.title("登录前请先阅读")
    phone.web.get_by_label("我已阅读并同意").check()
    phone.web.get_by_role("button", name="同意并登录").click()
    phone.title("实名核验")
    phone.web.get_by_role("button", name="去核验").click()
    phone.title("沙箱身份认证")
    phone.web.get_by_label(f"{name}（").check()
    phone.web.get_by_label("我代表的单位").fill(organisation)
    if organisation:
        phone.web.get_by_label("我确认我是").check()
    phone.web.get_by_role("button", name="同意并继续").click()
    phone.title("我的信用")


def test_a_newcomer_walks_from_the_chat_to_a_case_inside_the_phone(phone, listed):
    _sign_in(phone, listed["name"])
    look(phone.page, "手机里-我的信用")
    phone.web.get_by_role("link", name="看看能不能办").first.click()
    phone.web.get_by_role("link", name="去办：信用修复").click()
    phone.web.get_by_label("情况说明").fill("已经全部付清，附缴款凭证。")
    picture = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "JPEG")
    photo = {"name": "凭证.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    phone.web.get_by_label("用手机拍一张").set_input_files(photo)
    phone.web.get_by_label("我已阅读，自愿作出以上承诺").check()
    look(phone.page, "手机里-申请修复")
    phone.web.get_by_role("button", name="提交").click()
    expect(phone.web.get_by_role("status")).to_contain_text("已经提交")
    look(phone.page, "手机里-办件")
    phone.page.locator("#page-close").click()
    phone.tap("我的", "我的办件")
    until(lambda: _has_news(phone))
    phone.page.locator("#page-close").click()
    _hand_on(phone)


def test_a_page_asks_through_wechat_whether_messages_may_be_sent(service, phone, listed):
    _sign_in(phone, listed["name"])
    phone.page.locator("#page-close").click()
    until(lambda: service.redis().get(tickets.KEPT))
    phone.tap("我的", "提醒设置")
    phone.web.get_by_role("button", name="允许微信通知我").click()
    expect(phone.page.get_by_role("dialog", name="想给您发送以下消息")).to_be_visible()
    look(phone.page, "手机里-订阅")
    phone.page.get_by_role("button", name="允许", exact=True).click()
    expect(phone.web.get_by_text("已经允许。")).to_be_visible()
    pushes = service.read("pushes")["pushes"]
    assert any(one["fields"].get("Event") == "subscribe_msg_popup_event" for one in pushes)
    until(
        lambda: _agreed(service) == {"credit-sub-alert", "credit-sub-case", "credit-sub-campaign"}
    )


def _agreed(service):
    with service.writing() as session:
        return set(session.scalars(sa.select(Subscription.template_id)))


def _has_news(phone):
    phone.web.get_by_role("navigation").get_by_role("link", name="我的").click()
    phone.web.get_by_role("link", name="我的消息").click()
    phone.title("我的消息")
    return phone.web.get_by_text("信用修复").count() > 0


def _hand_on(phone):
    """Another citizen takes up the phone, and is not the first one."""
    phone.page.locator("#citizen").select_option(label="李四")
    phone.page.get_by_role("button", name="关注公众号").click()
    phone.tap("我的", "我的信用")
    phone.title("登录前请先阅读")


def test_every_page_can_be_used_by_everybody_on_a_phone(service, phone, scene, listed):
    _sign_in(phone, listed["name"], listed["uscc"])
    there = _there(service, phone, scene, listed)
    walked = places.PUBLIC | places.OWN
    for place, name in walked.values():
        phone.go(place.format(**there), name)
    for place, name, status in places.PROBLEMS.values():
        phone.go(place, name, status=status)
    deeds.export(phone)
    phone.like("en.large")
    for place, name in walked.values():
        phone.pass_by(place.format(**there), f"{name}-英文大字", judged=True)
    phone.like("zh.large")
    for place, name in walked.values():
        phone.pass_by(place.format(**there), f"{name}-长者")
    deeds.file_again(phone, there)
    deeds.verify_report(phone, there["report"])
    deeds.ask_too_often(phone)
    _print(phone, there)
    _without_javascript(phone, service, there)


def _there(service, phone, scene, listed):
    """Make what the pages show: an article, a release, a notice, a case, a report."""
    with Writing() as session:
        body = "## 守信\n\n诚信经营，[查信用](https://example.com/)。\n\n- 一\n- 二"
        article = campaigns.publish(session, "诚信兴商宣传月", body, now=cast.now())
        releases.make(session, "WAGE_ARREARS", now=cast.now())  # unless the ticker has done so
        release = releases.newest(session)["WAGE_ARREARS"]
    scene.alert(listed["public"])
    with Reading() as session:
        event = session.query(Event).filter_by(kind=EventKind.BLACKLISTED).first().id
    key = service.environ["LINK_KEY"].encode()
    notice, leaving = (privacy.proof(key, what, event, 1) for what in ("notice", "leave"))
    return vars(
        places.There(
            **{name: listed[name] for name in ("uscc", "public", "own")},
            article=article,
            release=release,
            case=deeds.object_to(phone, listed),
            report=deeds.ask_for_report(phone),
            notice=f"/wechat/notices/{event}-1-{notice}",
            leaving=f"/wechat/articles/{article}/{event}-1-{leaving}",
        )
    )


def _print(phone, there):
    """On paper there is what was on record, and nothing to tap."""
    phone.page.emulate_media(media="print")
    for place in ("/h5/me/credit", f"/h5/entities/{there['uscc']}", "/wechat/reports"):
        phone.page.goto(f"{phone.base}{place.format(**there)}")
        assert phone.page.locator("h1").is_visible()
        assert not phone.page.locator(".tabs:visible, a.weui-btn:visible").count()
        look(phone.page, f"打印-{place.split('/')[2]}")
    phone.page.emulate_media(media="screen")


def _without_javascript(phone, service, there):
    kept = phone.page.context.storage_state()
    browser = phone.page.context.browser
    bare = Phone.of(browser, service, java_script_enabled=False, storage_state=kept)
    for place, _ in (places.PUBLIC | places.OWN).values():
        reply = bare.page.goto(f"{bare.base}{place.format(**there)}")
        assert reply.ok, place
        assert bare.page.locator("h1").first.inner_text(), place
        assert len(bare.page.locator("main").inner_text()) > 10, place
    bare.page.context.close()


def test_what_is_tapped_before_signing_in_is_done_after(service, phone, listed):
    phone.tap("查信用", "红黑名单")
    phone.web.locator("a.row").first.click()
    phone.web.get_by_role("button", name="关注这份名单").click()
    phone.title("登录前请先阅读")
    phone.web.get_by_label("我已阅读并同意").check()
    phone.web.get_by_role("button", name="同意并登录").click()
    expect(phone.web.get_by_role("button", name="取消关注")).to_be_visible()

    phone.page.context.clear_cookies(name="h5")
    kept, browser = phone.page.context.storage_state(), phone.page.context.browser
    bare = Phone.of(browser, service, java_script_enabled=False, storage_state=kept)
    bare.page.goto(f"{bare.base}/h5/entities/{listed['uscc']}")
    bare.page.get_by_label("报告的用途").select_option("bidding")
    bare.page.get_by_role("button", name="申请信用报告").click()
    expect(bare.page.get_by_role("heading", level=1)).to_have_text("接着办")
    fits(bare.page, "resume")
    bare.page.screenshot(path=SCREENS / "手机-接着办.png", full_page=True)
    bare.page.get_by_role("button", name="申请信用报告").click()
    bare.page.wait_for_url("**/me/reports/*")
    bare.page.context.close()


def test_who_has_proven_no_organisation_is_led_to_it(phone, listed):
    _sign_in(phone, listed["name"])
    phone.go("/h5/me", "我的-没有单位")
    phone.go("/h5/me/organisation", "没有核验单位", status=409)
    phone.page.get_by_role("link", name="核验我代表的单位").click()
    expect(phone.page.get_by_role("heading", level=1)).to_have_text("再次核验")


def test_who_cannot_be_signed_in_is_told_what_to_do(chromium, service):
    phone = Phone.of(chromium, service)
    for place, name, status in (
        ("/h5/sign-in/return?code=x&state=y", "登录没有完成", 403),
        ("/h5/consent", "没有等着同意的人", 403),
    ):
        phone.go(place, name, status=status)
    phone.page.goto(f"{phone.base}/h5/sign-in")
    phone.page.get_by_role("button", name="只看快照页").click()
    expect(phone.page.get_by_text("使用完整服务")).to_be_visible()
    look(phone.page, "手机-快照")
    phone.page.context.close()
