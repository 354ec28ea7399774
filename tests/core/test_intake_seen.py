"""A line met before is recognised unread, unless anything has changed since what it means."""

import dataclasses

import pytest
import sqlalchemy as sa

from config import chunks, intake, reading
from core.db import Reading, Writing
from core.intake import rollback, seen
from core.intake.layouts import LayoutName, recognise
from core.intake.lines import Line
from core.intake.reasons import Reason
from core.intake.seen import SeenLine
from core.records import Record, RecordState
from tests.bench.city_files import write_file
from tests.core.conftest import NOW
from tests.core.department_files import CITIZEN_ID, LISTING, PENALTY, RULES, VAULT, text

DOCUMENT = "行政处罚决定书文号"
CODE = "行政相对人代码_1(统一社会信用代码)"
OTHER = LISTING | {"early_removal_after": "改正且列入满6个月"}
LAYOUT = recognise(list(LISTING))


@pytest.fixture
def lines_read(monkeypatch):
    """Count the lines that are read cell by cell."""
    numbers, read_line = [], chunks.read_line

    def noted(line, *others):
        numbers.append(line.number)
        return read_line(line, *others)

    monkeypatch.setattr(chunks, "read_line", noted)
    return numbers


def remembered():
    with Reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(SeenLine))


def test_an_unchanged_file_is_not_read_again(take_in, lines_read):
    rows = [LISTING | {"basis_document": f"{number}号"} for number in range(3)]
    take_in(*rows)
    lines_read.clear()
    counts = take_in(*rows).counts
    assert (lines_read, counts.unchanged) == ([], 3)


def test_only_what_is_new_in_a_file_is_read(take_in, lines_read):
    take_in(LISTING)
    lines_read.clear()
    take_in(LISTING, LISTING | {"basis_document": "2号"})
    assert lines_read == [3]


def test_bad_rows_and_rows_with_a_remark_are_named_every_time(take_in, tmp_path):
    rows = [
        PENALTY,
        PENALTY | {DOCUMENT: "2号", "处罚类别": "暂停服务"},
        PENALTY | {"违法事实": ""},
    ]
    reports = []
    for _ in range(2):
        assert take_in(*rows).counts.warnings == 1
        reports.append((tmp_path / "report.csv").read_text("utf-8"))
    assert reports[0] == reports[1]


def test_lines_about_persons_are_not_remembered(take_in, records):
    take_in(PENALTY | {"行政相对人类别": "自然人", CODE: "", "证件号码": CITIZEN_ID})
    assert (len(records()), remembered()) == (1, 0)


def test_other_rules_have_every_line_read_anew_and_remembered_anew(take_in, lines_read):
    take_in(LISTING)
    terms = tuple(dataclasses.replace(one, name=f"{one.name}（新）") for one in RULES.terms)
    other = dataclasses.replace(RULES, terms=terms)
    for unchanged, read in [(0, 1), (1, 0)]:
        lines_read.clear()
        assert take_in(LISTING, rules=other).counts.unchanged == unchanged
        assert len(lines_read) == read
    assert remembered() == 1


def test_the_version_names_rules_by_their_content():
    same = dataclasses.replace(RULES)
    other = dataclasses.replace(RULES, terms=RULES.terms[1:])
    assert reading.version(same) == reading.version(RULES) != reading.version(other)
    assert len(reading.version(RULES)) == 64


def test_going_back_to_an_earlier_text_is_a_correction(take_in, records):
    for row in (LISTING, OTHER, LISTING):
        assert take_in(row, publish=True).counts.loaded == 1
    assert [record.version for record in records().values()] == [3]


def test_going_back_from_a_text_that_was_not_remembered_is_one_too(take_in):
    for kind in ("罚款", "暂停服务", "罚款"):
        assert take_in(PENALTY | {"处罚类别": kind}).counts.loaded == 1


def test_a_line_corrected_in_the_chunk_before_is_read_after_all(take_in, monkeypatch, tmp_path):
    monkeypatch.setattr(intake, "CHUNK", 1)
    take_in(LISTING)
    counts = take_in(OTHER, LISTING).counts
    assert (counts.loaded, counts.unchanged, counts.rejected) == (1, 0, 1)
    assert Reason.CONFLICT in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_a_line_beside_another_text_of_the_same_decision_is_read_after_all(take_in):
    take_in(LISTING, publish=True)
    counts = take_in(LISTING, OTHER).counts
    assert (counts.loaded, counts.unchanged, counts.rejected) == (0, 1, 1)


def test_what_was_rolled_back_comes_in_again(take_in, records):
    take_in(LISTING, publish=True)
    with Writing() as session:
        rollback.step(session, 1, who="test", why="错报", now=NOW)
    counts = take_in(text(LISTING), publish=True).counts
    assert (counts.loaded, counts.unchanged) == (1, 0)
    with Reading() as session:
        states = session.scalars(sa.select(Record.state).order_by(Record.id)).all()
    assert states == [RecordState.WITHDRAWN, RecordState.PUBLISHED]


def test_an_emptied_memory_loses_nothing(take_in):
    take_in(LISTING)
    with Writing() as session:
        session.execute(sa.delete(SeenLine))
    assert take_in(LISTING).counts.unchanged == 1
    assert remembered() == 1


def name(cells, layout=LAYOUT, version="1", fault=None):
    return seen.names(VAULT, layout, version=version).of(Line(2, cells, fault))


def test_a_name_is_of_the_cells_the_columns_and_the_version():
    cells = list(LISTING.values())
    others = [
        name([*cells[:-1], "x"]),
        name(cells, layout=recognise([*list(LISTING)[:-1], "别的列"])),
        name(cells, version="2"),
    ]
    assert name(cells) == name(list(cells))
    assert name(cells) not in others
    assert CITIZEN_ID not in name([CITIZEN_ID, *cells[1:]])


def test_a_line_that_may_be_two_has_no_name():
    assert name(["a\x1fb", "c"]) is None
    assert name([], fault=Reason.EMPTY_ROW) is None
    assert name(["\ud800"]) is not None


def test_a_file_of_several_chunks_is_recognised_whole(take_in, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 40)
    bad = write_file(tmp_path / "city.csv", 200, 3, bad_share=0.1, layout=LayoutName.LICENCE)
    first, again = (take_in(tmp_path / "city.csv").counts for _ in range(2))
    assert (first.loaded, first.rejected) == (200 - len(bad), len(bad))
    assert (again.unchanged, again.rejected) == (first.loaded, first.rejected)
