"""What a citizen does on our pages, seen on the way."""

import requests
from playwright.sync_api import expect

from tests.browser.desk import look, until
from tests.browser.phones import fits


def object_to(phone, listed):
    page = phone.page
    page.goto(f"{phone.base}/h5/records/{listed['own']}/objection")
    look(page, "手机-提异议")
    page.get_by_label("信息有错误").check()
    page.get_by_label("情况说明").fill("金额写错了")
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("status")).to_contain_text("已经提交")
    return page.url.partition("?")[0].rpartition("/")[2]


def ask_for_report(phone):
    page = phone.page
    page.goto(f"{phone.base}/h5/me/reports")
    page.get_by_role("button", name="申请本人的信用报告").click()
    page.wait_for_url("**/me/reports/*")
    return page.url.rpartition("/")[2]


def verify_report(phone, number):
    """Wait until the report is made, and verify it as anybody can who has it."""
    page = phone.page

    def is_made():
        page.goto(f"{phone.base}/h5/me/reports/{number}")
        return page.locator("a[download]").count()

    until(is_made)
    look(page, "手机-报告可以下载")
    code = page.locator("dt:has-text('核验码') + dd").inner_text()
    letters = "".join(filter(str.isalnum, code))
    phone.go(f"/wechat/reports/{number}/{letters}", "核验到的报告")


def ask_too_often(phone):
    """Guess at codes until we ask for patience."""
    place = "/wechat/certificates/20261126000000ABCDEFGH/7KQ2M9XD"
    while requests.get(f"{phone.base}{place}", timeout=30).status_code != 429:
        pass
    phone.go(place, "太多次了", status=429)
    assert "秒" in phone.page.locator("main").inner_text()


def export(phone):
    phone.page.goto(f"{phone.base}/h5/me/data")
    phone.page.get_by_role("button", name="在网页上看").click()
    expect(phone.page.get_by_role("heading", level=1)).to_contain_text("导出")
    fits(phone.page, "export")
    look(phone.page, "手机-导出")


def file_again(phone, there):
    """Withdraw a case, and file it once more from what was said the first time."""
    phone.like("zh")
    phone.page.goto(f"{phone.base}/h5/me/cases/{there['case']}")
    _step(phone.page, "撤回申请")
    expect(phone.page.get_by_role("status")).to_contain_text("撤回")
    fits(phone.page, "withdrawn")
    look(phone.page, "手机-撤回的办件")
    _step(phone.page, "重新提交")
    expect(phone.page.get_by_role("status")).to_contain_text("已经重新提交")
    look(phone.page, "手机-重新提交的办件")


def _step(page, name):
    """Take a step that a case offers below what is so."""
    page.locator("summary", has_text=name).click()
    fits(page, name)
    look(page, f"手机-{name}")
    page.get_by_role("button", name=name).click()
