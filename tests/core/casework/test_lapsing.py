"""Lapsing: what a case becomes whose applicant sends nothing."""

from datetime import UTC, datetime

import pytest

from core import cases
from core.cases import CaseKind, CaseState
from core.casework import lapsing
from core.casework.lapsing import After
from core.db import Reading, Writing
from tests.core.department_files import RULES
from tests.core.given import NOW, at_once
from tests.core.given_cases import REFUSED, filed, moved, read, review, supplement
from tests.core.given_casework import acts, told_of

S, K = CaseState, CaseKind
# Ten working days from 05-20 end on 06-03.
LAST_DAY, AFTER = (datetime(2026, 6, number, 4, tzinfo=UTC) for number in (3, 4))


def lapse(now=AFTER, **given):
    with Writing() as session:
        return lapsing.lapse(session, RULES, now=now, **given)


def missed(now):
    with Reading() as session:
        return lapsing.any_missed(session, now=now)


def asked(office, kind, *states):
    """File a case, and ask for a supplement where these states bring it."""
    case = filed(kind, office.entity, office.record, office.by)
    return moved(case, *states, "supplement_wanted")


@pytest.mark.parametrize(
    ("kind", "states", "becomes"),
    [
        (K.REPAIR, ["forwarded"], S.NOT_ACCEPTED),
        (K.REPAIR, ["forwarded", "accepted"], S.ACCEPTED),
        (K.COMPLAINT, [], S.NOT_ACCEPTED),
        (K.COMPLAINT, ["accepted"], S.ACCEPTED),
        (K.OBJECTION, ["annotated"], S.ANNOTATED),
        (K.OBJECTION, ["annotated", "forwarded"], S.FORWARDED),
    ],
)
def test_what_is_not_accepted_yet_ends_and_the_rest_goes_on(office, kind, states, becomes):
    case = asked(office, kind, *states)

    assert not missed(LAST_DAY)
    assert lapse(LAST_DAY) == 0
    assert missed(AFTER)
    assert lapse() == 1

    assert read(case).state is becomes
    assert told_of(case)[-1:] == [becomes]
    assert acts()[-1] == f"case_{becomes}"
    with Reading() as session:
        last = cases.steps(session, case.id)[-1]
    assert (last.who, last.reasons) == ("ticker", "supplement_missing")
    assert lapse() == 0


def test_what_happens_then_is_said_beforehand(office):
    case = filed(K.REPAIR, office.entity, office.record, office.by)
    assert lapsing.after(case) is After.OFFICE

    assert lapsing.after(moved(case, "forwarded", "supplement_wanted")) is After.REFUSED
    assert lapsing.after(moved(case, "forwarded", "accepted", "supplement_wanted")) is After.GOES_ON
    assert lapsing.after(moved(case, "withdrawn")) is None


def test_a_review_goes_on_since_there_is_only_one(office):
    first = filed(K.OBJECTION, office.entity, office.record, office.by)
    case = review(moved(first, *REFUSED[K.OBJECTION]))
    moved(case, "supplement_wanted")

    lapse()

    assert read(case).state is S.SUBMITTED


def test_who_supplements_late_but_before_the_step_goes_on(office):
    case = asked(office, K.REPAIR, "forwarded")

    supplement(case, now=AFTER)

    assert lapse() == 0
    assert read(case).state is S.FORWARDED


def test_two_tickers_take_the_step_once(office):
    case = asked(office, K.REPAIR, "forwarded")

    assert sum(at_once(2, lapse)) == 1
    assert told_of(case) == [S.NOT_ACCEPTED]


def test_each_chunk_takes_its_own(office):
    for _ in range(2):
        asked(office, K.COMPLAINT)

    assert [lapse(chunk=1), lapse(chunk=1), lapse(chunk=1)] == [1, 1, 0]
    assert NOW < AFTER
