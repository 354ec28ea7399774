"""What staff corrected is not undone by a file; what is new from the department is followed."""

from datetime import date

import pytest

from core.db import Writing
from core.records import RecordState
from tests.core.department_files import PENALTY
from tests.core.keeping.conftest import facts, one
from tests.core.test_intake_load import ends, report

S = RecordState
FINE = "罚款金额(万元)"


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_file_does_not_undo_it(penalty, take_in, correct, staff, publish):
    correct(staff, penalty, fine_wan="0.4")
    before = one()

    assert ends(take_in(PENALTY, publish=publish)) == (1, 0, 1, 0)

    assert (one().version, facts(one()), one().state) == (2, facts(before), S.CORRECTED)


def test_the_same_text_does_not_undo_it_when_the_rules_have_changed(
    penalty, take_in, correct, staff
):
    correct(staff, penalty, fine_wan="0.4")
    with Writing() as session:
        row = session.merge(one())
        row.fingerprint = row.fingerprint[:32] + "0" * 32

    assert ends(take_in(PENALTY)) == (1, 0, 1, 0)

    assert facts(one())["fine_wan"] == "0.400000"


def test_a_newer_text_that_still_has_what_was_corrected_is_sent_back(
    penalty, take_in, correct, staff, tmp_path
):
    correct(staff, penalty, fine_wan="0.4")

    assert ends(take_in(PENALTY | {"违法事实": "另有说明"})) == (1, 0, 0, 1)

    assert report(tmp_path)[1][3].startswith("平台核实后更正过这条记录")
    assert one().version == 2


def test_a_newer_text_of_the_department_is_followed_with_a_remark(
    penalty, take_in, correct, staff, tmp_path
):
    correct(staff, penalty, fine_wan="0.4")

    result = take_in(PENALTY | {FINE: "0.6"})

    assert (ends(result), result.counts.warnings) == ((1, 1, 0, 0), 1)
    assert report(tmp_path)[1][3].startswith("平台更正过这条记录")
    assert (one().version, facts(one())["fine_wan"]) == (3, "0.600000")
    assert ends(take_in(PENALTY | {FINE: "0.7"})) == (1, 1, 0, 0)
    assert one().version == 4


def test_what_was_corrected_back_is_no_longer_in_the_way(penalty, take_in, correct, staff):
    correct(staff, penalty, fine_wan="0.4")
    correct(staff, penalty, fine_wan="0.5")

    assert ends(take_in(PENALTY | {"违法事实": "另有说明"})) == (1, 1, 0, 0)


def test_a_correction_that_was_taken_over_by_the_department_stays(penalty, take_in, correct, staff):
    correct(staff, penalty, event_date="2026-06-10")

    assert ends(take_in(PENALTY | {"处罚决定日期": "2026/06/10"})) == (1, 1, 0, 0)

    assert one().event_date == date(2026, 6, 10)
