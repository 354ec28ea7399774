"""Eligibility: the answer before the form is the judgement on the form."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from sqlalchemy import select

from core import eligibility, persons
from core.audit.trail import Entry
from core.calendar import day
from core.db import Reading, Writing
from core.eligibility import Applicant, Need
from core.errors import CreditError, NotEntitledError, RecordNotFoundError
from core.persons import Given
from core.records import RecordKind, RecordState, Visibility
from tests.core.department_files import CITIZEN_ID, RULES, VAULT
from tests.core.given import NOW, TODAY, account, record, subject
from tests.core.given_cases import applicant, object_to, repair_

DAY = timedelta(days=1)


@pytest.fixture
def entity(database):
    return subject()


@pytest.fixture
def person(database):
    with Writing() as session:
        given = [Given(CITIZEN_ID, "张三")]
        return persons.known(session, VAULT, given, now=NOW)[CITIZEN_ID]


def ask(by, one, *, now=NOW):
    with Writing() as session:
        return eligibility.of(session, by, one.id, rules=RULES, now=now)


STATES = (RecordState.PUBLISHED, RecordState.DISPUTED, RecordState.REPAIRED, RecordState.WITHDRAWN)
DATES = (None, TODAY - DAY, TODAY, TODAY + DAY)
KINDS = (RecordKind.BLACK_LIST, RecordKind.PENALTY, RecordKind.LICENCE)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_answered_is_what_filing_decides(entity, kind):
    for state, opens, ends in product(STATES, DATES, DATES):
        by = applicant(entity)  # another account each time: one files only so much in a day
        one = record(entity.id, kind=kind, state=state, repairable_from=opens, ends_on=ends)
        for open_already in (False, True):
            found = ask(by, one)
            for answer, file in ((found.objection, object_to), (found.repair, repair_)):
                try:
                    file(entity, one, by=by)
                    refused = None
                except CreditError as error:
                    refused = error.code
                assert answer.may is (refused is None), (state, opens, ends, open_already)
                assert refused in (answer.reasons or (None,))


def test_a_repair_says_from_when_and_what_it_needs(entity):
    one = record(entity.id, repairable_from=TODAY + DAY)

    repair = ask(applicant(entity), one).repair

    assert (repair.may, repair.reasons) == (False, ("repair_too_early",))
    assert repair.opens_on == TODAY + DAY
    assert repair.needs == (Need.PROOF_OF_PERFORMANCE, Need.PROMISE)
    assert (repair.working_days, repair.answered_by.day) == (10, date(2026, 6, 3))


@pytest.mark.parametrize(
    ("instant", "may"),
    [
        (datetime(2026, 5, 20, 15, 30, tzinfo=UTC), False),  # 23:30 the day before
        (datetime(2026, 5, 20, 16, 30, tzinfo=UTC), True),  # 00:30 of the day itself
    ],
)
def test_the_day_begins_in_kunming(entity, instant, may):
    one = record(entity.id, repairable_from=date(2026, 5, 21))

    assert ask(applicant(entity), one, now=instant).repair.may is may


def test_several_reasons_are_all_named(entity):
    one = record(entity.id, repairable_from=TODAY + DAY, state=RecordState.WITHDRAWN)

    found = ask(applicant(entity), one)

    assert found.objection.reasons == ("not_published",)
    assert found.repair.reasons == ("not_published", "repair_too_early")


def test_strangers_learn_nothing_but_that_a_public_record_is_not_theirs(entity):
    stranger = applicant(subject())

    with pytest.raises(NotEntitledError):
        ask(stranger, record(entity.id))
    for hidden in ({"state": RecordState.WITHDRAWN}, {"visibility": Visibility.SUBJECT}):
        with pytest.raises(RecordNotFoundError):
            ask(stranger, record(entity.id, **hidden))


@pytest.mark.parametrize("visibility", [Visibility.SUBJECT, Visibility.PUBLIC])
def test_a_person_asks_and_files_about_a_record_of_their_own(person, visibility):
    one = record(person, repairable_from=TODAY, visibility=visibility)
    me = Applicant(account(), subject_id=person)

    found = ask(me, one)

    assert found.objection.may
    assert found.repair.may
    case = object_to(None, one, by=me)
    assert case.subject_id == person
    repair_(None, one, by=me)
    with Reading() as session:
        looks = session.scalars(select(Entry).where(Entry.subject_id == person)).all()
    assert [look.purpose for look in looks] == ["eligibility", "objection", "repair"]
    assert {look.actor for look in looks} == {f"account:{me.account_id}"}


@pytest.mark.parametrize("visibility", [Visibility.SUBJECT, Visibility.PUBLIC])
def test_a_persons_record_is_there_for_nobody_else(person, entity, visibility):
    one = record(person, visibility=visibility)

    for stranger in (Applicant(account()), applicant(entity), Applicant(account(), None, 10**9)):
        with pytest.raises(RecordNotFoundError):
            ask(stranger, one)
        with pytest.raises(RecordNotFoundError):
            object_to(None, one, by=stranger)
    with Reading() as session:
        assert session.scalars(select(Entry)).all() == []


def test_an_internal_record_is_not_there_for_its_person_either(person):
    one = record(person, visibility=Visibility.INTERNAL)

    with pytest.raises(RecordNotFoundError):
        ask(Applicant(account(), subject_id=person), one)


def test_an_answer_across_an_unpublished_year_is_provisional(entity):
    found = ask(applicant(entity), record(entity.id), now=datetime(2026, 12, 29, tzinfo=UTC))

    assert found.objection.answered_by.provisional
    assert day(NOW) == TODAY
