"""Judging remembers which rows apply in an era; on no day does that say anything else."""

from datetime import date, timedelta

import pytest

from core.records import RecordKind
from core.rules.dated import turns
from core.rules.judging import Judge, Question, find
from core.rules.matters import Matter
from core.subjects import SubjectKind
from tests.core.department_files import RULES

DAY = timedelta(days=1)
TURNS = turns(row for _, row in RULES.every())
DAYS = sorted({day + DAY * off for day in TURNS for off in (-1, 0, 1)})
MATTERS = [
    *(
        (RecordKind.PENALTY, authority, None, {"penalty_types": types, "violation_type": about})
        for authority in ("昆明市市场监督管理局", "昆明市交通运输局", "")
        for types in (["罚款"], ["警告"], ["责令关闭", "罚款"], ["从未听说"], [])
        for about in ("经营超过保质期的食品", "超限运输")
    ),
    *((one.kind, "昆明市某局", one.code, {"term_months": 12}) for one in RULES.list_kinds),
    *((one.kind, "昆明市某局", one.code, {}) for one in RULES.list_kinds),
    *((kind, "昆明市某局", None, {}) for kind in RecordKind),
]


def exactly(matter, day):
    """Ask for the rows of a day itself, with every word of the matter."""
    return find(
        RULES,
        Question(
            kind=matter.kind,
            decided=day,
            day=day,
            authority=matter.authority,
            about=RULES.gist(matter.about),
            subject_kind=matter.subject_kind,
            list_kind=matter.list_kind,
            types=tuple(matter.penalty_types),
            sums=tuple(matter.sums.items()),
            has_end=matter.given_end is not None,
        ),
    )


@pytest.mark.parametrize("matter", MATTERS, ids=str)
@pytest.mark.parametrize("whose", [SubjectKind.LEGAL_ENTITY, SubjectKind.NATURAL_PERSON])
def test_on_every_day_the_same_rows_apply_as_if_nothing_were_remembered(matter, whose):
    kind, authority, list_kind, facts = matter
    judge = Judge(RULES)
    for day in DAYS:
        one = Matter(kind, day, authority, whose, list_kind, facts)
        found = exactly(one, day)
        ruling = judge.judge(one)
        assert (ruling.severity, ruling.visibility) == (found.severity, found.visibility)
        assert (ruling.applied, ruling.left_open) == (found.applied, found.left_open)
        assert ruling.rule == (found.term.name if found.term else None)


def test_before_any_rule_nothing_applies():
    one = Matter(RecordKind.PENALTY, date(1950, 1, 1), "x", SubjectKind.LEGAL_ENTITY)
    assert Judge(RULES).judge(one).rule is None
