"""The disclosure matrix, cell by cell: whose record, in which situation, seen by whom.

Each line is one row of the law's matrix; each word holds the four viewers in the order public,
subject, authorised, internal: `PSAI` all of them, `-S-I` the subject and staff, `----` nobody. The
cells are written out by hand; `may_see` and the query for the public must both agree with them.
"""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from core.db import Reading
from core.disclosure import Viewer, ViewerKind, may_see
from core.records import Record, RecordKind, RecordState, Severity, is_public
from core.subjects import SubjectKind
from tests.core.department_files import (
    CHILD_ID,
    CITIZEN_ID,
    PENALTY,
    RULES,
    read,
    reasons,
)
from tests.core.given import record, subject

TODAY = date(2026, 5, 20)
_K, _S, _W = RecordKind, Severity, SubjectKind
LEGAL, UNINCORPORATED, BODY = _W.LEGAL_ENTITY, _W.UNINCORPORATED, _W.GOVERNMENT_BODY
TRADER, PERSON = _W.SOLE_TRADER, _W.NATURAL_PERSON

SITUATIONS = "in_term over repaired withdrawn held quarantined shielded".split()
SHOWN = "PSAI -S-I -S-I -S-I -S-I ---I -S-I"
OWN = "-S-I -S-I -S-I -S-I -S-I ---I -S-I"
LENT = "-SAI -S-I -S-I -S-I -S-I ---I -S-I"
ROWS = {
    # 法人/非法人 登记基本、许可、处罚(一般/严重, in term)、红黑名单、承诺、A级
    "licence of a legal entity": (_K.LICENCE, None, LEGAL, None, SHOWN),
    "licence of an organisation": (_K.LICENCE, None, UNINCORPORATED, None, SHOWN),
    "licence of a government body": (_K.LICENCE, None, BODY, None, SHOWN),
    "general penalty": (_K.PENALTY, None, LEGAL, _S.GENERAL, SHOWN),
    "serious penalty": (_K.PENALTY, None, LEGAL, _S.SERIOUS, SHOWN),
    "serious penalty of a government body": (_K.PENALTY, None, BODY, _S.SERIOUS, SHOWN),
    "black list": (_K.BLACK_LIST, "WAGE_ARREARS", LEGAL, None, SHOWN),
    "black list of an organisation": (_K.BLACK_LIST, "WORK_SAFETY", UNINCORPORATED, None, SHOWN),
    "taxpayer A": (_K.RED_LIST, "TAXPAYER_A", LEGAL, None, SHOWN),
    "customs AEO": (_K.RED_LIST, "CUSTOMS_AEO", LEGAL, None, SHOWN),
    "honour": (_K.HONOUR, None, LEGAL, None, SHOWN),
    "promise": (_K.PROMISE, None, LEGAL, None, SHOWN),
    "abnormal operation": (_K.ABNORMAL_OPERATION, "ABNORMAL_OPERATION", LEGAL, None, SHOWN),
    "defaulting entity": (_K.JUDGMENT_DEFAULTER, None, LEGAL, None, SHOWN),
    # 个体工商户
    "licence of a sole trader": (_K.LICENCE, None, TRADER, None, SHOWN),
    "penalty of a sole trader": (_K.PENALTY, None, TRADER, _S.GENERAL, SHOWN),
    "black list of a sole trader": (_K.BLACK_LIST, "WAGE_ARREARS", TRADER, None, SHOWN),
    "promise of a sole trader": (_K.PROMISE, None, TRADER, None, SHOWN),
    # 轻微处罚
    "minor penalty": (_K.PENALTY, None, LEGAL, _S.MINOR, OWN),
    "minor penalty of a sole trader": (_K.PENALTY, None, TRADER, _S.MINOR, OWN),
    "minor penalty of a person": (_K.PENALTY, None, PERSON, _S.MINOR, OWN),
    "slight listing in tourism": (_K.BLACK_LIST, "CULTURE_TOURISM_MINOR", LEGAL, _S.MINOR, OWN),
    "list of concern in commerce": (_K.BLACK_LIST, "COMMERCE_CONCERN", LEGAL, _S.GENERAL, OWN),
    # 自然人 失信被执行人: the court publishes, we do not
    "defaulting person": (_K.JUDGMENT_DEFAULTER, None, PERSON, None, LENT),
    # 自然人 处罚/许可
    "penalty of a person": (_K.PENALTY, None, PERSON, _S.GENERAL, LENT),
    "serious penalty of a person": (_K.PENALTY, None, PERSON, _S.SERIOUS, LENT),
    "licence of a person": (_K.LICENCE, None, PERSON, None, LENT),
    "black list of a person": (_K.BLACK_LIST, "WAGE_ARREARS", PERSON, None, LENT),
    "honour of a person": (_K.HONOUR, None, PERSON, None, LENT),
    "promise of a person": (_K.PROMISE, None, PERSON, None, LENT),
    "qualification of a person": (_K.QUALIFICATION, None, PERSON, None, LENT),
    "statement of a person": (_K.VOLUNTARY, None, PERSON, None, LENT),
    # 综合评价/分级
    "evaluation": (_K.EVALUATION, None, LEGAL, None, OWN),
    "evaluation of a sole trader": (_K.EVALUATION, None, TRADER, None, OWN),
    "evaluation of a person": (_K.EVALUATION, None, PERSON, None, OWN),
    # 公务员/医务/学生 诚信档案
    "file of a civil servant": (_K.EVALUATION, "CIVIL_SERVANT_FILE", PERSON, None, OWN),
    "file of a doctor": (_K.EVALUATION, "MEDICAL_STAFF_FILE", PERSON, None, OWN),
    "file of a student": (_K.EVALUATION, "STUDENT_FILE", PERSON, None, OWN),
    "qualification in such a file": (_K.QUALIFICATION, "CIVIL_SERVANT_FILE", PERSON, None, OWN),
    # not in the matrix: until a text allows more
    "contract performance": (_K.CONTRACT_PERFORMANCE, None, LEGAL, None, LENT),
    "qualification": (_K.QUALIFICATION, None, LEGAL, None, LENT),
    "voluntary statement": (_K.VOLUNTARY, None, LEGAL, None, LENT),
}
# Whatever no row allows is for staff alone.
ROWS["penalty that nobody classed"] = (
    *(_K.PENALTY, None, LEGAL, None),
    "---I ---I ---I ---I ---I ---I ---I",
)
ENDS = {"over": TODAY - timedelta(days=1)}
STATES = {
    "in_term": RecordState.PUBLISHED,
    "over": RecordState.PUBLISHED,  # the ticker has stopped
    "repaired": RecordState.REPAIRED,
    "withdrawn": RecordState.WITHDRAWN,
    "held": RecordState.HELD,
    "quarantined": RecordState.QUARANTINED,
    "shielded": RecordState.SHIELDED,
}
CELLS = [
    pytest.param(row, situation, cell, id=f"{name}-{situation}")
    for name, row in ROWS.items()
    for situation, cell in zip(SITUATIONS, row[-1].split(), strict=True)
]


@pytest.fixture(scope="module")
def given():
    """Return a record as the rules disclose it, in a situation; not yet written anywhere."""

    def given(row, situation):
        kind, list_kind, whose, severity, _ = row
        visibility, name = RULES.visibility(
            kind, list_kind=list_kind, subject_kind=whose, severity=severity, on=TODAY
        )
        ends_on = ENDS.get(situation, TODAY)
        return {
            "kind": kind,
            "list_kind": list_kind,
            "severity": severity,
            "ends_on": ends_on,
            "visibility": visibility,
            "state": STATES[situation],
            "applied": {"disclosure": name} if name else {},
        }

    return given


def viewers(subject_id):
    return {
        "P": Viewer(ViewerKind.PUBLIC),
        "S": Viewer(ViewerKind.SUBJECT, subject_id),
        "A": Viewer(ViewerKind.AUTHORISED, subject_id),
        "I": Viewer(ViewerKind.INTERNAL),
    }


@pytest.mark.parametrize(("row", "situation", "cell"), CELLS)
def test_a_cell_is_seen_by_those_that_it_names(given, row, situation, cell):
    held = Record(subject_id=7, **given(row, situation))

    seen = [
        letter if may_see(viewer, held, TODAY) else "-" for letter, viewer in viewers(7).items()
    ]

    assert "".join(seen) == cell
    for kind in (ViewerKind.SUBJECT, ViewerKind.AUTHORISED):
        stranger = Viewer(kind, 8)
        assert may_see(stranger, held, TODAY) is (cell[0] == "P")


def test_the_query_for_the_public_finds_exactly_the_public_cells(database, given):
    entity = subject().id
    cells = [
        (record(entity, **given(row, situation)).id, cell[0] == "P")
        for row, situation, cell in (param.values for param in CELLS)
    ]

    with Reading() as session:
        found = set(session.scalars(sa.select(Record.id).where(is_public(TODAY))))

    assert found == {record_id for record_id, public in cells if public}
    assert len(found) == sum(row[-1].startswith("PSAI") for row in ROWS.values())


@pytest.mark.parametrize("state", [RecordState.DISPUTED, RecordState.CORRECTED])
def test_a_disputed_or_corrected_record_is_seen_like_a_published_one(given, state):
    row = ROWS["general penalty"]
    held = Record(subject_id=7, **given(row, "in_term") | {"state": state})
    assert all(may_see(viewer, held, TODAY) for viewer in viewers(7).values())


@pytest.mark.parametrize("state", [RecordState.EXPIRED, RecordState.REMOVED])
def test_an_ended_record_is_history_for_its_subject(given, state):
    held = Record(subject_id=7, **given(ROWS["black list"], "in_term") | {"state": state})
    seen = [may_see(viewer, held, TODAY) for viewer in viewers(7).values()]
    assert seen == [False, True, False, True]


def test_the_rows_cover_every_kind():
    assert {row[0] for row in ROWS.values()} == set(RecordKind)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"处罚机关": "昆明市公安局五华分局"}, "SEALED"),  # 治安管理违法记录
        ({"数据来源单位": "昆明市公安局"}, "SEALED"),
        ({"行政相对人类别": "自然人", "证件号码": CHILD_ID}, "MINOR"),
        ({"行政相对人类别": "未成年人", "证件号码": CITIZEN_ID}, "MINOR"),
    ],
)
def test_what_nobody_may_see_is_not_taken_in(changes, reason):
    assert reasons(read(PENALTY, **changes)) == [reason]
