"""Uploads of checks: what a line is, in either encoding; what is refused, and by which number."""

import pytest

from core import errors
from core.checks import uploads
from core.checks.uploads import MOST_LINES, Given, LineFault

CODE, OTHER = "91530102000000019G", "91530100MA6K3Q5R8T"
CITIZEN = "53010219900307123X"


def read(text, encoding="utf-8"):
    return uploads.read(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_file_of_codes_and_names_is_read(encoding):
    text = f"统一社会信用代码,名称\r\n{CODE},昆明示例商贸有限公司\r\n{OTHER}\r\n"

    assert read(text, encoding) == [Given(2, CODE, "昆明示例商贸有限公司"), Given(3, OTHER)]


@pytest.mark.parametrize(
    ("line", "given"),
    [
        (f" {CODE.lower()} ,", Given(1, CODE)),
        (f"{CODE[:8]}-{CODE[8:]},甲", Given(1, CODE, "甲")),
        (f'{CODE},"甲,乙"', Given(1, CODE, "甲,乙")),
        (f"{CODE},,,", Given(1, CODE)),
    ],
)
def test_how_people_type_is_forgiven(line, given):
    assert read(line) == [given]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1234", LineFault.NOT_A_CODE),
        (",昆明示例商贸有限公司", LineFault.NOT_A_CODE),
        (f"{CODE},甲,乙", LineFault.TOO_MANY_CELLS),
        (CITIZEN, LineFault.CITIZEN_ID),
        (f"{CODE},{CITIZEN}", LineFault.CITIZEN_ID),
        (f"张三 {CITIZEN}", LineFault.CITIZEN_ID),
        (f"{CODE},{'长' * 201}", LineFault.NAME),
        (f"{CODE},甲\x07", LineFault.NAME),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_it_is_kept(line, fault):
    assert read(f"{OTHER}\n{line}\n") == [Given(1, OTHER), Given(2, fault=fault)]


def test_a_code_that_was_named_already_is_refused_the_second_time():
    assert read(f"{CODE}\n{CODE.lower()}\n")[1] == Given(2, fault=LineFault.REPEATED)


def test_blank_lines_are_passed_over_and_numbers_are_those_of_the_file():
    assert [one.line_no for one in read(f"\n{CODE}\n\n , \n{OTHER}")] == [2, 5]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        "代码\n".encode(),
        b"\xff\xfe9\x001\x00",
        b"PK\x03\x04\x00\x00",
        b"\x80\x81\xff",
    ],
)
def test_what_is_no_file_of_lines_is_refused(data):
    with pytest.raises(errors.FileUnreadableError):
        uploads.read(data)


def test_a_quote_that_never_ends_is_refused():
    with pytest.raises(errors.FileUnreadableError):
        read(f'{CODE},"甲\n{OTHER},乙')


def test_ten_thousand_are_read_and_one_more_is_too_many():
    lines = [f"91530100MA{number:08}" for number in range(MOST_LINES + 1)]

    assert len(read("\n".join(lines[:-1]))) == MOST_LINES
    with pytest.raises(errors.BatchTooLongError):
        read("\n".join(lines))
