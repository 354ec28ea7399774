"""`./xinyong campaign …`: a campaign from its file to its end, by the command line."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from core import db
from core.articles import reading
from core.audit.trail import Entry
from core.campaigning import previewing
from core.campaigning.ledger import Campaign, CampaignState
from core.outbox.deliveries import Delivery
from core.staff.members import Member, MemberState
from core.staff.roles import Role
from tests.core import given_campaigns as given
from tests.core.campaigning.given import finish, ran
from tests.core.given import NOW, PACE, account

FORM = """\
title: 诚信兴商宣传月
article: 1
cover: cover.png
settings: [企业, schools]
places: 五华区
lists: [WAGE_ARREARS]
language: 中文
rate: 60000
quiet: 21:00-08:00
start: 3·15 09:00
"""


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def command(typed, database, tmp_path, valkey_url, redis):
    """Type a command where there are an article, a cover, subscribers, a tester and staff."""
    os.environ.update(REDIS_URL=valkey_url)
    (tmp_path / "cover.png").write_bytes(given.PNG)
    given.article(now=NOW)
    given.subscribers(3)
    account("oOnlyFollows")
    given.named("oSub0")
    roles = {"editor": Role.CAMPAIGN_EDITOR, "approver": Role.CAMPAIGN_APPROVER}
    with db.Writing() as session:
        for login, role in roles.items():
            row = {"login": login, "name": login, "roles": role, "state": MemberState.ACTIVE}
            others = {"failures": 0, "epoch": 0, "created_at": NOW, "changed_at": NOW}
            session.add(Member(**row | others))

    def type_(*words):
        found = typed("campaign", *words)
        db.bind(database.engine)
        return found

    return type_


@pytest.fixture
def form(tmp_path):
    def write(text="title: 诚信\narticle: 1\ncover: cover.png\nquiet: 无\n"):
        (tmp_path / "form.yaml").write_text(text, encoding="utf-8")
        return "form.yaml"

    return write


def read():
    with db.Reading() as session:
        return session.scalars(sa.select(Campaign).order_by(Campaign.id.desc())).first()


def acts():
    with db.Reading() as session:
        rows = session.execute(sa.select(Entry.actor, Entry.action).order_by(Entry.id))
    return [tuple(row) for row in rows if row.action.endswith("_campaign")]


def test_a_file_says_all_that_the_console_asks_for(command, form):
    code, told, _ = command("draft", form(FORM))

    assert (code, told.startswith("《诚信兴商宣传月》已存为宣传 1 的草稿")) == (0, True)
    held = read()
    assert held.whom == {
        "settings": ["businesses", "schools"],
        "places": ["530102"],
        "lists": ["WAGE_ARREARS"],
        "language": "zh",
    }
    assert (held.rate, held.quiet_from.hour, held.quiet_until.hour) == (60_000, 21, 8)
    assert (held.start_at.month, held.start_at.day, held.start_at.hour) == (3, 15, 1)  # UTC
    assert command("revise", 1, form())[0] == 0
    held = read()
    assert (held.title, held.revision, held.quiet_from, held.start_at) == ("诚信", 2, None, None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (FORM.replace("title: 诚信兴商宣传月\n", ""), "form.yaml title：缺少这一项"),
        (FORM.replace("诚信兴商宣传月", "长" * 65), "form.yaml 第 1 行 title：要 1 到 64 个字"),
        (FORM.replace("article: 1", "article: 一"), "form.yaml 第 2 行 article：要写文章的编号"),
        (FORM.replace("article: 1", "article: 99"), "form.yaml 第 2 行 article：没有这篇文章"),
        (FORM.replace("cover.png", "x.png"), "form.yaml 第 3 行 cover：找不到图片“x.png”"),
        (FORM.replace("cover.png", "form.yaml"), "form.yaml 第 3 行 cover：图片要是 PNG"),
        (FORM.replace("企业", "公司"), "form.yaml 第 4 行 settings：不认识“公司”"),
        (FORM.replace("五华区", "{a: b}"), "form.yaml 第 5 行 places：要写一个名称"),
        (FORM.replace("WAGE_ARREARS", "X"), "form.yaml 第 6 行 lists：不认识“X”"),
        (FORM.replace("中文", "法文"), "form.yaml 第 7 行 language：可以写"),
        (FORM.replace("60000", "599"), "form.yaml 第 8 行 rate：每分钟 600 到"),
        (FORM.replace("21:00-", ""), "form.yaml 第 9 行 quiet：要写成 21:00-08:00"),
        (FORM.replace("3·15 09:00", "明天"), "form.yaml 第 10 行 start：要写成 2027-03-15"),
        (FORM.replace("3·15", "[1]"), "form.yaml 第 10 行：不是 YAML 的写法"),
        (FORM + "colour: red\n", "form.yaml 第 11 行 colour：没有这一项"),
        (FORM + "title: 再写\n", "form.yaml 第 11 行 title：写了两次，第一次在第 1 行"),
        ("- a\n", "form.yaml：要写成"),
        ("", "form.yaml：要写成"),
        ("title: a\n b: [\n", "form.yaml 第 2 行：不是 YAML 的写法"),
    ],
)
def test_what_is_wrong_with_a_file_is_named_by_file_line_and_field(command, form, text, words):
    code, told, wrong = command("draft", form(text))

    assert (code, told, read()) == (2, "", None)
    assert words in wrong


def looked_at(command):
    """Have the preview shown, as the job would."""
    assert command("preview", 1, "--to", "王五")[0] == 0
    with db.Writing() as session:
        previewing.settle(session, previewing.lease(session, now=later(), pace=PACE), None, now=NOW)


def test_the_plan_says_how_many_which_way_how_long_and_what_is_left(command, form):
    command("draft", form(), "--by", "editor")
    code, told, _ = command("plan", 1)
    assert (code, told.splitlines()[0]) == (0, "将送达 3 人，约需 1 分钟。")
    assert "经微信群发 3 人，按名单群发（每组至多一万人），1 次调用，当天还剩 100 次" in told
    assert command("show", 1)[1].endswith(told)


def test_two_who_are_named_agree_once_a_tester_has_seen_it(command, form):
    command("draft", form(), "--by", "editor")
    assert "没有叫“李四”的测试人" in command("preview", 1, "--to", "李四")[2]
    looked_at(command)
    assert "预览给王五：已送到" in command("show", 1)[1]

    assert "要写明是谁" in command("propose", 1, "--why", "宣传月")[2]
    assert command("propose", 1, "--why", "宣传月", "--by", "editor")[0] == 0
    assert "角色" in command("approve", 1, "--by", "editor", "--yes")[2]
    code, told, wrong = command("approve", 1, "--by", "approver")
    assert (code, "将送达 3 人" in told, "理由：宣传月" in told) == (2, True, True)
    assert "还没有批准" in wrong
    assert command("approve", 1, "--by", "approver", "--yes")[0] == 0
    assert ("cli", "approve_campaign") in acts()
    assert read().state is CampaignState.APPROVED


def test_a_campaign_is_followed_steered_and_exported(command, tmp_path):
    given.ready(now=NOW)
    assert command("schedule", 1)[0] == 0
    ran(1, now=later())
    assert "正在进行" in command("list")[1]
    assert command("pause", 1)[0] == 0
    assert "已暂停" in command("show", 1)[1]
    assert command("resume", 1)[0] == 0
    finish(1, now=later())
    with db.Writing() as session:
        reading.count(session, session.get_one(Campaign, 1).article_id, now=NOW)
        opened = sa.update(Delivery).where(Delivery.account_id == 1)
        session.execute(opened.values(read_at=NOW))
    told = command("show", 1)[1]
    assert "文章读过 1 次；在收件箱里打开过的 1 人。" in told
    assert "3  微信已接受" in told
    assert "第 1 次  名单  微信已接受，等回执  3 人" in told

    exported(command, tmp_path)
    assert command("stop", 1)[0] == 0
    assert "现在的状态" in command("resume", 1)[2]
    assert "已安排删除" in command("remove", 1)[1]
    assert "3 人  等微信删除" in command("show", 1)[1]


def exported(command, tmp_path):
    for name in ("result.csv", "result.xlsx"):
        assert command("export", 1, "-o", name)[0] == 0
    assert "微信已接受" in (tmp_path / "result.csv").read_text(encoding="utf-8-sig")
    assert (tmp_path / "result.xlsx").read_bytes().startswith(b"PK")
    assert "扩展名" in command("export", 1, "-o", "result.pdf")[2]


def test_whoever_has_had_four_is_counted_in_the_plan(command, form):
    for _ in range(4):
        number = given.ready(now=later())
        ran(number, now=later())
        finish(number, now=later())
    command("draft", form())
    number = read().id

    told = command("plan", number)[1]
    assert "其中 3 人本月已收到四条，只在收件箱看到" in told


def later():
    """The commands read the real clock: what follows them comes after it."""
    return datetime.now(UTC) + timedelta(seconds=5)


def test_what_is_not_there_is_said(command):
    assert command("list")[1].startswith("还没有宣传")
    for words in (("plan", 9), ("show", 9), ("pause", 9), ("export", 9, "-o", "a.csv")):
        assert "没有这次宣传" in command(*words)[2]
    assert "已经有人处理了" in command("approve", 9, "--by", "approver")[2]
    assert "3·15" in command("days")[1]
    assert "王五" in command("testers")[1]
    assert command("tester", "赵六", "oSub1")[0] == 0
    assert "没有这个命令：aprove" in command("aprove", "1")[2]
