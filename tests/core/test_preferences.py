"""How somebody wants to be told: kept, joined when accounts are, exported, forgotten."""

from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from core import campaigns, export, leaving
from core.account_errors import SmsNotOfferedError
from core.db import Reading, Writing
from core.errors import NotFollowedError
from core.installations import Locale
from core.outbox.deliveries import EventKind
from core.preferences import choices
from core.preferences.choices import Choice, Preferences
from core.preferences.kinds import KIND_OF, NoticeKind, Outlet
from core.vault import Vault
from tests.core.given import NOW, account
from tests.core.given_links import merge

VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))
ALERT_SMS = (NoticeKind.ALERT, Outlet.SMS)
CASE_PUSH = (NoticeKind.CASE, Outlet.PUSH)
CASE_WECHAT = (NoticeKind.CASE, Outlet.WECHAT)
NIGHT = (time(22), time(7))


def said(account_id, **wanted):
    with Writing() as session:
        choices.change(session, account_id, Preferences(**wanted), now=NOW)


def held(account_id):
    with Reading() as session:
        return choices.of_account(session, account_id)


def test_each_event_is_of_a_kind_but_an_answer_in_a_conversation():
    assert set(KIND_OF) == set(EventKind)
    nobodys = {one for one, kind in KIND_OF.items() if kind is None}
    assert nobodys == {EventKind.LATE_REPLY}
    assert set(KIND_OF.values()) - {None} == set(NoticeKind)


def test_who_has_said_nothing_is_told_by_all_but_text_messages(database):
    one = held(account())

    for kind in NoticeKind:
        assert [one.wants(kind, outlet) for outlet in Outlet] == [True, True, False]
    assert (one.version, one.daily_most, one.digest, one.quiet_till(NOW)) == (0, None, False, None)


def test_what_is_said_replaces_what_was_said(database):
    one, other = account(), account()
    said(one, choices={ALERT_SMS: True, CASE_PUSH: False}, daily_most=3)
    said(other, choices={CASE_WECHAT: False})
    said(one, choices={CASE_PUSH: False, CASE_WECHAT: True}, language=Locale.EN)

    mine = held(one)
    assert (mine.wants(*ALERT_SMS), mine.wants(*CASE_PUSH), mine.wants(*CASE_WECHAT)) == (
        *(False, False),
        True,
    )
    assert (mine.version, mine.daily_most, mine.language) == (2, None, Locale.EN)
    with Reading() as session:
        assert len(session.scalars(select(Choice)).all()) == 2  # what is as by default is no row
        both = choices.of_accounts(session, [one, other])
        refused = choices.refused(*CASE_PUSH, one), choices.refused(*CASE_PUSH, other)
        assert session.execute(select(*refused)).one() == (True, False)
    assert not both[other].wants(*CASE_WECHAT)


def test_text_messages_are_not_offered_for_everything(database):
    with pytest.raises(SmsNotOfferedError):
        said(account(), choices={(NoticeKind.CAMPAIGN, Outlet.SMS): True})


@pytest.mark.parametrize(
    ("hours", "at", "until"),
    [
        (NIGHT, (13, 59), None),  # 21:59 in Kunming
        (NIGHT, (14, 0), (2026, 5, 20, 23)),
        (NIGHT, (16, 30), (2026, 5, 20, 23)),  # 00:30 of the next day there
        (NIGHT, (15, 30), (2026, 5, 20, 23)),  # 23:30
        (NIGHT, (23, 0), None),
        ((time(12), time(14)), (4, 30), (2026, 5, 20, 6)),
        ((time(12), time(14)), (6, 0), None),
        ((time(12), time(12)), (4, 0), None),
    ],
)
def test_quiet_hours_are_kunmings_and_may_pass_midnight(hours, at, until):
    now = datetime(2026, 5, 20, *at, tzinfo=UTC)

    ends = Preferences(quiet_from=hours[0], quiet_until=hours[1]).quiet_till(now)

    assert ends == (datetime(*until, tzinfo=UTC) if until else None)


def test_of_two_accounts_that_become_one_neither_gets_what_it_refused(database):
    app, wechat = account(), account()
    said(app, choices={CASE_PUSH: False}, daily_most=5, language=Locale.EN)
    said(wechat, choices={CASE_WECHAT: False, ALERT_SMS: True}, daily_most=2, digest=True)
    said(wechat, choices={CASE_WECHAT: False}, daily_most=2, digest=True, quiet_from=NIGHT[0],
         quiet_until=NIGHT[1])  # fmt: skip

    merge(wechat, app)

    one = held(app)
    assert [one.wants(*each) for each in (CASE_PUSH, CASE_WECHAT, ALERT_SMS)] == [False] * 3
    assert (one.daily_most, one.digest, one.language) == (2, True, Locale.EN)
    assert (one.quiet_from, one.quiet_until) == NIGHT
    assert held(wechat) == Preferences()


def test_who_had_said_nothing_takes_over_what_the_other_said(database):
    app, wechat = account(), account()
    said(wechat, choices={CASE_WECHAT: False})

    merge(wechat, app)

    assert not held(app).wants(*CASE_WECHAT)


def test_what_was_said_is_exported_and_forgotten_with_the_account(database):
    one = account()
    said(one, choices={ALERT_SMS: True}, quiet_from=NIGHT[0], quiet_until=NIGHT[1])

    with Writing() as session:
        told = export.of_account(session, VAULT, one, now=NOW)["notice_settings"]
        leaving.leave(session, one, now=NOW)

    assert told == {
        "language": "zh",
        "quiet_from": "22:00",
        "quiet_until": "07:00",
        "daily_most": None,
        "digest": False,
        "large_type": False,
        "choices": [{"kind": "alert", "outlet": "sms", "wanted": True}],
    }
    assert held(one) == Preferences()


def test_one_tap_ends_campaigns_for_subscribers_and_for_all_others(database):
    subscriber, nobody = account(), account()
    with Writing() as session:
        campaigns.subscribe(session, subscriber, now=NOW)
    for one in (subscriber, nobody):
        with Writing() as session:
            campaigns.unsubscribe(session, one, now=NOW)
        assert not any(held(one).wants(NoticeKind.CAMPAIGN, outlet) for outlet in Outlet)
        with pytest.raises(NotFollowedError), Writing() as session:
            campaigns.unsubscribe(session, one, now=NOW)

    with Writing() as session:
        assert campaigns.subscribe(session, subscriber, now=NOW)
    assert held(subscriber).wants(NoticeKind.CAMPAIGN, Outlet.WECHAT)
