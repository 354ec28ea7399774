"""Tallies: on one legal day an account does only so much."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from core import tallies
from core.account_errors import DailyLimitError
from core.calendar import KUNMING
from core.db import Reading, Writing
from core.evidence import ledger
from core.evidence.kinds import MediaType
from core.evidence.ledger import Arrived
from core.tallies import Counted, Tally
from tests.core.given import NOW, SECOND, at_once, record, subject
from tests.core.given_cases import applicant, complain, object_to, supplement, withdraw

EVENING = datetime(2026, 11, 24, 23, 30, tzinfo=KUNMING)


@pytest.fixture
def limit(monkeypatch):
    return lambda counted, most: monkeypatch.setitem(tallies.MOST, counted, most)


def add(account_id=1, amount=1, *, counted=Counted.FILINGS, now=NOW):
    with Writing() as session:
        tallies.add(session, account_id, counted, amount=amount, now=now)


def refused(do, *arguments, **named):
    with pytest.raises(DailyLimitError) as refusal:
        do(*arguments, **named)
    return refusal.value.wait


def test_a_day_ends_at_midnight_in_kunming(database, limit):
    limit(Counted.FILINGS, 2)
    add(now=EVENING)
    add(now=EVENING)

    assert refused(add, now=EVENING) == timedelta(minutes=30)
    add(now=EVENING + timedelta(minutes=30))
    assert refused(add, amount=2, now=EVENING + timedelta(minutes=31)) == timedelta(minutes=1439)


def test_each_account_and_each_thing_counts_by_itself(database, limit):
    limit(Counted.FILINGS, 1)
    add()

    add(2)
    add(counted=Counted.SUPPLEMENTS)
    refused(add)


def test_what_was_refused_is_not_counted(database, limit):
    limit(Counted.EVIDENCE_BYTES, 10)
    add(amount=6, counted=Counted.EVIDENCE_BYTES)

    refused(add, amount=5, counted=Counted.EVIDENCE_BYTES)
    add(amount=4, counted=Counted.EVIDENCE_BYTES)


def test_of_many_who_come_at_once_no_more_get_past_than_may(database, limit):
    limit(Counted.FILINGS, 3)

    def try_():
        try:
            add()
        except DailyLimitError:
            return False
        return True

    assert sorted(at_once(6, try_)) == [False] * 3 + [True] * 3


def test_past_days_are_forgotten(database):
    add(now=EVENING)
    add(now=EVENING + timedelta(minutes=31))

    with Writing() as session:
        tallies.forget(session, now=EVENING + timedelta(minutes=31))

    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(Tally)) == 1


def test_filings_of_every_kind_count_together(database, limit):
    limit(Counted.FILINGS, 2)
    entity = subject()
    by, one = applicant(entity), record(entity.id)
    withdraw(object_to(entity, one, by=by))
    complain(by)

    assert refused(object_to, entity, one, by=by) > SECOND
    assert refused(complain, by)


def test_supplements_count(database, limit):
    limit(Counted.SUPPLEMENTS, 1)
    case = complain(applicant(subject()))
    supplement(case)

    assert refused(supplement, case)


def test_bytes_that_were_sent_count_though_the_file_is_gone(database, limit):
    limit(Counted.EVIDENCE_BYTES, 15)
    account_id = applicant(subject()).account_id

    def send(key):
        arrived = Arrived(account_id, key, MediaType.PDF, "k1.sealed", "0" * 64, 9)
        with Writing() as session:
            return ledger.add(session, arrived, now=NOW).public_id

    first = send("a")
    with Writing() as session:
        ledger.discard(session, first, account_id, now=NOW)

    assert refused(send, "b")
