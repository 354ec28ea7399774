"""Keys rotate: all that is sealed opens with the new key alone, whatever cuts the work off."""

import ast
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest
import sqlalchemy as sa

from config import keyring
from core import accounts, codes, installations, persons, phones, rotation, sessions, sign_ins
from core.audit.trail import Entry
from core.codes import Purpose, Wanted
from core.db import Reading, Writing
from core.installations import Installation, Locale, Told, Vendor
from core.pace import Pace
from core.persons import Given, Person
from core.records import SEALED_FACTS, Record
from core.sessions import Lives
from core.sign_ins import Platform
from core.vault import VaultError
from tests.core.conftest import NOW
from tests.core.department_files import VAULT
from tests.core.test_persons import OF_A_PERSON

SEAL, HASH = "a key of a test", "a hash key of a test"
BOTH = keyring.vault(f"k2:another key,k1:{SEAL}", f"another hash key,{HASH}")
NEW = keyring.vault("k2:another key", "another hash key")
NUMBERS = [f"53011219900101{rest}" for rest in ("0020", "0047", "0063", "008X", "0100")]
ROOT = Path(rotation.__file__).parent.parent


@pytest.fixture
def people(database):
    """Five persons, sealed and hashed with the old keys."""
    with Writing() as session:
        given = [Given(number, f"示例{number[-2]}") for number in NUMBERS]
        return persons.known(session, VAULT, given, now=NOW)


def walk(vault, parts=rotation.PARTS):
    for part in parts:
        after = 0
        while after is not None:
            with Writing() as session:
                after = rotation.step(session, vault, part, after=after, now=NOW)


def left(vault):
    with Reading() as session:
        return {part.name: part.left(session, vault) for part in rotation.PARTS}


def part(name):
    (found,) = [one for one in rotation.PARTS if one.name == name]
    return found


def read(vault, number):
    with Reading() as session:
        return persons.read(session, vault, persons.find(session, vault, number))


def test_persons_are_found_and_read_with_the_new_keys_alone(people):
    assert left(BOTH)["persons"] == len(NUMBERS)

    walk(BOTH)

    assert set(left(BOTH).values()) == {0}
    for number in NUMBERS:
        assert read(NEW, number).number == number


def test_a_chunk_that_is_cut_off_is_done_again(people, monkeypatch):
    monkeypatch.setattr(rotation, "PAGE", 2)
    with Writing() as session:
        after = rotation.step(session, BOTH, part("persons"), after=0, now=NOW)

    def cut_off():
        with Writing() as session:
            rotation.step(session, BOTH, part("persons"), after=after, now=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert left(BOTH)["persons"] == 3
    assert [read(BOTH, number).number for number in NUMBERS] == NUMBERS

    walk(BOTH)

    assert left(BOTH)["persons"] == 0
    assert [read(NEW, number).number for number in NUMBERS] == NUMBERS


def test_what_is_said_of_a_person_is_sealed_anew(take_in, records):
    take_in(OF_A_PERSON, publish=True)
    before = records()[OF_A_PERSON["行政处罚决定书文号"]]
    assert left(BOTH)["record_facts"] == 1

    walk(BOTH)

    after = records()[OF_A_PERSON["行政处罚决定书文号"]]
    assert left(BOTH)["record_facts"] == 0
    assert "示例某驾驶" in NEW.open(after.facts["sealed"], SEALED_FACTS)
    assert (after.version, after.fingerprint) == (before.version, before.fingerprint)
    again = take_in(OF_A_PERSON, vault=BOTH)
    assert again.counts.unchanged == 1


def test_nothing_is_written_where_nothing_is_old(people, take_in):
    take_in(OF_A_PERSON)
    walk(BOTH)
    kept = sa.select(Person.__table__), sa.select(Record.id, Record.facts)
    with Reading() as session:
        before = [session.execute(one).all() for one in kept]

    walk(BOTH)

    with Reading() as session:
        assert [session.execute(one).all() for one in kept] == before


def test_a_hash_that_stands_beside_a_sealed_text_is_made_anew(database):
    told = Told("phone", Platform.ANDROID, Vendor.HUAWEI, "push token", "1.0", Locale.ZH)
    with Writing() as session:
        account_id = accounts.open_one(session, now=NOW)
        device = sign_ins.Device("phone", Platform.ANDROID, "HUAWEI")
        begun = sessions.begin(session, account_id, device, lives=Lives(), now=NOW)
        whose = {"account_id": account_id, "sign_in_id": begun.sign_in_id}
        installations.keep(session, VAULT, told, **whose, now=NOW)
    only_hash = keyring.vault(f"k1:{SEAL}", f"another hash key,{HASH}")

    walk(only_hash)

    with Reading() as session:
        (held,) = session.scalars(sa.select(Installation))
    assert held.token_hash == NEW.hashes("push token")[0]
    assert VAULT.open(held.token_sealed, installations.TOKEN) == "push token"


def test_a_number_leads_to_its_account_with_the_new_keys_alone(database):
    with Writing() as session:
        account_id = phones.known(session, VAULT, "13800000001", now=NOW)
    assert left(BOTH)["phones"] == 1

    walk(BOTH)

    assert left(BOTH)["phones"] == 0
    with Writing() as session:
        assert phones.known(session, NEW, "13800000001", now=NOW) == account_id
        assert phones.of_account(session, NEW, account_id) == "13800000001"


def test_an_old_hash_key_is_needed_while_codes_are_counted(database):
    with Reading() as session:
        assert rotation.hashed_until(session, Pace()) is None
    with Writing() as session:
        wanted = Wanted("13800000001", Purpose.SIGN_IN)
        codes.ask(session, VAULT, wanted, language="zh", now=NOW)

    with Reading() as session:
        assert rotation.hashed_until(session, Pace()) == NOW + timedelta(days=1)


def test_a_key_that_is_gone_is_noticed(people):
    with pytest.raises(VaultError):
        walk(NEW)


def test_a_row_made_with_one_hash_key_counts_as_old(people):
    two = keyring.vault(f"k1:{SEAL}", f"another hash key,{HASH}")
    assert left(two)["persons"] == len(NUMBERS)

    walk(two)

    assert left(two)["persons"] == 0


def test_each_chunk_is_an_act_and_no_access(people):
    walk(BOTH)

    with Reading() as session:
        acts = session.execute(sa.select(Entry.kind, Entry.action, Entry.object)).all()
    assert ("act", "rotate", "persons") in [tuple(act) for act in acts]
    assert {act.kind for act in acts} == {"act"}


def _modules():
    for room in ("core", "mobile_api", "bot", "messages", "config"):
        for path in sorted((ROOT / room).rglob("*.py")):
            if "versions" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                yield name.removesuffix(".__init__"), ast.parse(path.read_text(encoding="utf-8"))


def _calls(name):
    """Give module and call wherever our code calls a vault's method."""
    for module, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(f"vault.{name}"):
                yield module, node


def _sealed_for():
    """Name all that our code seals texts for."""
    for module, call in _calls("seal"):
        about = ast.unparse(call.args[1])
        if about != "about":
            yield eval(about, vars(import_module(module)))


# What somebody was writing stands in Redis for half an hour: with a key that has gone it is lost.
SHORT_LIVED = {"h5.draft"}


def test_whatever_is_sealed_is_rotated():
    rotated = {about for one in rotation.PARTS for about in one.abouts}

    assert set(_sealed_for()) == rotated | SHORT_LIVED


# What becomes of hashes when their key rotates: made anew here; kept until what they are of is
# over (rotation.hashed_until); or only remembered, and remembered again.
HASHED = {"core.persons", "core.phones", "core.rotation"}
HASHED |= {"core.installations", "core.idempotency", "core.codes", "core.intake.seen"}


def test_whatever_is_hashed_is_thought_of():
    assert {module for module, _ in _calls("hashes")} <= HASHED


def test_only_evidence_is_sealed_as_a_file():
    assert {module for module, _ in _calls("seal_bytes")} == {"core.evidence.shelf"}
