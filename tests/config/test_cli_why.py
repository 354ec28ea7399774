"""`./xinyong why`: in plain words why a notice came, why not, and where it is."""

from datetime import timedelta

import pytest

from core import accounts, db, watch
from tests.core.given import NOW, account, expanded, record, refused, subject
from tests.core.given_cases import object_to


@pytest.fixture
def why(typed, database):
    def why(*words):
        said = typed("why", *words)
        db.bind(database.engine)
        return said

    return why


@pytest.fixture
def told(database):
    """An alert that WeChat took and a phone refused; returns its event and account."""
    return refused()


def test_an_event_is_told_with_what_has_become_of_it(told, why):
    code, said, _ = why(told[0])

    assert code == 0
    assert said.splitlines()[0] == f"消息 {told[0]}：列入严重失信名单的提醒，发给账户 {told[1]}"
    assert "  1 人：没有送达（本人拒收：failed:user block）" in said


@pytest.mark.parametrize("by", ["event and account", "account", "msgid", "openid"])
def test_one_notice_is_found_every_way(told, why, by):
    with db.Reading() as session:
        openid = accounts.openid_of(session, told[1])
    words = {
        "event and account": (told[0], "--account", told[1]),
        "account": ("--account", told[1]),
        "msgid": ("--msgid", "m1"),
        "openid": ("--openid", openid),
    }

    code, said, _ = why(*words[by])

    assert code == 0
    assert "没有送达（本人拒收：failed:user block），经微信模板消息，试过 1 次" in said
    assert "微信回执：本人拒收：failed:user block，2026-05-20 12:00:00" in said


def test_why_nothing_came_is_said(told, why):
    other = account()

    assert "没有收到：这条消息只给另一个账户" in why(told[0], "--account", other)[1]
    assert why("--account", other)[1] == f"账户 {other} 还没有收到过任何消息。\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "请写明消息号、--account、--openid、--msgid、--record 或 --case"),
        ((9,), "没有这条消息，请核对消息号。"),
        (("--msgid", "x"), "没有这个微信消息号，请核对"),
        (("--record", 9), "没有找到这条记录"),
        (("--case", "x"), "没有找到这个受理编号"),
        (("--openid", "x"), "没有这个微信用户，请核对 openid"),
    ],
)
def test_what_is_not_there_is_named(told, why, words, said):
    code, _, error = why(*words)

    assert code != 0
    assert said in error


def test_a_record_is_asked_for_with_what_it_owed_or_why_nothing(database, why):
    entity, follower = subject(), account()
    told, old = record(entity.id), record(entity.id)
    with db.Writing() as session:
        watch.follow(session, follower, entity.id, now=NOW)
        watch.alert(session, [told.id], now=NOW, max_age=timedelta(days=9999))
    expanded()

    assert "1 人：等待发送" in why("--record", told.id)[1]
    assert f"账户 {follower}：等待发送" in why("--record", told.id, "--account", follower)[1]
    assert "旧事不当作新消息发" in why("--record", old.id)[1]


def test_a_case_is_asked_for_by_its_receipt_code(database, why):
    entity = subject()
    case = object_to(entity, record(entity.id))

    assert "办件回执，发给账户" in why("--case", case.receipt_code)[1]
