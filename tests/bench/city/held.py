"""A city that is built and can be asked: as our service asks it, and by the bare driver."""

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

import psycopg
import sqlalchemy as sa

from core import db
from core.db import Reading
from tests.bench.city.build import build, plain
from tests.bench.city.size import Size
from tests.fixtures.cluster import Cluster, binaries

# A server's settings on a machine of this kind; those of the tests keep nothing in memory.
SERVER = (
    "shared_buffers=4GB effective_cache_size=12GB work_mem=32MB max_wal_size=16GB"
    " checkpoint_timeout=60min autovacuum=on"
).split()


@dataclass(frozen=True)
class City:
    """Where it is, how large it is, and how long it took to build."""

    url: str
    size: Size
    seconds: float

    @property
    def is_sqlite(self):
        """Tell the engines apart."""
        return self.url.startswith("sqlite")

    @contextmanager
    def bound(self):
        """Let core read and write here."""
        engine, reader = db.connect(self.url), db.connect_reader(self.url)
        db.bind(engine, reader)
        try:
            yield
        finally:
            engine.dispose()
            reader.dispose()

    @contextmanager
    def bare(self):
        """Open a connection of the driver alone, without transactions."""
        if self.is_sqlite:
            path = self.url.removeprefix("sqlite:///")
            connection: Any = sqlite3.connect(path, isolation_level=None)
        else:
            how = "-c max_parallel_workers_per_gather=0 -c jit=off"
            connection = psycopg.connect(plain(self.url), autocommit=True, options=how)
        try:
            yield connection
        finally:
            connection.close()


@contextmanager
def built(folder, sizes, *, sqlite):
    """Build several cities on one server, or in one folder; yields them in the same order."""
    if sqlite:
        yield [_built(f"sqlite:///{folder / str(size.records)}.db", size) for size in sizes]
        return
    cluster = Cluster(binaries(), SERVER)
    try:
        yield [_built(_database(cluster.url, f"city_{size.records}"), size) for size in sizes]
    finally:
        cluster.close()


def _built(url, size):
    return City(url, size, build(url, size))


def _database(url, name):
    with psycopg.connect(plain(url), autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)


def entities(size, count):
    """Return the codes and names of some entities, each of all as likely."""
    ids = Random(count).sample(range(1, size.entities + 1), min(count, size.entities))
    found = sa.text("select id, uscc, name from subjects where id in :ids")
    with Reading() as session:
        rows = session.execute(found.bindparams(sa.bindparam("ids", ids, expanding=True)))
        held = {number: (uscc, name) for number, uscc, name in rows}
    return [held[number] for number in ids]


def former(size, count):
    """Return former names of some entities."""
    some = sa.text("select name from subject_names where subject_id > :first limit :count")
    first = Random(count).randrange(size.entities // 2)
    with Reading() as session:
        return list(session.scalars(some.bindparams(first=first, count=count)))
