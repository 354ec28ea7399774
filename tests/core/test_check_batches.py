"""Batches: each line is checked once, with its row of the trail, whoever goes on with it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from config import rulebook
from core.audit.trail import Entry
from core.checks import batches, outcomes, uploads
from core.checks.batches import Batch, BatchLine
from core.checks.ledger import Order
from core.checks.outcomes import LineOutcome
from core.db import Reading, Writing
from core.institutions import CheckPurpose
from core.records import Record, RecordState
from tests.core.given import NOW, TODAY, at_once, record, subject

RULES = rulebook.load()
BASIS = "《政府采购法》第二十二条"


@pytest.fixture
def order(register):
    held = register(NOW)
    holder = held.holder(held.issue(held.enrol())[1])
    return Order(holder, CheckPurpose.TENDERING, BASIS, "R-1")


@pytest.fixture
def ask(order):
    def ask(text):
        with Writing() as session:
            given = uploads.read(text.encode())
            return batches.ask(session, order, given, now=NOW).id

    return ask


def advance(batch_id, *, chunk=2, now=NOW):
    with Writing() as session:
        return batches.advance(session, RULES, batch_id, now=now, chunk=chunk)


def finish(batch_id, **options):
    while not advance(batch_id, **options).is_over:
        pass


def batch(batch_id):
    with Reading() as session:
        return session.get_one(Batch, batch_id)


def shown(batch_id, today=TODAY):
    with Reading() as session:
        return outcomes.of(session, batches.lines(session, batch_id), today=today)


def count(table, *where):
    with Reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where))


@pytest.fixture
def five(ask):
    """Five lines: one listed, two clean, one that nobody bears, one refused."""
    listed, *others = [subject(f"昆明示例{name}有限公司") for name in "甲乙丙"]
    record(listed.id)
    codes = [one.uscc for one in (listed, *others)]
    return ask("\n".join([*codes, "91530100MA99999999", "not a code"]))


def test_lines_are_told_by_what_was_found(five):
    finish(five)

    told = shown(five)
    kinds = [one.outcome for one in told]
    assert kinds == [*[LineOutcome.FOUND] * 3, LineOutcome.NOT_FOUND, LineOutcome.REJECTED]
    assert [bool(one.told and one.told["serious"]) for one in told] == [True, *[False] * 4]


def test_it_goes_chunk_by_chunk_and_is_finished_with_the_last(five):
    steps = [advance(five) for _ in range(2)]

    assert [(one.done, one.total, one.is_over) for one in steps] == [(3, 5, False), (5, 5, True)]
    done = batch(five)
    assert (done.checked, done.rejected, done.finished_at) == (4, 1, NOW)
    assert len(done.sha256) == 64


def test_a_batch_of_nothing_but_bad_lines_is_finished_at_once(ask):
    held = ask("not a code\n53010219900307123X")

    assert advance(held).is_over
    assert (batch(held).as_of, count(Entry)) == (NOW, 0)


def test_each_line_has_its_row_of_the_trail(five, order):
    finish(five)

    with Reading() as session:
        rows = session.scalars(select(Entry)).all()
    assert {(row.actor, row.role, row.purpose, row.legal_basis) for row in rows} == {
        (f"institution:{order.holder.id}", "institution", "tendering", BASIS)
    }
    assert len(rows) == 4
    assert len({row.subject_id for row in rows}) == 4  # of the code that nobody bears: None


def test_what_was_undone_is_checked_again_and_nothing_else(five):
    advance(five)

    def die(session):
        batches.advance(session, RULES, five, now=NOW, chunk=2)
        raise KeyError

    with pytest.raises(KeyError), Writing() as session:
        die(session)
    assert (count(Entry), batch(five).checked) == (2, 2)
    finish(five)
    assert count(Entry) == 4


def test_two_workers_check_no_line_twice(five):
    steps = at_once(2, lambda: advance(five))

    assert sorted(one.done for one in steps) == [3, 5]
    assert count(Entry) == 4


def test_a_batch_that_is_done_stays_as_it_is(five):
    finish(five)
    before = batch(five)

    advance(five, now=NOW + timedelta(hours=1))

    after = batch(five)
    assert (after.sha256, after.finished_at, count(Entry)) == (before.sha256, NOW, 4)


def test_its_instant_is_that_of_the_first_chunk(five):
    advance(five)
    finish(five, now=NOW + timedelta(minutes=1))

    assert (batch(five).as_of, batch(five).finished_at) == (NOW, NOW + timedelta(minutes=1))


def test_names_are_compared_as_search_does(ask):
    one, other = subject("昆明（示例）商贸有限公司"), subject("昆明示例二有限公司")
    third = subject("昆明示例三有限公司")
    lines = [f"{one.uscc},昆明(示例)商贸 有限公司", f"{other.uscc},昆明示例贰有限公司", third.uscc]
    held = ask("\n".join(lines))
    finish(held)

    assert [line.agrees for line in shown(held)] == [True, False, None]


def test_a_line_whose_record_is_no_longer_public_is_told_no_more(five):
    finish(five)
    with Writing() as session:
        session.scalars(select(Record)).one().state = RecordState.REPAIRED

    first, second, *_ = shown(five)
    assert (first.outcome, first.told) == (LineOutcome.CHANGED, None)
    assert second.outcome is LineOutcome.FOUND


def test_the_hash_holds_what_was_told(five, ask):
    finish(five)
    with Writing() as session:
        line = session.get_one(BatchLine, (five, 2))
        line.told = line.told | {"counts": {"penalty": 9}}
        session.flush()
        assert batches._hash(session, session.get_one(Batch, five)) != batch(five).sha256


def test_a_chunk_costs_as_many_statements_as_any_other(ask, database):
    from sqlalchemy import event

    codes = [subject().uscc for _ in range(40)]
    statements = []
    event.listen(
        database.engine, "before_cursor_execute", lambda *given: statements.append(given[2])
    )

    def cost(lines, chunk):
        held = ask("\n".join(lines))
        statements.clear()
        advance(held, chunk=chunk)
        return len(statements)

    assert cost(codes[:30], 2) == cost(codes, 20)


def test_a_line_whose_record_made_way_for_another_has_changed(ask):
    one = subject()
    gone = record(one.id)
    held = ask(one.uscc)
    finish(held)
    with Writing() as session:
        session.get_one(Record, gone.id).state = RecordState.REPAIRED
    record(one.id)

    assert [line.outcome for line in shown(held)] == [LineOutcome.CHANGED]
