"""`./xinyong audit verify`, and what the other commands leave in the trail."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from config import heads, jobs
from config.settings import ROOT
from core import db
from core.audit.trail import Entry
from tests.config.programs import GOOD, let_go
from tests.core.trails import KEY, noted, tampered


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


@pytest.fixture
def verify(typed, database, tmp_path):
    os.environ["AUDIT_KEY"] = KEY.decode()

    def verify():
        said = typed("audit", "verify")
        db.bind(database.engine)
        return said

    return verify


@pytest.fixture
def seal(tmp_path, database):
    def seal(number=1):
        noted(number)
        heads.seal(tmp_path / "var" / "audit", KEY, clock=lambda: datetime.now(UTC))

    return seal


def test_an_empty_trail_is_clean(verify):
    said = "已封存 0 行，共 0 次；尚未封存 0 行。\n没有发现问题。\n"
    assert verify() == (0, said, "")


def test_a_clean_chain_is_summed_up_with_what_waits(verify, seal):
    seal(3)
    seal(2)
    noted(now=datetime.now(UTC) - timedelta(minutes=7, seconds=5))

    code, said, _ = verify()

    assert (code, said) == (
        0,
        "已封存 5 行，共 2 次；尚未封存 1 行，最早的一行已等 7 分钟。\n没有发现问题。\n",
    )


SPOILT = (
    "update trail set actor = 'account:1' where number = 2",
    "delete from trail where number between 4 and 6",
    "delete from trail where number = 8",
    "update trail set number = 12 where number = 9",
    (
        "insert into trail (kind, actor, role, action, facts, at, number) "
        "values ('act', 'x', 'x', 'x', '{}', '2026-01-01', 'x'), "
        "('act', 'x', 'x', 'x', '{}', '2026-01-01', 'y')"
    ),
)
NAMED = """发现 7 处问题：
登记文件第 2 行不是封存登记
第 2 行被改过
第 4–6 行不见了
第 8–9 行不见了
第 12 行不在任何一次封存之内，是后加的
第 x 行不在任何一次封存之内，是后加的
第 y 行不在任何一次封存之内，是后加的
"""


def test_every_fault_is_named_and_neighbours_together(verify, seal, tmp_path):
    seal(9)
    tampered(*SPOILT)
    path = heads.path_in(tmp_path / "var" / "audit")
    path.write_text(path.read_text() + "nonsense\n")

    code, said, _ = verify()

    assert (code, said.partition("\n")[2]) == (1, NAMED)


def test_rows_that_changed_places_are_named(verify, seal):
    seal(3)
    tampered(
        "update trail set number = -1 where number = 1",
        "update trail set number = 1 where number = 2",
        "update trail set number = 2 where number = -1",
    )

    code, said, _ = verify()

    assert code == 1
    assert "第 1 行换了位置，封存时是第 2 行\n第 2 行换了位置，封存时是第 1 行\n" in said


def test_a_file_of_heads_that_is_gone_is_said(verify, seal, tmp_path):
    seal()
    seal()
    heads.path_in(tmp_path / "var" / "audit").unlink()

    code, said, _ = verify()

    assert code == 1
    assert said.endswith("登记文件 heads.log 不见了\n登记文件里缺少第 1–2 次封存\n")

    seal()
    code, said, _ = verify()
    assert (code, "登记文件里有 2 次是事后补记的" in said) == (0, True)


def test_another_key_is_said_as_such(verify, seal):
    seal(3)
    os.environ["AUDIT_KEY"] = "another"

    code, said, _ = verify()

    assert code == 1
    assert "AUDIT_KEY 不是封存时的密钥" in said


def acts(database):
    db.bind(database.engine)
    with db.Reading() as session:
        return [
            (row.actor, row.role, row.action, row.object, row.facts)
            for row in session.scalars(sa.select(Entry).order_by(Entry.id))
        ]


def test_taking_a_file_in_and_publishing_it_are_acts(typed, database):
    lists = ROOT / "config" / "sample_data" / "lists_synthetic.csv"

    typed("intake", lists)
    typed("intake", lists, "--publish")
    typed("intake", lists, "--publish")

    assert acts(database) == [
        ("cli", "intake", "take_in", "batch:1", {}),
        ("cli", "intake", "take_in", "batch:2", {}),
        ("cli", "intake", "publish", "batch:2", {"records": 5}),
        ("cli", "intake", "take_in", "batch:3", {}),
    ]


def test_publishing_an_article_is_an_act_once(typed, database, tmp_path):
    (tmp_path / "article.md").write_text("# 诚信\n\n正文\n")

    for _ in range(2):
        typed("campaign", "article.md")

    assert acts(database) == [("cli", "staff", "publish", "article:1", {})]


def test_the_job_seals_what_was_noted(database, tmp_path, monkeypatch):
    given = GOOD | {"DATABASE_URL": database.url, "VAR_DIR": str(tmp_path)}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    noted(2)

    jobs.seal_trail()

    jobs.tools.cache_clear()
    let_go(database)
    assert heads.snapshot(tmp_path / "audit")[0] == 1
