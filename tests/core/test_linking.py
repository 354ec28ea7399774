"""Two accounts of one person become one: follows and inbox together, and nothing told twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import accounts, follows, link_codes, linking, watch
from core.accounts import Account, Channel
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.follows import Follow, Topic
from core.link_codes import LASTS, LinkCodeError
from core.linking import AlreadyLinkedError
from core.operations import Operation
from core.reports import ledger
from core.reports.ledger import Purpose, Report
from tests.core.given import (
    NOW,
    account,
    at_once,
    subject,
)
from tests.core.given_links import EARLIER, app_account, follow, merge


@pytest.fixture
def app(database):
    """Somebody's account in the app: older, so that its number is the lower one."""
    return app_account()


@pytest.fixture
def wechat(app):
    return account("oA")


def code_of(account_id, *, now=NOW):
    with Writing() as session:
        return link_codes.make(session, account_id, now=now)[0]


def link(wechat, code, *, now=NOW):
    with Writing() as session:
        linking.link(session, wechat, link_codes.key(code), now=now)


def test_a_code_makes_both_accounts_one(app, wechat):
    one = subject()
    follow(wechat, one.id)

    link(wechat, code_of(app))

    with Reading() as session:
        assert accounts.known_at(session, Channel.WECHAT, "oA") == app
        assert accounts.openid_of(session, app) == "oA"
        assert [each.id for each in follows.subjects_of(session, app)] == [one.id]
        assert session.get(Account, wechat) is None
        act = session.scalars(select(Entry)).one()
    assert (act.actor, act.action, act.object) == (f"account:{app}", "link", f"account:{wechat}")


def test_a_code_is_forgiven_how_it_is_typed_and_good_once(app, wechat):
    code = code_of(app)
    link(wechat, f"{code[:4]}-{code[4:]}".lower())

    with pytest.raises(LinkCodeError):
        link(account("oB"), code)


def test_a_code_is_good_for_ten_minutes(app, wechat):
    code = code_of(app)

    with pytest.raises(LinkCodeError):
        link(wechat, code, now=NOW + LASTS)
    link(wechat, code, now=NOW + LASTS - timedelta(seconds=1))


def test_a_new_code_ends_the_one_before(app, wechat):
    first, second = code_of(app), code_of(app)

    with pytest.raises(LinkCodeError):
        link(wechat, first)
    link(wechat, second)


def test_of_two_who_send_a_code_at_once_one_is_linked(app, wechat):
    code, others = code_of(app), iter([wechat, account("oB")])

    def try_it():
        try:
            link(next(others), code)
        except (LinkCodeError, AlreadyLinkedError):
            return False
        return True

    assert sorted(at_once(2, try_it)) == [False, True]


def test_whoever_is_linked_already_is_refused(app, wechat):
    link(wechat, code_of(app))
    other = app_account("phone-0002")
    # One with a third app, a third of WeChat with the app, the app with itself.
    for sender, other_one in ((app, other), (account("oB"), app), (app, app)):
        with pytest.raises(AlreadyLinkedError):
            link(sender, code_of(other_one))


def test_what_both_follow_is_followed_since_the_first(app, wechat):
    one, other = subject(), subject()
    follow(app, one.id, now=NOW)
    follow(wechat, one.id, now=EARLIER)
    follow(wechat, other.id, now=EARLIER)

    merge(wechat, app)

    with Reading() as session:
        rows = session.execute(select(Follow.account_id, Follow.subject_id, Follow.since)).all()
    assert sorted(map(tuple, rows)) == [(app, one.id, EARLIER), (app, other.id, EARLIER)]


def test_who_is_about_to_follow_and_unfollow_is_kept_apart(app, wechat):
    one = subject()
    follow(wechat, one.id)
    with Writing() as session:
        watch.unfollow(session, wechat, one.id, now=NOW)
    follow(app, one.id, now=NOW)

    merge(wechat, app)

    with Reading() as session:
        rows = session.execute(select(Follow.topic, Follow.until).order_by(Follow.id)).all()
    assert [tuple(each) for each in rows] == [(Topic.SUBJECT, NOW), (Topic.SUBJECT, None)]


def test_a_report_that_both_wait_for_is_waited_for_once(app, wechat):
    entity, other = subject(uscc="91530100MA6K3Q5R8T"), subject(uscc="91530100MA6K3Q5R9R")
    for account_id, about in ((app, entity), (wechat, entity), (wechat, other)):
        with Writing() as session:
            ledger.request(session, about.uscc, Purpose.BIDDING, account_id=account_id, now=NOW)

    merge(wechat, app)

    with Reading() as session:
        reports = session.scalars(select(Report).order_by(Report.id)).all()
        tasks = session.scalars(select(Operation).order_by(Operation.id)).all()
    assert {one.account_id for one in reports} == {app}
    assert [one.state for one in reports] == ["requested", "failed", "requested"]
    assert {one.owner_id for one in tasks} == {app}
    assert [one.state for one in tasks] == ["waiting", "failed", "waiting"]
