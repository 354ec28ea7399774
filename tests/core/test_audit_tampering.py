"""Whatever is done to the trail, its seals or the file of heads behind our back is named."""

import pytest
from sqlalchemy import select

from core import db
from core.audit import seals
from core.audit.trail import Entry
from core.db import Writing
from tests.core.given import NOW
from tests.core.trails import KEY, READ, chain, found, found_after, heads, noted, sealed, tampered


@pytest.fixture
def lines(database):
    """Ten sealed rows in three seals, and their heads."""
    noted(2, what=READ)
    chain(2, 4, 2)
    return heads()


CHANGES = {
    "kind": "'act'",
    "actor": "'account:8'",
    "role": "'staff'",
    "action": "'write'",
    "object": "'batch:9'",
    "subject_id": "13",
    "purpose": "null",
    "legal_basis": "'another'",
    "facts": """'{"fields": []}'""",
    "at": "'2020-01-01 00:00:00.000000'",
    "mac": "'00'",
}


def test_a_changed_row_is_named(lines):
    for column, value in CHANGES.items():
        names = found_after(lines, f"update trail set {column} = {value} where number = 2")
        assert names == [("changed", 2, None)], column


def test_a_deleted_row_is_named(lines):
    for number in (1, 5, 10):
        names = found_after(lines, f"delete from trail where number = {number}")
        assert names == [("missing", number, None)]


def test_a_row_that_lost_its_number_is_missing_at_its_place(lines):
    tampered("update trail set number = null where number = 4")

    assert found(lines) == [("missing", 4, None)]


COPY = (
    "insert into trail (kind, actor, role, action, facts, at, number, mac) "
    "select kind, actor, role, action, facts, at, {number}, mac from trail where number = {of}"
)


def test_a_row_added_outside_is_named(lines):
    for number in (11, 0, -1):
        names = found_after(lines, COPY.format(number=number, of=10))
        assert names == [("added", number, None)]


def test_a_row_put_in_the_place_of_another_is_named(lines):
    tampered("delete from trail where number = 6", COPY.format(number=6, of=5))

    assert found(lines) == [("changed", 6, None)]


SWAP = (
    "update trail set number = -7 where number = 5",
    "update trail set number = 5 where number = 6",
    "update trail set number = 6 where number = -7",
)


def test_two_rows_that_changed_places_are_named(lines):
    tampered(*SWAP)

    assert found(lines) == [("moved", 5, 6), ("moved", 6, 5)]


def test_where_very_many_are_wrong_nobody_looks_where_they_were(lines, monkeypatch):
    monkeypatch.setattr("core.audit.proof._MOST_MOVED", 1)
    tampered(*SWAP)

    assert found(lines) == [("changed", 5, None), ("changed", 6, None)]


SEAL_CHANGES = [
    "last = 9",
    "first = 6",
    "digest = '00'",
    "previous = '00'",
    "at = '2020-01-01 00:00:00.000000'",
    "mac = '00'",
]


def test_a_changed_seal_is_named(lines):
    for change in SEAL_CHANGES:
        names = found_after(lines, f"update seals set {change} where id = 2")
        assert names[0] == ("seal_changed", 2, None), change
        assert {kind for kind, *_ in names} <= {"seal_changed", "head_changed"}


def test_a_deleted_seal_is_named(lines):
    for number in (1, 2):
        names = found_after(lines, f"delete from seals where id = {number}")
        assert names == [("seal_missing", number, None)]
        without = {seal: line for seal, line in lines.items() if seal != number}
        assert found_after(without, f"delete from seals where id = {number}") == names


def test_the_end_of_the_chain_cannot_be_cut_off(lines):
    tampered("delete from seals where id = 3", "delete from trail where number > 8")

    assert found(lines) == [("seal_missing", 3, None)]


def test_a_chain_begun_anew_after_a_cut_does_not_fit_the_heads(lines):
    tampered("delete from seals where id = 3", "delete from trail where number > 8")
    noted()
    sealed()

    assert found(lines) == [("head_changed", 3, None)]


def test_a_seal_under_another_number_is_named(lines):
    tampered("update seals set id = 1000000000000 where id = 2")

    names = found(lines)
    assert ("seal_missing", 2, None) in names
    assert ("seal_changed", 1_000_000_000_000, None) in names
    assert len(names) == 3


def test_a_sealed_row_of_another_course_of_things_does_not_fit_its_seal(lines):
    """A backup was put back and sealed again: genuine rows of both do not mix."""
    with Writing() as session:
        kept = session.execute(select(*seals.ROW).where(Entry.number == 9)).one()
    tampered(
        "delete from seals where id = 3",
        "update trail set number = null, mac = null where number > 8",
        f"update trail set actor = 'account:99' where id = {kept.id}",
    )
    sealed()
    tampered(f"update trail set actor = 'cli', mac = '{kept.mac}' where id = {kept.id}")

    assert found() == [("exchanged", 3, None)]


def test_a_seal_that_follows_another_than_the_one_before_is_named(lines):
    with Writing() as session:
        first, other = seals.after(session, 0, limit=2)
    tampered("delete from seals where id = 1")
    noted()
    with Writing() as session:
        again = seals._next(KEY, seals.NOTHING, ["00"] * 4, now=NOW)
        session.add(seals.Seal(**vars(again) | {"at": NOW}))

    assert first.mac != again.mac
    assert (other.id, other.previous) == (2, first.mac)
    assert ("seal_changed", 2, None) in found()


def test_a_file_of_heads_that_lacks_one_or_says_another_is_named(lines):
    assert found({}) == [("head_missing", number, None) for number in (1, 2, 3)]
    assert found({1: lines[1], 2: lines[2]}) == [("head_missing", 3, None)]
    assert found(lines | {2: lines[1]}) == [("head_changed", 2, None)]


def test_what_is_sealed_after_the_snapshot_is_for_the_next_proof(lines):
    chain(1)

    assert found(lines, upto=3) == []


@pytest.fixture
def sqlite_bound(sqlite_url):
    """SQLite takes any value in any column."""
    engine = db.connect(sqlite_url)
    db.bind(engine)
    yield
    engine.dispose()


def test_a_value_of_a_strange_kind_does_not_stop_the_proof(sqlite_bound):
    chain(3, 1)
    kept = heads()
    tampered(
        "update trail set facts = 'no json', kind = 'no kind', at = 'no time' where number = 1",
        "update trail set actor = x'00ff' where number = 2",
        "update trail set number = 'x' where number = 3",
        "update seals set at = 'never', last = 'all' where id = 1",
    )

    names = found(kept)

    assert {("changed", 1, None), ("changed", 2, None), ("seal_changed", 1, None)} <= set(names)
