"""Files that citizens send, examined by a worker: cleaned, scanned, refused, cleared away."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from rq import Queue

from config import evidence, evidence_jobs, jobs, ticker
from config.evidence import Laboratory
from config.scanner import Scanner
from core.db import Reading, Writing
from core.evidence import examination, ledger, shelf
from core.evidence.kinds import MediaType
from core.evidence.ledger import WAITS, Arrived, Evidence
from core.evidence.shelf import EvidenceShelf
from core.pace import Pace
from core.vault import Vault
from tests.config.programs import GOOD, let_go
from tests.core.files import ACTIVE, image, paper
from tests.core.given import NOW, account, record, subject
from tests.core.given_cases import applicant, object_to
from tests.fixtures.clamd import EICAR, clamd

__all__ = ["clamd"]  # a fixture
VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))
PDF, JPEG = MediaType.PDF, MediaType.JPEG


class World:
    """A laboratory with a clock of its own, and people who send files."""

    def __init__(self, folder):
        self.now, self.shelf = NOW, EvidenceShelf(folder, VAULT)
        self.scanner = None
        self.account_id = account()

    @property
    def parts(self):
        return Laboratory(self.shelf, self.scanner, Pace(), lambda: self.now)

    def send(self, data, kind):
        key = f"{len(list(self.shelf.keys(self.now + timedelta(days=9999)))):032x}"
        arrived = Arrived(self.account_id, key, kind, "k1.name", shelf.digest(data), len(data))
        with Writing() as session:
            one = ledger.add(session, arrived, now=self.now)
            self.shelf.put(key, data)
        return one

    def work(self):
        while evidence.examine_next(self.parts):
            pass

    def lies(self, one):
        return one.file_key in set(self.shelf.keys(self.now + timedelta(days=9999)))


@pytest.fixture
def world(database, tmp_path):
    return World(tmp_path / "evidence")


def read(one):
    with Reading() as session:
        return session.get(Evidence, one.id)


def test_a_picture_is_kept_as_it_was_drawn_anew(world):
    sent = image("JPEG", place=True)
    one = world.send(sent, JPEG)

    world.work()

    held = read(one)
    kept = world.shelf.get(held.file_key, held.kept_sha256)
    assert (held.state, held.pages, held.scanned) == ("clean", 1, False)
    assert (held.sha256, held.size) == (shelf.digest(sent), len(sent))
    assert held.kept_size == len(kept)
    assert b"HUAWEI" not in kept


def test_a_paper_is_kept_as_it_came(world):
    sent = paper(2)
    one = world.send(sent, PDF)

    world.work()

    assert (read(one).pages, read(one).kept_sha256) == (2, shelf.digest(sent))
    assert world.shelf.get(one.file_key) == sent


@pytest.mark.parametrize(
    ("data", "kind", "flaw"),
    [
        (paper(51), PDF, "too_many_pages"),
        (paper(1, ACTIVE["an attachment"]), PDF, "active_content"),
        (image("JPEG")[:200], JPEG, "unreadable"),
    ],
)
def test_nothing_is_kept_of_what_is_refused(world, data, kind, flaw):
    one = world.send(data, kind)

    world.work()

    assert (read(one).state, read(one).flaw) == ("refused", flaw)
    assert not world.lies(one)


def test_the_scanner_sees_what_was_sent_and_nothing_infected_is_kept(world, clamd):
    world.scanner = Scanner(clamd.place, timeout=10)
    bad = world.send(paper() + EICAR, PDF)
    good = world.send(image("JPEG", size=(900, 900)), JPEG)

    world.work()

    assert (read(bad).state, read(bad).flaw, read(bad).scanned) == ("infected", "virus", True)
    assert not world.lies(bad)
    assert (read(good).state, read(good).scanned) == ("clean", True)
    assert [len(data) for data in clamd.scanned] == [bad.size, good.size]


def test_a_virus_found_after_filing_stays_with_the_case(world, clamd):
    entity = subject()
    by = applicant(entity)
    world.account_id = by.account_id
    world.scanner = Scanner(clamd.place, timeout=10)
    one = world.send(paper() + EICAR, PDF)
    case = object_to(entity, record(entity.id), by=by, evidence=[one.public_id])

    world.work()

    with Reading() as session:
        (held,) = ledger.of_case(session, case.id)
        assert held.state == "infected"


def test_a_file_waits_for_a_scanner_that_is_away_and_loses_no_try(world, clamd):
    world.scanner = Scanner(clamd.place, timeout=10)
    one = world.send(paper(), PDF)
    for answer in (b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"") * 2:
        clamd.answer = answer
        assert evidence.examine_next(world.parts)
        assert (read(one).state, read(one).tries) == ("pending", 0)
        assert not evidence.examine_next(world.parts)
        world.now += timedelta(minutes=1)

    clamd.answer = None
    world.work()

    assert read(one).state == "clean"


def test_a_file_that_kills_its_workers_is_refused_in_the_end(world):
    one = world.send(paper(), PDF)
    for _ in range(examination.MOST_TRIES):
        with Writing() as session:
            assert examination.lease(session, now=world.now, pace=Pace()).id == one.id
        world.now += timedelta(minutes=5)

    world.work()

    assert (read(one).state, read(one).flaw) == ("refused", "unreadable")
    assert not world.lies(one)


def test_a_file_that_was_deleted_meanwhile_does_not_come_back(world):
    one = world.send(paper(), PDF)
    with Writing() as session:
        leased = examination.lease(session, now=world.now, pace=Pace())
    finding, kept = evidence._examined(world.parts, leased)
    with Writing() as session:
        key = ledger.discard(session, one.public_id, world.account_id, now=world.now)
    world.shelf.drop(key)

    evidence._settle(world.parts, leased, finding, kept=kept)

    assert read(one) is None
    assert not world.lies(one)


def test_a_file_cut_off_between_shelf_and_row_is_examined_again(world):
    one = world.send(image("JPEG", place=True), JPEG)
    world.shelf.put(one.file_key, examination.clean(image("JPEG", place=True), JPEG).data)

    world.work()

    held = read(one)
    assert held.state == "clean"
    assert world.shelf.get(held.file_key, held.kept_sha256)


def test_files_without_a_case_and_files_without_a_row_are_cleared_away(world):
    loose = world.send(paper(), PDF)
    world.shelf.put("f" * 32, b"left over")
    assert evidence.expire(world.parts) == 0

    world.now += WAITS
    assert evidence.expire(world.parts) == 1

    assert not world.lies(loose)
    kept = world.send(paper(), PDF)
    old = (world.now - timedelta(days=2)).timestamp()
    for key in ("f" * 32, kept.file_key):
        os.utime(world.shelf._path(key), (old, old))
    assert evidence.sweep(world.parts) == 1
    assert world.lies(kept)


@pytest.fixture
def desk(database, valkey_url, redis, tmp_path, monkeypatch):
    """The environment of a worker."""
    given = GOOD | {"DATABASE_URL": database.url, "REDIS_URL": valkey_url, "VAR_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    for built in (jobs.tools, evidence_jobs.laboratory):
        built.cache_clear()
    yield given
    for built in (jobs.tools, evidence_jobs.laboratory):
        built.cache_clear()
    let_go(database)


def enqueued(redis, job):
    watched = [one for one in ticker.entries(Pace()) if one.job is job]
    ticker.tick(redis, watched, now=datetime.now(UTC))
    return Queue("default", connection=redis).count


def test_the_ticker_has_files_examined_and_cleared_away(desk, redis):
    parts = evidence_jobs.laboratory()
    world = World(None)
    world.now, world.shelf = datetime.now(UTC), parts.shelf
    assert enqueued(redis, evidence_jobs.examine_evidence) == 0
    one = world.send(paper(), PDF)
    assert enqueued(redis, evidence_jobs.examine_evidence) == 1

    evidence_jobs.examine_evidence()

    assert read(one).state == "clean"
    redis.flushall()
    assert enqueued(redis, evidence_jobs.expire_evidence) == 0
    with Writing() as session:
        session.get_one(Evidence, one.id).expires_at = datetime.now(UTC)
    assert enqueued(redis, evidence_jobs.expire_evidence) == 1
    evidence_jobs.expire_evidence()
    evidence_jobs.sweep_evidence()
    assert read(one) is None
    assert not world.lies(one)
