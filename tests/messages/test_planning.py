"""The cheapest way that will reach, within what somebody wishes."""

from datetime import time, timedelta

import pytest

from core import stamps, subscriptions
from core.calendar import day
from core.db import Reading, Writing
from core.installations import Locale
from core.outbox.deliveries import Delivery, EventKind, Way
from core.outbox.events import Audience, Owed, owe
from core.preferences.kinds import Outlet
from messages.wechat.endpoints import SUBSCRIBE
from tests.core.given import expanded, owed, row, state
from tests.messages.conftest import STATIONERY
from tests.messages.reaching import (
    REFUSE,
    SUB_ALERT,
    begin_a_day,
    done,
    full,
    outside,
    reachable,
    refuse,
)

__all__ = ["full", "reachable"]  # fixtures


@pytest.mark.parametrize(
    ("refusing", "expected"),
    [
        ((), Way.SUBSCRIPTION),
        ((Way.SUBSCRIPTION,), Way.WECHAT),
        ((Way.SUBSCRIPTION, Way.WECHAT), Way.SERVICE),
        ((Way.SUBSCRIPTION, Way.WECHAT, Way.SERVICE), Way.PUSH),
    ],
)
def test_the_cheapest_way_that_reaches_brings_it_and_no_other(
    reachable, full, referee, refusing, expected
):
    key = reachable()
    refuse(referee, *refusing)

    done(full)

    assert row(key).way is expected
    assert state(key) in ("accepted", "delivered")
    assert len(outside(referee)) == 1
    assert (row(key).refused or "").split() == [way.value for way in refusing]


def test_whom_wechat_and_the_app_do_not_reach_gets_the_text_message_that_was_asked_for(
    reachable, full, referee
):
    key = reachable(off=(Outlet.WECHAT, Outlet.PUSH), language=Locale.ZH)

    done(full)

    (text,) = referee.read("texts")["texts"]
    code = stamps.stamp(STATIONERY.link_key, key[0])
    assert text["text"] == (
        f"【信用昆明】您关注的主体有新的信用提醒。请打开“信用昆明”公众号或 App 查看。核验码 {code}"
    )
    assert (state(key), row(key).way, outside(referee)) == ("delivered", Way.SMS, ["sms"])


def test_who_switched_everything_off_has_the_inbox_alone(reachable, full, referee):
    key = reachable(off=(Outlet.WECHAT, Outlet.PUSH), sms=False)

    done(full)

    assert (state(key), row(key).reason, outside(referee)) == ("suppressed", "not_wanted", [])


BROUGHT = {Outlet.WECHAT: "subscription", Outlet.PUSH: "push", Outlet.SMS: "sms"}


@pytest.mark.parametrize("outlet", Outlet)
def test_each_switch_is_obeyed(reachable, full, referee, outlet):
    others = [one for one in (Outlet.WECHAT, Outlet.PUSH) if one is not outlet]
    reachable("oA", off=others, sms=outlet is Outlet.SMS)
    done(full)
    assert outside(referee) == [BROUGHT[outlet]]

    off = [outlet] if outlet in (Outlet.WECHAT, Outlet.PUSH) else []
    reachable("oB", off=off, sms=outlet is not Outlet.SMS)
    refuse(referee, *(REFUSE if outlet is Outlet.PUSH else ()))
    done(full)
    mine = outside(referee, "oB")
    mine.remove(BROUGHT[outlet]) if outlet is not Outlet.WECHAT else None
    assert len(mine) == 1
    assert BROUGHT[outlet] not in mine


def test_quiet_hours_hold_a_notice_until_they_are_over(reachable, full, referee):
    full.now = full.now.replace(hour=15, minute=30)  # 23:30 in Kunming
    key = reachable(quiet_from=time(22), quiet_until=time(7))

    full.work()
    assert (state(key), row(key).reason, row(key).tries) == ("due", "quiet_hours", 0)
    full.later(timedelta(hours=7, minutes=29))
    full.work()
    assert outside(referee) == []

    full.later(timedelta(minutes=1))
    full.work()
    assert len(outside(referee)) == 1


def test_a_daily_limit_counts_what_went_out_and_a_correction_goes_all_the_same(
    reachable, full, referee
):
    begin_a_day(full)
    first = reachable(daily_most=1)
    done(full)
    owed("second", account_id=first[1], now=full.now, facts={"record_id": 1})
    owed_recall(first[1], full.now)
    expanded(now=full.now)
    done(full)

    reasons = {row((event, first[1])).reason for event in events_of(first[1])}
    assert "daily_limit" in reasons
    assert len(outside(referee)) == 2

    full.later(timedelta(days=1))
    owed("third", account_id=first[1], now=full.now, facts={"record_id": 1})
    expanded(now=full.now)
    done(full)
    assert len(outside(referee)) == 3


def owed_recall(account_id, now):
    one = Owed(
        kind=EventKind.RECALLED,
        key=f"recall-{account_id}",
        audience=Audience.ACCOUNT,
        audience_id=account_id,
        event_date=day(now),
        record_id=1,
        facts={"became": "withdrawn"},
    )
    with Writing() as session:
        owe(session, one, now=now)


def events_of(account_id):
    with Reading() as session:
        mine = session.query(Delivery.event_id).filter_by(account_id=account_id)
        return [one for (one,) in mine]


def test_in_the_language_of_the_account(reachable, full, referee):
    key = reachable(language=Locale.EN)
    done(full)

    (card,) = [one for one in referee.got("oA") if one.get("kind") == "subscription"]
    code = stamps.stamp(STATIONERY.link_key, key[0])
    assert [field["value"] for field in card["fields"]][::2] == ["Credit alert", f"Tap·code {code}"]


def test_a_consent_is_used_up_and_the_template_message_comes_next(reachable, full, referee):
    key = reachable()
    owed("another", account_id=key[1], now=full.now, facts={"record_id": 1})
    expanded(now=full.now)

    done(full)

    assert sorted(outside(referee)) == ["subscription", "template"]
    with Reading() as session:
        assert subscriptions.allowed(session, ["oA"], [SUB_ALERT]) == {}
    assert len(referee.calls(SUBSCRIBE)) == 1


def test_a_refusal_ends_a_consent_that_we_had_counted(reachable, full, referee):
    reachable()
    refuse(referee, Way.SUBSCRIPTION)

    done(full)

    with Reading() as session:
        assert subscriptions.allowed(session, ["oA"], [SUB_ALERT]) == {}
