"""Files of every form are taken in whole: read = loaded + unchanged + rejected, twice in a row."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from core import db
from core.intake.reasons import Reason
from core.records import Record, RecordKind
from tests.core.department_files import (
    DEFAULTER,
    LICENCE,
    LISTING,
    PENALTY,
    PROMISE,
    STATEMENT,
    text,
)
from tests.core.workbook_files import xls, xlsx

DATA = Path("config/sample_data")
USCC = "行政相对人代码_1(统一社会信用代码)"
BUILDER = "91530111000000027C"
LICENSED = LICENCE | {USCC: BUILDER, "行政相对人名称": "昆明示例春城建筑工程有限公司"}


def ends(result):
    counts = result.counts
    return counts.read, counts.loaded, counts.unchanged, counts.rejected


def report(tmp_path):
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        return [(int(row["行号"]), row["列"], row["原因"]) for row in csv.DictReader(file)]


def as_csv(rows):
    return text(*rows).encode("utf-8-sig")


def as_gb18030(rows):
    return text(*rows).encode("gb18030")


def as_xlsx(rows):
    return xlsx([["标题"], list(rows[0]), *(list(row.values()) for row in rows)])


def as_xls(rows):
    return xls([list(rows[0]), *(list(row.values()) for row in rows)])


def as_json(rows):
    return json.dumps(rows, ensure_ascii=False).encode()


FORMS = [as_csv, as_gb18030, as_xlsx, as_xls, as_json]
KINDS = {  # a good row, the column that tells rows apart, a bad cell and its reason
    "penalty": (PENALTY, "行政处罚决定书文号", {"处罚决定日期": "2026-02-30"}, Reason.BAD_DATE),
    "licence": (LICENCE, "行政许可决定文书号", {"许可内容": ""}, Reason.MISSING),
    "list": (LISTING, "basis_document", {"list_kind": "X"}, Reason.UNKNOWN_LIST),
    "promise": (PROMISE, "promise_matter", {"public": "?"}, Reason.NOT_YES_NO),
    "statement": (STATEMENT, "文号", {"种类": "?"}, Reason.UNKNOWN_STATEMENT),
    "defaulter": (DEFAULTER, "caseCode", {"cardNum": "1"}, Reason.BAD_ORG_CODE),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_every_kind_is_loaded_or_named_twice_in_a_row(take_in, tmp_path, kind, form):
    base, told_apart, bad, reason = KINDS[kind]
    rows = [base | {told_apart: f"第{number}号"} for number in range(4)]
    rows.insert(2, base | bad)
    content = form(rows)
    bad_row = {as_xlsx: 5, as_json: 3}.get(form, 4)
    for loaded in (4, 0):
        assert ends(take_in(content)) == (5, loaded, 4 - loaded, 1)
        assert [line for line in report(tmp_path) if reason in line[2]] == [
            (bad_row, next(iter(bad)), str(reason))
        ]


def test_the_promise_sample_is_taken_in(take_in, database):
    assert ends(take_in(DATA / "promise_synthetic.csv", publish=True)) == (5, 5, 0, 0)
    with db.Reading() as session:
        found = session.query(Record).order_by(Record.event_date).all()
    assert {record.kind for record in found} == {RecordKind.PROMISE}
    assert [record.facts["fulfilment"] for record in found][:2] == ["全部履行", "未履行"]


def test_the_court_s_sample_names_the_person_and_loads_the_company(take_in, tmp_path, records):
    take_in(LICENSED)
    court = DATA / "shixin_synthetic.json"
    for end in ((2, 1, 0, 1), (2, 0, 1, 1)):
        assert ends(take_in(court)) == end
        assert (1, "cardNum", str(Reason.PERSON)) in report(tmp_path)
    record = records()["(2026)云0111执示例2号"]
    assert (record.kind, record.event_date) == (RecordKind.JUDGMENT_DEFAULTER, date(2026, 2, 1))


def test_a_company_that_only_its_organisation_code_names_must_be_known(take_in, tmp_path, records):
    old = DEFAULTER | {"cardNum": "000000027"}
    assert ends(take_in(old)) == (1, 0, 0, 1)
    assert report(tmp_path) == [(2, "整行", str(Reason.NO_OWNER))]
    take_in(LICENSED)
    assert ends(take_in(old)) == (1, 1, 0, 0)
    assert ends(take_in(DEFAULTER, name="new.csv")) == (1, 0, 1, 0)


def test_an_organisation_code_that_two_companies_share_names_neither(take_in):
    take_in(LICENSED, LICENSED | {USCC: "915301110000000270"})
    assert ends(take_in(DEFAULTER | {"cardNum": "000000027"})) == (1, 0, 0, 1)


def test_every_row_that_a_workbook_spoils_is_named(take_in, tmp_path):
    header = list(PENALTY)
    good = list(PENALTY.values())
    fine = header.index("罚款金额(万元)")
    rows = [
        header,
        good,
        [],
        [*good, "x"],
        good,
        good,
        [*good[:fine], 0.1 + 0.2, *good[fine + 1 :]],
    ]

    def change(book):
        book.active.merge_cells("N5:N6")

    assert ends(take_in(xlsx(rows, change=change))) == (6, 1, 0, 5)
    assert report(tmp_path) == [
        (3, "整行", str(Reason.EMPTY_ROW)),
        (4, "整行", f"{Reason.CELLS}（应为 25 格，实有 26 格）"),
        (5, header[13], str(Reason.MERGED)),
        (6, header[13], str(Reason.MERGED)),
        (7, "整行", str(Reason.CONFLICT)),
    ]


def test_money_and_days_of_a_workbook_are_kept_exact(take_in, records):
    row = PENALTY | {"罚款金额(万元)": 1234567.1 - 1234567, "处罚决定日期": date(2026, 6, 15)}
    take_in(xlsx([list(row), list(row.values())]))
    record = records()["昆市监罚〔2026〕12号"]
    assert (record.facts["fine_wan"], record.event_date) == ("0.100000", date(2026, 6, 15))


def test_how_far_a_file_is_can_be_followed_to_its_end(take_in, monkeypatch):
    monkeypatch.setattr("config.intake.CHUNK", 2)
    rows = [LISTING | {"basis_document": f"{number}号"} for number in range(5)]
    for form in FORMS:
        seen = []
        take_in(form(rows), progress=seen.append, publish=form is as_csv)
        read = [one for one in seen if one.size]
        assert [one.rows for one in read] == [2, 4, 5]
        assert read[-1].done == read[-1].size
        assert [one.rows for one in seen if not one.size] == ([5] if form is as_csv else [])


def test_a_workbook_s_other_sheets_are_named(take_in):
    result = take_in(xlsx(("数据", [list(LISTING), list(LISTING.values())]), ("旧", [["x"]])))
    assert (result.sheet, list(result.left)) == ("数据", ["旧"])
