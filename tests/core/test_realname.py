"""A verified person has one account, and an account one verified person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core import accounts, realname
from core.account_errors import AnotherPersonError, VerifiedElsewhereError
from core.db import Reading, Writing
from core.realname import Verification, Verified
from tests.core.given import NOW, at_once, subject

ISSUER = "https://identity.example"
ZHANG = Verified(ISSUER, "person-1")


@pytest.fixture
def open_account(database):
    def open_account():
        with Writing() as session:
            return accounts.open_one(session, now=NOW)

    return open_account


def bind(account_id, who=ZHANG, now=NOW):
    with Writing() as session:
        realname.bind(session, account_id, who, now=now)


def held(account_id):
    with Reading() as session:
        return realname.of_account(session, account_id)


def test_an_account_is_whom_it_was_verified_to_be(open_account):
    account_id = open_account()
    assert held(account_id) is None

    bind(account_id, Verified(ISSUER, "person-1", organisation="91530100MA6K3Q5R8T"))

    assert held(account_id).organisation == "91530100MA6K3Q5R8T"
    assert held(account_id).verified_at == NOW


def test_the_newest_verification_counts(open_account):
    account_id, later = open_account(), NOW + timedelta(days=1)
    bind(account_id, Verified(ISSUER, "person-1", organisation="91530100MA6K3Q5R8T"))

    bind(account_id, now=later)

    assert (held(account_id).organisation, held(account_id).verified_at) == (None, later)


def test_a_person_has_one_account(open_account):
    first, second = open_account(), open_account()
    bind(first)

    with pytest.raises(VerifiedElsewhereError):
        bind(second)

    assert held(second) is None


def test_the_same_name_at_another_provider_is_another_person(open_account):
    bind(open_account())

    bind(open_account(), Verified("https://elsewhere.example", "person-1"))


def test_a_natural_person_whom_two_providers_verify_has_one_account(open_account, person_id):
    bind(open_account(), Verified(ISSUER, "person-1", person_id))
    second = open_account()
    other = Verified("https://elsewhere.example", "z", person_id)

    with pytest.raises(VerifiedElsewhereError):
        bind(second, other)

    bind(second, Verified("https://elsewhere.example", "z"))  # before we know who that is
    with pytest.raises(VerifiedElsewhereError):
        bind(second, other)


def test_a_person_whom_we_learn_to_know_later_is_noted_and_kept(open_account, person_id):
    account_id = open_account()
    bind(account_id)

    bind(account_id, Verified(ISSUER, "person-1", person_id))
    bind(account_id)

    assert held(account_id).subject_id == person_id


def test_an_account_stays_its_persons(open_account):
    account_id = open_account()
    bind(account_id)

    with pytest.raises(AnotherPersonError):
        bind(account_id, Verified(ISSUER, "person-2"))


def test_a_person_who_was_forgotten_may_have_another_account(open_account):
    first, second = open_account(), open_account()
    bind(first)

    with Writing() as session:
        realname.forget(session, first)
    bind(second)

    assert held(first) is None


def test_of_two_accounts_at_once_one_is_the_persons(open_account):
    ids = [open_account(), open_account(), open_account(), open_account()]

    def bind_next():
        try:
            bind(ids.pop())
        except VerifiedElsewhereError:
            return False
        return True

    assert sorted(at_once(4, bind_next)) == [False, False, False, True]


def test_the_providers_name_for_a_person_is_kept_nowhere(open_account):
    bind(open_account(), Verified(ISSUER, "110101199003078515"))

    with Reading() as session:
        row = session.execute(select(Verification.__table__)).one()
    assert "110101199003078515" not in str(row)


@pytest.fixture
def person_id(database):
    return subject().id  # a natural person's row would do no more here
