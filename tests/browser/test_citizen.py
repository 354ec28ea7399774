"""A citizen on the sandbox's phone walks every page: looked at, and judged by axe-core."""

import io
import itertools
from datetime import timedelta

import pytest
import requests
import sqlalchemy as sa
from PIL import Image
from playwright.sync_api import expect

from config import tickets
from core.calendar import add_months, day
from core.records import RecordKind
from core.subscriptions import Subscription
from sandbox import numbers
from tests.browser.desk import look, until
from tests.browser.phones import Phone
from tests.clients import cast
from tests.fixtures.archive import Archive
from tests.fixtures.persons import OnRecord

_numbers = itertools.count()
pytestmark = pytest.mark.timeout(600)

PUBLIC = {
    "/h5/": "首页",
    "/h5/search?q=示例": "查询",
    "/h5/lists": "名单",
    "/h5/lists/WAGE_ARREARS": "一份名单",
    "/h5/decisions/penalty": "处罚",
    "/h5/decisions/licence": "许可",
    "/h5/promises": "承诺",
    "/h5/scoreboard": "时限榜",
    "/h5/rules": "规则",
    "/h5/articles": "文章",
    "/h5/progress": "查进度",
    "/h5/share": "凭授权码提问",
    "/h5/messages": "核验一条消息",
    "/h5/policies/privacy": "隐私政策",
    "/wechat/reports": "核验报告",
    "/wechat/certificates": "核验决定书",
}
OWN = {
    "/h5/me": "我的",
    "/h5/identity": "核验",
    "/h5/me/credit": "我的信用",
    "/h5/me/views": "谁看过",
    "/h5/me/reports": "信用报告",
    "/h5/me/shares": "授权码",
    "/h5/me/cases": "我的办件",
    "/h5/me/follows": "我的关注",
    "/h5/me/inbox": "我的消息",
    "/h5/me/settings": "提醒设置",
    "/h5/complaint": "投诉",
}


@pytest.fixture
def listed(service, scene, vault):
    """Put an entity and a citizen of this test on record."""
    entity = scene.listing()
    today = day(cast.now())
    dates = {"event_date": today, "ends_on": add_months(today, 12), "published_at": cast.now()}
    dates |= {"repairable_from": today}
    Archive().record(scene.entity, kind=RecordKind.PENALTY, list_kind=None, title="罚款", **dates)
    number = next(_numbers)
    name, openid = f"市民{'甲乙丙丁戊己庚辛壬癸'[number % 10]}", f"oKM_browser_{number}"
    order = {"openid": openid, "name": name}
    requests.post(f"{service.sandbox}/_control/citizens", json=order, timeout=30)
    known = OnRecord(vault, cast.now())
    person = known.person(numbers.of(openid, None), name)
    record = known.record(person, **dates | {"event_date": today - timedelta(days=40)})
    return {"public": entity, "own": record.id, "uscc": scene.uscc, "name": name}


@pytest.fixture
def phone(chromium, service, listed):
    phone = Phone.of(chromium, service).take_up(listed["name"])
    yield phone
    phone.page.context.close()


def _sign_in(phone, name):
    """Sign in and prove one's name inside the phone, as a newcomer does."""
    phone.tap("我的", "我的信用")
    phone.title("登录前请先阅读")
    phone.web.get_by_label("我已阅读并同意").check()
    phone.web.get_by_role("button", name="同意并登录").click()
    phone.title("实名核验")
    phone.web.get_by_role("button", name="去核验").click()
    phone.title("沙箱身份认证")
    phone.web.get_by_label(f"{name}（").check()
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
    phone.tap("我的", "我的消息")
    phone.title("我的消息")
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
    phone.tap("我的", "我的首页")
    phone.title("登录前请先阅读")


def test_every_page_can_be_used_by_everybody_on_a_phone(phone, listed):
    _sign_in(phone, listed["name"])
    one = {
        f"/h5/entities/{listed['uscc']}": "企业",
        f"/h5/records/{listed['public']}": "记录",
        f"/h5/records/{listed['own']}/eligibility": "能不能办",
        f"/h5/records/{listed['own']}/objection": "提异议",
        f"/h5/records/{listed['own']}/repair": "申请修复",
    }
    for place, name in {**PUBLIC, **OWN, **one}.items():
        phone.go(place, name)
    phone.page.goto(f"{phone.base}/h5/records/{listed['own']}/objection")
    phone.page.get_by_label("信息有错误").check()
    phone.page.get_by_label("情况说明").fill("金额写错了")
    phone.page.get_by_role("button", name="提交").click()
    expect(phone.page.get_by_role("status")).to_contain_text("已经提交")
    phone.go(phone.page.url.removeprefix(phone.base), "一件办件")
    phone.page.goto(f"{phone.base}/h5/nowhere")
    look(phone.page, "手机-没有这个页面")


def test_every_page_shows_its_content_without_javascript(chromium, service, listed, phone):
    _sign_in(phone, listed["name"])
    kept = phone.page.context.storage_state()
    bare = Phone.of(chromium, service, java_script_enabled=False, storage_state=kept)
    for place in (*PUBLIC, *OWN):
        reply = bare.page.goto(f"{bare.base}{place}")
        assert reply.ok, place
        assert bare.page.locator("h1").inner_text(), place
        assert len(bare.page.locator("main").inner_text()) > 10, place
    bare.page.context.close()
