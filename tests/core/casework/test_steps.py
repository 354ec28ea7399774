"""The steps of the staff on a case: what they change, and what is told of them."""

from dataclasses import replace

import pytest

from core.case_errors import CaseClosedError
from core.cases import Action, CaseKind, CaseState, Holder
from core.casework.saying import Say
from core.db import Writing
from core.records import RecordState
from core.rules import Clock
from core.staff.errors import (
    NotExtendableError,
    ReasonError,
    SupplementRunningError,
)
from tests.core.department_files import RULES
from tests.core.given import record
from tests.core.given_cases import OFFICE, complain, filed, object_to, read, repair_, supplement
from tests.core.given_casework import (
    acts,
    do,
    later,
    on_the_desk,
    record_state,
    say,
    told_of,
)

S = CaseState
PROOF = Say(("proof_missing",), "请补传缴款凭证")


def test_an_objection_marks_the_record_and_goes_to_its_department(office):
    case = object_to(office.entity, office.record, by=office.by)

    do("annotate", office.us, case)
    assert record_state(office.record) is RecordState.DISPUTED
    do("forward", office.us, case)

    now = read(case)
    assert (now.state, now.holder, now.handler_id) == (S.FORWARDED, Holder.DEPARTMENT, None)
    assert told_of(case) == [S.ANNOTATED, S.FORWARDED]
    assert acts()[-2:] == ["case_annotated", "case_forwarded"]


def test_a_corrected_record_is_marked_too(office):
    one = record(office.entity.id, state=RecordState.CORRECTED)
    case = object_to(office.entity, one, by=office.by)

    do("annotate", office.us, case)

    assert record_state(one) is RecordState.DISPUTED


def test_what_is_shown_no_longer_is_not_marked(office):
    case = object_to(office.entity, office.record, by=office.by)
    with Writing() as session:
        session.merge(office.record).state = RecordState.EXPIRED

    do("annotate", office.us, case)

    assert record_state(office.record) is RecordState.EXPIRED
    assert read(case).state is S.ANNOTATED


def test_a_repair_is_forwarded_and_accepted_by_the_department(office):
    case = repair_(office.entity, office.record, by=office.by)

    on_the_desk(case, office.us, office.them)

    assert (read(case).state, read(case).handler_id) == (S.ACCEPTED, office.them.id)
    assert told_of(case) == [S.FORWARDED, S.ACCEPTED]


@pytest.mark.parametrize("kind", CaseKind)
def test_what_is_not_accepted_has_reasons(office, kind):
    case = filed(kind, office.entity, office.record, office.by)
    handler = office.us
    if kind is CaseKind.REPAIR:
        do("forward", office.us, case)
        handler = office.them
    for wrong in (Say(), Say(("record_wrong",)), Say(("unheard_of",))):
        with pytest.raises(ReasonError):
            do("not_accept", handler, case, say=wrong)

    event = do("not_accept", handler, case, say=say(case, S.NOT_ACCEPTED, "请看说明"))

    assert read(case).state is S.NOT_ACCEPTED
    assert event.reasons == say(case, S.NOT_ACCEPTED).reasons[0]
    assert event.note_sealed is not None
    assert told_of(case)[-1] is S.NOT_ACCEPTED


def test_a_supplement_stops_the_clock_and_only_the_applicant_starts_it_again(office):
    case = repair_(office.entity, office.record, by=office.by)
    do("forward", office.us, case)
    do("want_supplement", office.them, case, say=PROOF)

    assert (read(case).state, read(case).holder) == (S.SUPPLEMENT_WANTED, Holder.APPLICANT)
    with pytest.raises(CaseClosedError):
        do("accept", office.them, case)
    with pytest.raises(SupplementRunningError):
        do("not_accept", office.them, case, say=say(case, S.NOT_ACCEPTED))
    supplement(case)
    assert read(case).state is S.FORWARDED


def test_who_never_sends_what_was_asked_for_is_turned_down_afterwards(office):
    case = repair_(office.entity, office.record, by=office.by)
    do("forward", office.us, case)
    do("want_supplement", office.them, case, say=PROOF)
    late = Say(("proof_never_came",))

    with pytest.raises(SupplementRunningError):
        do("not_accept", office.them, case, say=late, now=later(14))
    do("not_accept", office.them, case, say=late, now=later(15))

    assert read(case).state is S.NOT_ACCEPTED


def test_a_clock_is_prolonged_once_by_what_its_rule_lets_it_have(office):
    case = repair_(office.entity, office.record, by=office.by)
    why = Say(("complex_case",), "需要现场核查")
    on_the_desk(case, office.us, office.them)
    with pytest.raises(NotExtendableError):  # as the law now stands with us
        do("extend", office.them, case, say=why)
    clocks = [
        replace(one, extension_days=3) if one.clock is Clock.REPAIR_DECIDE else one
        for one in RULES.clocks
    ]
    more = replace(OFFICE, rules=replace(RULES, clocks=tuple(clocks)))
    before = read(case).due_on
    with pytest.raises(ReasonError):
        do("extend", office.them, case, say=Say(), office=more)

    event = do("extend", office.them, case, say=why, office=more)

    after = read(case)
    assert RULES.workdays.working_days_between(before, after.due_on) == 3
    assert (event.action, after.state, after.extended_days) == (Action.EXTENDED, S.ACCEPTED, 3)
    assert told_of(case) == [S.FORWARDED, S.ACCEPTED, S.ACCEPTED]
    with pytest.raises(NotExtendableError):
        do("extend", office.them, case, say=why, office=more)


def test_a_longer_term_survives_a_pause(office):
    case = repair_(office.entity, office.record, by=office.by)
    clocks = [
        replace(one, extension_days=3) if one.clock is Clock.REPAIR_DECIDE else one
        for one in RULES.clocks
    ]
    more = replace(OFFICE, rules=replace(RULES, clocks=tuple(clocks)))
    on_the_desk(case, office.us, office.them)
    do("extend", office.them, case, say=Say(("complex_case",)), office=more)
    before = read(case).due_on

    do("want_supplement", office.them, case, say=PROOF, office=more)
    supplement(case)  # on the same day

    assert read(case).due_on == before


def test_nothing_is_prolonged_while_the_applicant_is_awaited(office):
    case = repair_(office.entity, office.record, by=office.by)
    do("forward", office.us, case)
    do("want_supplement", office.them, case, say=PROOF)

    with pytest.raises(NotExtendableError):
        do("extend", office.them, case, say=Say(("complex_case",)))


def test_a_step_that_the_case_does_not_take_changes_nothing(office):
    case = complain(office.by)

    with pytest.raises(CaseClosedError):
        do("forward", office.us, case)

    assert (read(case).version, read(case).handler_id) == (1, None)
    assert told_of(case) == []
