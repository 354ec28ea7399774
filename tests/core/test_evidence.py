"""The ledger of files: whose they are, which case has them, when they go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import case_access, own_cases
from core.applying import Form
from core.case_errors import (
    EvidenceAttachedError,
    EvidenceNotFoundError,
    EvidenceUnfitError,
    TooMuchEvidenceError,
)
from core.db import Reading, Writing
from core.evidence import examination, ledger
from core.evidence.examination import MOST_TRIES, Finding
from core.evidence.kinds import Flaw, MediaType
from core.evidence.ledger import MOST_WAITING, WAITS, Arrived, Evidence
from core.outbox.events import Event
from tests.core.given import NOW, PACE, SECOND, TODAY, at_once, record, subject
from tests.core.given_cases import OFFICE, applicant, moved, object_to, repair_


@pytest.fixture
def entity(database):
    return subject()


@pytest.fixture
def by(entity):
    return applicant(entity)


def sent(by, number=1, *, now=NOW):
    arrived = Arrived(by.account_id, f"{by.account_id}-{number}-{now}", *_ABOUT)
    with Writing() as session:
        return ledger.add(session, arrived, now=now)


_ABOUT = (MediaType.PDF, "k1.sealed", "0" * 64, 9)


def files(case):
    with Reading() as session:
        return [one.public_id for one in ledger.of_case(session, case.id)]


def settled(one, finding):
    with Writing() as session:
        examination.settle(examination.held(session, one.id), finding, now=NOW)


def test_files_are_attached_to_what_is_filed(entity, by):
    names = [sent(by, number).public_id for number in range(3)]

    case = object_to(entity, record(entity.id), by=by, evidence=names)

    assert files(case) == names
    with Reading() as session:
        held = session.scalars(select(Evidence)).all()
    assert {(one.attached_at, one.expires_at) for one in held} == {(NOW, None)}


@pytest.mark.parametrize("wrong", ["nobodys", "strangers", "expired"])
def test_a_file_that_is_not_ones_own_is_not_there_and_nothing_is_filed(entity, by, wrong):
    good = sent(by).public_id
    bad = {
        "nobodys": lambda: "0" * 32,
        "strangers": lambda: sent(applicant(entity)).public_id,
        "expired": lambda: sent(by, 2, now=NOW - WAITS).public_id,
    }[wrong]()
    one = record(entity.id)

    with pytest.raises(EvidenceNotFoundError):
        object_to(entity, one, by=by, evidence=[good, bad])

    with Reading() as session:
        assert session.scalars(select(Event)).all() == []
    assert files(object_to(entity, one, by=by, evidence=[good])) == [good]


def test_a_file_belongs_to_one_case(entity, by):
    file = sent(by).public_id
    object_to(entity, record(entity.id), by=by, evidence=[file])

    with pytest.raises(EvidenceAttachedError):
        object_to(entity, record(entity.id), by=by, evidence=[file])


def test_of_five_cases_that_claim_a_file_at_once_one_gets_it(entity, by):
    file = sent(by).public_id
    records = iter([record(entity.id) for _ in range(5)])

    def claim():
        try:
            return object_to(entity, next(records), by=by, evidence=[file]).id
        except EvidenceAttachedError:
            return None

    assert len([one for one in at_once(5, claim) if one]) == 1


@pytest.mark.parametrize("flaw", [Flaw.VIRUS, Flaw.ENCRYPTED])
def test_an_infected_or_refused_file_is_not_attached(entity, by, flaw):
    one = sent(by)
    settled(one, Finding(scanned=True, flaw=flaw))

    with pytest.raises(EvidenceUnfitError):
        object_to(entity, record(entity.id), by=by, evidence=[one.public_id])


def test_a_file_is_deleted_by_who_sent_it_while_it_has_no_case(entity, by):
    loose, used = sent(by), sent(by, 2)
    object_to(entity, record(entity.id), by=by, evidence=[used.public_id])
    stranger = applicant(entity).account_id

    with Writing() as session, pytest.raises(EvidenceNotFoundError):
        ledger.discard(session, loose.public_id, stranger, now=NOW)
    with Writing() as session, pytest.raises(EvidenceAttachedError):
        ledger.discard(session, used.public_id, by.account_id, now=NOW)
    with Writing() as session:
        assert ledger.discard(session, loose.public_id, by.account_id, now=NOW) == loose.file_key
    with Reading() as session, pytest.raises(EvidenceNotFoundError):
        case_access.evidence(session, loose.public_id, by, now=NOW)


def test_files_without_a_case_go_after_a_day_and_others_stay(entity, by):
    loose, used = sent(by), sent(by, 2)
    object_to(entity, record(entity.id), by=by, evidence=[used.public_id])

    with Writing() as session:
        assert not ledger.any_expired(session, now=NOW + WAITS - SECOND)
        assert ledger.expire(session, now=NOW + WAITS - SECOND) == []
        assert ledger.any_expired(session, now=NOW + WAITS)
        assert ledger.expire(session, now=NOW + WAITS) == [loose.file_key]
        assert not ledger.any_expired(session, now=NOW + timedelta(days=900))
        assert ledger.unknown(session, [loose.file_key, used.file_key]) == {loose.file_key}


def test_an_account_has_so_many_files_waiting_and_no_more(entity, by):
    for number in range(MOST_WAITING):
        sent(by, number)

    with pytest.raises(TooMuchEvidenceError):
        sent(by, MOST_WAITING)
    assert sent(applicant(entity))
    assert sent(by, MOST_WAITING, now=NOW + WAITS)


def test_a_case_has_so_many_files_and_no_more(entity, by):
    case = object_to(entity, record(entity.id), by=by)

    def add(number):
        names = [sent(by, one, now=NOW + number * SECOND).public_id for one in range(10)]
        with Writing() as session:
            held = session.get_one(type(case), case.id)
            form = Form("补充", (), names)
            own_cases.supplement(session, by, held, form=form, office=OFFICE, now=NOW)

    for number in range(own_cases.MOST_FILES // 10):
        add(number)
    with pytest.raises(TooMuchEvidenceError):
        add(9)
    assert len(files(case)) == own_cases.MOST_FILES


def test_what_is_filed_again_has_the_earlier_sound_files_and_new_ones(entity, by):
    one = record(entity.id, repairable_from=TODAY)
    sound, bad = sent(by), sent(by, 2)
    case = repair_(entity, one, by=by, evidence=[sound.public_id, bad.public_id])
    settled(bad, Finding(scanned=True, flaw=Flaw.VIRUS))
    refused = moved(case, "forwarded", "not_accepted")
    new = sent(by, 3).public_id

    with Writing() as session:
        form = Form("", (), [new], promised=True)
        again = own_cases.resubmit(session, by, refused, form=form, office=OFFICE, now=NOW)

    assert files(again) == [sound.public_id, new]
    assert files(case) == [sound.public_id, bad.public_id]


def test_a_file_is_leased_to_one_worker_and_falls_due_again(by):
    one = sent(by)

    def lease(now=NOW):
        with Writing() as session:
            found = examination.lease(session, now=now, pace=PACE)
            return found and found.id

    assert sorted(at_once(4, lease), key=str) == sorted([one.id, None, None, None], key=str)
    assert lease(NOW + PACE.lease) == one.id
    with Reading() as session:
        assert not examination.is_due(session, now=NOW + PACE.lease)
        assert examination.is_due(session, now=NOW + 2 * PACE.lease)
        assert session.get_one(Evidence, one.id).tries == 2
    assert MOST_TRIES > 2


def test_what_a_worker_settles_is_settled_once(by):
    one = sent(by)
    settled(one, Finding(scanned=False, sha256="1" * 64, size=7, pages=2))

    with Writing() as session:
        assert examination.held(session, one.id) is None
        kept = session.get_one(Evidence, one.id)
        assert (kept.state, kept.pages, kept.kept_size) == ("clean", 2, 7)
