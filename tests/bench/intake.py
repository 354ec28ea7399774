"""Intake of one file on PostgreSQL, beside a bare COPY and upsert of the same rows already parsed.

    ./xinyong bench intake [--rows N] [--seed N]

Then the unchanged file again: how fast, and how many rows of the target it wrote. Then the most
memory that the file took, beside a file of a tenth. Our programs run as processes of their own.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import sqlalchemy as sa

from config import rulebook
from config.database import upgrade
from config.launch.environment import ROOT
from core import bulk, db
from core.calendar import day
from core.intake import decisions, files
from core.intake.rows import Known, Row
from core.records import Record
from tests.bench import taking_in
from tests.bench.city.held import SERVER
from tests.bench.city_files import write_file
from tests.bench.report import figure
from tests.fixtures.cluster import Cluster, binaries

_CHUNK = 5000
_TARGETS = (
    "records",
    "record_changes",
    "subjects",
    "departments",
    "persons",
    "events",
    "intake_lines",
)
_RECORDS = Record.__table__


def main(arguments):
    chosen = _chosen(arguments)
    with tempfile.TemporaryDirectory(prefix="xinyong-bench-") as name:
        path, tenth = Path(name) / "city.csv", Path(name) / "tenth.csv"
        write_file(path, chosen.rows, chosen.seed)
        write_file(tenth, chosen.rows // 10, chosen.seed)
        with _cluster() as url:
            small = _taken_in(url, tenth, "tenth")
        with _cluster() as url:
            first = _taken_in(url, path, "first")
            before = _written(url)
            again = _taken_in(url, path, "again")
            touched = _written(url) - before
            bare = _bare(url, path)
    return _figures(small, first, again, bare) | {"again_rows_written": figure(touched, "<= 0")}


def _figures(small, first, again, bare):
    for one in (small, first, again):
        one["rate"] = one["rows"] / one["seconds"]
    found = {
        f"{name}_{what}": figure(one[what])
        for name, one in {"tenth": small, "first": first, "again": again}.items()
        for what in ("rows", "rejected", "seconds", "cpu_us", "peak_mib")
    }
    return found | {
        "rows_per_s": figure(first["rate"]),
        "bare_rows_per_s": figure(bare),
        "to_bare": figure(first["rate"] / bare, ">= 0.4"),
        "again_rows_per_s": figure(again["rate"], ">= 20000"),
        "peak_to_tenth": figure(first["peak_mib"] / small["peak_mib"], "<= 1.2"),
    }


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench intake")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


class _cluster:  # noqa: N801 - reads as what it gives
    """A PostgreSQL of its own, at the newest migration."""

    def __enter__(self):
        self._cluster = Cluster(binaries(), SERVER)
        upgrade(self._cluster.url)
        return self._cluster.url

    def __exit__(self, *_):
        self._cluster.close()


def _taken_in(url, path, name):
    command = [sys.executable, "-m", "tests.bench.taking_in", url, str(path)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    print(f"{name}: {found}", flush=True)
    return found


def _written(url):
    """Count the rows ever written to the tables that intake may change."""
    time.sleep(1.5)  # a backend reports what it wrote within a second
    engine = sa.create_engine(url)
    counted = sa.text(
        "select sum(n_tup_ins + n_tup_upd + n_tup_del) from pg_stat_user_tables"
        " where relname = any(:names)"
    )
    with engine.connect() as connection:
        number = connection.scalar(counted, {"names": list(_TARGETS)})
    engine.dispose()
    return int(number)


def _bare(url, path):
    """Return how many rows a second COPY and one upsert a chunk write, into an empty table."""
    engine = db.connect(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("truncate records, record_changes cascade")
        subject = connection.scalar(sa.text("select min(id) from subjects"))
        office = connection.scalar(sa.text("select min(id) from departments"))
    db.bind(engine)
    rows = [taking_in.values(row, subject, office) for row in _parsed(path)]
    began = time.perf_counter()
    for start in range(0, len(rows), _CHUNK):
        with db.Writing() as session:
            _upsert(session, rows[start : start + _CHUNK])
    rate = len(rows) / (time.perf_counter() - began)
    engine.dispose()
    print(f"bare: {rate:.0f} rows/s", flush=True)
    return rate


def _upsert(session, rows):
    columns = [_RECORDS.c[name] for name in taking_in.NAMES]
    staged = bulk.stage(session, columns, rows, name="bare")
    new = sa.dialects.postgresql.insert(_RECORDS).from_select(
        taking_in.NAMES, sa.select(staged), include_defaults=False
    )
    content = {name: new.excluded[name] for name in taking_in.NAMES if name != "natural_key"}
    differs = _RECORDS.c.fingerprint != new.excluded.fingerprint
    session.execute(
        new.on_conflict_do_update(index_elements=["natural_key"], set_=content, where=differs)
    )


def _parsed(path):
    with path.open("rb") as file:
        opened = files.open_rows(file, files.examine(file))
        known, seen = Known(rulebook.load(), day(taking_in.now())), set()
        for line in opened.lines:
            row = decisions.read(line, opened.layout, known)
            if isinstance(row, Row) and row.natural_key not in seen:
                seen.add(row.natural_key)
                yield row
