"""Cases at the size of a city: the page of the queue and the ticker's pass, on PostgreSQL.

    ./xinyong bench casework [--cases N] [--seconds N] [--connections N]

Open cases of all kinds in sixty departments. A tenth is due within a working day, a tenth is late
by a week: nothing has been said of any, so that the first pass has everything to say at once. The
page is asked of the production server by a handler of this platform and one of a department;
beside it stands the same page's bare query.
"""

import argparse
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
import sqlalchemy as sa
from redis import Redis

from config import database, rulebook
from config.launch import programs
from config.launch.valkey import Valkey
from console import sessions
from core import db
from core.calendar import day
from core.casework import lapsing, recounting, reminders
from core.db import Reading, Writing
from core.staff.members import Member, MemberState
from core.staff.roles import Role
from tests.bench import load, timing
from tests.bench.city.build import plain
from tests.bench.report import figure
from tests.bench.served import Served, loaded
from tests.fixtures.cluster import Cluster, binaries
from tests.fixtures.service import environment_for

RULES = rulebook.load()
DEPARTMENTS, PAGE = 60, "/console/cases/"
# On both engines: 1, 2, 3 ...
_NUMBERS = (
    "with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < {})"
)
_CASES = """
select n, kind, 'BENCH' || n, n, 'wrong', '', state, resumes, holder, 1 + n % :departments,
  :now, :now, 1, clock, :filed, 7,
  case when n % 10 = 0 or n % 400 = 3 then :late when n % 10 = 1 then :soon else :later end,
  false, 0
from numbers join (
  select 0 as number, 'repair' as kind, 'forwarded' as state, null as resumes,
    'department' as holder, 'repair_accept' as clock
  union all select 1, 'repair', 'submitted', null, 'platform', 'repair_forward'
  union all select 2, 'objection', 'forwarded', null, 'department', 'objection_decide'
  union all select 3, 'complaint', 'supplement_wanted', 'submitted', 'applicant', 'supplement'
) kinds on number = n % 4"""
_COLUMNS = (
    "id, kind, receipt_code, account_id, grounds, statement_sealed, state, resumes, holder,"
    " holder_id, opened_at, changed_at, version, clock, clock_from, clock_days, due_on,"
    " due_provisional, paused_days"
)
# Which table, how many rows, what each has.
FILL = (
    ("departments (id, name)", ":departments", " select n, '部门' || n from numbers"),
    ("accounts (id, created_at)", ":cases", " select n, :now from numbers"),
    (f"cases ({_COLUMNS})", ":cases", _CASES),
)
BARE = (
    "select id, receipt_code, kind, state, due_on from cases where state in ('submitted',"
    " 'annotated', 'forwarded', 'accepted', 'supplement_wanted') and holder = 'department'"
    " and holder_id = 1 order by due_on, id limit 51"
)
_SCRIPT = 'wrk.headers["Cookie"] = "console={}"\n'


def main(arguments):
    chosen = _chosen(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = Cluster(binaries())
        stack.callback(cluster.close)
        engine = db.connect(cluster.url, patience=100)
        stack.callback(engine.dispose)
        database.upgrade(cluster.url)
        db.bind(engine)
        fill(engine, chosen.cases)
        found = _pages(folder, cluster.url, chosen) | _bare(cluster.url)
        return found | _passes()


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench casework")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--connections", type=int, default=4)
    return parser.parse_args(arguments)


def fill(engine, cases):
    """Make so many open cases, in three statements."""
    now = datetime.now(UTC)
    today = day(now)
    given = {
        "departments": DEPARTMENTS,
        "cases": cases,
        "now": now,
        "filed": today - timedelta(days=14),
        "late": today - timedelta(days=7),
        "soon": RULES.workdays.deadline(today, 1).day,
        "later": today + timedelta(days=30),
    }
    with engine.begin() as connection:
        for table, number, rows in FILL:
            statement = f"insert into {table} {_NUMBERS.format(number)}{rows}"
            wanted = {name: value for name, value in given.items() if f":{name}" in statement}
            connection.execute(sa.text(statement).bindparams(*_typed(wanted)))
        connection.exec_driver_sql("analyze")


def _typed(given):
    kinds = {"now": db.UtcDateTime(), "departments": sa.Integer(), "cases": sa.Integer()}
    return [sa.bindparam(name, value, kinds.get(name, sa.Date())) for name, value in given.items()]


def staff():
    """Hire a handler of this platform and one of a department; return their ids."""
    now = datetime.now(UTC)
    rows = [
        Member(
            login=f"bench{number}",
            name="办件员",
            roles=Role.CASE_HANDLER,
            department_id=department_id,
            state=MemberState.ACTIVE,
            failures=0,
            epoch=0,
            created_at=now,
            changed_at=now,
        )
        for number, department_id in enumerate((None, 1))
    ]
    with Writing() as session:
        session.add_all(rows)
    return {"platform": rows[0].id, "department": rows[1].id}


@contextmanager
def served(folder, url):
    """Serve the console; yields its server, and a session for each member of the staff."""
    with ExitStack() as stack:
        valkey = Valkey(folder / "valkey", tied=True)
        valkey.ensure()
        stack.callback(valkey.stop)
        redis = Redis.from_url(valkey.url)
        stack.callback(redis.close)
        opened = partial(sessions.open_, redis, browser="bench", address="", now=datetime.now(UTC))
        tokens = {name: opened((number, 0))[0] for name, number in staff().items()}
        command = programs.web
        env = environment_for(url, valkey.url)
        server = Served(
            lambda port: command({"PORT": str(port)}), path="/healthz", env=env, patience=120
        )
        yield stack.enter_context(server), tokens


def _pages(folder, url, chosen):
    found = {}
    with served(folder, url) as (server, tokens):
        for name, token in tokens.items():
            script = folder / f"{name}.lua"
            script.write_text(_SCRIPT.format(token), encoding="ascii")
            press = partial(load.press, server.url + PAGE, script=str(script))
            press(connections=chosen.connections, seconds=1)
            ask = partial(press, connections=chosen.connections, seconds=chosen.seconds)
            seen = loaded(server, ask)
            found |= {
                f"page_{name}_rps": figure(seen["rps"]),
                f"page_{name}_p50": figure(seen["p50"]),
                f"page_{name}_p99": figure(seen["p99"], "<= 100"),
                f"page_{name}_cpu_microseconds": figure(seen["cpu"]),
                f"page_{name}_errors": figure(seen["errors"], "<= 0"),
            }
    return found


def _bare(url):
    with psycopg.connect(plain(url), autocommit=True) as connection:
        seen = timing.spread(lambda query: connection.execute(query).fetchall(), [BARE] * 100)
    return {"bare_query_p50": figure(seen.p50), "bare_query_p99": figure(seen.p99)}


def _passes():
    before = time.process_time()
    first, said = _timed(tick)
    ours = time.process_time() - before
    again, nothing = _timed(tick)
    asked, _ = _timed(look)
    return {
        "first_pass_seconds": figure(first, "<= 5"),
        "first_pass_cpu_seconds": figure(ours),
        "first_pass_notices": figure(said),
        "idle_pass_seconds": figure(again, "<= 5"),
        "idle_pass_notices": figure(nothing, "<= 0"),
        "look_seconds": figure(asked),
    }


def tick():
    """Do all that the ticker has done for cases; return how much that was."""
    now, done = datetime.now(UTC), 0
    for step in (reminders.remind, lapsing.lapse, recounting.recount):
        number = 1
        while number:
            with Writing() as session:
                number = step(session, RULES, now=now)
            done += number
    return done


def look():
    """Ask what the ticker asks every minute."""
    now = datetime.now(UTC)
    with Reading() as session:
        reminders.is_due(session, RULES, now=now)
        lapsing.any_missed(session, now=now)
        recounting.is_due(session, RULES, now=now)


def _timed(act):
    began = time.perf_counter()
    result = act()
    return time.perf_counter() - began, result
