"""The shelf of evidence: nothing on it can be read, moved or changed without our noticing."""

from datetime import UTC, datetime, timedelta

import pytest

from core.case_errors import EvidenceDamagedError
from core.evidence.shelf import EvidenceShelf
from core.vault import Vault
from tests.core.files import paper


@pytest.fixture
def vault():
    return Vault({"k1": b"v" * 32}, (b"h" * 32,))


@pytest.fixture
def kept(tmp_path, vault):
    return EvidenceShelf(tmp_path / "evidence", vault)


def test_a_file_on_the_shelf_cannot_be_read_without_the_key(kept, tmp_path):
    data = paper()
    kept.put("a" * 32, data)

    (path,) = (tmp_path / "evidence").iterdir()
    held = path.read_bytes()
    assert b"PDF" not in held
    assert data[100:130] not in held
    assert kept.get("a" * 32) == data
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"
    other = EvidenceShelf(tmp_path / "evidence", Vault({"k1": b"x" * 32}, (b"h",)))
    with pytest.raises(EvidenceDamagedError):
        other.get("a" * 32)


def test_a_file_is_not_taken_for_another(kept, tmp_path):
    kept.put("a" * 32, b"one")
    (tmp_path / "evidence" / ("a" * 32)).rename(tmp_path / "evidence" / ("b" * 32))

    for key in ("a" * 32, "b" * 32):
        with pytest.raises(EvidenceDamagedError):
            kept.get(key)


@pytest.mark.parametrize("place", [0, 3, 20, -1])
def test_a_changed_file_is_not_given_out(kept, tmp_path, place):
    kept.put("a" * 32, b"one")
    path = tmp_path / "evidence" / ("a" * 32)
    held = bytearray(path.read_bytes())
    held[place] ^= 1
    path.write_bytes(held)

    with pytest.raises(EvidenceDamagedError):
        kept.get("a" * 32)


def test_a_file_that_is_not_the_one_that_was_kept_is_not_given_out(kept):
    kept.put("a" * 32, b"one")

    with pytest.raises(EvidenceDamagedError):
        kept.get("a" * 32, "0" * 64)


def test_a_shelf_opens_what_an_older_key_closed(kept, tmp_path):
    kept.put("a" * 32, b"one")
    newer = Vault({"k2": b"n" * 32, "k1": b"v" * 32}, (b"h",))

    assert EvidenceShelf(tmp_path / "evidence", newer).get("a" * 32) == b"one"


def test_only_what_has_lain_for_a_while_is_looked_through(kept):
    kept.put("a" * 32, b"one")
    now = datetime.now(UTC)

    assert list(kept.keys(now - timedelta(hours=1))) == []
    assert list(kept.keys(now + timedelta(hours=1))) == ["a" * 32]
    kept.drop("a" * 32)
    kept.drop("a" * 32)
    assert list(kept.keys(now + timedelta(hours=1))) == []
