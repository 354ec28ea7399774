"""Intake is killed with SIGKILL again and again: no row is lost, none comes twice.

./xinyong drill intake_killed [--rows N] [--kills N] [--engine sqlite|postgresql] [--seed N]
"""

import argparse
import csv
import math
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from config.database import upgrade
from config.launch import orphans
from config.launch.environment import ROOT
from core import db
from core.calendar import day
from core.intake.batches import Batch
from core.intake.layouts import LayoutName
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordKind, RecordState, is_public
from core.subjects import Subject, SubjectKind
from tests.bench.city_files import write_file
from tests.bench.report import figure
from tests.drills.command import made
from tests.fixtures.service import environment_for

_LOOK, _LONGEST_REST = 0.01, 0.3
_NEWS = (RecordKind.BLACK_LIST, RecordKind.PENALTY, RecordKind.ABNORMAL_OPERATION)
_ALL_NEWS = "36500"  # days: every listing alerts, however old
_SHARES = {LayoutName.PENALTY: 1.0, LayoutName.LICENCE: 0.1, LayoutName.LIST: 0.1}
# Of all kills, so many strike while the file is loaded; the others while it is published.
_LOADING = 0.7


@dataclass
class File:
    """One file, what is bad in it, and a command that takes it in."""

    path: Path
    rows: int
    bad: dict
    environ: dict

    @property
    def report(self):
        return self.path.with_suffix(".report.csv")

    @property
    def good(self):
        return self.rows - len(self.bad)

    def start(self):
        words = ["intake", str(self.path), "--publish", "--report", str(self.report)]
        with self.path.with_suffix(".log").open("ab") as log:
            return subprocess.Popen(
                orphans.tied([sys.executable, "-m", "config.cli", *words]),
                env=self.environ,
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def named(self):
        """Return what the report says of each row that was sent back."""
        with self.report.open(encoding="utf-8-sig", newline="") as file:
            return {int(row[0]): row[3] for row in csv.reader(file) if row[4] == "退回"}


def play(url, folder, environ, *, rows, kills, seed):
    """Kill at random points until the kills are used up, then let it finish, twice."""
    chance, engine, found, struck = random.Random(seed), db.connect(url), {}, 0
    try:
        for layout, share in _SHARES.items():
            file = _written(folder, environ, layout, round(rows * share), seed)
            times = math.ceil(kills * share / sum(_SHARES.values()))
            for state, at_least in _points(chance, file, times):
                rest = chance.uniform(0, _LONGEST_REST)
                struck += _struck(engine, file, state, at_least=at_least, rest=rest)
            judged = _judged(engine, file)
            found |= {f"{layout}_{name}": one for name, one in judged.items()}
        goal = f">= {kills // 2}"
        return found | _alerts(engine) | {"killed_at_work": figure(struck, goal)}
    finally:
        engine.dispose()


def _written(folder, environ, layout, rows, seed):
    path = folder / f"{layout}.csv"
    return File(path, rows, write_file(path, rows, seed, layout=layout), environ)


def _points(chance, file, kills):
    """Choose after how many rows, loaded or published, to strike; in order, so that all are met."""
    loading = round(kills * _LOADING)
    for what, times in ((None, loading), (RecordState.PUBLISHED, kills - loading)):
        for at in sorted(chance.random() * 0.9 for _ in range(times)):
            yield what, int(file.good * at)


def _struck(engine, file, state, *, at_least, rest):
    """Strike a moment after so many rows are done; say whether the command was still at it."""
    process = file.start()
    while process.poll() is None and _reached(engine, file, state) < at_least:
        time.sleep(_LOOK)
    time.sleep(rest)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _reached(engine, file, state):
    """Count the records of a file's layout, all or those in a state."""
    kinds = _KINDS[file.path.stem]
    wanted = [Record.kind.in_(kinds)] + ([Record.state == state] if state else [])
    return _count(engine, Record, *wanted)


_KINDS = {
    "penalty": [RecordKind.PENALTY],
    "licence": [RecordKind.LICENCE],
    "list": [RecordKind.RED_LIST, RecordKind.BLACK_LIST, RecordKind.ABNORMAL_OPERATION],
}


def _judged(engine, file):
    """Take the file in to its end, then again, and compare with what was written into it."""
    figures = {}
    for time_ in ("first", "again"):
        done = file.start().wait()
        with Session(engine) as session:
            batch = session.scalars(sa.select(Batch).order_by(Batch.id.desc()).limit(1)).one()
        ends = batch.rows_loaded + batch.rows_unchanged + batch.rows_rejected
        told = file.named()
        wrong = [row for row in told.keys() | file.bad.keys() if not _same(told, file.bad, row)]
        figures |= {
            f"{time_}_failed": figure(done, "<= 0"),
            f"{time_}_not_read": figure(abs(file.rows - batch.rows_read), "<= 0"),
            f"{time_}_without_end": figure(abs(batch.rows_read - ends), "<= 0"),
            f"{time_}_misnamed": figure(len(wrong), "<= 0"),
        }
    held = _reached(engine, file, None)
    figures["loaded_again"] = figure(batch.rows_loaded, "<= 0")
    figures["lost_or_doubled"] = figure(abs(held - file.good), "<= 0")
    figures["corrected"] = figure(_count(engine, Record, Record.version > 1), "<= 0")
    return figures | {"rows": figure(file.rows), "bad": figure(len(file.bad))}


def _same(told, bad, row):
    return row in told and row in bad and told[row].startswith(bad[row])


def _alerts(engine):
    """All news that is public was told of once, and every step was noted once."""
    public, today = Record.state == RecordState.PUBLISHED, day(datetime.now(UTC))
    entities = sa.select(Subject.id).where(Subject.kind != SubjectKind.NATURAL_PERSON)
    news = is_public(today), Record.kind.in_(_NEWS), Record.subject_id.in_(entities)
    listed, owed = _count(engine, Record, public, *news), _count(engine, Event)
    steps = _count(engine, Record) + _count(engine, Record, public)
    waiting = _count(engine, Record, Record.state == RecordState.LOADED)
    return {
        "alerts": figure(owed, ">= 1"),
        "alerts_amiss": figure(abs(owed - listed), "<= 0"),
        "steps_amiss": figure(abs(_count(engine, RecordChange) - steps), "<= 0"),
        "not_published": figure(waiting, "<= 0"),
    }


def _count(engine, what, *where):
    with Session(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(what).where(*where))


def environment(url, valkey_url, folder):
    """Return what the command needs, and none of this shell's own settings."""
    own = {"VAR_DIR": str(folder / "var"), "ALERT_MAX_AGE_DAYS": _ALL_NEWS}
    return environment_for(url, valkey_url) | own


def main(arguments):
    reader = argparse.ArgumentParser(prog="./xinyong drill intake_killed")
    reader.add_argument("--rows", type=int, default=100_000)
    reader.add_argument("--kills", type=int, default=20)
    reader.add_argument("--engine", choices=["sqlite", "postgresql"], default="postgresql")
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="xinyong-drill-") as name:
        folder = Path(name)
        with made(asked.engine, folder) as url:
            upgrade(url)
            began = time.monotonic()
            found = play(
                url,
                folder,
                environment(url, f"unix://{folder}/none", folder),
                rows=asked.rows,
                kills=asked.kills,
                seed=asked.seed,
            )
    return found | {"seconds": figure(time.monotonic() - began)}
