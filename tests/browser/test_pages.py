"""Every page that the console's navigation leads to: looked at, and judged by axe-core."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from core import alarms
from core.accounts import Account
from core.alarms import AlarmKind
from core.staff.roles import Role
from tests.browser.desk import look

pytestmark = pytest.mark.timeout(300)


def test_every_page_of_the_console_can_be_used_by_everybody(service, scene, enter, page):
    record = scene.listing()
    scene.follow("oOfPages")
    scene.alert(record)
    with service.writing() as session:
        now = datetime.now(UTC)
        alarms.ring(session, AlarmKind.TEMPLATE, "credit-alert", reason="43116", now=now)
    page.goto(f"{service.environ['PUBLIC_URL']}/console/sign-in")
    look(page, "登录")
    desk = enter(*Role)
    look(desk.page, "首页")
    links = desk.page.locator("nav.side a")
    places = [(one.inner_text(), one.get_attribute("href")) for one in links.all()]
    assert len(places) > 1
    for name, place in places:
        reply = desk.page.goto(f"{desk.base}{place}")
        assert reply.ok, (name, reply.status)
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        look(desk.page, f"导航-{name}")
    whose = f"record={record}&account={_newest(service)}&purpose=check_notice"
    desk.page.goto(f"{desk.base}/console/why/?{whose}")
    look(desk.page, "消息去向")
    desk.page.goto(f"{desk.base}/console/account")
    look(desk.page, "我的账户")
    desk.page.goto(f"{desk.base}/console/nowhere")
    look(desk.page, "没有这个页面")


def test_on_a_narrow_window_the_pages_stand_in_one_column(enter):
    desk = enter(*Role)
    desk.page.set_viewport_size({"width": 390, "height": 844})
    desk.page.goto(f"{desk.base}/console/")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 390
    look(desk.page, "窄屏-首页")


def _newest(service):
    """Return the account that the alert was for."""
    with service.writing() as session:
        return session.scalar(sa.select(sa.func.max(Account.id)))
