"""Whatever is noted and sealed in whatever order, the chain holds and no row is left out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from core.audit import trail
from core.audit.seals import Seal
from core.audit.trail import Entry
from core.db import Writing
from tests.core.given import NOW
from tests.core.trails import PUBLISHED, READ, found, noted, report, sealed

STEPS = st.one_of(
    st.tuples(st.just("note"), st.integers(1, 5)),
    st.tuples(st.just("taken back"), st.integers(1, 3)),
    st.tuples(st.just("seal"), st.integers(1, 4)),
)


@pytest.fixture
def emptied(database):
    def empty():
        with Writing() as session:
            session.execute(delete(Entry))
            session.execute(delete(Seal))

    return empty


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, max_size=12))
def test_any_order_of_notes_and_seals_is_proved(emptied, steps):
    emptied()
    rows = waiting = 0
    for step, number in steps:
        if step == "note":
            noted(number, what=READ if number % 2 else PUBLISHED)
            rows, waiting = rows + number, waiting + number
        elif step == "taken back":
            _taken_back(number)
        else:
            head = sealed(batch=number)
            assert (head is None) == (waiting == 0)
            waiting -= min(waiting, number)

    proof = report()
    assert found() == []
    assert (proof.rows, proof.unsealed) == (rows - waiting, waiting)


def _taken_back(number):
    with Writing() as session:
        for _ in range(number):
            trail.note(session, PUBLISHED, now=NOW)
        session.rollback()
