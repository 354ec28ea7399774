"""Credit reports: asked for once, given to their asker, made once, given up at last."""

import re
from datetime import timedelta

import pytest

from core.db import Reading, Writing
from core.errors import CitizenIdRefusedError, EntityNotFoundError
from core.outbox.deliveries import EventKind
from core.reports import ledger, proof
from core.reports.errors import (
    ReportInTheMakingError,
    ReportNotFoundError,
    TooManyReportsError,
)
from core.reports.ledger import MOST_A_DAY, MOST_TRIES, Purpose, ReportState
from tests.core.given import NOW, PACE, account, at_once, subject
from tests.core.given_reports import MINUTE, asked, made, notices, report, told, verdict

pytestmark = pytest.mark.usefixtures("database")


def lease(now=NOW):
    with Writing() as session:
        return ledger.lease(session, now=now, pace=PACE)


def is_due(now=NOW):
    with Reading() as session:
        return ledger.is_due(session, now=now)


def test_a_report_has_a_number_a_code_and_a_name_for_its_file():
    held = report(asked(subject()))

    assert re.fullmatch(r"20260520120000[0-9A-HJKMNP-TV-Z]{8}", held.report_no)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{16}", held.verify_code)
    assert re.fullmatch(r"[0-9a-f]{32}", held.file_key)


def test_whom_we_do_not_know_there_is_no_report_of():
    with pytest.raises(EntityNotFoundError), Writing() as session:
        ledger.request(session, "91530100MA00000000", Purpose.OTHER, now=NOW)
    with pytest.raises(CitizenIdRefusedError), Writing() as session:
        ledger.request(session, "11010519491231002X", Purpose.OTHER, now=NOW)


def test_asked_twice_while_in_the_making_it_is_the_same_one():
    entity, one = subject(), account()

    ids = at_once(4, lambda: asked(entity, to=one))

    assert len(set(ids)) == 1
    with pytest.raises(ReportInTheMakingError):
        asked(entity, to=one, purpose=Purpose.AWARDS)
    assert asked(entity, to=account()) not in ids
    made(ids[0])
    assert asked(entity, to=one) not in ids


def test_one_account_cannot_ask_without_end(monkeypatch):
    monkeypatch.setattr(ledger, "MOST_A_DAY", 2)
    one = account()
    for _ in range(2):
        asked(subject(), to=one)

    with pytest.raises(TooManyReportsError):
        asked(subject(), to=one)
    asked(subject(), to=account())
    asked(subject(), to=one, now=NOW + timedelta(days=1, seconds=1))
    assert MOST_A_DAY > 2


def test_only_the_asker_is_given_a_report():
    one = account()
    held = report(asked(subject(), to=one))

    with Reading() as session:
        assert ledger.of_account(session, held.report_no.lower(), one).id == held.id
        for stranger in (one + 1, None):
            with pytest.raises(ReportNotFoundError):
                ledger.of_account(session, held.report_no, stranger)


def test_a_report_is_made_once():
    report_id = asked(subject(), to=account())
    snapshot = told(report_id)

    results = at_once(3, lambda: made(report_id, snapshot))

    assert sorted(results) == [False, False, True]
    assert told(report_id) is None
    held = report(report_id)
    assert (held.state, held.size, held.pdf_hash) == (ReportState.VALID, 9, f"{report_id:064}")
    assert notices(EventKind.REPORT_READY) == [(held.account_id, report_id)]


def test_a_slow_worker_does_not_pass_off_an_older_telling():
    report_id = asked(subject())
    slow = told(report_id)
    told(report_id, now=NOW + MINUTE)

    assert made(report_id, slow) is False
    assert report(report_id).state is ReportState.REQUESTED


def test_the_oldest_is_taken_first_and_falls_due_again_if_its_worker_dies():
    assert (lease(), is_due()) == (None, False)
    ids = [asked(subject(), now=NOW + timedelta(seconds=number)) for number in range(2)]
    now = NOW + MINUTE

    assert sorted(at_once(2, lambda: lease(now))) == ids
    assert (lease(now), is_due(now)) == (None, False)

    made(ids[1])
    assert is_due(now + PACE.lease)
    assert lease(now + PACE.lease) == ids[0]


def test_what_cannot_be_made_is_given_up_and_stops_nobody():
    report_id = asked(subject(), to=account())
    now = NOW
    for _ in range(MOST_TRIES):
        assert lease(now) == report_id
        now += PACE.lease
    next_one = asked(subject(), now=now)

    assert lease(now) == next_one

    assert report(report_id).state is ReportState.FAILED
    assert verdict(report_id) == proof.UNKNOWN
