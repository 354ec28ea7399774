"""Build: a city's rows into a database, by COPY or executemany, block by block."""

import multiprocessing
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass

import psycopg
import sqlalchemy as sa

from config import database
from core import db, frequencies
from core.db import Reading, Writing
from tests.bench.city import indexes
from tests.bench.city.parts import PARTS
from tests.bench.city.size import Size

BLOCK = 100_000
_MAKERS = 2  # processes; each keeps one row in memory


@dataclass(frozen=True)
class _Block:
    """Some rows of one part, for one process to make and write."""

    url: str
    size: Size
    part: int
    first: int

    def rows(self):
        part = PARTS[self.part]
        last = min(self.first + BLOCK, part.total(self.size))
        return part.rows(self.size, range(self.first, last))


def build(url, size):
    """Migrate an empty database and fill it; returns the seconds that it took."""
    began = time.monotonic()
    database.upgrade(url)
    if sa.make_url(url).get_backend_name() == "sqlite":
        _fill_sqlite(url, size)
    else:
        _fill_postgresql(url, size)
    _count_grams(url)
    return time.monotonic() - began


def _blocks(url, size):
    return [
        _Block(url, size, number, first)
        for number, part in enumerate(PARTS)
        for first in range(0, part.total(size), BLOCK)
    ]


def _fill_sqlite(url, size):
    engine = db.connect(url, poolclass=sa.NullPool)
    with closing(engine.raw_connection()) as connection:
        connection.execute("pragma foreign_keys=off")
        connection.execute("begin immediate")
        for block in _blocks(url, size):
            part = PARTS[block.part]
            marks = ", ".join("?" * len(part.columns))
            into = f"insert into {part.table} ({', '.join(part.columns)}) values ({marks})"
            connection.driver_connection.executemany(into, block.rows())
        connection.commit()
        connection.execute("analyze")
    engine.dispose()


def _fill_postgresql(url, size):
    tables = list(dict.fromkeys(part.table for part in PARTS))
    with psycopg.connect(plain(url), autocommit=True) as connection:
        began = time.monotonic()
        made_again = indexes.drop(connection, tables)
        _copy_all(url, size)
        _say("写入各行", began)
        began = time.monotonic()
        indexes.make(connection, made_again)
        indexes.number_on(connection, tables)
        _say("建立索引", began)
        began = time.monotonic()
        # Left to itself the server would do this some time later, while something is measured.
        connection.execute("vacuum (analyze, freeze)")
        _say("整理与统计", began)


def _count_grams(url):
    """Count how common each pair of characters is, as the hourly job does."""
    engine = db.connect(url, poolclass=sa.NullPool)
    db.bind(engine)
    with Reading() as session:
        counted = frequencies.count(session)
    with Writing() as session:
        frequencies.keep(session, counted)
    engine.dispose()


def _copy_all(url, size):
    blocks = _blocks(url, size)
    if len(blocks) == len(PARTS):  # so few rows that starting a process takes longer
        for block in blocks:
            copy(block)
        return
    ways = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_MAKERS, mp_context=ways) as makers:
        waiting = [makers.submit(copy, block) for block in blocks]
        for place, one in enumerate(as_completed(waiting), 1):
            one.result()
            print(f"\r{place}/{len(blocks)}", end="\r", flush=True)


def copy(block):
    """Make the rows of one block and write them to PostgreSQL."""
    part = PARTS[block.part]
    with psycopg.connect(plain(block.url)) as connection, connection.cursor() as cursor:
        # Keys that refer to rows of another block are right by construction.
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set timezone = 'UTC'")
        with cursor.copy(f"copy {part.table} ({', '.join(part.columns)}) from stdin") as writer:
            for row in block.rows():
                writer.write_row(row)


def plain(url):
    """Return an address as psycopg itself reads it."""
    return url.replace("postgresql+psycopg://", "postgresql://")


def _say(what, began):
    print(f"{what}：{time.monotonic() - began:.1f} 秒", flush=True)
