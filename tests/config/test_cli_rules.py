"""`./xinyong rules`: what is in force on a day, and re-evaluation."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
import time_machine

from core import db
from core.audit.trail import Entry, TrailKind
from core.records import Record
from tests.core.given_reevaluation import OLD, penalty

CHANGED = """重新评估完成：
  看过 2 条
  有变化 2 条
  公示期变化 2 条
  跨新旧规则，从有利规定 2 条
"""
UNCHANGED = "重新评估完成：\n  看过 2 条\n  有变化 0 条\n"


@pytest.fixture
def database_url(sqlite_url):
    """One engine will do: what differs between them is tested in core."""
    return sqlite_url


def lines(typed, *words):
    code, said, complaint = typed("rules", *words)
    assert (code, complaint) == (0, "")
    return said.splitlines()


def test_the_rules_of_a_day_are_listed_part_by_part(typed):
    said = lines(typed, "--on", "2026-03-31")

    parts = [line[3:] for line in said if line.startswith("── ")]
    assert parts == [
        *("公示期", "失信程度", "办理时限", "披露范围", "归集目录", "名单", "惩戒措施"),
        *("不予归集", "撤销修复后的公示期", "保存和有效的期限"),
    ]
    place = next(number for number, line in enumerate(said) if line.startswith("令58 行政处罚 "))
    assert said[place].split() == ["令58", "行政处罚", "2023-05-01—2026-03-31", "据转载、将到期"]
    assert said[place + 1] == (
        "    行政处罚：自决定之日起，最长 36 个月，满 3 个月可申请提前终止"
        "〔《失信行为纠正后的信用信息修复管理办法（试行）》（国家发展改革委令第58号）〕"
    )
    assert not any(line.startswith("令36 一般行政处罚 ") for line in said)
    assert said[-1].startswith("官方工作日历：2026 年；")


def test_columns_stand_under_each_other_though_chinese_is_wide(typed):
    said = lines(typed, "--on", "2026-04-01", "--kind", "办理时限")
    rows = [line for line in said if "—今" in line]

    places = {len(row[: row.index("20")].encode("gbk")) for row in rows}
    assert len(rows) > 20
    assert len(places) == 1


def test_today_is_the_day_in_kunming(typed):
    with time_machine.travel(datetime(2026, 3, 31, 16, 30, tzinfo=UTC), tick=False):
        said = lines(typed, "--kind", "公示期")
    assert said[-2].startswith("2026-04-01：")


def test_what_is_unverified_or_about_to_expire_is_listed_alone(typed):
    unverified = lines(typed, "--state", "未核实", "--on", "2026-04-01")
    rows = [line for line in unverified if "—今" in line]
    assert rows
    assert all(line.endswith("未核实") for line in rows)
    assert (
        unverified[-2]
        == f"2026-04-01：{len(rows)} 条，其中未核实 {len(rows)} 条，90 天内到期 0 条。"
    )

    expiring = lines(typed, "--state", "将到期", "--on", "2026-03-31")
    assert any(line.startswith("令58 行政处罚 ") for line in expiring)
    assert lines(typed, "--state", "将到期", "--on", "2026-04-01")[0].startswith("2026-04-01：0 条")


def test_a_wrong_word_is_explained(typed):
    code, _, complaint = typed("rules", "--kind", "法律")
    assert code == 2
    assert "没有 法律，可选 " in complaint


def rules_of(database):
    db.bind(database.engine)
    with db.Reading() as session:
        return set(session.scalars(sa.select(Record.rule)))


def test_records_are_re_evaluated_once_and_tried_before(typed, database):
    with time_machine.travel(datetime(2026, 5, 20, tzinfo=UTC)):
        for _ in range(2):
            penalty()

        code, said, _ = typed("rules", "reevaluate", "--dry-run")
        assert (code, said) == (
            0,
            CHANGED.replace("重新评估完成", "试算，没有改动任何记录"),
        )
        assert rules_of(database) == {OLD}

        assert typed("rules", "reevaluate") == (0, CHANGED, "")
        assert rules_of(database) == {"令36 一般行政处罚"}
        assert typed("rules", "reevaluate") == (0, UNCHANGED, "")

    db.bind(database.engine)
    with db.Reading() as session:
        acts = session.scalars(sa.select(Entry).where(Entry.kind == TrailKind.ACT)).all()
    assert [(act.role, act.action, act.facts["changed"]) for act in acts] == [
        ("reevaluate", "reevaluate", 2)
    ]
