"""`./xinyong upstream export`: files that stand before they count as told."""

import json

import pytest

from core import db
from core.db import Reading
from core.upstream import UpstreamItem
from tests.core.given import account, record, subject
from tests.core.given_cases import opened
from tests.core.given_certificates import owe


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def granted(database):
    """Grant a repair; return its certificate's number."""

    def granted():
        db.bind(database.engine)
        return owe(opened(record(subject().id), account_id=account())).number

    return granted


def items(database):
    db.bind(database.engine)
    with Reading() as session:
        return session.query(UpstreamItem).count()


def test_an_export_is_written_and_counts_as_told(typed, granted, tmp_path, database):
    number = granted()

    code, said, _ = typed("upstream", "export", str(tmp_path))
    assert (code, "第 1 份，1 条" in said) == (0, True)
    file = tmp_path / "repairs-000001.json"
    assert json.loads(file.read_text(encoding="utf-8"))["rows"][0]["certificate_no"] == number
    assert file.stat().st_mode & 0o077 == 0
    assert (tmp_path / "repairs-000001.csv").exists()
    assert list(tmp_path.glob("*.part")) == []
    assert items(database) == 1

    code, said, _ = typed("upstream", "export", str(tmp_path))
    assert (code, said.strip()) == (0, "没有还要报送的修复结果。")


def test_it_is_written_again_by_its_number(typed, granted, tmp_path):
    granted()
    typed("upstream", "export", str(tmp_path))
    file = tmp_path / "repairs-000001.json"
    first = file.read_bytes()
    file.unlink()

    assert typed("upstream", "export", str(tmp_path), "--again", "1")[0] == 0
    assert file.read_bytes() == first
    code, _, said = typed("upstream", "export", str(tmp_path), "--again", "9")
    assert (code, "没有这个编号" in said) == (2, True)


def test_what_could_not_be_written_does_not_count_as_told(typed, granted, tmp_path, database):
    granted()
    (tmp_path / "repairs-000001.csv").mkdir()  # in the way of the second file

    code, _, said = typed("upstream", "export", str(tmp_path))
    assert (code, "没有写成，也没有记为已报送" in said) == (2, True)
    assert items(database) == 0

    (tmp_path / "repairs-000001.csv").rmdir()
    assert "第 1 份，1 条" in typed("upstream", "export", str(tmp_path))[1]
    assert items(database) == 1
