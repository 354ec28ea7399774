"""`./xinyong batch`: batches are listed and withdrawn, and the trail tells of it."""

import pytest
import sqlalchemy as sa

from core import db
from core.audit.trail import Entry
from core.records import Record, RecordState
from tests.core import department_files
from tests.core.department_files import LISTING, PENALTY


@pytest.fixture
def batch(typed, database, tmp_path):
    def run(*words):
        said = typed("batch", *words)
        db.bind(database.engine)
        return said

    path = tmp_path / "file.csv"
    path.write_text(department_files.text(LISTING), encoding="utf-8")
    typed("intake", path, "--publish")
    path.write_text(department_files.text(PENALTY | {"违法事实": ""}), encoding="utf-8")
    typed("intake", path)
    return run


def test_batches_are_listed_with_their_counts(batch):
    code, said, _ = batch("list")

    second, first = said.splitlines()
    assert code == 0
    assert "file.csv  读取 1，新载入 1，未变 0，退回 0  已完成" in first
    assert "读取 1，新载入 0，未变 0，退回 1  已完成" in second


def test_a_batch_is_withdrawn_and_the_trail_says_by_whom(batch):
    code, said, _ = batch("withdraw", "1", "--why", "名单有误")

    assert (code, said) == (0, "已撤回 1 条。更正后的文件可以重新导入，会作为新的记录载入。\n")
    with db.Reading() as session:
        assert session.scalars(sa.select(Record.state)).all() == [RecordState.WITHDRAWN]
        acts = session.scalars(sa.select(Entry).where(Entry.action == "withdraw")).all()
    assert [(act.object, act.facts) for act in acts] == [
        ("batch:1", {"records": 1}),
        ("batch:1", {"records": 0}),
    ]
    assert "已撤回" in batch("list")[1]


def test_a_batch_that_is_not_there_and_a_reason_that_is_missing(batch):
    assert batch("withdraw", "9", "--why", "x")[0::2] == (
        2,
        "没有这个批次，请用 ./xinyong batch list 核对编号。\n",
    )
    assert "还缺少参数" in batch("withdraw", "1")[2]
