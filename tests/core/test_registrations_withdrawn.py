"""What a file registered is taken back: the subject is what the others say, and nothing is lost."""

from datetime import date

from core.subjects import SubjectState
from tests.core.department_files import PENALTY, REGISTRATION
from tests.core.given_registrations import (
    AS_OF,
    BARE,
    FIRST,
    NAME,
    NEW,
    OTHER,
    STATE,
    ZONE,
    everything,
    former,
    found,
    known,
    subject,
    withdraw,
)
from tests.core.test_intake_load import ends


def test_a_batch_that_is_withdrawn_leaves_each_subject_as_it_was_before(take_in):
    take_in(PENALTY | {"行政相对人代码_2(工商注册号)": "530100100000004"})
    before = everything()[:3]
    take_in(REGISTRATION, BARE | {"统一社会信用代码": OTHER, NAME: "昆明示例只此一家公司"})

    assert withdraw(2) == 2

    subjects, names, numbers, words = everything()
    assert ([subjects[0]], names, numbers) == (before[0], before[1], before[2])
    assert len(words) == 2  # kept, and marked
    lonely = subject(OTHER)
    assert (lonely.name, lonely.state) == ("昆明示例只此一家公司", SubjectState.UNKNOWN)
    assert found("新味餐饮") == []
    assert found("滇味餐饮") == [(FIRST, None)]
    # Sent again, the file comes in as if for the first time.
    assert ends(take_in(REGISTRATION)) == (1, 1, 0, 0)
    assert subject().name == NEW


def test_what_other_files_said_stays_when_one_is_withdrawn(take_in):
    oldest = BARE | {NAME: "昆明示例甲公司", "组织机构代码": "D2143569X"}
    middle = BARE | {NAME: "昆明示例乙公司", AS_OF: "2026-11-10", STATE: "注销", ZONE: "经开区"}
    newest = BARE | {NAME: "昆明示例丙公司", AS_OF: "2026-11-20", ZONE: "经开区"}
    for row in (oldest, middle, newest):
        take_in(row)
    assert [name for name, *_ in former()] == ["昆明示例乙公司", "昆明示例甲公司"]

    withdraw(2)

    assert [name for name, *_ in former()] == ["昆明示例甲公司"]
    assert (subject().name, subject().zone) == ("昆明示例丙公司", "昆明经济技术开发区")
    withdraw(3)
    one = subject()
    assert (one.name, one.state, one.zone) == ("昆明示例甲公司", SubjectState.ACTIVE, None)
    assert (one.registered_as_of, former()) == (date(2026, 11, 1), [])
    assert [one.value for one in known().numbers] == ["D2143569X"]
    withdraw(1)
    one = subject()
    assert (one.state, one.registered_as_of) == (SubjectState.UNKNOWN, None)
    assert known().numbers == []


def test_a_batch_that_only_said_it_again_gives_the_later_day_back(take_in):
    take_in(BARE)
    take_in(BARE | {AS_OF: "2026-11-20"})

    withdraw(2)

    assert subject().registered_as_of == date(2026, 11, 1)
    assert ends(take_in(BARE | {AS_OF: "2026-11-10", STATE: "注销"})) == (1, 1, 0, 0)


def test_a_number_that_a_decision_bears_as_well_outlives_the_batch(take_in):
    take_in(REGISTRATION)
    take_in(PENALTY | {"行政相对人代码_2(工商注册号)": "530100100000004"})

    withdraw(1)

    assert [(one.value, one.valid_from) for one in known().numbers] == [("530100100000004", None)]
