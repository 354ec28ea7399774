"""Publishing: what a file brought becomes public, and each black-listing is owed once."""

from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
import time_machine

from config import intake
from core import query, watch
from core.db import Reading, Writing
from core.intake import writes
from core.intake.publish import publish
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordState
from tests.core.conftest import NOW
from tests.core.department_files import LICENCE, LISTING, PENALTY, SAMPLES, TODAY, VAULT, text

USCC = LISTING["uscc"]


def kinds():
    with Reading() as session:
        return session.scalars(sa.select(Event.kind).order_by(Event.id)).all()


def owed():
    with Reading() as session:
        return session.scalars(sa.select(Event.event_date).order_by(Event.id)).all()


def states():
    with Reading() as session:
        return session.scalars(sa.select(Record.state).order_by(Record.id)).all()


def test_what_was_published_is_shown(take_in):
    assert take_in(LISTING, publish=True).published == 1
    with Reading() as session:
        view = query.by_uscc(session, USCC, today=TODAY)
        record = session.scalars(sa.select(Record)).one()
    assert [item.title for item in view.items] == ["拖欠农民工工资失信联合惩戒对象"]
    assert timedelta(0) <= record.published_at - NOW < timedelta(minutes=1)


def test_without_the_word_nothing_is_shown_or_owed(take_in):
    take_in(LISTING)
    assert (states(), owed()) == ([RecordState.LOADED], [])


def test_a_black_listing_is_owed_once(take_in):
    for _ in range(2):
        take_in(LISTING, publish=True)
    assert len(owed()) == 1


def test_a_correction_of_what_is_public_is_not_told_as_news(take_in):
    take_in(LISTING, publish=True)
    take_in(LISTING | {"early_removal_after": "改正且列入满6个月"}, publish=True)
    assert kinds() == [EventKind.BLACKLISTED, EventKind.RECALLED]
    assert states() == [RecordState.CORRECTED]


def test_a_file_loaded_earlier_is_published_when_it_comes_again(take_in):
    take_in(LISTING, LISTING | {"basis_document": "2号"})
    result = take_in(LISTING, LISTING | {"basis_document": "2号"}, publish=True)
    assert (result.counts.unchanged, result.published, len(owed())) == (2, 2, 2)


def test_another_file_that_brings_the_same_publishes_it_too(take_in):
    take_in(LISTING, LISTING | {"basis_document": "2号"})
    result = take_in(LISTING, LISTING | {"basis_document": "3号"}, publish=True)
    assert result.published == 2
    assert states() == [RecordState.PUBLISHED, RecordState.LOADED, RecordState.PUBLISHED]


def test_old_news_is_not_told(take_in):
    days = ["2026-11-23", "2026-10-24", "2026-10-23", "2024-02-29"]
    rows = [LISTING | {"basis_document": f"{day}号", "listed_on": day} for day in days]
    assert take_in(*rows, publish=True).published == 4
    assert {day.isoformat() for day in owed()} == set(days[:2])


def test_a_listing_whose_term_is_over_is_not_told(take_in):
    over = LISTING | {"listed_on": "2026-10-30", "term_months": "1"}
    with time_machine.travel(NOW + timedelta(days=9)):
        assert take_in(over, publish=True).published == 1
    assert owed() == []


def test_licences_and_red_lists_are_no_news_abnormal_operation_is(take_in):
    assert take_in(LISTING | {"list_kind": "TAXPAYER_A"}, publish=True).published == 1
    assert take_in(LICENCE, publish=True).published == 1
    assert owed() == []

    abnormal = LISTING | {"list_kind": "ABNORMAL_OPERATION"}
    assert take_in(abnormal, publish=True).published == 1
    assert take_in(PENALTY, publish=True).published == 1  # of so long ago that it is no news
    with Reading() as session:
        assert session.scalars(sa.select(Event.kind)).all() == [EventKind.RECORD_ADDED]


def test_the_sample_penalties_leave_the_warning_where_it_is(take_in):
    assert take_in(SAMPLES / "sgs_xzcf_synthetic.csv", publish=True).published == 6
    assert sorted(states()) == [RecordState.HELD, *[RecordState.PUBLISHED] * 6]


def test_an_alert_that_fails_leaves_nothing_published(take_in):
    take_in(LISTING)

    def fail(_session, _records):
        raise RuntimeError

    with pytest.raises(RuntimeError), Writing() as session:
        publish(session, writes.begun(session, 1, who="test", now=NOW, vault=VAULT), alert=fail)
    assert states() == [RecordState.LOADED]


def test_an_interrupted_publishing_is_finished_by_the_next_run(take_in):
    rows = [LISTING | {"basis_document": f"{number}号"} for number in range(5)]
    take_in(*rows)
    alert = partial(watch.alert, now=NOW, max_age=timedelta(days=30))
    with Writing() as session:
        run = writes.begun(session, 1, who="test", now=NOW, vault=VAULT)
        step = publish(session, run, alert=alert, chunk=2)
    assert (step.published, len(owed())) == (2, 2)
    assert take_in(*rows, publish=True).published == 3
    assert len(owed()) == 5


def test_an_interrupted_loading_is_finished_by_the_next_run(take_in, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 2)
    rows = [LISTING | {"basis_document": f"{number}号"} for number in range(5)]
    with pytest.raises(KeyboardInterrupt):
        take_in(*rows, publish=True, progress=_interrupt_the_second())
    assert len(states()) == 4
    result = take_in(*rows, publish=True)
    assert (result.counts.loaded, result.counts.unchanged, result.published) == (1, 4, 5)
    assert len(owed()) == 5


def _interrupt_the_second():
    chunks = iter([True])

    def progress(_done):
        if not next(chunks, False):
            raise KeyboardInterrupt

    return progress


def test_every_step_is_written_down(take_in):
    take_in(LISTING, publish=True)
    with Reading() as session:
        changes = session.scalars(sa.select(RecordChange).order_by(RecordChange.id)).all()
    assert [(one.to_state, one.who, one.why) for one in changes] == [
        (RecordState.LOADED, "test", "载入"),
        (RecordState.PUBLISHED, "test", "公示"),
    ]


def test_a_file_is_known_by_its_content_and_not_by_its_name(take_in):
    take_in(text(LISTING), name="1.csv")
    assert take_in(text(LISTING), name="2.csv", publish=True).published == 1
