"""Pages that lie behind the navigation: each is reached as people reach it, and looked at."""

import pytest
from playwright.sync_api import expect

from core import applying, data_request, realname
from core.applying import Office
from core.data_request import Right
from core.db import Writing
from core.eligibility import Applicant
from core.records import RecordKind, RecordState
from core.staff.roles import Role
from tests.browser.desk import PASSWORD, PATIENCE, Hired, look
from tests.clients import cast
from tests.core.department_files import PENALTY, RULES, text
from tests.core.given import account

pytestmark = pytest.mark.timeout(300)
LIST = "FIRE"  # which no schedule releases meanwhile
ROWS = 30_000  # as many as a worker is busy with while somebody looks


def test_records_of_a_unit_are_open_and_a_persons_only_for_a_purpose(scene, enter):
    units, persons_ = scene.listing(), scene.listing(**of_person(scene))
    desk = enter(Role.CASE_HANDLER, Role.INTAKE_CLERK)
    desk.page.goto(f"{desk.base}/console/records/{units}")
    desk.page.get_by_text("更正内容").first.click()
    look(desk.page, "记录-单位")

    desk.page.goto(f"{desk.base}/console/records/{persons_}")
    expect(desk.page.get_by_text("内容先选目的再看")).to_be_visible()
    look(desk.page, "记录-自然人-先问目的")
    desk.page.get_by_label("查看的目的").select_option(index=1)
    desk.page.get_by_role("button", name="查看内容").click()
    expect(desk.page.get_by_text("内容先选目的再看")).to_be_hidden()
    look(desk.page, "记录-自然人-已选目的")


def test_a_file_is_watched_until_it_is_in_and_says_which_rows_came_back(enter, tmp_path):
    desk = enter(Role.INTAKE_CLERK)
    desk.page.goto(f"{desk.base}/console/intake/")
    sent(desk, large(tmp_path))
    expect(desk.page.get_by_role("progressbar")).to_be_visible(timeout=4 * PATIENCE)
    look(desk.page, "归集-导入中")
    with desk.page.expect_download(timeout=4 * PATIENCE) as report:
        desk.page.get_by_role("link", name="下载退回报告").click(timeout=4 * PATIENCE)
    expect(desk.page.get_by_role("progressbar")).to_be_hidden(timeout=4 * PATIENCE)
    assert "日期不对" in report.value.path().read_text(encoding="utf-8-sig")
    desk.page.reload()
    look(desk.page, "归集-已导入")
    desk.page.get_by_text("申请公示", exact=False).first.click()
    look(desk.page, "归集-申请公示")


def test_a_file_of_another_kind_is_refused_in_words(enter, tmp_path):
    desk, path = enter(Role.INTAKE_CLERK), tmp_path / "通讯录.csv"
    path.write_text("姓名,电话\n张三,1\n", encoding="utf-8")
    desk.page.goto(f"{desk.base}/console/intake/")
    sent(desk, path)
    expect(desk.page.get_by_role("alert")).to_be_visible()
    look(desk.page, "归集-不认识的文件")


def test_a_list_is_released_and_read_as_it_was_released(scene, enter):
    scene.listing(list_kind=LIST)
    desk = enter(Role.REVIEWER)
    desk.page.goto(f"{desk.base}/console/lists/")
    row = desk.page.get_by_role("row").filter(has_text=LIST)
    row.get_by_role("button", name="现在公布").click()
    expect(desk.page.locator("p.told")).to_be_visible()
    expect(desk.page.get_by_role("cell", name=scene.uscc)).to_be_visible()
    look(desk.page, "名单-一次公布")


def test_two_of_the_staff_answer_a_data_request_each_for_a_purpose(scene, vault, enter):
    case = asked(scene, vault)
    handler, reviewer = enter(Role.CASE_HANDLER), enter(Role.REVIEWER)
    place = f"/console/cases/{case.id}"
    handler.page.goto(handler.base + place)
    assert "请删除我的旧电话" not in handler.page.content()
    look(handler.page, "个人信息请求-先问目的")
    for_a_purpose(handler)
    expect(handler.page.get_by_text("请删除我的旧电话")).to_be_visible()
    look(handler.page, "个人信息请求-待受理")
    handler.take("accept")
    handler.take("propose", outcome="upheld", reason="right_granted", text="已经删除。")

    reviewer.page.goto(reviewer.base + place)
    for_a_purpose(reviewer)
    look(reviewer.page, "个人信息请求-待确认")
    reviewer.take("confirm")
    look(reviewer.page, "个人信息请求-已答复")
    told_of(enter(Role.SUPERVISOR), case)


def test_an_invited_colleague_sets_a_password_and_signs_in(enter, page):
    desk = enter(Role.ADMINISTRATOR)
    desk.page.goto(f"{desk.base}/console/members/invite")
    desk.page.get_by_label("登录名").fill("li.hua")
    desk.page.get_by_label("姓名").fill("李华")
    desk.page.get_by_label("审计", exact=True).check()
    look(desk.page, "邀请同事")
    desk.page.get_by_role("button", name="邀请").click()
    link = desk.page.locator("code.link").inner_text()
    look(desk.page, "邀请链接")

    page.goto(link)
    look(page, "接受邀请")
    page.get_by_text("不能扫描时手工输入密钥").click()
    secret = page.locator("details code").inner_text().replace(" ", "")
    accepted(page, Hired("li.hua", secret))
    page.get_by_role("button", name="去登录").click()
    expect(page.get_by_role("heading", name="登录工作台")).to_be_visible()


def of_person(scene):
    """Give what a person's record has in place of a unit's."""
    return {
        "subject_id": scene.person,
        "kind": RecordKind.PENALTY,
        "list_kind": None,
        "title": "罚款",
        "state": RecordState.LOADED,
        "published_at": None,
    }


def large(folder):
    """Write a file of many penalties, of which a few cannot be taken in."""
    path = folder / "处罚.csv"
    rows = [
        PENALTY | {"行政处罚决定书文号": f"昆市监罚〔2026〕{number}号"} for number in range(ROWS)
    ]
    wrong = [one | {"处罚决定日期": "不知道"} for one in rows[:3]]
    path.write_text(text(*wrong, *rows), encoding="utf-8")
    return path


def sent(desk, path):
    desk.page.get_by_label("部门的数据文件").set_input_files(path)
    desk.page.get_by_role("button", name="上传").click()
    expect(desk.page.get_by_role("heading", level=1)).to_have_text(path.name)


def asked(scene, vault):
    """Let the person ask that something of theirs be deleted; return the case."""
    by = Applicant(account(), None, scene.person)
    form = applying.Form("请删除我的旧电话", (Right.DELETE, Right.EXPLAIN))
    with Writing() as session:
        who = realname.Verified("issuer", f"person-{by.account_id}", scene.person)
        realname.bind(session, by.account_id, who, now=cast.now())
        office = Office(RULES, vault)
        return data_request.file(session, by, form=form, office=office, now=cast.now())


def for_a_purpose(desk):
    desk.page.get_by_role("radio").first.check()
    desk.page.get_by_role("button", name="查看").click()
    expect(desk.page.get_by_role("heading", name="申请人提出的")).to_be_visible()


def told_of(desk, case):
    """Ask what became of the notices of a case."""
    desk.page.goto(f"{desk.base}/console/why/?case={case.id}")
    expect(desk.page.get_by_text("请先选择查看的目的")).to_be_visible()
    look(desk.page, "消息去向-先问目的")
    desk.page.get_by_label("查看的目的").select_option("check_notice")
    desk.page.get_by_role("button", name="查看").click()
    expect(desk.page.locator("article")).to_have_count(3)
    look(desk.page, "消息去向-一件")


def accepted(page, who):
    """Fill the form of an invitation in, with what the telephone shows."""
    page.get_by_label("密码", exact=False).first.fill(PASSWORD)
    page.get_by_label("再输入一次密码").fill(PASSWORD)
    page.get_by_label("动态码").fill(who.code())
    page.get_by_role("button", name="完成").click()
    expect(page.get_by_role("heading", name="可以登录了")).to_be_visible()
    look(page, "邀请已接受")
