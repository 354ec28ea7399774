"""Browsing lists, the scoreboard and a release at some size, on PostgreSQL.

    ./xinyong bench browse [--records N]

Records of five years in sixty departments and fifteen districts, and one district that has none;
what is older than two years has expired. A page has twenty records.
"""

import argparse
import statistics
import time
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa

from config import database, rulebook
from core import browse, db, releases, scoreboard, standing
from core.browse import Place, Wanted
from core.db import Reading, Writing
from core.records import RecordKind
from core.scoreboard import Asked
from tests.bench.report import figure
from tests.fixtures import postgresql
from tests.fixtures.postgresql import Cluster

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 4, tzinfo=UTC)
ROUNDS = 60
LIST, PENALTIES = Wanted(RecordKind.BLACK_LIST, "WAGE_ARREARS"), {"kind": RecordKind.PENALTY}

FILL = (
    "insert into departments (name) select '部门' || n from generate_series(1, 60) n",
    """
insert into subjects (kind, uscc, uscc_check_ok, name, name_key, district, state, first_seen_at)
select 'legal_entity', 'S' || n, true, '企业' || n, '企业' || n,
  case when n % 1000 = 0 then '530129' else '5301' || 10 + n % 14 end, 'active', now()
from generate_series(1, :records / 7) n""",
    """
insert into records (natural_key, fingerprint, version, subject_id, kind, list_kind, title, state,
  visibility, authority, department_id, document_no, event_date, ends_on, facts, applied, batch_id,
  received_at, published_at)
select n, 'f', 1, 1 + (n * cast(7919 as bigint)) % (:records / 7), k.kind, k.list_kind, '示例事项',
  case when d.age > 730 then 'expired' else 'published' end, 'public', '部门', 1 + n % 60, '示例号',
  date '2026-11-23' - d.age, date '2026-11-23' - d.age + 730, '{}', '{}', 1,
  timestamptz '2026-11-23' - make_interval(days => d.age - n % 14), now()
from generate_series(1, :records) n,
  lateral (select case when n % 20 = 0 then 'black_list' when n % 20 = 1 then 'promise'
    when n % 20 < 9 then 'penalty' else 'licence' end as kind,
    case when n % 20 = 0 then 'WAGE_ARREARS' end as list_kind) k,
  lateral (select cast((n * cast(104729 as bigint)) % 1826 as integer) as age) d""",
)


def main(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench browse")
    parser.add_argument("--records", type=int, default=1_000_000)
    chosen = parser.parse_args(arguments)
    cluster = Cluster(postgresql.binaries())
    try:
        engine = _filled(cluster.url, chosen.records)
        db.bind(engine)
        return _pages(engine) | _counts() | _release()
    finally:
        cluster.close()


def _filled(url, records):
    database.upgrade(url)
    engine = db.connect(url, patience=100, poolclass=sa.pool.StaticPool)
    with engine.begin() as connection:
        for statement in FILL:
            connection.execute(sa.text(statement), {"records": records})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("vacuum analyze")
    return engine


def _pages(engine):
    old = Place(TODAY - timedelta(days=740), 0)
    cases = {
        "list": (LIST, None, "<= 15"),
        "list_deep": (LIST, Place(TODAY - timedelta(days=600), 0), "<= 15"),
        "double_publicity": (Wanted(**PENALTIES), None, "<= 15"),
        "district": (Wanted(**PENALTIES, district="530112"), None, "<= 15"),
        "department": (Wanted(**PENALTIES, department_id=7), None, "<= 15"),
        # The bound of the walk is what these two cost.
        "no_district": (Wanted(**PENALTIES, district="530199"), None, "<= 250"),
        "expired_end": (Wanted(**PENALTIES), old, "<= 250"),
    }
    with engine.connect() as connection:
        least = _waits(lambda: connection.exec_driver_sql("select 1").scalar())
    found = {"select_1_p50_ms": figure(least[0]), "select_1_p99_ms": figure(least[1])}
    for name, (wanted, after, goal) in cases.items():
        p50, p99 = _waits(lambda wanted=wanted, after=after: _page(wanted, after))
        found |= {f"{name}_p50_ms": figure(p50, goal), f"{name}_p99_ms": figure(p99)}
        found[f"{name}_sorts"] = figure(_plan(engine, wanted, after).count("Sort"), "<= 0")
    return found


def _page(wanted, after):
    with Reading() as session:
        return browse.page(session, wanted, today=TODAY, limit=20, after=after)


def _plan(engine, wanted, after):
    """Return PostgreSQL's plan of a page, and print it."""
    kept = browse._kept(wanted, after, offices=None, today=TODAY)
    compiled = kept.limit(21).compile(engine, compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        lines = connection.exec_driver_sql(f"explain {compiled}".replace("%", "%%")).scalars()
        plan = "\n".join(lines)
    print(plan, flush=True)
    return plan


def _counts():
    rules = rulebook.load()

    def score(days):
        with Reading() as session:
            asked = Asked(TODAY - timedelta(days=days), TODAY, TODAY)
            return scoreboard.of(session, asked, rules=rules)

    def over():
        with Reading() as session:
            return standing.any_over(session, TODAY)

    return {
        "scoreboard_quarter_ms": figure(_waits(lambda: score(91), 5)[0], "<= 500"),
        "any_over_ms": figure(_waits(over)[0], "<= 5"),
    }


def _release():
    began = time.perf_counter()
    with Writing() as session:
        number = releases.make(session, "WAGE_ARREARS", now=NOW)
    made = time.perf_counter() - began

    def show():
        with Reading() as session:
            return releases.show(session, number, today=TODAY)

    return {
        "release_members": figure(show().total),
        "release_make_ms": figure(made * 1000),
        "release_page_p50_ms": figure(_waits(show)[0], "<= 100"),
    }


def _waits(act, rounds=ROUNDS):
    """Return the median and the 99th percentile of so many calls, in milliseconds."""
    act()
    seen = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        seen.append((time.perf_counter() - began) * 1000)
    return statistics.median(seen), sorted(seen)[int(len(seen) * 0.99)]
