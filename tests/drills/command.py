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


def drilled(play, arguments, **settings):
    """Play a drill as the command line asks, and return its figures."""
    order = asked(arguments)
    with tempfile.TemporaryDirectory(prefix="xinyong-drill-") as name:
        folder = Path(name)
        with made(order.engine, folder) as url:
            upgrade(url)
            with stage(url, folder, **settings) as set_up:
                began = time.monotonic()
                found = play(set_up, followers=order.followers, seed=order.seed)
    return found | {"seconds": figure(time.monotonic() - began)}


def asked(arguments):
    """Read in which size a drill is asked for."""
    reader = argparse.ArgumentParser(prog="./xinyong drill NAME")
    reader.add_argument("--followers", type=int, default=300)
    reader.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    reader.add_argument("--seed", type=int, default=1)
    return reader.parse_args(arguments)


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
