"""An archive to measure on: entities with seven records each on average, made by SQL."""

from contextlib import contextmanager

import sqlalchemy as sa

from config import database
from core import db
from tests.fixtures import postgresql
from tests.fixtures.postgresql import Cluster

_PLACES = "五华盘龙官渡西山呈贡晋宁东川安宁宜良石林嵩明寻甸富民禄劝"
_BRANDS = "滇云春城翠湖金马碧鸡彩云花都高原红嘴鸥雪莲茶马石榴核桃松茸"
_TRADES = ("餐饮有限公司", "建筑工程有限公司", "物流有限责任公司", "旅行社有限公司", "商贸有限公司")


@contextmanager
def built(folder, entities, *, sqlite):
    """Make the database; yields its address."""
    if sqlite:
        url = f"sqlite:///{folder / 'bench.db'}"
        _fill(url, entities)
        yield url
        return
    cluster = Cluster(postgresql.binaries())
    try:
        _fill(cluster.url, entities)
        yield cluster.url
    finally:
        cluster.close()


def code(number):
    """Return the credit code of an entity; its check digits are not meant to hold."""
    return f"91530102{number:09}X"


def name(number):
    """Return the name of an entity: a place, a brand of three characters, a trade."""
    place = _PLACES[2 * (number % 14) : 2 * (number % 14) + 2]
    brand = "".join(_BRANDS[number // 29**power % len(_BRANDS)] for power in range(3))
    return f"昆明{place}{brand}{number % 97}{_TRADES[number % len(_TRADES)]}"


def questions(entities):
    """Return what citizens ask: 70 % codes, 20 % whole names, 10 % names that nobody has."""
    step = max(1, entities // 1000)
    held = range(0, entities, step)
    codes = [code(number) for number in held]
    names = [name(number) for number in list(held)[: len(codes) * 2 // 7]]
    missing = [f"没有这家{brand}公司" for brand in _BRANDS * 10][: len(codes) // 7]
    return codes + names + missing


def _fill(url, entities):
    database.upgrade(url)
    engine = db.connect(url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        insert = sa.text(
            "insert into subjects (kind, uscc, uscc_check_ok, name, name_key, district, state,"
            " first_seen_at) values ('legal_entity', :u, true, :n, :n, '530102', 'active', :t)"
        )
        moment = "2026-01-01 00:00:00+00:00"
        for start in range(0, entities, 10_000):
            rows = range(start, min(start + 10_000, entities))
            connection.execute(
                insert, [{"u": code(number), "n": name(number), "t": moment} for number in rows]
            )
        connection.exec_driver_sql(
            "insert into departments (uscc, name) values (null, '昆明市示例局')"
        )
        connection.execute(sa.text(_RECORDS), {"t": moment})
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("analyze")
    engine.dispose()


_RECORDS = """
insert into records (natural_key, fingerprint, version, subject_id, kind, list_kind, title,
  severity, state, authority, department_id, document_no, event_date, repairable_from, ends_on,
  rule, facts, batch_id, received_at, published_at)
with recursive n(i) as (select 0 union all select i + 1 from n where i < 13)
select s.id || '-' || n.i, 'f', 1, s.id, case when n.i % 3 = 0 then 'penalty' else 'licence' end,
  null, '示例事项', null, 'published', '昆明市示例局', 1, '示例号', date('2026-01-01'), null, null,
  null, '{}', 1, :t, :t
from subjects s join n on n.i < s.id % 14
"""
