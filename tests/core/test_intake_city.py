"""A city's file with bad rows of every kind: whatever is read is loaded, unchanged or named."""

import csv

import pytest

from core.intake.layouts import LayoutName
from tests.bench.city_files import SPOILT, write_file

ROWS = 300


def named(path):
    """Return what a report says of each row that was sent back, without the notes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {int(row[0]): row[3] for row in csv.reader(file) if row[4] == "退回"}


@pytest.mark.parametrize("layout", SPOILT)
def test_every_bad_row_is_named_with_its_reason_twice_in_a_row(take_in, tmp_path, layout):
    bad = write_file(tmp_path / "city.csv", ROWS, 1, bad_share=0.2, layout=layout)
    assert set(bad.values()) == set(SPOILT[layout])
    for _ in range(2):
        counts = take_in(tmp_path / "city.csv", publish=True).counts
        assert counts.read == ROWS == counts.loaded + counts.unchanged + counts.rejected
        told = named(tmp_path / "report.csv")
        assert told.keys() == bad.keys()
        assert [n for n, why in bad.items() if not told[n].startswith(why)] == []
    assert counts.unchanged == ROWS - len(bad)


def test_a_file_is_the_same_from_the_same_seed(tmp_path):
    for name, seed in [("1", 1), ("2", 1), ("3", 2)]:
        write_file(tmp_path / name, 50, seed, layout=LayoutName.LIST)
    first, same, other = ((tmp_path / name).read_bytes() for name in "123")
    assert first == same != other
