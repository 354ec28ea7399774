"""Timelines: what happened to a record and what is still to come, each thing once, in order."""

from datetime import date, timedelta

import pytest

from core import standing, timeline
from core.calendar import start_of
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from core.records import Record, RecordChange, RecordState
from core.standing import Step
from core.timeline import Happening
from tests.core.given import NOW, TODAY, record, subject

pytestmark = pytest.mark.usefixtures("database")
LATER = NOW + timedelta(days=40)


def of(one):
    with Reading() as session:
        return timeline.of(session, [session.get_one(Record, one.id)])[one.id]


def told(one, *, kind=EventKind.BLACKLISTED, now=NOW):
    with Writing() as session:
        about = {"audience": Audience.SUBJECT_FOLLOWERS, "audience_id": one.subject_id}
        key = f"{kind}:{one.id}"
        owed = Owed(kind=kind, key=key, event_date=TODAY, record_id=one.id, **about)
        owe(session, owed, now=now)


def test_a_record_tells_its_days_in_order():
    points = of(record(subject().id))

    assert [(point.what, point.day) for point in points] == [
        (Happening.DECIDED, TODAY),
        (Happening.RECEIVED, TODAY),
        (Happening.PUBLISHED, TODAY),
        (Happening.REPAIRABLE, date(2026, 11, 20)),
        (Happening.ENDS, date(2029, 5, 20)),
    ]
    assert points[1].at == NOW
    assert points[0].at is None


def test_what_has_no_date_is_not_told():
    held = {"published_at": None, "repairable_from": None, "ends_on": None}

    points = of(record(subject().id, state=RecordState.HELD, **held))

    assert [point.what for point in points] == [Happening.DECIDED, Happening.RECEIVED]


def test_each_change_is_told_with_its_reason_and_whoever_was_told_is_mentioned():
    one = record(subject().id)
    told(one)
    with Writing() as session:
        standing.move(session, one.id, Step(RecordState.REPAIRED, "staff", "已缴清"), now=LATER)

    points = {point.what: point for point in of(one)}

    changed = points[Happening.CHANGED]
    assert (changed.state, changed.why, changed.at) == (RecordState.REPAIRED, "已缴清", LATER)
    assert points[Happening.FOLLOWERS_TOLD].day == TODAY
    assert points[Happening.CORRECTION_TOLD].at == LATER


def test_being_loaded_is_our_own_affair_and_being_published_is_told_once():
    one = record(subject().id)
    with Writing() as session:
        for before, after in ((None, "loaded"), ("loaded", "published"), ("published", "disputed")):
            states = {"from_state": before and RecordState(before), "to_state": RecordState(after)}
            row = {"record_id": one.id, "at": NOW, "who": "intake", "why": ""}
            session.add(RecordChange(**states, **row))

    points = of(one)

    assert [point.what for point in points].count(Happening.PUBLISHED) == 1
    (changed,) = (point for point in points if point.what is Happening.CHANGED)
    assert (changed.state, changed.why) == (RecordState.DISPUTED, None)


def test_a_day_is_kunmings():
    late = start_of(TODAY) - timedelta(seconds=1)

    points = {point.what: point for point in of(record(subject().id, received_at=late))}

    assert points[Happening.RECEIVED].day == TODAY - timedelta(days=1)


def test_each_record_has_its_own():
    one, other = record(subject().id), record(subject().id)
    told(other)

    with Reading() as session:
        found = timeline.of(session, session.query(Record).all())

    assert len(found[one.id]) == 5
    assert len(found[other.id]) == 6
