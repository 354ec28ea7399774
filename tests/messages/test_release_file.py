"""The file of a release: read by a spreadsheet as text, whatever a name begins with."""

import csv
import io
from datetime import date

import pytest

from core.records import RecordState
from core.releases import Member, Shown
from messages import release_file

MEMBER = Member(
    7,
    "昆明甲公司",
    "91530102000000019G",
    "昆人社列字〔2026〕1号",
    "昆明市人社局",
    date(2026, 5, 20),
    None,
    RecordState.DISPUTED,
)


def pages(*members, gone=0):
    half = len(members) // 2
    return [
        Shown(1, "WAGE_ARREARS", date(2026, 5, 20), part, len(members) + gone, gone, None)
        for part in (members[:half], members[half:])
    ]


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_all_members_stand_in_it_under_one_head():
    found = rows(
        release_file.text(pages(MEMBER, MEMBER._replace(state=RecordState.PUBLISHED)), "zh")
    )

    assert found == [
        ["主体名称", "统一社会信用代码", "依据文书", "认定单位", "列入日期", "公示截止", "标注"],
        [
            "昆明甲公司",
            "91530102000000019G",
            "昆人社列字〔2026〕1号",
            "昆明市人社局",
            "2026-05-20",
            "",
            "异议处理中",
        ],
        [
            "昆明甲公司",
            "91530102000000019G",
            "昆人社列字〔2026〕1号",
            "昆明市人社局",
            "2026-05-20",
            "",
            "",
        ],
    ]


def test_who_is_no_longer_shown_is_counted_at_its_end():
    assert rows(release_file.text(pages(gone=3), "zh"))[1:] == [
        ["另有 3 条在公布之后停止公示，不再列出。"]
    ]
    assert "3 more" in rows(release_file.text(pages(MEMBER, gone=3), "en"))[-1][0]


@pytest.mark.parametrize(
    "begin", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r", "|", " =", "\u3000="]
)
def test_no_cell_is_a_formula(begin):
    evil = f'{begin}HYPERLINK("http://x","公司")'

    (_, row) = rows(release_file.text(pages(MEMBER._replace(name=evil, document_no=evil)), "zh"))

    assert row[0][0] == row[2][0] == "'"


def test_an_ordinary_cell_is_left_alone():
    assert release_file.safe("昆明-甲=公司") == "昆明-甲=公司"
    assert release_file.safe("") == ""
