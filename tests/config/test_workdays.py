"""A table of working days that contradicts itself is refused, and the message names the row."""

import copy
from datetime import date

import pytest
import yaml
from pydantic import ValidationError

from config import rulebook, workdays

TABLE = yaml.safe_load((rulebook.RULES / "workdays.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def table():
    return copy.deepcopy(TABLE)


def holiday(name, first, last):
    return {"name": name, "first": date.fromisoformat(first), "last": date.fromisoformat(last)}


def following(**changes):
    row = {"year": 2027, "citation": "某通知", "source_status": "read"}
    return row | {"holidays": [], "makeup_workdays": []} | changes


def test_the_table_is_part_of_the_rulebook():
    assert rulebook.load().workdays == workdays.calendar(TABLE)


def test_every_row_has_its_citation():
    rows = [TABLE["weekly_rest"], *TABLE["statutory"], *TABLE["years"]]

    assert all(row["citation"] for row in rows)


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("2027-07-01", "2027-07-02", "某节 2027-07-01 to 2027-07-02 is not in 2026"),
        ("2026-12-30", "2027-01-01", "某节 2026-12-30 to 2027-01-01 is not in 2026"),
        ("2025-11-30", "2026-01-01", "某节 2025-11-30 to 2026-01-01 is not in 2026"),
        ("2025-12-30", "2025-12-31", "某节 2025-12-30 to 2025-12-31 is not in 2026"),
        ("2026-07-02", "2026-07-01", "某节 2026-07-02 to 2026-07-01 ends before it begins"),
        ("2026-10-07", "2026-10-08", "国庆节 .* and 某节 2026-10-07 to 2026-10-08 overlap"),
        ("2026-08-09", "2026-09-20", "make-up day 2026-09-20 is in 某节"),
    ],
)
def test_a_holiday_in_the_wrong_place_is_refused(table, first, last, message):
    table["years"][0]["holidays"].append(holiday("某节", first, last))

    with pytest.raises(ValueError, match=f"^workdays.yaml: .*{message}"):
        workdays.calendar(table)


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2026, 3, 2), "2026: make-up day 2026-03-02 is not on a weekend"),
        (date(2027, 1, 2), "make-up day 2027-01-02 is not in 2026"),
        (date(2025, 11, 29), "make-up day 2025-11-29 is not in 2026"),
        (date(2026, 10, 3), "make-up day 2026-10-03 is in 国庆节 2026-10-01 to 2026-10-07"),
    ],
)
def test_a_makeup_day_in_the_wrong_place_is_refused(table, day, message):
    table["years"][0]["makeup_workdays"].append(day)

    with pytest.raises(ValueError, match=message):
        workdays.calendar(table)


def test_a_year_stands_there_once(table):
    table["years"].append(following(year=2026))

    with pytest.raises(ValueError, match="the year 2026 stands there twice"):
        workdays.calendar(table)


def test_a_new_year_that_begins_in_december_is_accepted(table):
    new_year = holiday("元旦", "2026-12-31", "2027-01-01")
    table["years"].append(following(holidays=[new_year], makeup_workdays=[date(2026, 12, 27)]))

    assert [one.year for one in workdays.calendar(table).years] == [2026, 2027]


def test_years_are_checked_against_each_other(table):
    table["years"][0]["holidays"].append(holiday("年末", "2026-12-31", "2026-12-31"))
    table["years"].append(following(holidays=[holiday("元旦", "2026-12-31", "2027-01-01")]))

    with pytest.raises(ValueError, match=r"年末 .* and 元旦 .* overlap"):
        workdays.calendar(table)


@pytest.mark.parametrize("day", ["5-1", "13-01", "02-30", "0501", "五一"])
def test_a_statutory_day_is_a_month_and_a_day(table, day):
    table["statutory"][0]["days"].append(day)

    with pytest.raises(ValueError, match=f"{TABLE['statutory'][0]['name']}: {day} is not"):
        workdays.calendar(table)


@pytest.mark.parametrize("days", [[0, 6], [7, 8], [1, 2, 3, 4, 5, 6, 7]])
def test_a_week_has_seven_days_and_some_are_worked(table, days):
    table["weekly_rest"]["days"] = days

    with pytest.raises(ValueError, match=r"weekly_rest: .* are not some days of the week"):
        workdays.calendar(table)


def test_all_wrong_rows_are_named_at_once(table):
    table["years"][0]["makeup_workdays"] += [date(2026, 3, 2), date(2026, 3, 3)]

    with pytest.raises(ValueError, match=r"2026-03-02.*; .*2026-03-03"):
        workdays.calendar(table)


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ("years", "makeup_day", []),
        ("years", "holidays", "none"),
        ("years", "source_status", "heard"),
        ("statutory", "effective_too", None),
        ("statutory", "effective_from", "soon"),
    ],
)
def test_a_wrong_cell_is_refused(table, row, field, value):
    table[row][0][field] = value

    with pytest.raises(ValidationError, match=field):
        workdays.calendar(table)
