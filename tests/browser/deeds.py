"""What a citizen does on our pages, seen on the way."""

from playwright.sync_api import expect

from tests.browser.desk import look
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
