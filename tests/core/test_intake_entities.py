"""Whom the rows of a file name, and what happens when two files come at once."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import intake
from core import db, query
from core.db import Reading, Writing
from core.departments import Department
from core.errors import EntityNotFoundError
from core.intake import batches, parties, writes
from core.intake.batches import Batch
from core.intake.load import load
from core.records import Record, RecordChange, RecordState
from core.subjects import Subject, SubjectKind, SubjectState, kind_of
from tests.core.conftest import NOW
from tests.core.department_files import (
    BUREAU,
    CITIZEN_ID,
    DEFAULTER,
    LICENCE,
    LISTING,
    PENALTY,
    PROMISE,
    SAMPLES,
    STATEMENT,
    VAULT,
    read,
    text,
)

USCC = "行政相对人代码_1(统一社会信用代码)"
DOCUMENT = "行政处罚决定书文号"
COMPANY = PENALTY[USCC]
PENALTIES = SAMPLES / "sgs_xzcf_synthetic.csv"


def ends(result):
    counts = result.counts
    return counts.read, counts.loaded, counts.unchanged, counts.rejected


def subject():
    with Reading() as session:
        return session.scalars(sa.select(Subject).where(Subject.uscc == COMPANY)).one()


def test_the_newest_decision_names_the_entity(take_in):
    rename = {"行政相对人名称": "昆明示例新味餐饮有限公司"}
    take_in(PENALTY)
    take_in(PENALTY | rename | {DOCUMENT: "旧1号", "处罚决定日期": "2026-06-14"})
    assert subject().name == PENALTY["行政相对人名称"]
    newer = PENALTY | rename | {DOCUMENT: "新1号", "处罚决定日期": "2026-06-16"}
    take_in(newer, PENALTY | {DOCUMENT: "旧2号"})
    assert (subject().name, subject().name_key) == ("昆明示例新味餐饮有限公司",) * 2


def test_a_code_that_fails_its_check_names_its_entity_once_and_renames_nobody(take_in):
    wrong = {USCC: "915301020000000190"}
    take_in(PENALTY | wrong)
    take_in(
        PENALTY
        | wrong
        | {DOCUMENT: "2号", "行政相对人名称": "别的名字", "处罚决定日期": "20261101"}
    )
    with Reading() as session:
        found = session.scalars(sa.select(Subject)).one()
    assert (found.name, found.uscc_check_ok) == (PENALTY["行政相对人名称"], False)


def test_subjects_and_departments_are_made_from_the_codes(take_in, records):
    take_in(PENALTY, PENALTY | {USCC: "925301020000000353", "行政相对人名称": "示例米线店"})
    with Reading() as session:
        found = {one.uscc: one for one in session.scalars(sa.select(Subject))}
        bureau = session.scalars(sa.select(Department)).one()
    assert found[COMPANY].kind is SubjectKind.LEGAL_ENTITY
    assert found["925301020000000353"].kind is SubjectKind.SOLE_TRADER
    assert {one.state for one in found.values()} == {SubjectState.UNKNOWN}  # no file tells it
    assert {one.district for one in found.values()} == {"530102"}
    assert bureau.name == BUREAU
    assert records()[PENALTY[DOCUMENT]].department_id == bureau.id


@pytest.mark.parametrize(
    ("prefixes", "kind"),
    [
        ("11 12 13 19", SubjectKind.GOVERNMENT_BODY),
        ("31", SubjectKind.UNINCORPORATED),
        ("92", SubjectKind.SOLE_TRADER),
        ("32 33 34 35 39 51 52 53 71 72 81 91 93 A1 N1 N2 N3 Y1", SubjectKind.LEGAL_ENTITY),
    ],
)
def test_a_codes_prefix_tells_the_kind_or_leaves_it_open(prefixes, kind):
    assert {kind_of(f"{prefix}5301020000000000") for prefix in prefixes.split()} == {kind}


def test_two_intakes_at_once_give_each_record_once(take_in, monkeypatch, tmp_path):
    monkeypatch.setattr(intake, "CHUNK", 20)
    rows = [PENALTY | {DOCUMENT: f"{number}号"} for number in range(100)]
    backwards = text(*reversed(rows))
    forwards = text(*rows)
    with ThreadPoolExecutor(4) as pool:
        orders = [(forwards, "1.csv"), (backwards, "2.csv"), (forwards, "3.csv"), (backwards, "4")]
        taken = [
            pool.submit(take_in, content, name=name, report=None, publish=True)
            for content, name in orders
        ]
        results = [one.result() for one in taken]
    assert sum(result.counts.loaded for result in results) == 100
    assert sum(result.published for result in results) == 100
    with Reading() as session:
        found = session.execute(sa.select(Record.version, Record.state)).all()
        changes = session.scalar(sa.select(sa.func.count()).select_from(RecordChange))
    assert [tuple(row) for row in found] == [(1, RecordState.PUBLISHED)] * 100
    assert changes == 200


def while_another_writes(take_in, row, write, *then):
    """Take a row in while another transaction, which wrote first, is still open, and goes on."""
    with ThreadPoolExecutor(1) as pool:
        with Writing() as session:
            write(session)
            taken = pool.submit(take_in, row, report=None)
            with pytest.raises(TimeoutError):
                taken.result(timeout=0.5)
            for more in then:
                more(session)
        return taken.result()


@pytest.mark.parametrize("changed", [{}, {"罚款金额(万元)": "0.6"}], ids=["met", "corrected"])
def test_what_lies_unpublished_is_locked_in_the_order_that_all_use(take_in, changed):
    rows = [PENALTY | {DOCUMENT: f"{number}号"} for number in range(6)]
    rows.sort(key=lambda row: read(row).natural_key)
    for row in reversed(rows):
        take_in(row, report=None)
    first, last = (read(row).natural_key for row in (rows[0], rows[-1]))
    one = sa.select(Record.id).with_for_update()

    def hold(session):
        session.execute(one.where(Record.natural_key == first))

    def go_on(session):
        session.execute(one.where(Record.natural_key == last))

    again = text(*rows[:-1], rows[-1] | changed)
    result = while_another_writes(
        lambda content, report: take_in(content, report=report, publish=True), again, hold, go_on
    )
    assert (result.counts.loaded, result.published) == (1 if changed else 0, 6)


def test_who_was_second_finds_the_row_unchanged(take_in, records):
    take_in(PENALTY | {DOCUMENT: "1号"})  # only the record is yet unknown
    row = read(PENALTY)

    def write(session):
        file = batches.File("other.csv", "other", "penalty")
        batch_id = batches.begin(session, file, who="other", now=NOW)
        load(
            session,
            writes.begun(session, batch_id, who="other", now=NOW, vault=VAULT),
            [row],
            named={},
        )

    assert ends(while_another_writes(take_in, PENALTY, write)) == (1, 0, 1, 0)
    assert records()[PENALTY[DOCUMENT]].version == 1


def test_a_withdrawal_is_not_overwritten_by_a_correction_at_the_same_time(take_in, records):
    take_in(PENALTY, publish=True)

    def write(session):
        session.execute(sa.update(Record).values(state=RecordState.WITHDRAWN))

    while_another_writes(take_in, PENALTY | {"罚款金额(万元)": "0.6"}, write)
    record = records()[PENALTY[DOCUMENT]]
    assert (record.state, record.version) == (RecordState.WITHDRAWN, 2)


CELL = st.one_of(
    st.sampled_from(["", "x", "警告", "罚款;其他", "2026-05-01", "20260230", "自然人", CITIZEN_ID]),
    st.sampled_from(["0.5", "-1", COMPANY, "915301020000000190", "\x00", "'", '"', "昆明市公安局"]),
    st.text(max_size=8),
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_row_is_ever_lost(take_in, data):
    base = data.draw(st.sampled_from([PENALTY, LICENCE, LISTING, PROMISE, STATEMENT, DEFAULTER]))
    changes = st.dictionaries(st.sampled_from(list(base)), CELL, max_size=3)
    rows = [base | data.draw(changes) for _ in range(data.draw(st.integers(1, 6)))]
    tail = data.draw(st.sampled_from(["", "a,b\n", '"\n', ",,\n", "\n\n"]))
    result = take_in((text(*rows) + tail).encode(errors="replace"), publish=True)
    counts = result.counts
    assert counts.read == counts.loaded + counts.unchanged + counts.rejected
    # A line break or a quote inside a cell may spread a wrong row over more lines, never fewer.
    assert counts.read >= len(rows)
    with db.Reading() as session:
        totals = session.execute(
            sa.select(
                sa.func.sum(Batch.rows_read),
                sa.func.sum(Batch.rows_loaded + Batch.rows_unchanged + Batch.rows_rejected),
            )
        ).one()
    assert totals[0] == totals[1]


def test_a_department_known_by_another_name_is_found_by_its_code(database):
    with Writing() as session:
        first = parties.authorities(session, [_row(department=("旧局", "11530100000090018E"))])
        second = parties.authorities(session, [_row(department=("新局", "11530100000090018E"))])
    assert set(first.values()) == set(second.values())


@dataclasses.dataclass
class _row:  # noqa: N801
    department: tuple


def test_an_entity_that_intake_refused_is_not_known(take_in):
    take_in(PENALTY | {"违法事实": ""})
    with Reading() as session, pytest.raises(EntityNotFoundError):
        query.by_uscc(session, COMPANY, today=date(2026, 11, 23))
