"""Name search by class of question, beside the look-up of a code in the same database.

    ./xinyong bench search [--entities N] [--asked N] [--sqlite]

Names are made up in the shapes that a city's register has: traders with their district in front,
companies with their form behind, branches, cooperatives, offices; some bore another name before.
"""

import argparse
import random
import statistics
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from config import database
from core import db, frequencies, query
from core.db import Reading, Writing
from core.glance import Glancing
from core.stretches import Filters
from tests.bench.report import figure
from tests.fixtures.cluster import Cluster, binaries

PAGE = 20
TODAY = date(2026, 11, 23)
EVERYBODY = Filters()
DISTRICTS = {
    "五华区": "530102",
    "盘龙区": "530103",
    "官渡区": "530111",
    "西山区": "530112",
    "呈贡区": "530114",
    "安宁市": "530181",
    "宜良县": "530125",
    "东川区": "530113",
}
BRANDS = (
    "滇云春城翠湖金马碧鸡彩花都高原红嘴鸥雪莲茶石榴核桃松茸福顺祥瑞鑫源盛达兴隆宏泰永昌恒丰嘉和德"
    "荣华锦程远航博雅众诚信义佳美新天地龙凤麒麟鹏鹤山川江河海洋日月星辰东南西北中文武李王张刘陈杨"
)
TRADES = "商贸 科技 建筑工程 餐饮管理 文化传播 物流 信息咨询 装饰工程 农业开发 医药 教育 旅游 服饰"
SHOPS = "小吃店 便利店 服装店 餐厅 理发店 米线店 烧烤店 五金经营部 建材经营部 茶叶店 工作室 百货店"
OFFICES = "市场监督管理局 卫生健康局 教育体育局 自然资源局 税务局 交通运输局 文化和旅游局"
COMMON = "昆明 有限 公司 云南 商贸 经营 五华 限公 昆明市 有限公司 责任公司 经营部"
TRADES, SHOPS, OFFICES, COMMON = (words.split() for words in (TRADES, SHOPS, OFFICES, COMMON))


def entity(draw):
    """Make up a name, its district and its kind."""
    district, code = draw.choice(list(DISTRICTS.items()))
    brand = "".join(draw.choices(BRANDS, k=draw.choice((2, 2, 3, 3, 3, 4))))
    shape = draw.random()
    if shape < 0.45:
        where = draw.choice(("昆明市", "", "")) + draw.choice((district, district[:2], ""))
        return f"{where}{brand}{draw.choice(SHOPS)}", code, "sole_trader"
    if shape < 0.94:
        where = draw.choice(("云南", "昆明", "昆明市", f"昆明{district[:2]}", ""))
        form = draw.choice(("有限公司", "有限公司", "有限责任公司"))
        return f"{where}{brand}{draw.choice(TRADES)}{form}", code, "legal_entity"
    if shape < 0.97:
        other = f"云南{brand}{draw.choice(TRADES)}有限公司昆明{district[:2]}分公司"
        return other, code, "unincorporated"
    if shape < 0.995:
        return f"{district}{brand}种植农民专业合作社", code, "legal_entity"
    office = f"昆明市{district}{draw.choice(('', brand))}{draw.choice(OFFICES)}"
    return office, code, "government_body"


@contextmanager
def built(folder, entities, *, sqlite):
    """Fill a database; yield it bound, with the entities' names by their codes."""
    cluster = None if sqlite else Cluster(binaries())
    url = cluster.url if cluster else f"sqlite:///{folder / 'bench.db'}"
    database.upgrade(url)
    engine = db.connect(url)
    reader = db.connect_reader(url)
    db.bind(engine, reader)
    try:
        yield _filled(entities)
    finally:
        engine.dispose()
        reader.dispose()
        if cluster:
            cluster.close()


def _filled(entities):
    draw = random.Random(530100)
    names, before = {}, []
    with Writing() as session:
        for start in range(0, entities, 10_000):
            rows = []
            for number in range(start, min(start + 10_000, entities)):
                name, district, kind = entity(draw)
                uscc = f"9153010{number:010}X"
                names[uscc] = name
                rows.append({"u": uscc, "n": name, "d": district, "k": kind})
                if draw.random() < 0.03:
                    before.append({"u": uscc, "n": entity(draw)[0], "day": date(2020, 1, 1)})
            session.execute(_SUBJECT, rows)
        session.execute(_FORMER, before)
    with Reading() as session:
        session.execute(sa.text("analyze"))
        rows = frequencies.count(session)
    with Writing() as session:
        frequencies.keep(session, rows)
    return names, [row["n"] for row in before]


_SUBJECT = sa.text(
    "insert into subjects (kind, uscc, uscc_check_ok, name, name_key, district, state,"
    " first_seen_at) values (:k, :u, true, :n, :n, :d, 'active', '2026-01-01 00:00:00+00:00')"
)
_FORMER = sa.text(
    "insert into subject_names (subject_id, name, name_key, until)"
    " select id, :n, :n, :day from subjects where uscc = :u"
)


def questions(names, former, count):
    """Return what is asked of each class: texts, or a text with filters."""
    draw = random.Random(1)
    whole = draw.choices(list(names.values()), k=count)

    def parts(length):
        return [
            one[at : at + length] for one in whole for at in [draw.randrange(len(one) - length)]
        ]

    districts = [Filters(district=one) for one in DISTRICTS.values()]
    offices = Filters(kind="government_body")
    rare = [draw.choice(BRANDS) + draw.choice(BRANDS) for _ in whole]
    common = [COMMON[number % len(COMMON)] for number in range(count)]
    return {
        "full": [(one, EVERYBODY) for one in whole],
        "former_full": [(draw.choice(former), EVERYBODY) for _ in whole],
        "prefix": [(one[: draw.randint(3, 6)], EVERYBODY) for one in whole],
        "rare_2": [(one, EVERYBODY) for one in rare],
        "any_3": [(one, EVERYBODY) for one in parts(3)],
        "any_4": [(one, EVERYBODY) for one in parts(4)],
        "common": [(one, EVERYBODY) for one in common],
        "common_in_district": [(one, draw.choice(districts)) for one in common],
        "common_office": [(one, offices) for one in common],
        "absent": [(f"{one[0]}龘{one[1]}", EVERYBODY) for one in rare],
    }


def main(arguments):
    chosen = _chosen(arguments)
    with tempfile.TemporaryDirectory() as folder:
        held = built(Path(folder), chosen.entities, sqlite=chosen.sqlite)
        with held as (names, former), Glancing() as look:
            codes = random.Random(2).choices(list(names), k=chosen.asked)
            seen = {"code": _timed(lambda one: query.by_uscc(look, one, today=TODAY), codes)}
            for name, asked in questions(names, former, chosen.asked).items():
                seen[name] = _timed(lambda one: _searched(look, *one), asked)
    return _figures(seen)


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench search")
    parser.add_argument("--entities", type=int, default=300_000)
    parser.add_argument("--asked", type=int, default=500)
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args(arguments)


def _searched(look, text, filters):
    query.by_name(look, text, limit=PAGE + 1, filters=filters)


def _timed(ask, questions):
    """Ask everything once to warm up, then again by the clock; return p50 and p99 in ms."""
    taken = []
    for one in questions * 2:
        start = time.perf_counter()
        ask(one)
        taken.append((time.perf_counter() - start) * 1000)
    found = statistics.quantiles(taken[len(questions) :], n=100)
    return found[49], found[98]


def _figures(seen):
    code = seen["code"][1]
    figures = {}
    for name, (p50, p99) in seen.items():
        print(f"{name}: p50 {p50:.3f} / p99 {p99:.3f} 毫秒", flush=True)
        figures[f"{name}_p50"] = figure(p50)
        figures[f"{name}_p99"] = figure(p99, "<= 15")
    for name in ("full", "rare_2"):
        figures[f"{name}_to_code"] = figure(seen[name][1] / code, "<= 3")
    return figures
