"""What one cell means: every notation of a day, money exact, the accidents of typing."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.intake import cells
from core.intake.workbooks import as_text

DAYS = st.dates(date(1949, 1, 1), date(9999, 12, 31))
MODERN = st.dates(date(2000, 1, 1), date(2099, 12, 31))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
NOTATIONS = [
    "{0:%Y}-{0:%m}-{0:%d}",
    "{0:%Y}-{0.month}-{0.day}",
    "{0:%Y}/{0:%m}/{0:%d}",
    "{0:%Y}/{0.month}/{0.day}",
    "{0:%Y}.{0.month}.{0.day}",
    "{0:%Y}{0:%m}{0:%d}",
    "{0:%Y}年{0.month}月{0.day}日",
    "{0:%Y}年{0:%m}月{0:%d}日",
    " {0:%Y} 年 {0.month} 月 {0.day} 日 ",
    "{0:%Y}/{0.month}/{0.day} 0:00",
    "{0:%Y}-{0:%m}-{0:%d} 00:00:00",
    "{0:%Y}-{0:%m}-{0:%d}T00:00:00.000",
]


@pytest.mark.parametrize("notation", NOTATIONS)
@settings(deadline=None)
@given(day=DAYS)
def test_a_day_is_the_same_in_every_notation(notation, day):
    text = notation.format(day)
    assert cells.day(text) == cells.day(text.translate(WIDE)) == day


@settings(deadline=None)
@given(MODERN)
def test_a_day_is_the_same_as_a_spreadsheet_counts_it(day):
    serial = (day - date(1899, 12, 30)).days
    assert cells.day(str(serial)) == day
    assert cells.day(as_text(float(serial))) == day
    assert cells.day(as_text(serial)) == day


@settings(deadline=None)
@given(DAYS)
def test_a_day_in_a_cell_of_its_own_type_is_that_day(day):
    assert cells.day(as_text(day)) == day
    assert cells.day(as_text(datetime.combine(day, time()))) == day


def test_the_last_day_that_a_spreadsheet_knows_is_the_last_day():
    assert cells.day("2958465") == date.max


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-29",
        "2026-13-01",
        "2026-00-10",
        "2026/5-1",
        "26-5-1",
        "1948-12-31",
        "20260",  # a date that lost its end, not a day in 1955
        "36525",
        "73051",
        "99999",
        "46082.5",
        "2026-03-01 12:30:00",
        "2026-03-01 00:00:01",
        "2026年3月",
        "2026 3 1",
        "长期",
        time(3, 4),
        timedelta(hours=30),
        True,
    ],
    ids=str,
)
def test_what_is_no_day_is_no_day(text):
    text = as_text(text)
    with pytest.raises(ValueError):  # noqa: PT011 - any reader of a cell raises this
        cells.day(text)


@settings(deadline=None)
@given(st.decimals(0, 999_999_999_999, places=6))
def test_money_in_a_text_is_kept_to_the_sixth_digit(wan):
    assert Decimal(cells.amount(f"{wan:f}")) == wan
    assert Decimal(cells.amount(f"{wan:,f}")) == wan
    assert Decimal(cells.amount(f"{wan:f}".translate(WIDE))) == wan
    assert Decimal(cells.amount(f"{wan:f}万元")) == wan


@settings(deadline=None)
@given(st.decimals(0, 99_999_999, places=6))
def test_money_in_a_number_cell_has_no_noise(wan):
    assert Decimal(cells.amount(as_text(float(wan)))) == wan


@settings(deadline=None)
@given(st.decimals(0, 9999, places=2), st.decimals(0, 9999, places=2))
def test_a_sum_or_difference_that_a_spreadsheet_made_has_no_noise(one, other):
    assert Decimal(cells.amount(as_text(float(one) + float(other)))) == one + other
    assert Decimal(cells.amount(as_text(abs(float(one) - float(other))))) == abs(one - other)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (1234567.1 - 1234567, "0.1"),
        (1e-06, "0.000001"),
        (1e-07, "0.0000001"),  # which is no amount, and is not made one
        (0.1234567, "0.1234567"),
        (-0.0, "0"),
        (100.0, "100"),
        (20260301.0, "20260301"),
        (999999999999999.0, "999999999999999"),
        (915301020000000190.0, "9.15301E+17"),
        (True, "TRUE"),
        ("  ａ\n", "  ａ\n"),
        (date(2026, 3, 1), "2026-03-01"),
        (datetime(2026, 3, 1, 12, 30), "2026-03-01 12:30:00"),
    ],
)
def test_a_cell_is_the_text_that_it_shows(value, text):
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        ("　昆明示例　", "昆明示例"),
        ("ＡＢｃ１２３", "ABc123"),
        ("（示例）：甲；乙，丙", "（示例）：甲；乙，丙"),  # its marks are the text's own
        ('="91530102000000019G"', "91530102000000019G"),
        ("\ufeff昆明", "昆明"),
        ("\t2026\u00a0", "2026"),
        ("昆明\n示例", "昆明\n示例"),
    ],
)
def test_a_cell_is_forgiven_how_it_was_typed(typed, tidy):
    assert cells.tidy(typed) == tidy
    assert cells.tidy(cells.tidy(typed)) == tidy


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("昆明 示例  餐饮有限公司", "昆明示例餐饮有限公司"),
        ("昆市监罚 〔2026〕 12 号", "昆市监罚〔2026〕12号"),
        ("ABC  Trading Co", "ABC Trading Co"),
        ("昆明 ABC 公司", "昆明ABC公司"),
    ],
)
def test_a_name_has_no_stray_blanks(typed, name):
    assert cells.name(typed) == name


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_a_reader(text):
    cells.name(cells.tidy(text))
    for read in (cells.day, cells.amount, cells.months):
        try:
            read(text)
        except ValueError:
            continue


@pytest.mark.parametrize(("text", "lost"), [("9.15301E+17", True), ("1E+05", True), ("9E", False)])
def test_a_number_that_a_spreadsheet_cut_is_known(text, lost):
    assert cells.lost_digits(text) is lost
