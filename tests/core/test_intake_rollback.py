"""A batch is rolled back as a whole: nothing of it stays public, nobody is left wrongly told."""

import sqlalchemy as sa

from core.db import Reading, Writing
from core.intake import rollback
from core.intake.batches import Batch, BatchState
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordState
from tests.core.conftest import NOW
from tests.core.department_files import LISTING, PENALTY
from tests.core.given import expanded, followers, subject

LISTINGS = [LISTING | {"basis_document": f"{number}号"} for number in range(5)]


def roll_back(batch_id=1, **how):
    steps = []
    while not steps or steps[-1]:
        with Writing() as session:
            how = {"who": "tester", "why": "整批有误", "now": NOW} | how
            steps.append(rollback.step(session, batch_id, **how))
    return sum(steps)


def states():
    with Reading() as session:
        return session.scalars(sa.select(Record.state).order_by(Record.id)).all()


def events(kind):
    expanded(now=NOW)
    with Reading() as session:
        return session.scalars(sa.select(Event).where(Event.kind == kind)).all()


def deliveries(event_id):
    with Reading() as session:
        mine = sa.select(Delivery).where(Delivery.event_id == event_id)
        return session.scalars(mine).all()


def test_every_record_of_the_batch_is_withdrawn_with_its_reason(take_in):
    take_in(*LISTINGS, publish=True)
    take_in(PENALTY, publish=True)

    assert roll_back(chunk=2) == 5

    assert states() == [RecordState.WITHDRAWN] * 5 + [RecordState.PUBLISHED]
    with Reading() as session:
        assert session.get_one(Batch, 1).state is BatchState.ROLLED_BACK
        why = session.scalars(
            sa.select(RecordChange.why).where(RecordChange.to_state == RecordState.WITHDRAWN)
        ).all()
    assert why == ["整批有误"] * 5
    assert roll_back() == 0


def test_those_who_were_alerted_are_owed_a_recall_and_the_others_nothing(take_in):
    entity = subject("昆明示例滇味餐饮有限公司", LISTING["uscc"])
    fans = followers(entity.id, 3)
    take_in(LISTING, publish=True)
    (alert,) = events(EventKind.BLACKLISTED)
    with Writing() as session:
        one = sa.update(Delivery).where(Delivery.account_id == fans[0])
        session.execute(one.values(state=DeliveryState.DELIVERED))

    roll_back()

    (recall,) = events(EventKind.RECALLED)
    assert len(deliveries(alert.id)) == 3
    assert [one.account_id for one in deliveries(recall.id)] == [fans[0]]


def test_the_corrected_file_comes_in_anew_and_is_told_anew(take_in):
    take_in(LISTING, publish=True)
    roll_back()

    again = take_in(LISTING, publish=True)

    assert (again.counts.loaded, again.published) == (1, 1)
    assert states() == [RecordState.WITHDRAWN, RecordState.PUBLISHED]
    assert len(events(EventKind.BLACKLISTED)) == 2


def test_a_batch_interrupted_in_its_rollback_is_finished(take_in):
    take_in(*LISTINGS, publish=True)
    with Writing() as session:
        rollback.step(session, 1, who="tester", why="整批有误", now=NOW, chunk=2)

    assert roll_back() == 3
    assert set(states()) == {RecordState.WITHDRAWN}
