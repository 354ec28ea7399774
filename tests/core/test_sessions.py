"""Sign-ins: tokens rotate, a stolen one ends its family, a lost answer does not."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core import accounts, sessions
from core.account_errors import SignInNotFoundError
from core.db import Reading, Writing
from core.lives import Lives
from core.sessions import MOST, RETRY
from core.sign_ins import Device, Ending, Pair, Platform, SignIn
from tests.core.given import NOW, SECOND, at_once

LIVES = Lives()
PHONE = Device("phone-1", Platform.HARMONY, "HUAWEI Mate 70")


@pytest.fixture
def account(database):
    with Writing() as session:
        return accounts.open_one(session, now=NOW)


def begin(account_id, *, installation="phone-1", now=NOW):
    device = Device(installation, Platform.IOS, "iPhone")
    with Writing() as session:
        return sessions.begin(session, account_id, device, lives=LIVES, now=now)


def refresh(token, now=NOW):
    with Writing() as session:
        return sessions.refresh(session, token, lives=LIVES, now=now)


def known(token, now=NOW):
    with Reading() as session:
        return sessions.known(session, token, lives=LIVES, now=now)


def endings():
    with Reading() as session:
        return list(session.scalars(select(SignIn.ending).order_by(SignIn.id)))


@pytest.fixture
def tokens(account):
    return begin(account)


def test_a_new_device_is_known_by_its_access_token(account, tokens):
    assert known(tokens.access) == sessions.Known(account, tokens.sign_in_id, fresh=False)
    assert known(tokens.refresh) is None
    assert known("") is None


def test_refreshing_gives_a_new_pair_of_the_same_device(tokens):
    later = NOW + timedelta(days=29)

    new = refresh(tokens.refresh, later)

    assert new.sign_in_id == tokens.sign_in_id
    assert known(new.access, later) is not None
    assert len({tokens.access, tokens.refresh, new.access, new.refresh}) == 4
    assert new.refresh_until == later + LIVES.refresh


def test_the_old_access_token_lasts_its_own_short_life(tokens):
    refresh(tokens.refresh, NOW + SECOND)

    assert known(tokens.access, NOW + LIVES.access - SECOND) is not None
    assert known(tokens.access, NOW + LIVES.access) is None


def test_a_refresh_token_ends_to_the_second(tokens):
    assert refresh(tokens.refresh, NOW + LIVES.refresh) is None
    assert endings() == [None]
    assert refresh(tokens.refresh, NOW + LIVES.refresh - SECOND) is not None


def test_an_unknown_or_an_access_token_refreshes_nothing(tokens):
    assert refresh("unknown") is None
    assert refresh(tokens.access) is None
    assert endings() == [None]


def test_a_stolen_token_ends_the_family_at_once(tokens):
    new = refresh(tokens.refresh)

    stolen = refresh(tokens.refresh, NOW + RETRY)

    assert stolen is None
    assert endings() == [Ending.REUSED]
    assert known(tokens.access, NOW + RETRY) is None
    assert known(new.access, NOW + RETRY) is None
    assert refresh(new.refresh, NOW + RETRY) is None


def test_the_other_devices_of_the_account_stay(account, tokens):
    tablet = begin(account, installation="tablet-1")
    refresh(tokens.refresh)
    refresh(tokens.refresh, NOW + RETRY)

    assert known(tablet.access) is not None
    assert refresh(tablet.refresh) is not None


def test_a_lost_answer_may_be_asked_for_again(tokens):
    refresh(tokens.refresh)  # this answer never arrives

    again = refresh(tokens.refresh, NOW + RETRY - SECOND)

    later = NOW + timedelta(minutes=14)
    assert endings() == [None]
    assert known(again.access, later) is not None
    assert refresh(again.refresh, later) is not None


def test_an_answer_that_was_used_was_not_lost(tokens):
    refresh(refresh(tokens.refresh).refresh)

    assert refresh(tokens.refresh, NOW + SECOND) is None
    assert endings() == [Ending.REUSED]


def test_of_two_answers_to_one_token_the_first_to_be_used_is_the_true_one(tokens):
    """A thief who is quick enough gets a pair, too; who comes second is noticed."""
    owners, thiefs = refresh(tokens.refresh), refresh(tokens.refresh, NOW + SECOND)
    later = NOW + timedelta(minutes=14)
    assert refresh(thiefs.refresh, later) is not None

    assert refresh(owners.refresh, later + timedelta(minutes=1)) is None
    assert endings() == [Ending.REUSED]


def test_a_thief_cannot_hide_in_the_seconds_of_a_retry(tokens):
    owners, thiefs = refresh(tokens.refresh), refresh(tokens.refresh)
    refresh(owners.refresh, NOW + SECOND)

    assert refresh(thiefs.refresh, NOW + SECOND) is None
    assert endings() == [Ending.REUSED]


def test_two_at_once_both_get_a_pair_and_the_device_stays(tokens):
    pairs = at_once(4, lambda: refresh(tokens.refresh))

    assert all(pairs)
    assert len({pair.refresh for pair in pairs}) == 4
    assert endings() == [None]
    assert refresh(pairs[2].refresh, NOW + timedelta(minutes=14)) is not None


def test_of_a_stolen_token_used_by_many_at_once_nobody_has_anything(tokens):
    refresh(tokens.refresh)

    pairs = at_once(4, lambda: refresh(tokens.refresh, NOW + RETRY))

    assert pairs == [None] * 4
    assert endings() == [Ending.REUSED]


def test_a_device_that_signs_in_again_replaces_itself(account, tokens):
    again = begin(account, now=NOW + SECOND)

    assert known(tokens.access) is None
    assert refresh(tokens.refresh) is None
    assert known(again.access) is not None
    assert endings() == [Ending.REPLACED, None]


def test_a_device_that_signs_in_many_times_at_once_is_signed_in_once(account):
    at_once(4, lambda: begin(account))

    assert sorted(map(str, endings())) == ["None", "replaced", "replaced", "replaced"]


def test_the_same_device_may_be_signed_in_to_two_accounts(account, tokens):
    with Writing() as session:
        other = accounts.open_one(session, now=NOW)
    begin(other)

    assert known(tokens.access) is not None


def test_devices_are_listed_and_ended_by_their_account_alone(account, tokens):
    tablet = begin(account, installation="tablet-1", now=NOW + SECOND)
    with Writing() as session:
        other = accounts.open_one(session, now=NOW)

    with Writing() as session:
        listed = [one.id for one in sessions.of_account(session, account, now=NOW)]
        assert listed == [tablet.sign_in_id, tokens.sign_in_id]
        assert sessions.of_account(session, other, now=NOW) == []
        with pytest.raises(SignInNotFoundError):
            sessions.end(session, other, tokens.sign_in_id, why=Ending.REVOKED, now=NOW)
        sessions.end(session, account, tokens.sign_in_id, why=Ending.REVOKED, now=NOW)
        with pytest.raises(SignInNotFoundError):
            sessions.end(session, account, tokens.sign_in_id, why=Ending.REVOKED, now=NOW)

    assert (known(tokens.access), known(tablet.access) is not None) == (None, True)


def test_a_device_that_was_silent_too_long_is_not_listed(account, tokens):
    with Reading() as session:
        assert sessions.of_account(session, account, now=NOW + LIVES.refresh) == []


def test_everywhere_means_everywhere(account, tokens):
    begin(account, installation="tablet-1")

    with Writing() as session:
        assert sessions.end_all(session, account, why=Ending.EVERYWHERE, now=NOW) == 2

    assert known(tokens.access) is None


def test_one_device_too_many_puts_the_most_silent_out(account):
    first, *_ = [begin(account, installation=f"device-{number}") for number in range(MOST)]
    second_oldest = refresh(first.refresh, NOW + SECOND)

    begin(account, installation="one-more", now=NOW + 2 * SECOND)

    assert known(second_oldest.access) is not None
    assert endings().count(None) == MOST
    assert endings()[1] is Ending.CROWDED


def test_a_step_up_counts_for_a_while_and_survives_a_refresh(tokens):
    with Writing() as session:
        sessions.freshen(session, tokens.sign_in_id, now=NOW)
    new = refresh(tokens.refresh)

    assert known(new.access, NOW + LIVES.step_up - SECOND).fresh
    assert not known(new.access, NOW + LIVES.step_up).fresh


def test_what_opens_nothing_any_more_is_forgotten(tokens):
    refresh(tokens.refresh, NOW + SECOND)

    with Writing() as session:
        sessions.forget(session, now=NOW + LIVES.refresh)

    with Reading() as session:
        assert session.scalar(select(func.count(Pair.id))) == 1
