"""What becomes due for a record, who has looked, a day's digest: told once to whom it concerns."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from core import digests, looked, realname, reminding, standing, watch
from core.audit import trail
from core.audit.trail import Access
from core.calendar import day
from core.db import Reading, Writing
from core.outbox import events
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Event
from core.realname import Verified
from core.records import RecordKind, RecordState
from core.standing import Step
from core.vault import Vault
from tests.core.given import NOW, TODAY, account, expanded, followers, record, subject

DAY = timedelta(days=1)
VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))


def owed(kind):
    with Reading() as session:
        return session.scalars(select(Event).where(Event.kind == kind).order_by(Event.id)).all()


def remind(now=NOW):
    with Writing() as session:
        reminding.remind(session, now=now)


def test_followers_hear_on_the_day_that_a_record_may_be_repaired(database):
    one = subject()
    due = record(one.id, repairable_from=TODAY, ends_on=TODAY + 400 * DAY)
    record(one.id, repairable_from=TODAY + DAY, ends_on=TODAY + 400 * DAY)
    record(one.id, repairable_from=TODAY - 9 * DAY, ends_on=TODAY + 400 * DAY)

    for _ in range(2):
        remind()

    (event,) = owed(EventKind.REPAIRABLE)
    assert (event.record_id, event.event_date, event.audience_id) == (due.id, TODAY, one.id)
    remind(NOW + DAY)
    assert len(owed(EventKind.REPAIRABLE)) == 2


def test_followers_hear_a_week_before_a_publication_ends(database):
    one = subject()
    due = record(one.id, repairable_from=None, ends_on=TODAY + reminding.SOON)
    record(one.id, repairable_from=None, ends_on=TODAY + reminding.SOON + DAY)
    record(one.id, repairable_from=None, ends_on=TODAY + DAY)  # known too late: no news
    record(one.id, repairable_from=None, ends_on=due.ends_on, state=RecordState.REPAIRED)

    for _ in range(2):
        remind()

    assert [event.record_id for event in owed(EventKind.ENDING)] == [due.id]


@pytest.mark.parametrize("at", [(16, 30), (15, 30)])  # 00:30 and 23:30 in Kunming
def test_the_day_is_kunmings(database, at):
    now = NOW.replace(hour=at[0], minute=at[1])
    record(subject().id, repairable_from=day(now), ends_on=None)

    remind(now)

    assert [event.event_date for event in owed(EventKind.REPAIRABLE)] == [day(now)]


def test_what_else_is_adverse_is_told_and_what_is_old_or_good_is_not(database):
    one = subject()
    penalty = record(one.id, kind=RecordKind.PENALTY, list_kind=None)
    old = record(one.id, kind=RecordKind.PENALTY, list_kind=None, event_date=TODAY - 99 * DAY)
    good = record(one.id, kind=RecordKind.LICENCE, list_kind=None)
    listed = record(one.id)
    ids = [each.id for each in (penalty, old, good, listed)]

    with Writing() as session:
        watch.alert(session, ids, now=NOW, max_age=30 * DAY)

    assert [event.record_id for event in owed(EventKind.RECORD_ADDED)] == [penalty.id]
    assert [event.record_id for event in owed(EventKind.BLACKLISTED)] == [listed.id]


def test_a_correction_goes_to_exactly_those_who_were_told_and_once(database):
    one = subject()
    early = followers(one.id, 2)
    wrong = record(one.id, repairable_from=TODAY + DAY)
    with Writing() as session:
        watch.alert(session, [wrong.id], now=NOW, max_age=30 * DAY)
    expanded()
    late = followers(one.id, 1, now=NOW + timedelta(hours=1))
    remind(NOW + DAY)
    expanded(now=NOW + DAY)
    silent = followers(one.id, 1, now=NOW + 2 * DAY)
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
        step = Step(RecordState.WITHDRAWN, "staff:1", "wrong")
        standing.move(session, wrong.id, step, now=NOW + 2 * DAY)
    expanded(now=NOW + 2 * DAY)

    with Reading() as session:
        recalled = select(Delivery.account_id).where(Delivery.kind == EventKind.RECALLED)
        assert sorted(session.scalars(recalled)) == sorted(early + late)
    assert silent[0] not in early + late


def test_a_person_hears_once_a_day_that_others_have_looked(database, on_record):
    person = on_record(VAULT, NOW).person()
    one = account()
    with Writing() as session:
        realname.bind(session, one, Verified("https://id", "p", person, None), now=NOW)

    def look(role, now):
        said = Access("institution:1", role, "tendering", "《招标投标法》第二十六条", ("records",))
        with Writing() as session:
            trail.note(session, Access(**vars(said) | {"subject_id": person}), now=now)
            looked.tell(session, now=now)

    look("self", NOW)
    assert owed(EventKind.VIEWED) == []
    for minutes in (1, 2):
        look("institution", NOW + timedelta(minutes=minutes))
    look("share_recipient", NOW + DAY)

    assert [(event.audience_id, event.event_date) for event in owed(EventKind.VIEWED)] == [
        *[(one, TODAY), (one, TODAY + DAY)]
    ]


def test_a_digest_counts_one_whole_day_and_comes_once(database):
    one = account()
    evening = NOW.replace(hour=10)  # six in Kunming
    for number, at in enumerate((evening - DAY, evening - timedelta(seconds=1), evening)):
        with Writing() as session:
            key = f"event {number}"
            events.owe(
                session,
                events.Owed(EventKind.CAMPAIGN, key, events.Audience.ACCOUNT, TODAY, one),
                now=at,
            )
        expanded(now=at)
        with Writing() as session:
            session.execute(
                update(Delivery)
                .where(Delivery.state == DeliveryState.DUE)
                .values(state=DeliveryState.SUPPRESSED, reason="digest", settled_at=at)
            )
    for now in (evening, evening + timedelta(hours=1)):
        with Writing() as session:
            digests.owe_due(session, now=now)

    (event,) = owed(EventKind.DIGEST)
    assert (event.facts, event.audience_id, event.event_date) == ({"number": 2}, one, TODAY)
    assert date(2026, 5, 20) == TODAY
