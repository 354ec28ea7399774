"""A campaign as people run it: two at their browsers, real workers, phones at the sandbox."""

import pytest
from playwright.sync_api import expect

from core.staff.roles import Role
from tests.browser.desk import look, until

pytestmark = pytest.mark.timeout(300)
OPENIDS = [f"oCampaign_{number:018}" for number in range(3)]
BODY = "## 守信的三件事\n\n1. 按时交货\n2. 按约付款\n3. **有错就改**\n\n[信用昆明](https://credit.example.cn/)"


@pytest.fixture
def cover(tmp_path, chromium):
    """A picture of a real size: a screenshot of a coloured page."""
    page = chromium.new_page(viewport={"width": 900, "height": 383})
    page.set_content("<body style='background:#b3261e;color:#fff;font:64px serif'>诚信兴商</body>")
    page.screenshot(path=tmp_path / "cover.png")
    page.close()
    return tmp_path / "cover.png"


@pytest.fixture
def crew(service, enter):
    service.order("followers", openids=OPENIDS)
    for openid in OPENIDS:
        service.order("say", openid=openid, text="订阅宣传")
    return enter(Role.CAMPAIGN_EDITOR).page, enter(Role.CAMPAIGN_APPROVER).page


def test_a_campaign_goes_from_the_article_to_the_phones(service, crew, cover):
    editor, approver = crew
    published(service, editor, approver)
    place = written(service, editor, cover)
    previewed(service, editor)
    agreed(editor, approver, place)
    ran(service, editor, approver)


def published(service, editor, approver):
    editor.goto(f"{service.environ['PUBLIC_URL']}/console/articles/")
    look(editor, "宣传-文章-空")
    editor.get_by_role("button", name="写一篇").click()
    editor.get_by_label("题目").fill("诚信兴商")
    editor.get_by_label("正文").fill(BODY)
    look(editor, "宣传-写文章")
    editor.get_by_role("button", name="保存").click()
    expect(editor.locator("p.told")).to_contain_text("第 1 版")
    approver.goto(editor.url)
    look(approver, "宣传-文章-审批")
    approver.get_by_role("button", name="发布第 1 版").click()
    expect(approver.locator("p.told")).to_contain_text("已发布")
    editor.reload()
    look(editor, "宣传-文章-已发布")


def written(service, editor, cover):
    base = f"{service.environ['PUBLIC_URL']}/console/campaigns/"
    editor.goto(f"{base}testers")
    editor.get_by_label("姓名").fill("王五")
    editor.get_by_label("openid").fill(OPENIDS[0])
    editor.get_by_role("button", name="添加").click()
    look(editor, "宣传-测试人")
    editor.goto(base)
    look(editor, "宣传-列表-空")
    editor.get_by_role("button", name="安排一次宣传").click()
    editor.locator("summary", has_text="上传封面").click()
    editor.get_by_label("封面图片").set_input_files(cover)
    editor.get_by_role("button", name="上传").click()
    expect(editor.locator("p.told")).to_contain_text("封面已保存")
    editor.get_by_label("题目").fill("诚信兴商宣传月")
    editor.get_by_label("文章").select_option(index=1)
    editor.get_by_label("安静时段从").fill("")
    editor.locator("#quiet_until").fill("")
    editor.locator("summary", has_text="按区县").click()
    look(editor, "宣传-安排")
    editor.get_by_role("button", name="保存").click()
    expect(editor.locator("p.told")).to_contain_text("已保存")
    return editor.url


def previewed(service, editor):
    look(editor, "宣传-草稿和计划")
    editor.get_by_label("王五").check()
    editor.get_by_role("button", name="发预览").click()
    until(lambda: any(one.get("preview") for one in got(service, OPENIDS[0])))
    # The page asks again by itself.
    expect(editor.locator("#now")).to_contain_text("预览给王五：已送到")


def agreed(editor, approver, place):
    editor.reload()
    editor.get_by_label("理由").fill("九月宣传月")
    look(editor, "宣传-申请批准")
    editor.get_by_role("button", name="申请批准").click()
    expect(editor.locator("p.told")).to_contain_text("已申请批准")
    approver.goto(place)
    look(approver, "宣传-批准")
    approver.get_by_role("button", name="按上面的计划批准").click()
    expect(approver.locator("p.told")).to_contain_text("已批准")


def ran(service, editor, approver):
    look(approver, "宣传-定时间")
    approver.get_by_role("button", name="定下时间").click()
    expect(approver.locator("#now")).to_contain_text("已完成", timeout=60_000)
    approver.reload()
    approver.locator("summary", has_text="每一次群发").click()
    look(approver, "宣传-完成")
    assert [sum(bool(one.get("mass")) for one in got(service, openid)) for openid in OPENIDS] == [
        *(1, 1, 1),
    ]
    with editor.expect_download() as download:
        editor.goto(approver.url)
        editor.get_by_role("link", name="XLSX").click()
    assert download.value.suggested_filename.startswith("campaign-")


def got(service, openid):
    return service.read("messages", openid=openid)["messages"]
