"""What the ticker does about terms and lists: once, however many do it and whenever they come."""

from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import jobs, publishing, renewing
from core import browse, releases, renewal, standing, watch
from core.audit.trail import Entry
from core.browse import Wanted
from core.calendar import day
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery, EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordKind, RecordState
from core.releases import Release
from core.renewal import Renewal
from tests.config.programs import environ, let_go
from tests.core.given import at_once, begun, expanded, followers, record, subject
from tests.core.given_reevaluation import penalty

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def desk(database, valkey_url, redis, monkeypatch):
    """The environment of a worker."""
    for name, value in environ(database.url, valkey_url, "http://127.0.0.1:1").items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    jobs.tools()
    yield
    jobs.tools.cache_clear()
    let_go(database)


def told_of(ends_on):
    """Publish a listing that ends then, and tell its two followers; return its id."""
    now = datetime.now(UTC)
    entity = subject()
    followers(entity.id, 2, now=now - 2 * HOUR)
    # An hour ago may have been yesterday.
    listed = record(entity.id, event_date=day(now - HOUR), ends_on=day(now))
    with Writing() as session:
        watch.alert(session, [listed.id], now=now - HOUR, max_age=timedelta(days=30))
    expanded(now=now)
    begun(now=now)
    with Writing() as session:
        session.get_one(Record, listed.id).ends_on = ends_on
    return listed.id


def all_of(column, *where):
    with Reading() as session:
        return session.scalars(sa.select(column).where(*where)).all()


def acts(action):
    return all_of(Entry.facts, Entry.action == action)


def test_an_expired_record_is_recorded_and_recalled_once_to_those_who_were_told(desk):
    yesterday = day(datetime.now(UTC)) - DAY
    number = told_of(yesterday)

    for _ in range(2):
        jobs.expire_records()

    assert all_of(Record.state) == [RecordState.EXPIRED]
    assert all_of(RecordChange.who, RecordChange.record_id == number) == ["ticker"]
    assert all_of(Event.record_id, Event.kind == EventKind.RECALLED) == [number]
    assert acts("expire") == [{"records": 1}]
    expanded(now=datetime.now(UTC))
    recalled = sa.and_(Delivery.kind == EventKind.RECALLED)
    assert len(all_of(Delivery.account_id, recalled)) == 2


def test_two_that_expire_at_once_change_each_record_once(desk):
    yesterday = day(datetime.now(UTC)) - DAY
    one = subject().id
    for _ in range(20):
        record(one, ends_on=yesterday)

    at_once(2, jobs.expire_records)

    while all_of(Record.id, Record.state == RecordState.PUBLISHED):
        jobs.expire_records()
    assert len(all_of(RecordChange.id, RecordChange.to_state == RecordState.EXPIRED)) == 20
    assert sum(facts["records"] for facts in acts("expire")) == 20


def test_a_record_whose_term_is_over_is_not_public_though_nothing_ran(desk):
    now = datetime.now(UTC)
    record(subject().id, ends_on=day(now))
    wanted = Wanted(RecordKind.BLACK_LIST, "WAGE_ARREARS")

    def shown(today):
        with Reading() as session:
            return len(browse.page(session, wanted, today=today, limit=5).items)

    assert (shown(day(now)), shown(day(now) + DAY)) == (1, 0)
    assert all_of(Record.state) == [RecordState.PUBLISHED]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # two writers at a time
def test_a_record_that_gets_a_longer_term_while_it_expires_stays(database):
    now = datetime.now(UTC)
    held = record(subject().id, ends_on=day(now) - DAY)
    with Writing() as other:
        other.get_one(Record, held.id).ends_on = day(now) + DAY
        other.flush()
        with Writing() as session:
            assert standing.expire(session, now=now) == 0
    with Writing() as session:
        assert standing.expire(session, now=now) == 0
        assert session.get_one(Record, held.id).state == RecordState.PUBLISHED


def test_penalties_of_the_old_law_get_the_kinder_rule_once_and_by_themselves(desk):
    ids = [penalty() for _ in range(3)]

    at_once(2, jobs.renew_records)
    jobs.renew_records()

    assert set(all_of(Record.rule)) == {"令36 一般行政处罚"}
    assert sorted(all_of(RecordChange.record_id)) == ids
    with Reading() as session:
        assert not renewal.is_due(session, renewing.stand(datetime.now(UTC)))
    (row,) = all_of(Renewal)
    assert (row.seen, row.changed) == (3, 3)


def test_every_list_is_released_once_however_many_run(desk):
    record(subject().id, ends_on=None)

    at_once(2, jobs.make_releases)
    jobs.make_releases()

    lists = {one.list_kind for one in publishing.scheduled()}
    assert sorted(all_of(Release.list_kind)) == sorted(lists)
    assert len(acts("release")) == len(lists)
    with Reading() as session:
        assert releases.last(session, "WAGE_ARREARS") == day(datetime.now(UTC))
        assert all_of(Release.members, Release.list_kind == "WAGE_ARREARS") == [1]
