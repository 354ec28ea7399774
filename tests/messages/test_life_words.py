"""What an operator reads of one notice: each way, each end, each reason, in plain words."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from core.calendar import day
from core.db import Reading, Writing
from core.outbox import events, life, settle
from core.outbox.deliveries import Delivery, EventKind, Way
from core.outbox.events import Audience, Owed
from core.preferences.kinds import Outlet
from messages.wechat.endpoints import TEMPLATE
from messages.wechat.errcodes import ACTIONS
from messages.wording import life_reasons_zh, life_zh
from tests.core.given import expanded
from tests.messages.reaching import done, full, outside, reachable, refuse

__all__ = ["full", "reachable"]  # fixtures


def read(key):
    with Reading() as session:
        return "\n".join(life_zh.of_one(life.of_one(session, *key)))


BY = {
    Way.SUBSCRIPTION: "微信已接收，等待回执，经微信订阅通知，试过 1 次",
    Way.WECHAT: "微信已接收，等待回执，经微信模板消息，试过 2 次",
    Way.SERVICE: "已送达，经微信客服消息，试过 3 次",
    Way.PUSH: "已送达，经应用推送，试过 4 次",
}


@pytest.mark.parametrize("way", BY)
def test_every_try_is_told_with_its_time_way_and_code(reachable, full, referee, way):
    key = reachable()
    before = list(BY)[: list(BY).index(way)]
    refuse(referee, *before)

    done(full)

    said = read(key)
    assert BY[way] in said
    assert said.count("试过：") == len(before)
    assert (
        "经微信订阅通知，没有成功（本人没有订阅，或订阅次数已用完，错误码 43101）" in said
    ) == bool(before)
    assert "起关注，事情发生时仍在关注" in said
    assert said.startswith(f"消息 {key[0]}：列入严重失信名单的提醒，发给关注“云南示例商贸有限公司”")
    assert "；关于记录 1" in said


def test_what_may_have_arrived_is_told_so_until_nobody_knows(tell, full, referee):
    _, key = tell()
    referee.order("faults", kind="timeout", path=f"/cgi-bin/{TEMPLATE}", seconds=0.01)

    done(full, times=12)
    assert "经微信模板消息，没有成功（微信没有回答" in read(key)
    assert "可能已经送到" in read(key)

    with Writing() as session:
        settle.sweep(session, now=full.now + timedelta(hours=2), pace=full.post.pace)
    assert "不知道是否送达，不再重发（微信没有回答，已过了可以安全重发的时间）" in read(key)
    assert len(outside(referee)) == 1


SILENT = {
    "not_wanted": {"off": (Outlet.WECHAT, Outlet.PUSH), "sms": False},
    "daily_limit": {"daily_most": 0},
    "digest": {"digest": True},
}


@pytest.mark.parametrize("reason", SILENT)
def test_why_only_the_inbox_has_it(reachable, full, reason):
    key = reachable(**SILENT[reason])

    done(full)

    assert f"没有发送（{life_reasons_zh.REASONS[reason]}）" in read(key)


def test_what_is_held_says_until_when(reachable, full):
    full.now = full.now.replace(hour=15, minute=30)  # 23:30 in Kunming
    key = reachable(quiet_from=time(22), quiet_until=time(7))

    full.work()

    assert "等待发送（在本人不打扰的时段，过后再发），试过 0 次" in read(key)
    assert " 07:00:00" in read(key).splitlines()[-1]


def test_what_waits_for_the_day_of_quotas_says_so(tell, full):
    full.post = replace(full.post, ledger=replace(full.post.ledger, limits={TEMPLATE: 0}))
    _, key = tell()

    full.work()

    assert "等待发送（当天的调用额度已用完，额度恢复后再发）" in read(key)


def test_who_has_no_address_left(tell, full, referee):
    _, key = tell()
    referee.order("faults", kind="errcode", errcode=43004, path=f"/cgi-bin/{TEMPLATE}", count=1)

    done(full)

    assert "没有送达（本人已取消关注，错误码 43004），经微信模板消息，试过 1 次" in read(key)


def test_a_correction_says_whose_notice_it_corrects(tell, full):
    _, key = tell()
    full.work()
    recall = Owed(
        kind=EventKind.RECALLED,
        key="recall",
        audience=Audience.TOLD,
        audience_id=key[0],
        event_date=day(full.now),
        record_id=1,
        facts={"became": "withdrawn"},
    )
    with Writing() as session:
        events.owe(session, recall, now=full.now)
    expanded(now=full.now)

    done(full)

    said = read((key[0] + 1, key[1]))
    assert f"更正通知，发给收到过消息 {key[0]} 的人" in said
    assert f"为什么发给这个账户：它收到过消息 {key[0]}" in said


def test_a_mass_message_says_so(tell):
    _, key = tell()
    with Writing() as session:
        one = session.get_one(Delivery, key)
        one.way, one.state, one.reason = Way.MASS, "unknown", "mass_partly"

    assert "（这一组群发有人没有收到，微信没有说是谁），经微信群发" in read(key)


def test_a_text_message_that_the_gateway_refused_says_so(reachable, full, referee):
    key = reachable(off=(Outlet.WECHAT, Outlet.PUSH))

    done(full)

    assert "已送达，经短信，试过 1 次" in read(key)


def test_every_code_of_wechat_has_words():
    assert life_reasons_zh.CODES.keys() == ACTIONS.keys()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("failed:user block", "本人拒收：failed:user block"),
        ("failed: system failed", "微信没有送到：failed: system failed"),
        ("failed:43101", "本人没有订阅，或订阅次数已用完，错误码 43101"),
        ("-1 system error rid=a-b", "微信系统繁忙，不知道是否发出，错误码 -1"),
        ("12345", "微信没有接受，错误码 12345"),
        ("WeChat: ReadTimeout", "微信没有回答，ReadTimeout"),
        ("sms 503", "短信没有发出，503"),
        ("err(20008)", "这一组群发失败：err(20008)"),
        ("whatever else", "whatever else"),
    ],
)
def test_a_reason_is_said_in_words(reason, said):
    assert life_reasons_zh.of(reason) == said
