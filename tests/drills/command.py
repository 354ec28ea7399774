"""`./xinyong drill NAME`: the same drill as in the tests, in a size of one's own."""

import argparse
import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from config.database import upgrade
from tests.bench.report import figure
from tests.drills.stage import stage
from tests.fixtures.cluster import Cluster, binaries

# What drills have of their own besides the size, and what it means.
_OWN = {
    "kills": (int, "杀掉进程的次数"),
    "times": (int, "重启数据库的次数"),
    "share": (float, "出故障（或取消关注）的比例，0 到 1"),
}


def drilled(play, arguments, *, own=None, **settings):
    """Play a drill as the command line asks, and return its figures.

    `own` is what else may be ordered of this drill, by its name, with what it is by default.
    """
    order = asked(arguments, own=own)
    with tempfile.TemporaryDirectory(prefix="xinyong-drill-") as name:
        folder = Path(name)
        with made(order.engine, folder) as url:
            upgrade(url)
            with stage(url, folder, **settings) as set_up:
                began = time.monotonic()
                found = play(set_up, **size(order, own=own))
    return found | {"seconds": figure(time.monotonic() - began)}


def asked(arguments, *, own=None):
    """Read in which size a drill is asked for; `--help` says what may be ordered."""
    own = own or {}
    reader = argparse.ArgumentParser(prog="./xinyong drill 名称")
    reader.add_argument("--followers", type=int, default=300, help="关注者人数（默认 300）")
    reader.add_argument(
        "--engine",
        choices=["sqlite", "postgresql"],
        default="sqlite",
        help="数据库（默认 sqlite；要重启数据库的演练总是 postgresql）",
    )
    reader.add_argument("--seed", type=int, default=1, help="同样的数字，同样的次序（默认 1）")
    for name, default in own.items():
        kind, means = _OWN[name]
        reader.add_argument(
            f"--{name}", type=kind, default=default, help=f"{means}（默认 {default}）"
        )
    return reader.parse_args(arguments)


def size(order, *, own=None):
    """Return what a drill is played with."""
    return {name: getattr(order, name) for name in ("followers", "seed", *(own or {}))}


@contextmanager
def made(engine, folder):
    """Make an empty database on an engine; yields its address."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'drill.db'}"
    elif named := os.environ.get("TEST_DATABASE_URL"):
        yield from _made_at(named)
    else:
        cluster = Cluster(binaries())
        try:
            yield cluster.url
        finally:
            cluster.close()


def _made_at(url):
    name = f"drill_{os.getpid()}"
    server = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.exec_driver_sql(f"create database {name}")
    try:
        yield sa.make_url(url).set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.exec_driver_sql(f"drop database {name} with (force)")
