"""`./xinyong keys rotate`: says how far it is, and whether an old key can be dropped."""

import os
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from config import cli
from config.cli import keys
from config.settings import Settings
from core import accounts, db, idempotency, persons, privacy, rotation
from core.calendar import in_kunming
from core.db import Reading, Writing
from core.evidence import ledger
from core.evidence.kinds import MediaType
from core.evidence.ledger import Arrived, Evidence
from core.evidence.shelf import EvidenceShelf
from core.idempotency import Asked
from core.pace import Pace
from core.persons import Given
from tests.core.given import NOW
from tests.fixtures.service import GIVEN

OLD = {"PERSON_KEYS": "k1:the old key", "PERSON_HASH_KEYS": "the old hash"}
BOTH = {
    "PERSON_KEYS": "k2:the new key,k1:the old key",
    "PERSON_HASH_KEYS": "the new hash,the old hash",
}
NEW = {"PERSON_KEYS": "k2:the new key", "PERSON_HASH_KEYS": "the new hash"}
NUMBERS = ["530112199001010004", "530112199001010020", "530112199001010047"]


@pytest.fixture
def command(typed, database):
    """Type a command with these keys in force."""

    def command(given, *words):
        os.environ.update(given)
        said = typed(*words)
        db.bind(database.engine)
        return said

    return command


@pytest.fixture
def vault(command):
    def vault(given):
        os.environ.update(given)
        return Settings(_env_file=None, **_desk()).vault

    return vault


def _desk():
    return {name: value for name, value in GIVEN.items() if not name.startswith("person_")}


def add(numbers, vault):
    with Writing() as session:
        given = [Given(number, "示例某") for number in numbers]
        persons.known(session, vault, given, now=NOW)


def found(vault):
    with Reading() as session:
        ids = [persons.find(session, vault, number) for number in NUMBERS]
        return [persons.read(session, vault, one).number for one in ids]


def test_after_it_the_old_key_can_be_dropped(command, vault):
    add(NUMBERS, vault(OLD))

    code, said, complaint = command(BOTH, "keys", "rotate")

    assert (code, complaint) == (0, "")
    assert "自然人：完成" in said
    assert "PERSON_KEYS 里的旧密钥现在可以去掉。" in said
    assert said.endswith("PERSON_HASH_KEYS 里的旧密钥现在可以去掉。\n")
    assert found(vault(NEW)) == NUMBERS
    assert command(NEW, "keys", "rotate")[0] == 0


def test_interrupted_it_goes_on_when_asked_again(command, vault, monkeypatch):
    add(NUMBERS, vault(OLD))
    monkeypatch.setattr(rotation, "PAGE", 1)
    steps = iter(range(2))
    moments = keys.datetime

    class Stopped(moments):
        @classmethod
        def now(cls, zone):
            if next(steps, None) is None:
                raise KeyboardInterrupt
            return moments.now(zone)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "datetime", Stopped)
        assert command(BOTH, "keys", "rotate")[0] == 130
    with Reading() as session:
        assert rotation.PARTS[0].left(session, vault(BOTH)) == 1
    assert found(vault(BOTH)) == NUMBERS

    assert command(BOTH, "keys", "rotate")[0] == 0
    assert found(vault(NEW)) == NUMBERS


def test_a_key_dropped_too_early_is_named_and_nothing_is_lost(command, vault):
    add(NUMBERS, vault(OLD))

    code, _, complaint = command(NEW, "keys", "rotate")

    assert code == 2
    assert "请把那把旧密钥加回去" in complaint
    assert found(vault(OLD)) == NUMBERS


def test_while_somebody_still_uses_the_old_key_it_cannot_be_dropped(command, vault, monkeypatch):
    """A process that was not restarted adds somebody behind the walk."""
    add(NUMBERS[:2], vault(OLD))
    old, progress = vault(OLD), keys._progress

    def add_behind(part, after, last):
        if part.name == "record_facts":
            add(NUMBERS[2:], old)
        progress(part, after, last)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "_progress", add_behind)
        code, said, _ = command(BOTH, "keys", "rotate")

    assert code == 1
    assert "自然人还有 1 条在用旧密钥。" in said
    assert "还不能去掉" in said
    assert command(BOTH, "keys", "rotate")[0] == 0


def test_an_old_hash_key_stays_while_a_repeated_request_must_be_known(command, vault):
    asked = Asked("Caller:1", "POST /x", "a-key-of-a-test", "content")
    now = datetime.now(UTC)
    with Writing() as session:
        idempotency.claim(session, asked, vault=vault(OLD), now=now, pace=Pace())

    code, said, _ = command(BOTH, "keys", "rotate")

    until = in_kunming(now + timedelta(days=1))
    assert code == 0
    assert f"PERSON_HASH_KEYS 里的旧密钥请留到 {until:%Y-%m-%d %H:%M}" in said


@pytest.fixture
def send(database, tmp_path, vault):
    """Keep a file as evidence; return its key."""

    def send(data, given=OLD):
        key = privacy.file_key()
        shelf_of(vault(given), tmp_path).put(key, data)
        with Writing() as session:
            account_id = accounts.open_one(session, now=NOW)
            name = vault(given).seal("整改照片.png", ledger.NAME)
            arrived = Arrived(account_id, key, MediaType.PNG, name, "0" * 64, len(data))
            ledger.add(session, arrived, now=NOW)
        return key

    return send


def shelf_of(vault, tmp_path):
    return EvidenceShelf(tmp_path / "var" / "evidence", vault)


def test_evidence_is_encrypted_anew(command, vault, send, tmp_path):
    keys_ = [send(f"file {number}".encode()) for number in range(3)]
    shelf_of(vault(OLD), tmp_path).drop(keys_[1])  # one that was infected, say

    assert command(BOTH, "keys", "rotate")[0] == 0

    anew = shelf_of(vault(NEW), tmp_path)
    assert [anew.get(keys_[0]), anew.get(keys_[2])] == [b"file 0", b"file 2"]
    with Reading() as session:
        names = session.scalars(select(Evidence.name_sealed)).all()
    assert {vault(NEW).open(name, ledger.NAME) for name in names} == {"整改照片.png"}


def test_a_damaged_file_is_told_of(command, send, tmp_path):
    send(b"file 0")
    (path,) = (tmp_path / "var" / "evidence").iterdir()
    path.write_bytes(b"k1." + b"x" * 40)

    code, said, _ = command(BOTH, "keys", "rotate")

    assert code == 1
    assert "有 1 个证据文件打不开" in said
    assert "还不能去掉" in said


class Terminal(StringIO):
    def isatty(self):
        return True


def test_whoever_looks_on_sees_how_far_it_is(command, vault, monkeypatch):
    add(NUMBERS, vault(OLD))
    monkeypatch.setattr(rotation, "PAGE", 1)
    seen = Terminal()

    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", seen)
        command(BOTH, "keys", "rotate")

    shown = [line for line in seen.getvalue().split("\r") if "自然人：" in line]
    assert [line.split("：")[1] for line in shown] == ["0%", "33%", "67%", "100%"]


def test_every_part_has_a_name_to_show():
    assert {part.name for part in rotation.PARTS} == keys.WORDS.keys()


def test_keys_alone_say_what_they_are_for(capsys):
    cli.main(["keys", "--help"])

    assert "rotate" in capsys.readouterr().out
