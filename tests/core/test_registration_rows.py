"""A row of registration data is read, or sent back with its reason."""

import pytest

from core.subjects import SubjectState
from tests.core.department_files import CITIZEN_ID, REGISTRATION, read, reasons
from tests.core.given_registrations import AS_OF, CODE, OTHER, STATE, ZONE

WRONG = [
    ({STATE: "不知道"}, "UNKNOWN_STATE"),
    ({STATE: ""}, "MISSING"),
    ({"行政区划": "西城区"}, "UNKNOWN_DISTRICT"),
    ({ZONE: "火星园区"}, "UNKNOWN_ZONE"),
    ({STATE: "合并"}, "NO_SUCCESSOR"),
    ({"存续主体代码": OTHER}, "NOT_MERGED"),
    ({STATE: "合并", "存续主体代码": CODE}, "OWN_SUCCESSOR"),
    ({STATE: "合并", "存续主体代码": "123"}, "BAD_USCC"),
    ({"状态日期": "2026-11-02"}, "AFTER_AS_OF"),
    ({"状态日期": "去年"}, "BAD_DATE"),
    ({AS_OF: "2026-11-24"}, "FUTURE"),
    ({AS_OF: ""}, "MISSING"),
    ({"统一社会信用代码": ""}, "MISSING"),
    ({"统一社会信用代码": CITIZEN_ID}, "CITIZEN_ID"),
    ({"曾用名": CITIZEN_ID}, "CITIZEN_ID"),
    ({"曾用名": "旧名(2026-13-01)"}, "BAD_DATE"),
    ({"曾用名": "旧名(2026-11-02)"}, "AFTER_AS_OF"),
    ({"组织机构代码": "X" * 40}, "BAD_NUMBER"),
    ({"工商注册号": "530112900101000"}, "BAD_NUMBER"),
    ({"工商注册号": CITIZEN_ID}, "CITIZEN_ID"),
    ({"工商注册号停用日期": "2001-01-01"}, "ENDS_BEFORE_START"),
]


@pytest.mark.parametrize(("changes", "reason"), WRONG)
def test_a_row_that_is_wrong_is_sent_back_with_its_reason(changes, reason):
    assert reasons(read(REGISTRATION, **changes)) == [reason]


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("存续（在营、开业、在册）", SubjectState.ACTIVE),
        ("在营", SubjectState.ACTIVE),
        ("吊销，未注销", SubjectState.REVOKED),
        ("吊销，已注销", SubjectState.DEREGISTERED),
        ("歇业", SubjectState.SUSPENDED),
        ("撤销登记", SubjectState.ANNULLED),
        ("迁出", SubjectState.MOVED_AWAY),
    ],
)
def test_a_state_may_be_written_as_registers_do(word, state):
    assert read(REGISTRATION, 登记状态=word).said["state"] is state


@pytest.mark.parametrize("word", ["530102", "五华区", "昆明市五华区"])
def test_a_district_is_known_by_its_code_and_its_names(word):
    assert read(REGISTRATION, 行政区划=word).said["district"] == "530102"
