"""A long search for whatever the API does otherwise than its document says.

    ./xinyong fuzz [--examples N] [--minutes N] [--seed N]

On PostgreSQL, as a citizen, an institution and nobody, two at a time. What is found is printed with
the requests that show it; the same seed on the same code finds it again.
"""

import argparse
import multiprocessing
import random
import tempfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from redis import Redis

from config import access, database, identity, logs
from config.launch.valkey import Valkey
from config.web import Ground, create_app
from core import db
from sandbox.options import Options
from sandbox.server import Running
from tests.bench.report import figure
from tests.clients import cast
from tests.clients.fuzzing import Found, fuzz
from tests.fixtures.cluster import Cluster, binaries
from tests.fixtures.service import settings_for

# Whoever may do most is given most of the time; the other two follow each other.
SHARES = {"citizen": 1.0, "institution": 0.5, "nobody": 0.5}


@dataclass(frozen=True)
class Task:
    """One identity's part of the search."""

    who: str
    url: str
    folder: Path
    examples: int
    seed: int
    seconds: float


def main(arguments):
    chosen = _chosen(arguments)
    print(f"种子 {chosen.seed}，每个操作和身份 {chosen.examples} 例，最多 {chosen.minutes} 分钟")
    whole = Found()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(closing(Cluster(binaries())))
        tasks = [_task(who, cluster.url, folder, chosen) for who in SHARES]
        spawn = multiprocessing.get_context("spawn")
        pool = stack.enter_context(ProcessPoolExecutor(2, mp_context=spawn))
        for done in as_completed([pool.submit(search, task) for task in tasks]):
            found = done.result()
            _tell(found)
            whole.add(found)
    return {
        "requests": figure(whole.requests),
        "operations": figure(len(whole.operations)),
        "cut_short": figure(0 if whole.is_whole else 1),
        "server_errors": figure(sum(n for status, n in whole.answers.items() if status >= 500)),
        "findings": figure(len(whole.findings), "<= 0"),
    }


def search(task):
    """Fuzz as one identity, on a database, a Valkey and a sandbox of its own."""
    logs.set_up("ERROR", access.with_request)
    task.folder.mkdir()
    with ExitStack() as stack:
        valkey = Valkey(task.folder / "valkey", tied=True)
        valkey.ensure()
        stack.callback(valkey.stop)
        sandbox = stack.enter_context(Running(Options(var=task.folder / "sandbox")))
        redis = stack.enter_context(Redis.from_url(valkey.url))
        issuer = f"{sandbox.url}/identity"
        wechat = {"wechat_api": sandbox.url, "wechat_open_secret": Options().open_secret}
        identity.fetch(redis, issuer)
        database.upgrade(task.url)
        settings = settings_for(
            task.url, valkey.url, identity_issuer=issuer, var_dir=task.folder / "var", **wechat
        )
        app = create_app(settings, Ground(db.connect(task.url), redis))
        who = cast.identity(task.who, settings.vault)
        return fuzz(app, who, examples=task.examples, seed=task.seed, seconds=task.seconds)


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong fuzz")
    parser.add_argument("--examples", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().getrandbits(32))
    return parser.parse_args(arguments)


def _task(who, url, folder, chosen):
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f"create database {who}")
    own = sa.make_url(url).set(database=who).render_as_string(hide_password=False)
    seconds = chosen.minutes * 60 * SHARES[who]
    return Task(who, own, folder / who, chosen.examples, chosen.seed, seconds)


def _tell(found):
    answers = "、".join(f"{status} {count} 次" for status, count in sorted(found.answers.items()))
    print(f"{found.who}：{found.requests} 次请求，{len(found.operations)} 个操作；{answers}")
    print("\n".join(found.findings.values()) or "没有发现", flush=True)
