"""Rows become records: once each, none lost, whatever comes twice or at the same time."""

import csv
import dataclasses

import pytest
import sqlalchemy as sa

from config import intake
from core import query
from core.db import Reading, Writing
from core.departments import Department
from core.intake import batches
from core.intake.batches import Batch, BatchState, Counts, RowsLostError
from core.records import Record, RecordChange, RecordState, Severity, Visibility
from core.subjects import Subject
from tests.core.department_files import (
    CHILD_ID,
    CITIZEN_ID,
    LISTING,
    PENALTY,
    RULES,
    SAMPLES,
    TODAY,
    text,
)

USCC = "行政相对人代码_1(统一社会信用代码)"
DOCUMENT = "行政处罚决定书文号"
COMPANY = PENALTY[USCC]
PENALTIES = SAMPLES / "sgs_xzcf_synthetic.csv"


def ends(result):
    counts = result.counts
    return counts.read, counts.loaded, counts.unchanged, counts.rejected


def everything():
    """Return every row of the tables that intake may change, but for batches."""
    with Reading() as session:
        return {
            table: session.execute(sa.select(table.__table__).order_by(table.id)).all()
            for table in (Record, RecordChange, Subject, Department)
        }


def report(tmp_path):
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_the_sample_penalties_end_as_expected(take_in, records, tmp_path):
    result = take_in(PENALTIES)
    assert ends(result) == (9, 7, 1, 1)
    assert result.counts.warnings == 1
    assert [(row[0], row[1][:8], row[3][:12], row[4]) for row in report(tmp_path)[1:]] == [
        ("8", "行政相对人代码_", "统一社会信用代码的校验位", "提醒"),
        ("9", "处罚决定日期", "日期不对：应为真实的日期", "退回"),
    ]
    held = records()["五市监罚〔2026〕1号"]
    assert (held.state, held.severity) == (RecordState.HELD, Severity.MINOR)
    assert {record.state for record in records().values()} == {
        RecordState.LOADED,
        RecordState.HELD,
    }


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_changes_nothing(take_in, mark):
    assert ends(take_in(mark + text(PENALTY).encode())) == (1, 1, 0, 0)


def test_the_same_file_twice_changes_nothing(take_in):
    take_in(PENALTIES, publish=True)
    before = everything()
    result = take_in(PENALTIES, publish=True)
    assert ends(result) == (9, 0, 8, 1)
    assert result.published == 0
    assert everything() == before


def test_a_batch_keeps_the_counts(take_in):
    take_in(PENALTIES)
    with Reading() as session:
        batch = session.scalars(sa.select(Batch)).one()
    assert (batch.state, batch.layout) == (BatchState.DONE, "penalty")
    kept = (batch.rows_read, batch.rows_loaded, batch.rows_unchanged, batch.rows_rejected)
    assert (*kept, batch.warnings) == (9, 7, 1, 1, 1)


def test_counts_that_lose_a_row_are_not_stored(database):
    with Writing() as session, pytest.raises(RowsLostError):
        batches.count(session, 1, Counts(read=3, loaded=1, rejected=1))


def test_a_file_without_rows_is_a_file(take_in):
    result = take_in(",".join(LISTING))
    assert (ends(result), result.report) == ((0, 0, 0, 0), None)


def test_a_report_is_a_table_that_runs_no_formula(take_in, tmp_path):
    take_in(PENALTY | {"罚款金额(万元)": "=1+1"}, PENALTY | {DOCUMENT: "@2", "违法事实": ""})
    content = (tmp_path / "report.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = report(tmp_path)
    assert rows[0] == ["行号", "列", "值", "原因", "结果"]
    assert rows[1][:3] == ["2", "罚款金额(万元)", "'=1+1"]
    assert rows[2][:3] == ["3", "违法事实", ""]


def test_a_long_value_is_cut_in_the_report(take_in, tmp_path):
    take_in(PENALTY | {"行政相对人名称": "昆" * 5000})
    assert report(tmp_path)[1][2] == "昆" * 200 + "…"


def test_the_report_goes_into_its_folder_under_the_batch_s_number(take_in, tmp_path):
    bad = LISTING | {"listed_on": "?"}
    result = take_in(bad, name="名单.csv", report=None, reports=tmp_path / "reports")
    assert result.report == tmp_path / "reports" / "名单-1.csv"
    assert result.report.exists()


PERSONAL = [
    PENALTY | {"行政相对人类别": "自然人", USCC: "", "证件号码": CITIZEN_ID},
    PENALTY | {"行政相对人类别": "自然人", USCC: "", "证件号码": CHILD_ID},
    PENALTY | {USCC: CITIZEN_ID},
    PENALTY | {"行政相对人名称": f"示例某 {CITIZEN_ID}"},
    PENALTY | {DOCUMENT: f"昆公罚 {CITIZEN_ID}", "处罚机关": "昆明市公安局"},
    PENALTY | {"处罚决定日期": CITIZEN_ID},
    PENALTY | {"罚款金额(万元)": CITIZEN_ID},
    PENALTY | {"法定代表人证件号码": CITIZEN_ID, "违法事实": ""},
    PENALTY | {USCC: "", "备注": CITIZEN_ID},
]


def test_a_citizen_s_number_is_nowhere_afterwards(take_in, tmp_path):
    representative = {"法定代表人": "示例某", "法定代表人证件号码": CITIZEN_ID}
    assert ends(take_in(*PERSONAL, PENALTY | representative)) == (10, 2, 0, 8)
    # On SQLite the database and its log are among the files, looked through byte by byte.
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.name != "file.csv"]
    for content in [*files, str(everything()).encode()]:
        assert CITIZEN_ID.encode() not in content
        assert CHILD_ID.encode() not in content
        assert "示例某".encode() not in content


def test_a_warning_alone_is_loaded_but_not_shown(take_in):
    take_in(PENALTY | {"处罚类别": "警告"}, publish=True)
    with Reading() as session:
        view = query.by_uscc(session, COMPANY, today=TODAY)
    assert (view.counts, view.items) == ({}, [])


def test_what_no_rule_knows_is_not_published_until_one_does(take_in, records):
    row = PENALTY | {"处罚类别": "暂停服务"}
    assert take_in(row, publish=True).published == 0
    assert records()[row[DOCUMENT]].state is RecordState.QUARANTINED
    classes = [
        dataclasses.replace(row, types=(*row.types, "暂停服务")) if "罚款" in row.types else row
        for row in RULES.classes
    ]
    known = dataclasses.replace(RULES, classes=tuple(classes))
    result = take_in(row, publish=True, rules=known)
    assert (ends(result), result.published) == ((1, 1, 0, 0), 1)
    assert records()[row[DOCUMENT]].state is RecordState.PUBLISHED


def test_corrected_content_is_a_new_version_and_stays_public(take_in, records):
    take_in(PENALTY, publish=True)
    first = records()[PENALTY[DOCUMENT]]
    result = take_in(PENALTY | {"罚款金额(万元)": "0.6"}, publish=True)
    second = records()[PENALTY[DOCUMENT]]
    assert (ends(result), result.published) == ((1, 1, 0, 0), 0)
    assert (first.id, first.version) == (second.id, second.version - 1)
    assert second.facts["fine_wan"] == "0.600000"
    assert (second.state, second.published_at) == (RecordState.CORRECTED, first.published_at)
    with Reading() as session:
        changes = session.execute(
            sa.select(RecordChange.from_state, RecordChange.to_state, RecordChange.why)
            .where(RecordChange.record_id == first.id)
            .order_by(RecordChange.id)
        ).all()
    assert [tuple(change) for change in changes] == [
        (None, RecordState.LOADED, "载入"),
        (RecordState.LOADED, RecordState.PUBLISHED, "公示"),
        (RecordState.PUBLISHED, RecordState.CORRECTED, "内容更正"),
    ]


def test_a_correction_that_may_not_be_shown_takes_the_record_down(take_in, records):
    take_in(PENALTY, publish=True)
    take_in(PENALTY | {"处罚类别": "警告"}, publish=True)
    record = records()[PENALTY[DOCUMENT]]
    assert (record.state, record.visibility) == (RecordState.HELD, Visibility.SUBJECT)


@pytest.mark.parametrize("final", [RecordState.REPAIRED, RecordState.WITHDRAWN])
def test_what_was_ended_is_not_brought_back_by_its_department(take_in, records, final):
    take_in(PENALTY, publish=True)
    with Writing() as session:
        session.execute(sa.update(Record).values(state=final))
    take_in(PENALTY, publish=True)
    take_in(PENALTY | {"罚款金额(万元)": "0.6"}, publish=True)
    record = records()[PENALTY[DOCUMENT]]
    assert (record.state, record.version) == (final, 2)


def test_two_rows_of_one_file_that_contradict_each_other(take_in, records, tmp_path):
    rows = [PENALTY, PENALTY | {"罚款金额(万元)": "0.6"}, PENALTY]
    for loaded, unchanged in [(1, 1), (0, 2)]:
        assert ends(take_in(*rows)) == (3, loaded, unchanged, 1)
        assert [row[0] for row in report(tmp_path)[1:]] == ["3"]
    assert records()[PENALTY[DOCUMENT]].facts["fine_wan"] == "0.500000"


def test_they_are_found_in_different_chunks_too(take_in, records, monkeypatch):
    monkeypatch.setattr(intake, "CHUNK", 1)
    rows = [PENALTY, PENALTY | {"罚款金额(万元)": "0.6"}, PENALTY]
    for loaded, unchanged in [(1, 1), (0, 2)]:
        assert ends(take_in(*rows)) == (3, loaded, unchanged, 1)
    assert records()[PENALTY[DOCUMENT]].version == 1
