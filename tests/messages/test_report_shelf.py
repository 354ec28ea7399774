"""The shelf: a file is what was put there, or it is not given at all."""

import pytest

from core.reports.errors import ReportDamagedError
from messages.report.shelf import Shelf, digest


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "reports-pdf")


def put(shelf, key="k" * 32, pdf=b"%PDF"):
    shelf.place(key, shelf.draft(key, pdf))
    return key, digest(pdf)


def test_what_was_put_there_is_read(shelf, tmp_path):
    assert shelf.read(*put(shelf)) == b"%PDF"
    assert (tmp_path / "reports-pdf").stat().st_mode & 0o077 == 0


def test_a_file_that_was_changed_or_is_gone_is_not_given(shelf, tmp_path, capsys):
    key, sha256 = put(shelf)
    path = tmp_path / "reports-pdf" / f"{key}.pdf"

    path.write_bytes(b"%PDX")
    with pytest.raises(ReportDamagedError):
        shelf.read(key, sha256)
    path.unlink()
    with pytest.raises(ReportDamagedError):
        shelf.read(key, sha256)

    assert capsys.readouterr().out.count("report_damaged") == 2


def test_drafts_of_earlier_tries_are_thrown_away(shelf, tmp_path):
    shelf.draft("a", b"1")
    shelf.draft("b", b"1")
    shelf.place("a", shelf.draft("a", b"2"))

    names = sorted(path.name.split(".")[0] for path in (tmp_path / "reports-pdf").iterdir())
    assert names == ["a", "b"]
    assert shelf.read("a", digest(b"2")) == b"2"


def test_what_has_a_secret_lies_there_encrypted_and_is_read_as_it_was(shelf, tmp_path):
    pdf, secret = b"%PDF-1.7 somebody's name", b"s" * 32

    shelf.place("key", shelf.draft("key", pdf, secret))

    path = tmp_path / "reports-pdf" / "key.pdf"
    kept = path.read_bytes()
    assert b"somebody" not in kept
    assert shelf.read("key", digest(pdf), secret) == pdf
    for wrong in (None, b"t" * 32):
        with pytest.raises(ReportDamagedError):
            shelf.read("key", digest(pdf), wrong)
    for changed in (kept[:-1], b"", b"k"):
        path.write_bytes(changed)
        with pytest.raises(ReportDamagedError):
            shelf.read("key", digest(pdf), secret)
