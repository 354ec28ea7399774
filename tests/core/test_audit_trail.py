"""The trail: ids and codes only; numbers without gaps, given when a committed row is sealed."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from core import db
from core.audit import seals, trail
from core.audit.trail import Access, Act, Entry, PersonalDataError
from core.db import Reading, Writing
from tests.core.given import NOW, SECOND, at_once
from tests.core.trails import KEY, PUBLISHED, READ, chain, found, noted, report, sealed, tampered


def rows():
    with Reading() as session:
        return session.scalars(sa.select(Entry).order_by(Entry.id)).all()


def test_an_access_says_who_read_which_fields_for_what(database):
    noted(what=READ)

    (row,) = rows()
    assert (row.kind, row.actor, row.role, row.action) == ("access", "account:7", "self", "read")
    assert (row.purpose, row.legal_basis) == ("own_file", "个人信息保护法第四十五条")
    assert (row.subject_id, row.facts, row.at) == (12, {"fields": ["name", "records"]}, NOW)
    assert (row.object, row.number, row.mac) == (None, None, None)


def test_an_act_says_who_did_what_to_which_object(database):
    noted()

    (row,) = rows()
    assert (row.kind, row.actor, row.role, row.action) == ("act", "cli", "staff", "publish")
    assert (row.object, row.facts, row.at) == ("batch:3", {"records": 5}, NOW)


def test_a_row_goes_with_the_transaction_that_it_belongs_to(database):
    with Writing() as session:
        trail.note(session, PUBLISHED, now=NOW)
        session.rollback()

    assert rows() == []


NAME, ID, PHONE = "张三", "530102199001011234", "13888888888"


@pytest.mark.parametrize(
    "what",
    [
        *(Act(bad, "staff", "publish", "batch:3") for bad in (NAME, ID, f"account:{PHONE}", "")),
        *(Act("cli", bad, "publish", "batch:3") for bad in (NAME, "Staff")),
        Act("cli", "staff", NAME, "batch:3"),
        *(Act("cli", "staff", "publish", bad) for bad in (NAME, ID, f"subject:{PHONE}")),
        *(Act("cli", "staff", "publish", "batch:3", {"who": bad}) for bad in (NAME, ID, PHONE)),
        *(Act("cli", "staff", "publish", "batch:3", {"n": bad}) for bad in (int(PHONE), -1, 1.5)),
        *(Act("cli", "staff", "publish", "batch:3", {"n": bad}) for bad in ([NAME], {"a": NAME})),
        Act("cli", "staff", "publish", "batch:3", {NAME: 1}),
        Access("cli", "staff", NAME, "条例", ("name",)),
        Access("cli", "staff", "own_file", f"条例 {PHONE}", ("name",)),
        Access("cli", "staff", "own_file", "", ("name",)),
        Access("cli", "staff", "own_file", "条例", (NAME,)),
        Access(ID, "staff", "own_file", "条例", ("name",)),
    ],
)
def test_nothing_personal_gets_into_the_trail(what):
    with pytest.raises(PersonalDataError) as caught:
        trail.note(Session(), what, now=NOW)

    assert not re.search(f"{NAME}|{ID}|{PHONE}", str(caught.value))


def test_nothing_is_sealed_when_nothing_waits(database):
    assert sealed() is None
    proof = report()
    assert (proof.rows, proof.seals, proof.unsealed, proof.oldest) == (0, 0, 0, None)
    assert proof.faults == []


def test_rows_are_numbered_without_a_gap_batch_after_batch(database):
    noted(2, what=READ)
    noted(3)

    taken = [sealed(batch=2) for _ in range(4)]

    assert [(head.id, head.first, head.last) for head in taken[:3]] == [
        (1, 1, 2),
        (2, 3, 4),
        (3, 5, 5),
    ]
    assert taken[3] is None
    assert [head.previous for head in taken[:3]] == ["", taken[0].mac, taken[1].mac]
    assert [row.number for row in rows()] == [1, 2, 3, 4, 5]
    assert (found(), report().rows, report().seals) == ([], 5, 3)


def test_what_waits_is_counted_and_its_age_is_known(database):
    chain(2)
    noted(now=NOW + SECOND)
    noted(now=NOW)

    proof = report()

    assert (proof.rows, proof.unsealed, proof.oldest, proof.faults) == (2, 2, NOW, [])


@pytest.fixture
def concurrent(postgresql_url):
    """Only PostgreSQL lets two write at once; SQLite has them take turns."""
    engine = db.connect(postgresql_url)
    db.bind(engine)
    yield
    engine.dispose()


def test_a_row_that_commits_late_is_sealed_later(concurrent):
    with Writing() as late:
        trail.note(late, READ, now=NOW)
        noted(2)
        assert (sealed().last, sealed()) == (2, None)
    last = sealed()

    assert (last.first, last.last) == (3, 3)
    assert [row.number for row in rows()] == [3, 1, 2]
    assert found() == []


def test_of_sealers_at_once_one_seals_and_no_row_twice(database):
    noted(20)

    done = at_once(4, lambda: sealed(batch=5))

    heads = [head for head in done if head]
    assert heads
    while head := sealed(batch=5):
        heads.append(head)
    assert sorted(head.id for head in heads) == [1, 2, 3, 4]
    assert (found(), report().rows) == ([], 20)


def test_the_second_of_two_sealers_does_nothing(concurrent):
    noted(3)
    with ThreadPoolExecutor(1) as pool:
        with Writing() as first:
            seals.seal(first, KEY, now=NOW)
            second = pool.submit(sealed)
            with pytest.raises(TimeoutError):
                second.result(0.2)
        assert second.result(5) is None

    assert (found(), report().rows) == ([], 3)


def test_the_key_decides(database):
    chain(3, 2)

    assert found(key=b"another key") == [("wrong_key", 0, None)]


def test_a_spoilt_key_column_is_no_reason_to_stop(database):
    chain(2)
    tampered("update trail set mac = null where number = 1")

    assert found() == [("changed", 1, None)]
