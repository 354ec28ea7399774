"""A workbook is read as it is seen: the sheet with our header, each row under its own number."""

import io
from datetime import date, datetime
from zipfile import ZipFile

import pytest
from openpyxl.chart import BarChart
from openpyxl.styles import numbers

from core.intake import workbooks
from core.intake.layouts import FileRefusedError, LayoutName
from core.intake.reasons import Reason
from tests.core.department_files import LICENCE, LISTING, PENALTY, text
from tests.core.workbook_files import edited, opened, with_shared_texts, xls, xlsx

HEADER = list(LISTING)
GOOD = list(LISTING.values())
SHEET = "xl/worksheets/sheet1.xml"
NOTES = [["填报说明"], ["一、每行一条"]]


def faults(content):
    return [(line.number, line.fault) for line in opened(content).lines]


def refusal(content):
    with pytest.raises(FileRefusedError) as refused:
        opened(content)
    return str(refused.value)


@pytest.mark.parametrize("write", [xlsx, xls])
@pytest.mark.parametrize("base", [PENALTY, LICENCE, LISTING])
def test_both_kinds_of_workbook_say_what_a_csv_file_says(write, base):
    found = opened(write([list(base), list(base.values())]))
    same = opened(text(base).encode())
    assert found.layout.name is same.layout.name
    # A trailing column without a value is no cell in a workbook.
    assert [line.cells for line in found.lines] == [line.cells for line in same.lines]


@pytest.mark.parametrize("write", [xlsx, xls])
def test_titles_above_the_header_are_forgiven_and_rows_keep_their_numbers(write):
    titles = [["名单"], [], ["填报单位：", "昆明市示例局"], ["2026年"], [], ["（一）"], ["表"]]
    found = opened(write([*titles, HEADER, GOOD, GOOD]))
    assert [line.number for line in found.lines] == [9, 10]


def test_a_sixth_title_is_no_title():
    assert "不认识这种文件" in refusal(xlsx([*[["标题"]] * 6, HEADER, GOOD]))


def test_the_first_sheet_with_our_header_is_read_and_the_others_are_named():
    found = opened(xlsx(("说明", NOTES), ("数据", [HEADER, GOOD]), ("二", [HEADER]), ("空", [])))
    assert (found.sheet, found.left) == ("数据", ("说明", "二"))
    assert len(list(found.lines)) == 1


def test_a_hidden_sheet_or_a_chart_is_not_there():
    def change(book):
        book["旧"].sheet_state = "hidden"
        book.create_chartsheet("图", 0).add_chart(BarChart())

    found = opened(xlsx(("旧", [HEADER, GOOD]), ("新", [HEADER, GOOD, GOOD]), change=change))
    assert (found.sheet, found.left, len(list(found.lines))) == ("新", (), 2)


def test_a_workbook_whose_sheets_are_all_hidden_has_none():
    whole = xlsx([HEADER, GOOD])
    hidden = edited(whole, "xl/workbook.xml", b'state="visible"', b'state="hidden"')
    assert "没有可见的工作表" in refusal(hidden)


def test_what_a_sheet_lacks_is_said_rather_than_that_another_is_unknown():
    lacking = [title for title in HEADER if title != "authority"]
    assert "缺少列：认定机关" in refusal(xlsx(NOTES, [lacking], [["x"]]))


def test_an_empty_workbook_is_refused():
    assert "开头的几行是空的" in refusal(xlsx([]))


def test_a_row_is_counted_done_when_it_was_read():
    found = opened(xlsx([HEADER, *[GOOD] * 4]))
    next(found.lines)
    assert (found.done(), found.size) == (2, 5)
    assert (len(list(found.lines)), found.done()) == (3, 5)


@pytest.mark.parametrize("write", [xlsx, xls])
def test_rows_that_cannot_be_read_are_named_and_no_other(write):
    too_many = [*GOOD, "", "多出的一格"]
    short = GOOD[:4]
    blank = [" "] * 3
    found = faults(write([HEADER, GOOD, [], too_many, short, blank, GOOD]))
    assert found == [
        (2, None),
        (3, Reason.EMPTY_ROW),
        (4, Reason.CELLS),
        (5, None),  # what it lacks is said cell by cell
        (6, Reason.EMPTY_ROW),
        (7, None),
    ]


@pytest.mark.parametrize("shift", [0, 2])
def test_merged_cells_are_named_with_their_column(shift):
    def change(book):
        page = book.active
        page.merge_cells(start_row=4, end_row=5, start_column=6 + shift, end_column=6 + shift)
        page.merge_cells(start_row=1, end_row=1, start_column=1 + shift, end_column=4 + shift)

    rows = [["", *[""] * shift, "标题"][-1 - shift :]]
    rows += [[*[""] * shift, *row] for row in (HEADER, GOOD, GOOD, GOOD, GOOD)]
    found = list(opened(xlsx(rows, change=change)).lines)
    merged = [None, Reason.MERGED, Reason.MERGED, None]
    assert [line.fault for line in found] == merged
    layout = opened(xlsx(rows, change=change)).layout
    assert layout.head_of(found[1].place) == "authority"


def test_merged_cells_of_an_old_workbook_are_named_too():
    rows = [HEADER, GOOD, GOOD[:5], GOOD[:5], GOOD]
    found = faults(xls(rows, merged=[(2, 3, 5, "昆明市示例局")]))
    assert [fault for _, fault in found] == [None, Reason.MERGED, Reason.MERGED, None]


def test_a_column_that_is_merged_to_the_end_of_the_sheet_costs_nothing():
    def change(book):
        book.active.merge_cells("A3:A4")

    whole = xlsx([HEADER, GOOD, GOOD], change=change)
    found = faults(edited(whole, SHEET, b'ref="A3:A4"', b'ref="A3:A1048576"'))
    assert [fault for _, fault in found] == [None, Reason.MERGED]


def test_a_formula_that_failed_is_not_an_empty_cell():
    whole = xlsx([HEADER, GOOD, [*GOOD[:7], 36, *GOOD[8:]]])
    broken = edited(
        whole, SHEET, b'<c r="H3" t="n"><v>36</v></c>', b'<c r="H3" t="e"><v>#DIV/0!</v></c>'
    )
    found = opened(broken)
    lines = list(found.lines)
    assert [line.fault for line in lines] == [None, Reason.ERROR_CELL]
    assert found.layout.head_of(lines[1].place) == "term_months"


@pytest.mark.parametrize("write", [xlsx, xls])
def test_days_and_numbers_are_what_their_cells_show(write):
    row = [*GOOD[:6], date(2026, 11, 20), 36.0, "", ""]
    line = next(opened(write([HEADER, row])).lines)
    assert line.cells[6:8] == ["2026-11-20", "36"]


def test_a_day_shown_in_chinese_or_with_a_midnight_is_a_day():
    def change(book):
        book.active["G2"].number_format = '[$-804]yyyy"年"m"月"d"日"'
        book.active["G3"].number_format = numbers.FORMAT_DATE_DATETIME

    rows = [HEADER, [*GOOD[:6], 46346], [*GOOD[:6], datetime(2026, 11, 20)]]
    found = [line.cells[6] for line in opened(xlsx(rows, change=change)).lines]
    assert found == ["2026-11-20", "2026-11-20"]


def test_a_workbook_that_counts_from_1904_is_refused():
    old = edited(
        xlsx([HEADER, GOOD]), "xl/workbook.xml", b"<workbookPr", b'<workbookPr date1904="1"'
    )
    assert "1904" in refusal(old)


def test_a_stray_cell_in_the_last_corner_takes_no_memory():
    def change(book):
        book.active["XFD1048576"] = "x"

    assert "1048576 行 × 16384 列" in refusal(xlsx([HEADER, GOOD], change=change))


def test_a_sheet_of_any_other_size_is_refused_or_read(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_CELLS", 30)
    assert len(list(opened(xlsx([HEADER, GOOD, GOOD])).lines)) == 2
    assert "工作表太大（4 行 × 10 列，最多 30 格）" in refusal(xlsx([HEADER, *[GOOD] * 3]))


def test_the_extent_is_found_across_blocks(monkeypatch):
    whole = xlsx([HEADER, *[GOOD] * 30])
    monkeypatch.setattr("core.intake.extent._BLOCK", 7)
    monkeypatch.setattr(workbooks, "MOST_CELLS", 309)
    assert "31 行 × 10 列" in refusal(whole)


def test_a_file_that_only_begins_like_a_workbook_is_refused():
    whole, old = xlsx([HEADER, GOOD]), xls([HEADER, GOOD])
    other = io.BytesIO()
    with ZipFile(other, "w") as package:
        package.writestr("content.xml", "<x/>")
    for content in (whole[:2000], whole[:-30], old[:700], b"PK\x03\x04", other.getvalue()):
        assert "打不开" in refusal(content)


def test_too_many_shared_texts_are_refused(monkeypatch):
    whole = with_shared_texts(xlsx([HEADER, GOOD]))
    assert next(opened(whole).lines).cells == GOOD
    monkeypatch.setattr("core.intake.extent._TEXTS", 10)
    assert "文字太多" in refusal(whole)


def test_the_layout_of_a_workbook_is_one_of_ours():
    assert opened(xlsx([list(PENALTY)])).layout.name is LayoutName.PENALTY
