"""Promises: signed in one version of the text, public once, with nothing of the misconduct."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from core import case_detail, persons, promises
from core.case_errors import PromiseMissingError, PromiseOutdatedError
from core.cases import Case
from core.db import Reading, Writing
from core.persons import Given
from core.records import (
    Record,
    RecordChange,
    RecordKind,
    RecordState,
    Visibility,
    is_public,
)
from messages.wording import CASES
from tests.core.department_files import CITIZEN_ID, RULES, VAULT
from tests.core.given import NOW, TODAY, account, at_once, record, subject
from tests.core.given_cases import OFFICE, applicant, form, moved, opened, repair_, review
from tests.core.given_certificates import certificate, owe, promise


@pytest.fixture
def entity(database):
    return subject()


@pytest.fixture
def one(entity):
    return record(entity.id, repairable_from=TODAY)


def broken(case, *, now=NOW):
    with Writing() as session:
        promises.break_(session, session.get_one(Case, case.id), now=now)


def held(record_id):
    with Reading() as session:
        return session.get_one(Record, record_id)


def test_the_case_keeps_which_text_was_signed_and_its_review_too(entity, one):
    case = repair_(entity, one)

    assert case.promise_version == promises.VERSION
    refused = moved(case, "forwarded", "accepted", "refused")
    assert review(refused).promise_version == promises.VERSION


def test_only_the_text_in_use_can_be_signed():
    assert promises.demand(promised=True, version=None) == promises.VERSION
    assert promises.demand(promised=True, version=promises.VERSION) == promises.VERSION
    with pytest.raises(PromiseMissingError):
        promises.demand(promised=False, version=promises.VERSION)
    with pytest.raises(PromiseOutdatedError):
        promises.demand(promised=True, version="2018-01")


def test_the_words_have_every_text_in_every_language():
    versions = [set(words.PROMISES) for words in CASES.values()]
    assert all(promises.VERSION in each and each == versions[0] for each in versions)


def test_a_granted_repair_publishes_the_promise_without_a_word_of_the_misconduct(entity, one):
    case = repair_(entity, one)

    made = held(promise(case).id)

    assert (made.kind, made.state, made.visibility) == (
        RecordKind.PROMISE,
        RecordState.PUBLISHED,
        Visibility.PUBLIC,
    )
    assert (made.subject_id, made.event_date, made.published_at) == (entity.id, TODAY, NOW)
    assert made.facts["promise_type"] == "信用修复型"
    assert made.facts["fulfilment"] == "履行中"
    assert made.facts["promise_version"] == promises.VERSION
    assert made.document_no == certificate(owe(case).id).number
    assert one.document_no not in str(made.facts) + made.title + made.document_no
    with Reading() as session:
        shown = session.scalars(select(Record.id).where(is_public(TODAY)).order_by(Record.id))
        assert made.id in shown.all()


def test_a_promise_is_made_once_and_its_change_is_written_down(entity, one):
    case = repair_(entity, one)

    assert len(set(at_once(4, lambda: promise(case).id))) == 1
    with Reading() as session:
        made = session.scalars(select(Record).where(Record.kind == RecordKind.PROMISE)).one()
        steps = select(func.count()).where(RecordChange.record_id == made.id)
        assert session.scalar(steps) == 1


def test_a_persons_promise_is_not_public(database):
    with Writing() as session:
        given = [Given(CITIZEN_ID, "张三")]
        who = persons.known(session, VAULT, given, now=NOW)[CITIZEN_ID]
    case = opened(record(who), account_id=account())

    assert held(promise(case).id).visibility is Visibility.AUTHORISED


def test_what_the_rules_leave_open_is_not_shown(entity, one):
    case = repair_(entity, one)
    no_terms = replace(RULES, terms=())

    with Writing() as session:
        row = session.get_one(Case, case.id)
        made = promises.publish(
            session, row, session.get_one(Record, one.id), rules=no_terms, now=NOW
        )
        assert (made.state, made.published_at) == (RecordState.QUARANTINED, None)


def test_a_broken_promise_says_so_once(entity, one):
    case = repair_(entity, one)
    broken(case)  # nothing to break yet
    made = promise(case)

    broken(case)
    broken(case)

    after = held(made.id)
    assert (after.facts["fulfilment"], after.version) == ("违背", 2)
    assert after.state is RecordState.PUBLISHED


def test_whoever_filed_reads_back_what_they_signed(entity, one):
    by = applicant(entity)
    case = repair_(entity, one, by=by)

    with Writing() as session:
        found = case_detail.read(session, by, case.receipt_code, office=OFFICE, now=NOW)
    assert found.case.promise_version == promises.VERSION
    assert form().promise_version is None
