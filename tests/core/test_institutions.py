"""Institutions and keys: a key is good from its issue until it ends, and only its hash is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import errors, institutions
from core.db import Reading, Writing
from core.institutions import LONGEST, ApiKey, InstitutionState, Scope
from tests.core.given import NOW

USCC = "12530100MA00000007"


@pytest.fixture
def held(register):
    return register(NOW)


def holder(secret, now=NOW):
    with Reading() as session:
        return institutions.holder(session, secret, now=now)


def test_an_institution_is_enrolled_once(held):
    held.enrol(USCC)

    with pytest.raises(errors.InstitutionKnownError):
        held.enrol(USCC.lower())


@pytest.mark.parametrize(
    ("uscc", "refusal"),
    [
        ("53010219900307123X", errors.CitizenIdRefusedError),
        ("昆明市公共资源交易中心", errors.NotACodeError),
        ("", errors.NotACodeError),
    ],
)
def test_an_institution_has_a_code_and_nothing_else(held, uscc, refusal):
    with Writing() as session, pytest.raises(refusal):
        institutions.enrol(session, "某机构", uscc, now=NOW)


def test_a_key_says_who_holds_it_and_what_it_may_do(held):
    row, secret = held.issue(held.enrol(USCC), Scope.CHECK_ENTITIES, Scope.CHECK_BATCHES)

    found = holder(secret)

    assert (found.uscc, found.name, found.key_id) == (USCC, "昆明市公共资源交易中心", row.id)
    assert found.scopes == {Scope.CHECK_ENTITIES, Scope.CHECK_BATCHES}
    assert secret.startswith(f"{row.prefix}_")


def test_of_a_key_only_its_beginning_and_a_hash_are_kept(held):
    _, secret = held.issue(held.enrol())

    with Reading() as session:
        kept = vars(session.scalars(select(ApiKey)).one())

    assert secret.split("_", 2)[2] not in str(kept)


NEARLY = {"shorter": lambda key: key[:-1], "longer": lambda key: key + "x", "case": str.swapcase}


@pytest.mark.parametrize("change", NEARLY.values(), ids=NEARLY)
def test_a_key_that_is_nearly_right_is_nobodys(held, change):
    _, secret = held.issue(held.enrol())

    assert holder(change(secret)) is None


@pytest.mark.parametrize("secret", ["", "xyk_", "x" * 10_000, "\udc80", "密钥"])
def test_whatever_else_is_nobodys(held, secret):
    assert holder(secret) is None


def test_a_key_ends_on_its_last_instant(held):
    row, secret = held.issue(held.enrol(), lasts=timedelta(days=1))

    assert holder(secret, row.expires_at - timedelta(microseconds=1))
    assert holder(secret, row.expires_at) is None


def test_no_key_lasts_longer_than_two_years(held):
    row, _ = held.issue(held.enrol(), lasts=timedelta(days=10_000))

    assert row.expires_at == NOW + LONGEST


def test_a_revoked_key_is_nobodys_at_once_and_the_first_time_counts(held):
    row, secret = held.issue(held.enrol())

    for later in (1, 2):
        with Writing() as session:
            institutions.revoke(session, row.prefix, now=NOW + timedelta(hours=later))

    assert holder(secret) is None
    with Reading() as session:
        assert session.get_one(ApiKey, row.id).revoked_at == NOW + timedelta(hours=1)


def test_a_key_that_nobody_issued_cannot_be_revoked(held):
    with Writing() as session, pytest.raises(errors.KeyNotFoundError):
        institutions.revoke(session, "xyk_00000000", now=NOW)


def test_a_suspended_institution_has_no_good_key_until_it_is_let_in_again(held):
    uscc = held.enrol()
    _, secret = held.issue(uscc)

    for state, is_good in ((InstitutionState.SUSPENDED, False), (InstitutionState.ACTIVE, True)):
        with Writing() as session:
            institutions.set_state(session, uscc, state)
        assert bool(holder(secret)) is is_good


def test_nobody_issues_a_key_to_whom_we_do_not_know(held):
    with pytest.raises(errors.InstitutionNotFoundError):
        held.issue(USCC)


def test_the_use_of_a_key_is_noted_by_the_minute(held):
    row, _ = held.issue(held.enrol())

    def use(seconds):
        now = NOW + timedelta(seconds=seconds)
        with Writing() as session:
            is_old = institutions.must_note_use(session, row.id, now=now)
            institutions.used(session, row.id, now=now)
        return is_old

    assert [use(second) for second in (0, 59, 61)] == [True, False, True]
    with Reading() as session:
        assert session.get_one(ApiKey, row.id).last_used_at == NOW + timedelta(seconds=61)
