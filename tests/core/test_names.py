"""What a subject was called before, kept by intake and found by search."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import sqlalchemy as sa

from core import names, query
from core.db import Reading, Writing
from core.names import SubjectName
from core.subjects import Subject
from tests.core.department_files import PENALTY
from tests.core.given import subject

DOCUMENT = "行政处罚决定书文号"
NAME = "行政相对人名称"
DECIDED = "处罚决定日期"
FIRST = PENALTY[NAME]
NEW = "昆明示例新味餐饮有限公司"


def kept():
    with Reading() as session:
        rows = session.scalars(sa.select(SubjectName).order_by(SubjectName.id))
        return [(row.name, row.since, row.until) for row in rows]


def found(text):
    with Reading() as session:
        return [(hit.name, hit.former_name) for hit in query.by_name(session, text, limit=10)]


def test_a_former_name_is_kept_with_its_interval(take_in):
    take_in(PENALTY)
    take_in(PENALTY | {NAME: NEW, DOCUMENT: "新1号", DECIDED: "2026-07-01"})
    take_in(PENALTY | {NAME: FIRST, DOCUMENT: "新2号", DECIDED: "2026-08-01"})

    assert kept() == [
        (FIRST, None, date(2026, 7, 1)),
        (NEW, date(2026, 7, 1), date(2026, 8, 1)),
    ]
    assert found("新味餐饮") == [(FIRST, NEW)]
    assert found(FIRST) == [(FIRST, None)]


def test_another_spelling_is_no_other_name(take_in):
    take_in(PENALTY)
    take_in(PENALTY | {NAME: f"{FIRST[:2]}（{FIRST[2:]}）", DOCUMENT: "1号", DECIDED: "2026-07-01"})

    assert kept() == []


def test_a_rename_that_comes_again_is_kept_once(take_in):
    renamed = PENALTY | {NAME: NEW, DOCUMENT: "新1号", DECIDED: "2026-07-01"}
    take_in(PENALTY)
    take_in(renamed)
    take_in(renamed, report=None)

    assert kept() == [(FIRST, None, date(2026, 7, 1))]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_who_rename_at_once_take_turns(take_in):
    """Who is second sees what the first one made of the name; the newest decision names it."""
    take_in(PENALTY)
    with ThreadPoolExecutor(1) as pool:
        with Writing() as session:
            session.execute(sa.update(Subject).values(name="别的名字", name_key="别的名字"))
            row = PENALTY | {NAME: NEW, DOCUMENT: "新1号", DECIDED: "2026-07-01"}
            taken = pool.submit(take_in, row, report=None)
            with pytest.raises(TimeoutError):
                taken.result(timeout=0.5)
        taken.result()

    assert kept() == [("别的名字", None, date(2026, 7, 1))]
    assert found("新味餐饮") == [(NEW, None)]


def test_an_entity_is_shown_once_by_its_best_name(database):
    entity = subject("云南春城茶业有限公司")
    other = subject("春城茶业商行")
    with Writing() as session:
        names.keep(session, entity.id, "春城茶业", until=date(2020, 1, 1))
        names.keep(session, entity.id, "昆明春城茶业", until=date(2021, 1, 1))

    assert found("春城茶业") == [
        ("云南春城茶业有限公司", "春城茶业"),  # exact, though only formerly
        ("春城茶业商行", None),
    ]
    assert found("春城") == [("云南春城茶业有限公司", "春城茶业"), ("春城茶业商行", None)]
    assert found("城茶业") == [("春城茶业商行", None), ("云南春城茶业有限公司", None)]
    assert found("昆明春城") == [("云南春城茶业有限公司", "昆明春城茶业")]
    assert other.id > entity.id
