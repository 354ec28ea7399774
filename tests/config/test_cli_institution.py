"""`./xinyong institution` and `./xinyong key`: who may check subjects, and with which keys."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from core import db, institutions
from core.audit.trail import Entry

USCC = "12530100MA00000007"


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def enrolled(typed):
    assert typed("institution", "add", "昆明市公共资源交易中心", USCC)[0] == 0
    return typed


@pytest.fixture
def issued(enrolled):
    """Issue a key; return it with what was said."""

    def issue(*words):
        code, said, _ = enrolled("key", "issue", USCC, "--scope", "check_entities", *words)
        assert code == 0
        return re.search(r"xyk_\S+", said)[0], said

    return issue


def holder(database, secret):
    db.bind(database.engine)
    with db.Reading() as session:
        return institutions.holder(session, secret, now=datetime.now(UTC))


def test_an_institution_is_listed_suspended_and_let_in_again(enrolled):
    assert f"{USCC}  昆明市公共资源交易中心  正常" in enrolled("institution", "list")[1]
    assert "已停用" in enrolled("institution", "suspend", USCC)[1]
    assert "已停用" in enrolled("institution", "list")[1]
    assert "正常" in enrolled("institution", "resume", USCC)[1]


def test_what_is_refused_is_said_in_words(enrolled):
    assert "已经登记" in enrolled("institution", "add", "另一个", USCC)[2]
    assert "不是统一社会信用代码" in enrolled("institution", "add", "另一个", "1")[2]
    assert "没有登记这个机构" in enrolled("institution", "suspend", "12530100MA00000099")[2]
    assert "没有这样开头的密钥" in enrolled("key", "revoke", "xyk_0")[2]
    assert "没有 fly" in enrolled("key", "issue", USCC, "--scope", "fly")[2]


def test_a_key_is_shown_once_and_is_good(issued, enrolled, database):
    secret, said = issued("--days", "30")

    assert "只显示这一次" in said
    assert holder(database, secret).uscc == USCC
    listed = enrolled("key", "list", USCC)[1]
    assert secret not in listed
    assert secret[:12] in listed
    assert "没有用过" in listed


def test_a_revoked_key_is_good_for_nothing(issued, enrolled, database):
    secret, _ = issued()

    assert enrolled("key", "revoke", secret[:12])[0] == 0

    assert holder(database, secret) is None
    assert "已撤销" in enrolled("key", "list", USCC)[1]


def test_an_expired_key_is_listed_as_such(issued, enrolled):
    issued("--days", "1")

    with time_machine.travel(datetime.now(UTC) + timedelta(days=2)):
        assert "已过期" in enrolled("key", "list", USCC)[1]


def test_the_trail_tells_of_each(issued, enrolled, database):
    secret, _ = issued()
    enrolled("key", "revoke", secret[:12])
    enrolled("institution", "suspend", USCC)
    db.bind(database.engine)

    with db.Reading() as session:
        acts = session.execute(sa.select(Entry.action, Entry.object)).all()

    assert [tuple(act) for act in acts] == [
        ("enrol", "institution:1"),
        ("issue", "key:1"),
        ("revoke", "key:1"),
        ("suspended", "institution:1"),
    ]


def test_without_any_that_is_said(typed):
    assert typed("institution", "list")[1] == "还没有登记过机构。\n"
