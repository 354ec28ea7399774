"""Running a campaign: its time, its rate, its pauses, and who may write its rows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest

from core.articles import writing
from core.campaigning import running, sending, steering
from core.campaigning.ledger import (
    CampaignState,
    SendState,
)
from core.db import Writing
from tests.core.campaigning.given import MASS, sends, stepped
from tests.core.given import NOW, PACE, account
from tests.core.given_campaigns import DAY, read, ready, rows, subscribers


def test_nothing_begins_in_the_quiet_hours_or_before_its_time(database):
    subscribers(3)
    number = ready(quiet_from=time(21), quiet_until=time(8))
    night = datetime(2026, 5, 20, 14, tzinfo=UTC)

    assert stepped(number, now=night) is None
    assert read(number).state is CampaignState.SCHEDULED
    morning = datetime(2026, 5, 21, 0, tzinfo=UTC)
    assert stepped(number, now=morning - timedelta(seconds=1)) is None
    assert stepped(number, now=morning).rows == 3


def test_the_rate_holds_the_next_message_back(database):
    subscribers(6)
    account("oFollowsButDoesNotSubscribe")
    number = ready(rate=600)

    assert stepped(number, chunk=2).rows == 2
    assert stepped(number, chunk=2) is None
    assert stepped(number, chunk=2, now=NOW + timedelta(seconds=0.2)).rows == 2


def test_a_campaign_that_pauses_begins_nothing_until_it_goes_on(database):
    subscribers(6)
    account("oFollowsButDoesNotSubscribe")
    number = ready()
    stepped(number, chunk=2)
    with Writing() as session:
        steering.pause(session, None, number, now=NOW)
        assert sending.lease(session, now=NOW, pace=PACE) is None
    assert stepped(number, now=NOW + DAY) is None
    with Writing() as session:
        steering.resume(session, None, number, now=NOW)
    assert stepped(number, chunk=3, now=NOW + DAY).rows == 3


def test_what_a_stopped_campaign_has_not_begun_is_told_to_nobody(database):
    people = subscribers(6)
    account("oFollowsButDoesNotSubscribe")
    number = ready()
    stepped(number, chunk=2)
    with Writing() as session:
        held = sending.lease(session, now=NOW, pace=PACE)
    stepped(number, chunk=3, now=NOW + DAY)
    with Writing() as session:
        steering.stop(session, None, number, now=NOW + DAY)

    stopped = ("suppressed", "mass", "stopped")
    assert (
        rows(number)
        == {
            **dict.fromkeys(people[:2], MASS),  # somebody is sending it just now
            **dict.fromkeys(people[2:5], stopped),
        }
    )
    assert held.key == f"km{number}-1"
    assert [one.state for one in sends(number)] == [SendState.SENDING, SendState.CANCELLED]
    assert stepped(number, now=NOW + 2 * DAY) is None


def test_a_withdrawn_article_is_told_to_nobody_else(database):
    subscribers(4)
    account("oFollowsButDoesNotSubscribe")
    number = ready()
    stepped(number, chunk=2)
    with Writing() as session:
        writing.withdraw(session, None, read(number).article_id, now=NOW)

    assert stepped(number, now=NOW + DAY) is None
    held = read(number)
    assert (held.state, held.trouble) == (CampaignState.STOPPED, "article_withdrawn")
    assert len(rows(number)) == 2


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True, ids=["postgresql"])
def test_two_workers_do_not_write_the_same_rows(database_url, database):
    subscribers(4)
    number = ready()
    with Writing() as session:
        running.step(session, number, now=NOW, chunk=2)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(stepped, number).result() is None
