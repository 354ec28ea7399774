"""A file is read row by row; what is no file of ours is refused as a whole."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.intake import files
from core.intake.layouts import LAYOUTS, FileRefusedError, LayoutName, recognise
from core.intake.reasons import Reason
from tests.core.department_files import LICENCE, LISTING, PENALTY, SAMPLES, text


def opened(content):
    file = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    return files.open_rows(file, files.examine(file))


def lines(content):
    return list(opened(content).lines)


def refusal(content):
    with pytest.raises(FileRefusedError) as refused:
        opened(content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("base", "name"),
    [(PENALTY, LayoutName.PENALTY), (LICENCE, LayoutName.LICENCE), (LISTING, LayoutName.LIST)],
)
def test_a_layout_is_recognised_by_its_columns(base, name):
    assert recognise(list(base)).name is name
    assert recognise(list(reversed(base))).name is name
    assert recognise([f" {title.replace('(', '（')} " for title in base]).name is name


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda one: one.name)
def test_columns_may_be_named_by_code(layout):
    header = [column.code.lower() for column in layout.columns.values()]
    found = recognise(header)
    assert found.name is layout.name
    assert list(found.places) == list(layout.columns)


@pytest.mark.parametrize(
    ("file", "fields"), [("sgs_xzcf_synthetic.csv", 30), ("sgs_xzxk_synthetic.csv", 28)]
)
def test_the_standard_s_columns_are_all_known(file, fields):
    header = (SAMPLES / file).read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    found = recognise(header)
    assert (len(found.places), found.unused, None in found.places) == (fields, (), False)


def test_a_column_that_is_not_ours_is_named_and_left_alone():
    assert recognise([*LISTING, "信息使用范围", ""]).unused == ("信息使用范围",)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        (b"\xef\xbb\xbf", "开头的几行是空的"),
        (b"\n\n", "开头的几行是空的"),
        (b",,,\n", "开头的几行是空的"),
        ("姓名,电话\n".encode(), "不认识这种文件"),
        (b"code;name\n", "list_kind、subject_name"),
        (text(PENALTY).replace("处罚机关统一社会信用代码", "x").encode(), "缺少列：处罚机关统一"),
        (text(LISTING).replace(",uscc,", ",,").encode(), "缺少列：统一社会信用代码"),
        (text(LISTING).replace("remark", "USCC").encode(), "出现了两次：USCC"),
        (text(PENALTY).encode("utf-16"), "不是 UTF-8 编码，也不是 GB18030 编码（第 1 行"),
        (text(LISTING).encode() + b"\xe6", "（第 3 行读不出）"),
        (text(LISTING).encode() + b"x" * (2 << 20), "超过 1 MB"),
        (b"x" * (2 << 20), "超过 1 MB"),
    ],
)
def test_what_is_no_file_of_ours_is_refused_with_what_was_expected(content, words):
    assert words in refusal(content)


HEADER = ",".join(LISTING) + "\n"
GOOD = ",".join(["x"] * len(LISTING)) + "\n"


def test_rows_are_numbered_as_a_spreadsheet_numbers_them():
    found = lines(HEADER + GOOD + "\n" + GOOD.replace("x", '"a\nb"', 1) + GOOD)
    assert [line.number for line in found] == [2, 4, 5]
    assert found[1].cells[0] == "a\nb"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (",,,,,,,,,\n", Reason.EMPTY_ROW),
        ("a,b\n", Reason.CELLS),
        (GOOD.strip() + ",x\n", Reason.CELLS),
        ('"a"b,' + GOOD[2:], Reason.BROKEN),
        ('"' + GOOD, Reason.BROKEN),
        ("y" * 140_000 + GOOD, Reason.BROKEN),
    ],
)
def test_a_broken_line_is_sent_back_and_swallows_no_other(row, fault):
    found = lines(HEADER + GOOD + row + GOOD * 60 + row + GOOD)
    assert [line.fault for line in found] == [None, fault, *[None] * 60, fault, None]


def test_a_quote_inside_a_cell_is_only_a_quote():
    found = lines(HEADER + GOOD.replace("x", '5" 管', 1) + GOOD)
    assert [line.fault for line in found] == [None, None]
    assert found[0].cells[0] == '5" 管'


@given(st.lists(st.lists(st.text(alphabet='a", \n\r昆'), min_size=10, max_size=10), max_size=8))
def test_whatever_a_spreadsheet_wrote_is_read_as_it_was(rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([list(LISTING), *rows])
    found = [line.cells for line in lines(out.getvalue()) if line.fault is not Reason.EMPTY_ROW]
    assert found == [row for row in rows if any(cell.strip() for cell in row)]


@given(st.text(alphabet='a",\n\r'))
def test_no_text_breaks_the_reader_or_loses_a_line(content):
    found = lines(HEADER + content)
    physical = [line for line in content.replace("\r", "\n").split("\n") if line]
    assert len(found) <= len(physical)
    if '"' not in content:
        assert len(found) == len(physical)


def test_a_file_of_quotes_takes_no_time_for_its_square():
    begun = time.process_time()
    assert len(lines(HEADER + '"\n' * 20_001)) >= 100
    assert time.process_time() - begun < 5
