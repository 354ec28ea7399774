"""The bar says how far a file is, how many rows a second, and how long it will yet take."""

import io

import pytest

from config.cli import progress
from config.intake import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("done", "seconds", "words"),
    [
        (Progress(1000, 250, 1000), 10, " 25%  1,000 行，每秒 100 行，还需 30 秒"),
        (Progress(30_000, 500, 1000), 90, " 50%  30,000 行，每秒 333 行，还需 1 分 30 秒"),
        (Progress(1, 1, 1000), 12, "  0%  1 行，每秒 0 行，还需 3 小时 19 分"),
        (Progress(500, 1000, 1000), 1, "100%  500 行，每秒 500 行，还需 0 秒"),
        (Progress(500, 1200, 1000), 1, "100%  500 行，每秒 500 行，还需 0 秒"),
        (Progress(0, 0, 1000), 0, "  0%  0 行，每秒 0 行，还需 0 秒"),
        (Progress(12_000, 12_000, None), 6, "公示  12,000 行，每秒 2,000 行"),
    ],
    ids=str,
)
def test_a_line_says_it_in_words(done, seconds, words):
    assert progress.line(done, seconds).endswith(words)


def test_the_last_state_of_each_stage_is_left_on_its_line():
    out = Terminal()
    with progress.shown(out) as show:
        for rows in range(0, 1001, 10):
            show(Progress(rows, rows, 1000))
        show(Progress(600, 600, None))
        show(Progress(900, 900, None))
    lines = [line.split("\r")[-1] for line in out.getvalue().strip().split("\n")]
    assert len(lines) == 2
    assert "100%  1,000 行" in lines[0]
    assert "公示  900 行" in lines[1]


def test_it_is_not_written_more_often_than_eyes_can_follow():
    out = Terminal()
    with progress.shown(out) as show:
        for rows in range(1000):
            show(Progress(rows, rows, 1000))
    assert out.getvalue().count("\r") < 20


def test_where_there_is_no_terminal_nothing_is_written():
    out = io.StringIO()
    with progress.shown(out) as show:
        show(Progress(1, 1, 2))
    assert out.getvalue() == ""


def test_a_file_without_rows_leaves_no_line():
    out = Terminal()
    with progress.shown(out):
        pass
    assert out.getvalue() == ""
