"""The file of heads: a line for each seal, never changed; what was missed comes late."""

import stat
from datetime import UTC, datetime

import pytest

from config import heads
from tests.core.given import at_once
from tests.core.trails import KEY, noted


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def folder(database, tmp_path):
    return tmp_path / "var" / "audit"


def seal(folder, number=1):
    noted(number)
    return heads.seal(folder, KEY, clock=lambda: datetime.now(UTC))


def lines(folder):
    return heads.path_in(folder).read_text().splitlines()


def test_each_seal_is_one_line_in_a_private_file(folder):
    assert (seal(folder, 2), seal(folder)) == (1, 1)

    newest, found = heads.snapshot(folder)
    assert newest == 2
    assert list(found.heads.values()) == lines(folder)
    assert (found.exists, found.late, found.strange) == (True, 0, [])
    assert stat.S_IMODE(heads.path_in(folder).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_waits_is_sealed_in_batches_a_hundred_at_most(folder, monkeypatch):
    monkeypatch.setattr(heads, "_MOST", 2)
    monkeypatch.setattr(heads.seals.seal, "__kwdefaults__", {"batch": 1})

    assert (seal(folder, 5), seal(folder), seal(folder)) == (2, 2, 2)
    assert len(lines(folder)) == 6


def test_with_nothing_to_seal_nothing_is_written(folder):
    assert heads.seal(folder, KEY, clock=lambda: datetime.now(UTC)) == 0
    assert heads.snapshot(folder) == (0, heads.Lines())


def test_before_the_first_seal_there_is_no_folder(folder):
    assert heads.snapshot(folder) == (0, heads.Lines())
    assert not folder.exists()


def test_heads_that_were_missed_are_added_and_marked(folder):
    seal(folder)
    whole = heads.path_in(folder).read_text()
    seal(folder)
    heads.path_in(folder).write_text(whole)

    seal(folder)

    assert [line.endswith(" late") for line in lines(folder)] == [False, True, False]
    _, found = heads.snapshot(folder)
    assert (list(found.heads), found.late, found.strange) == ([1, 2, 3], 1, [])


def test_a_line_that_was_cut_off_is_written_again(folder):
    seal(folder)
    seal(folder)
    text = heads.path_in(folder).read_text()
    heads.path_in(folder).write_text(text[:-30])

    seal(folder)

    _, found = heads.snapshot(folder)
    assert (list(found.heads), found.late, found.strange) == ([1, 2, 3], 1, [])
    assert lines(folder)[1] in lines(folder)[2]


def test_lines_that_are_none_of_ours_are_numbered(folder):
    seal(folder)
    seal(folder)
    first, second = lines(folder)
    heads.path_in(folder).write_text(f"{first}\nnonsense\n{first}\n\n{second}\nnonsense é\n")

    _, found = heads.snapshot(folder)

    assert (list(found.heads), found.strange) == ([1, 2], [2, 3, 6])


def test_a_line_of_a_seal_that_never_was_does_not_stop_the_next(folder):
    seal(folder)
    with heads.path_in(folder).open("a") as file:
        file.write(lines(folder)[0].replace("1 1 1", "999 1 1") + "\n")

    seal(folder)

    assert lines(folder)[2].startswith("2 2 2 ")


def test_only_the_end_of_a_long_file_is_read(folder, monkeypatch):
    monkeypatch.setattr(heads, "_TAIL", 150)
    for _ in range(4):
        seal(folder)

    assert [line.split()[0] for line in lines(folder)] == ["1", "2", "3", "4"]


def test_sealers_at_once_write_each_head_once(folder):
    noted(3)
    at_once(4, lambda: heads.seal(folder, KEY, clock=lambda: datetime.now(UTC)))

    assert len(lines(folder)) == 1
