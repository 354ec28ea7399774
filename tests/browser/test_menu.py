"""The account's own menu: each entry is tapped, codes are scanned, a district is chosen."""

import pytest
import requests
from playwright.sync_api import expect

from config import menu, wechat_account
from config.settings import Settings
from tests.browser.desk import look

pytestmark = pytest.mark.timeout(300)
ENTRIES = [(column.name, item) for column in menu.load() for item in column.items]


def test_every_entry_of_the_menu_is_answered(phone):
    for group in ("查信用", "办事项", "我的"):
        phone.page.locator(".menu-head", has_text=group).click()
        look(phone.page, f"手机里-菜单-{group}")
    for group, item in ENTRIES:
        if item.page:
            phone.tap(group, item.name)
            expect(phone.web.get_by_role("heading", level=1)).to_be_visible()
            phone.close()
        elif item.key:
            before = phone.page.locator(".theirs").count()
            phone.press(group, item.name)
            expect(phone.page.locator(".theirs")).to_have_count(before + 1)
    assert not phone.page.locator(".system", has_text="故障").count()
    look(phone.page, "手机里-点过菜单")


def test_the_menus_scan_asks_what_the_code_says_and_is_answered(service, phone, listed):
    phone.press("查信用", "扫一扫查询")
    phone.scan(listed["uscc"], "手机里-扫一扫")
    phone.hears(listed["uscc"])
    look(phone.page, "手机里-扫到了")

    scans = [one["fields"] for one in service.read("pushes")["pushes"]]
    scanned = {"ScanType": "qrcode", "ScanResult": listed["uscc"]}
    assert [one["ScanCodeInfo"] for one in scans if "ScanCodeInfo" in one] == [scanned]
    assert scans[-1]["Event"] == "scancode_waitmsg"


def test_a_code_of_the_account_is_scanned_by_who_follows_and_by_who_does_not(
    service, phone, listed
):
    code = _code(service, f"e:{listed['uscc']}")
    phone.page.locator("#more").click()
    phone.page.locator("#scan-code").click()
    phone.scan("http://weixin.qq.com/q/none", "手机里-扫码")
    expect(phone.page.get_by_role("alert")).to_have_text("这不是公众号的二维码，或者已经过期")
    phone.page.locator("#scan-code").click()
    phone.scan(code["ticket"], "手机里-扫码")
    phone.hears(listed["uscc"])

    order = {"openid": "oKM_scanning_newcomer", "name": "新来的"}
    requests.post(f"{service.sandbox}/_control/citizens", json=order, timeout=30)
    phone.page.locator("#citizen").select_option(label="新来的")
    look(phone.page, "手机里-还没有关注")
    phone.page.get_by_role("button", name="扫公众号的二维码关注").click()
    phone.scan(code["url"], "手机里-扫码关注")
    phone.hears(listed["uscc"])
    expect(phone.page.locator("#menu .menu-head").first).to_be_visible()


def test_what_the_menu_has_no_room_for_is_reached_from_the_pages_that_it_opens(phone):
    phone.tap("查信用", "红黑名单")
    for name in ("行政处罚公示", "查办件进度", "政策和动态"):
        phone.web.get_by_role("navigation").get_by_role("link", name="首页").click()
        phone.web.get_by_role("link", name=name).click()
        phone.title(name)


def test_a_list_of_a_district_is_chosen_in_the_phone(phone):
    phone.tap("查信用", "红黑名单")
    phone.web.get_by_role("link", name="拖欠农民工工资").click()
    phone.web.get_by_label("县（市）区").select_option("五华区")
    phone.web.get_by_role("button", name="查看", exact=True).click()
    phone.title("五华区")
    look(phone.page, "手机里-一个区的名单")
    phone.close()
    for place, name in (("lists/WAGE_ARREARS", "名单"), ("decisions/penalty", "处罚")):
        phone.go(f"/h5/{place}?district=530128", f"一个县的{name}")
        phone.like("en.large")
        phone.pass_by(f"/h5/{place}?district=530128", f"一个县的{name}-英文大字", judged=True)
        phone.like("zh")


def test_before_there_is_a_menu_the_phone_says_so(service, phone):
    with service.redis() as redis:
        account = _account(service, redis)
        account.menu.delete()
        expect(phone.page.locator("#menu")).to_have_text("公众号还没有放上菜单")
        look(phone.page, "手机里-没有菜单")
        menu.put(account, service.environ["PUBLIC_URL"])
    expect(phone.page.locator(".menu-head")).to_have_count(3)


def _code(service, scene):
    wanted = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
    with service.redis() as redis:
        return _account(service, redis).qrcode.create(wanted)


def _account(service, redis):
    given = {name.lower(): value for name, value in service.environ.items()}
    return wechat_account.client(Settings.model_validate(given), redis)
