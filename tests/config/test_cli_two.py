"""What needs two: a command names who asked and who approved, and the trail has both."""

import click
import pytest
import sqlalchemy as sa

from config.cli import two
from config.cli.two import Logins
from config.settings import ROOT, Mode
from core import db
from core.audit.trail import Entry
from core.staff.approvals import Approval, ApprovalState, Matter
from core.staff.members import Member, MemberState
from core.staff.roles import Role
from tests.core.given import NOW
from tests.fixtures.service import settings_for

LISTS = ROOT / "config" / "sample_data" / "lists_synthetic.csv"
LOGINS = {"clerk": 1, "reviewer": 2, "editor": 3, "approver": 4, "handler": 5, "gone": 6}
ROLES = {
    "clerk": Role.INTAKE_CLERK,
    "reviewer": Role.REVIEWER,
    "editor": Role.CAMPAIGN_EDITOR,
    "approver": Role.CAMPAIGN_APPROVER,
    "handler": Role.CASE_HANDLER,
    "gone": Role.REVIEWER,
}


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def command(typed, database):
    """Type a command where there is staff; one of them has left."""
    with db.Writing() as session:
        for login, number in LOGINS.items():
            state = MemberState.DISABLED if login == "gone" else MemberState.ACTIVE
            row = {"id": number, "login": login, "name": login, "roles": ROLES[login]}
            others = {"failures": 0, "epoch": 0, "created_at": NOW, "changed_at": NOW}
            session.add(Member(**row | others, state=state))

    def type_(*words):
        said = typed(*words)
        db.bind(database.engine)
        return said

    return type_


def both(asked_by, approved_by):
    return ("--asked-by", asked_by, "--approved-by", approved_by)


def approvals():
    with db.Reading() as session:
        found = session.scalars(sa.select(Approval).order_by(Approval.id)).all()
    assert all(one.state is ApprovalState.APPROVED for one in found)
    return [(one.matter, one.object_id, one.asked_by, one.answered_by) for one in found]


def acts(session_actions):
    with db.Reading() as session:
        rows = session.execute(sa.select(Entry.actor, Entry.action).order_by(Entry.id)).all()
    return [tuple(row) for row in rows if row.action in session_actions]


def test_a_file_is_published_by_the_two_that_are_named(command):
    code, said, _ = command("intake", LISTS, "--publish", *both("clerk", "reviewer"))

    assert (code, "公示 5 条" in said) == (0, True)
    assert approvals() == [(Matter.PUBLISH_BATCH, 1, 1, 2)]
    assert acts({"ask_publish_batch", "approved_publish_batch", "publish"}) == [
        ("staff:1", "ask_publish_batch"),
        ("staff:2", "approved_publish_batch"),
        ("staff:2", "publish"),
    ]


def test_a_batch_is_withdrawn_by_the_two_that_are_named(command):
    command("intake", LISTS, "--publish")

    words = ("batch", "withdraw", "1", "--why", "名单有误")
    assert command(*words, *both("handler", "reviewer"))[0] == 0

    assert approvals() == [(Matter.WITHDRAW_BATCH, 1, 5, 2)]


def test_a_batch_that_is_not_there_leaves_no_approval(command):
    words = ("batch", "withdraw", "9", "--why", "名单有误")

    assert "没有这个批次" in command(*words, *both("handler", "reviewer"))[2]
    assert approvals() == []


def test_a_campaign_is_started_by_the_two_that_are_named(command, tmp_path):
    (tmp_path / "article.md").write_text("# 诚信兴商\n\n守信用，走得远。\n", encoding="utf-8")

    for _ in range(2):
        assert command("campaign", "article.md", *both("editor", "approver"))[0] == 0

    assert approvals() == [(Matter.START_CAMPAIGN, 1, 3, 4)]


@pytest.mark.parametrize(
    ("asked_by", "approved_by", "words"),
    [
        ("handler", "reviewer", "handler的角色不能做这件事"),
        ("clerk", "clerk", "clerk的角色不能做这件事"),
        ("clerk", "gone", "没有这位工作人员"),
        ("clerk", "nobody", "没有这位工作人员"),
    ],
)
def test_two_who_may_not_are_refused_before_anything_is_read(command, asked_by, approved_by, words):
    code, said, wrong = command("intake", LISTS, "--publish", *both(asked_by, approved_by))

    assert (code, said) == (2, "")
    assert words in wrong
    assert approvals() == []
    assert acts({"take_in"}) == []


def test_one_alone_is_not_two(command):
    with db.Writing() as session:
        session.get_one(Member, 1).roles = f"{Role.INTAKE_CLERK} {Role.REVIEWER}"

    wrong = command("intake", LISTS, "--publish", *both("clerk", "clerk"))[2]
    assert "提出的人不能自己审批" in wrong
    assert "要写明是谁提出的" in command("intake", LISTS, "--publish", "--asked-by", "clerk")[2]


def test_the_city_publishes_nothing_that_two_are_not_named_for(command, database):
    desk = settings_for(database.url, "redis://127.0.0.1:1/0")
    city = desk.model_copy(update={"mode": Mode.PRODUCTION})

    for matter in (Matter.PUBLISH_BATCH, Matter.WITHDRAW_BATCH, Matter.START_CAMPAIGN):
        with pytest.raises(click.ClickException, match=r"^正式环境要写明"):
            two.of(city, matter, Logins(None, None))
    assert two.of(city, Matter.PUBLISH_BATCH, Logins("clerk", "reviewer"))
