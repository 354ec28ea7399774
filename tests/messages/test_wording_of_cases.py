"""The words about cases: something for everything core can say of one, in both languages."""

import pytest

from core.case_clock import LEGS
from core.cases import Action, CaseState, Holder
from core.casework.lapsing import After
from core.complaint import Matter
from core.data_request import Right
from core.eligibility import Need
from core.evidence.kinds import EvidenceState, Flaw
from core.own_cases import Possible
from core.progress import STEPS
from core.rules import Clock
from messages.wording import cases_en, cases_zh

OF_CASES = {
    "HOLDERS": set(Holder),
    "ACTIONS": set(Action),
    "MATTERS": set(Matter),
    "DATA_RIGHTS": set(Right),
    "THEN": set(After),
    "MOVED_HINTS": {to for steps in STEPS.values() for after in steps.values() for to in after}
    - {CaseState.SUBMITTED, CaseState.WITHDRAWN}
    | {"frozen", "extended", "stand_in", "given_back", "repair_applied", "complaint_applied"}
    | {"data_request_upheld", "data_request_applied"},
    "POSSIBLE": set(Possible),
    "NEEDS": set(Need),
    "EVIDENCE_STATES": set(EvidenceState),
    "FLAWS": set(Flaw),
    "DUE": {
        clock
        for legs in LEGS.values()
        for leg in legs.values()
        for clock in (leg.clock, leg.within)
        if clock
    }
    | {Clock.SUPPLEMENT},
}


@pytest.mark.parametrize("name", OF_CASES)
@pytest.mark.parametrize("module", [cases_zh, cases_en], ids=["zh", "en"])
def test_there_is_a_word_for_all_that_is_told_of_cases(module, name):
    assert set(getattr(module, name)) == OF_CASES[name]
