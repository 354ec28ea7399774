"""How records pass from state to state, and who hears of it: by the table, once, and in time."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import notices, standing, watch
from core.db import Reading, Writing
from core.errors import RecordNotFoundError
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Event
from core.records import STANDING, Record, RecordChange, RecordState, is_public
from core.standing import STEPS, IllegalStepError, Step
from tests.core.given import NOW, TODAY, account, expanded, followers, leased, record, subject

WITHDRAW = Step(RecordState.WITHDRAWN, "reviewer", "处罚决定被撤销")
# Written out, as the law has it (domain facts §5): what a record may become.
EXPECTED = {
    "loaded": "published held quarantined withdrawn removed",
    "held": "loaded quarantined withdrawn removed",
    "quarantined": "loaded held withdrawn removed",
    "published": "disputed corrected held quarantined repaired expired withdrawn shielded removed",
    "disputed": "published corrected held quarantined repaired expired withdrawn shielded removed",
    "corrected": "published disputed corrected held quarantined repaired expired withdrawn shielded"
    " removed",
    "shielded": "published corrected held repaired expired withdrawn removed",
    "repaired": "published withdrawn",
    "expired": "published withdrawn",
    "removed": "withdrawn",
    "withdrawn": "",
}


def move(record_id, step, *, now=NOW):
    with Writing() as session:
        standing.move(session, record_id, step, now=now)


def state(record_id):
    with Reading() as session:
        return session.get_one(Record, record_id).state


def changes(record_id):
    with Reading() as session:
        found = sa.select(RecordChange.from_state, RecordChange.to_state, RecordChange.who)
        mine = found.where(RecordChange.record_id == record_id).order_by(RecordChange.id)
        return [tuple(row) for row in session.execute(mine)]


def recalls():
    """List who is owed a recall, by what the record became."""
    expanded()
    with Reading() as session:
        found = (
            sa.select(Event.facts, Delivery.account_id)
            .join(Delivery, Delivery.event_id == Event.id)
            .where(Event.kind == EventKind.RECALLED)
            .order_by(Event.id, Delivery.account_id)
        )
        return [(row.facts["became"], row.account_id) for row in session.execute(found)]


def alerted(number):
    """Publish a listing that so many followers are alerted of; return it and them."""
    entity = subject()
    fans = followers(entity.id, number)
    listing = record(entity.id)
    with Writing() as session:
        watch.alert(session, [listing.id], now=NOW, max_age=timedelta(days=30))
    expanded()
    return listing, fans


def sent(fans):
    """Let WeChat have taken the alerts of these accounts."""
    with Writing() as session:
        mine = sa.update(Delivery).where(Delivery.account_id.in_(fans))
        session.execute(mine.values(state=DeliveryState.ACCEPTED, tries=1))


def test_the_table_says_what_the_law_says():
    assert {one: set(after) for one, after in STEPS.items()} == {
        RecordState(one): {RecordState(word) for word in after.split()}
        for one, after in EXPECTED.items()
    }


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("before", RecordState)
def test_each_step_is_taken_or_refused_as_the_table_says(database, before):
    entity = subject()
    for after in RecordState:
        one = record(entity.id, state=before)
        if after.value in EXPECTED[before].split():
            move(one.id, Step(after, "tester", "试"))
            assert (state(one.id), changes(one.id)) == (after, [(before, after, "tester")])
        else:
            with pytest.raises(IllegalStepError):
                move(one.id, Step(after, "tester", "试"))
            assert (state(one.id), changes(one.id)) == (before, [])


def test_a_record_that_is_not_there_cannot_move(database):
    with pytest.raises(RecordNotFoundError):
        move(1, WITHDRAW)


def test_a_withdrawal_reaches_exactly_those_who_were_told(database):
    listing, fans = alerted(4)
    sent(fans[:2])
    account()

    move(listing.id, WITHDRAW)

    assert recalls() == [("withdrawn", fans[0]), ("withdrawn", fans[1])]


def test_who_is_being_told_at_this_moment_hears_of_it_too(database):
    listing, _ = alerted(3)
    leased(limit=2)

    move(listing.id, WITHDRAW)

    assert len(recalls()) == 2


def test_who_read_it_in_the_inbox_hears_of_it_too(database):
    listing, fans = alerted(2)
    with Writing() as session:
        session.execute(
            sa.update(Delivery).where(Delivery.account_id == fans[1]).values(read_at=NOW)
        )

    move(listing.id, WITHDRAW)

    assert recalls() == [("withdrawn", fans[1])]


def test_a_recall_says_what_became_of_the_record(database):
    listing, fans = alerted(1)
    sent(fans)

    move(listing.id, WITHDRAW)

    with Reading() as session:
        event = session.scalars(sa.select(Event.id).where(Event.kind == EventKind.RECALLED)).one()
        found = notices.read(session, event, today=TODAY)
    assert (found.became, found.listing.is_public) == (RecordState.WITHDRAWN, False)
    assert found.listing.document_no == listing.document_no


def test_a_dispute_and_its_end_tell_nobody(database):
    listing, fans = alerted(1)
    sent(fans)

    move(listing.id, Step(RecordState.DISPUTED, "platform", "异议标注"))
    move(listing.id, Step(RecordState.PUBLISHED, "platform", "异议不成立"))

    assert recalls() == []


def test_the_same_end_is_told_once_and_another_again(database):
    listing, fans = alerted(1)
    sent(fans)

    move(listing.id, Step(RecordState.REPAIRED, "handler", "准予修复"))
    move(listing.id, Step(RecordState.PUBLISHED, "handler", "材料虚假，撤销修复"))
    move(listing.id, WITHDRAW)

    assert [became for became, _ in recalls()] == ["repaired", "withdrawn"]


def test_move_all_takes_those_that_may_go(database):
    entity = subject()
    ids = [record(entity.id, state=one).id for one in RecordState]

    with Writing() as session:
        gone = standing.move_all(session, ids, WITHDRAW, now=NOW)

    assert gone == [one for one in ids if one != ids[list(RecordState).index("withdrawn")]]


def test_a_record_is_over_at_midnight_in_kunming_whether_or_not_a_job_ran(database):
    listing = record(subject().id, ends_on=TODAY)
    late = datetime(2026, 5, 20, 15, 30, tzinfo=UTC)  # 23:30 of its last day in Kunming
    early = datetime(2026, 5, 20, 16, 30, tzinfo=UTC)  # 00:30 of the next
    with Writing() as session:
        assert standing.expire(session, now=late) == 0
        assert not standing.any_over(session, TODAY)
        seen = [
            session.scalar(sa.select(Record.id).where(Record.id == listing.id, is_public(day)))
            for day in (TODAY, TODAY + timedelta(days=1))
        ]
        assert seen == [listing.id, None]
        assert standing.any_over(session, TODAY + timedelta(days=1))
        assert standing.expire(session, now=early) == 1

    assert (state(listing.id), changes(listing.id)[-1][2]) == (RecordState.EXPIRED, "ticker")


def test_an_end_by_term_is_told_to_those_who_were_alerted(database):
    listing, fans = alerted(2)
    sent(fans)
    with Writing() as session:
        session.get_one(Record, listing.id).ends_on = date(2026, 5, 19)

    for _ in range(2):
        with Writing() as session:
            standing.expire(session, now=NOW)

    assert [became for became, _ in recalls()] == ["expired", "expired"]


@given(steps=st.lists(st.sampled_from(RecordState), max_size=12))
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whatever_is_tried_every_step_is_legal_written_down_and_seen_by_few(database, steps):
    one = record(subject().id, state=RecordState.LOADED)
    expected, at = [], RecordState.LOADED
    for to in steps:
        if to.value in EXPECTED[at].split():
            move(one.id, Step(to, "tester", "试"))
            expected.append((at, to, "tester"))
            at = to
        else:
            with pytest.raises(IllegalStepError):
                move(one.id, Step(to, "tester", "试"))

    assert (state(one.id), changes(one.id)) == (at, expected)
    with Reading() as session:
        public = session.scalar(sa.select(Record.id).where(Record.id == one.id, is_public(TODAY)))
    assert (public is not None) == (at in STANDING)
