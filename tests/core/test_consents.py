"""A consent is evidence: it is kept when it ends."""

from datetime import timedelta

import pytest

from core import accounts, consents
from core.account_errors import ConsentOutdatedError, NoConsentError
from core.consents import Document
from core.db import Reading, Writing
from tests.core.given import NOW

FIRST = {Document.PRIVACY: "2026-11-25", Document.TERMS: "2026-11-25"}
LATER = NOW + timedelta(days=1)


@pytest.fixture
def account(database):
    with Writing() as session:
        return accounts.open_one(session, now=NOW)


def give(account_id, versions=FIRST, now=NOW):
    with Writing() as session:
        consents.give(session, account_id, versions, now=now)


def withdraw(account_id, document=Document.PRIVACY, now=LATER):
    with Writing() as session:
        consents.withdraw(session, account_id, document, now=now)


def held(account_id):
    with Reading() as session:
        found = consents.of_account(session, account_id)
    return {(one.document.value, one.version, one.given_at, one.withdrawn_at) for one in found}


def test_a_consent_is_noted_once(account):
    give(account)
    give(account, now=LATER)

    versions = {(name, "2026-11-25", NOW, None) for name in ("privacy", "terms")}
    assert held(account) == versions


def test_a_newer_version_stands_beside_the_older(account):
    give(account)
    give(account, {Document.PRIVACY: "2027-01-01"}, LATER)

    assert len(held(account)) == 3


def test_a_withdrawn_consent_is_kept_and_may_be_given_again(account):
    give(account)
    withdraw(account)
    with pytest.raises(NoConsentError):
        withdraw(account)
    give(account, now=LATER)

    assert {one for one in held(account) if one[0] == "privacy"} == {
        ("privacy", "2026-11-25", NOW, LATER),
        ("privacy", "2026-11-25", LATER, None),
    }


@pytest.mark.parametrize(
    "given", [{}, {Document.PRIVACY: "2026-11-25"}, FIRST | {Document.TERMS: "2020-01-01"}]
)
def test_only_all_that_is_in_force_is_good_enough(given):
    consents.demand_current(FIRST, FIRST)

    with pytest.raises(ConsentOutdatedError):
        consents.demand_current(given, FIRST)
