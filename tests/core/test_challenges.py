"""A challenge waits for one answer, for a while, in nobody's clear sight."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from config import keyring
from core import accounts, challenges, persons, realname, representation, rotation, sessions
from core.challenges import Challenge, Proven, Purpose
from core.db import Reading, Writing
from core.errors import ChallengeNotFoundError, IdentityUnusableError, MinorError, NotVerifiedError
from core.lives import Lives
from core.sign_ins import Device, Platform, SignIn
from core.vault import VaultError
from tests.core.department_files import RULES
from tests.core.given import NOW, at_once

VAULT = keyring.vault("k1:seal", "hash")
NEWER = keyring.vault("k2:newer,k1:seal", "hash")
ZHANG = Proven("https://identity.example", "person-1", "张三", "530112199001010004", None)
CODE = "91530102000000019G"
OTHER = "91530100MA6K3Q5R8T"


@pytest.fixture
def sign_in(database):
    def sign_in():
        with Writing() as session:
            account_id = accounts.open_one(session, now=NOW)
            phone = Device("phone", Platform.IOS, "iPhone")
            return sessions.begin(session, account_id, phone, lives=Lives(), now=NOW).sign_in_id

    return sign_in


def begin(sign_in_id, purpose=Purpose.VERIFY, now=NOW):
    with Writing() as session:
        return challenges.begin(session, VAULT, sign_in_id, purpose=purpose, now=now)


def take(sign_in_id, sent, now=NOW, vault=VAULT):
    with Writing() as session:
        return challenges.take(session, vault, sent.state, sign_in_id=sign_in_id, now=now)


def settle(taken, proven=ZHANG, now=NOW):
    with Writing() as session:
        bound = challenges.settle(session, VAULT, taken, proven=proven, rules=RULES, now=now)
        return persons.read(session, VAULT, bound.subject_id), bound.organisation


def count():
    with Reading() as session:
        return session.scalar(select(func.count()).select_from(Challenge))


def test_what_was_sent_comes_back_once(sign_in):
    mine = sign_in()
    sent = begin(mine)

    taken = take(mine, sent)

    assert (taken.nonce, taken.verifier, taken.begun_at) == (sent.nonce, sent.verifier, NOW)
    with pytest.raises(ChallengeNotFoundError):
        take(mine, sent)


def test_of_two_answers_at_once_one_counts(sign_in):
    mine = sign_in()
    sent = begin(mine)

    def attempt():
        try:
            return take(mine, sent)
        except ChallengeNotFoundError:
            return None

    assert len([one for one in at_once(4, attempt) if one]) == 1


def test_an_answer_that_could_not_be_looked_at_comes_again(sign_in):
    mine = sign_in()
    sent = begin(mine)
    taken = take(mine, sent)

    with Writing() as session:
        challenges.give_back(session, taken)

    assert take(mine, sent) == taken


def test_an_older_answer_is_not_given_back_to_a_newer_challenge(sign_in):
    mine = sign_in()
    taken = take(mine, begin(mine))
    newer = begin(mine, now=NOW + timedelta(seconds=1))
    take(mine, newer, now=NOW + timedelta(seconds=1))

    with Writing() as session:
        challenges.give_back(session, taken)

    with pytest.raises(ChallengeNotFoundError):
        take(mine, newer, now=NOW + timedelta(seconds=1))


def test_another_sign_in_gets_nothing(sign_in):
    mine, others = sign_in(), sign_in()
    sent = begin(mine)

    with pytest.raises(ChallengeNotFoundError):
        take(others, sent)


def test_what_nobody_answered_is_dropped(sign_in):
    begin(sign_in())
    begin(sign_in(), now=NOW + timedelta(seconds=1))

    with Writing() as session:
        challenges.sweep(session, now=NOW + challenges.LIFE)

    assert count() == 1


def test_who_is_proven_is_known_and_the_challenge_is_gone(sign_in):
    mine = sign_in()

    person, organisation = settle(take(mine, begin(mine)))

    assert (person.number, person.name) == (ZHANG.number, "张三")
    assert organisation is None
    assert count() == 0


def test_a_code_is_kept_in_its_usual_form(sign_in):
    mine = sign_in()
    proven = Proven(**vars(ZHANG) | {"organisation": f" {CODE.lower()} "})

    assert settle(take(mine, begin(mine)), proven)[1] == CODE


@pytest.mark.parametrize(
    "changed",
    [
        {"number": "530112199001010005"},
        {"number": ""},
        {"name": " "},
        {"name": "张\n三"},
        {"name": "张" * 101},
        {"organisation": "530112199001010004"},
        {"organisation": "no code"},
    ],
)
def test_what_cannot_be_used_is_refused(sign_in, changed):
    mine = sign_in()

    with pytest.raises(IdentityUnusableError):
        settle(take(mine, begin(mine)), Proven(**vars(ZHANG) | changed))


def test_somebody_is_a_minor_until_their_birthday(sign_in):
    mine = sign_in()
    young = Proven(**vars(ZHANG) | {"number": "530199200805210003"})
    assert (NOW.year, NOW.month, NOW.day) == (2026, 5, 20)

    taken = take(mine, begin(mine))
    with pytest.raises(MinorError):
        settle(taken, young)
    # It is the 21st in Kunming, and still the 20th in London.
    person, _ = settle(taken, young, now=NOW + timedelta(hours=12, minutes=30))
    assert person.number == young.number


def test_only_who_is_known_can_step_up(sign_in):
    mine = sign_in()
    with pytest.raises(NotVerifiedError):
        begin(mine, Purpose.STEP_UP)
    settle(take(mine, begin(mine)), Proven(**vars(ZHANG) | {"organisation": CODE}))

    _, organisation = settle(take(mine, begin(mine, Purpose.STEP_UP)))

    assert organisation == CODE


def acting(sign_in_id):
    with Reading() as session:
        held = realname.of_account(session, session.get_one(SignIn, sign_in_id).account_id)
        return held.organisation, held.organisation_until


def test_a_representation_ends_after_a_year_or_when_the_provider_says(sign_in):
    mine = sign_in()
    for claimed, ends in {
        None: date(2027, 5, 20),
        date(2027, 5, 20): date(2027, 5, 20),
        date(2030, 1, 1): date(2027, 5, 20),
        date(2026, 6, 30): date(2026, 6, 30),
        date(2026, 5, 19): date(2026, 5, 19),
    }.items():
        said = {"organisation": CODE, "organisation_until": claimed}
        settle(take(mine, begin(mine)), Proven(**vars(ZHANG) | said))
        assert acting(mine) == (CODE, ends)
        with Reading() as session:
            whose = session.get_one(SignIn, mine).account_id
            days = (ends, ends + timedelta(days=1))
            assert [representation.of_account(session, whose, today=today) for today in days] == [
                CODE,
                None,
            ]


def test_a_step_up_makes_no_representation_last_longer_and_a_verification_says_it_anew(sign_in):
    mine, later = sign_in(), NOW + timedelta(days=30)
    settle(take(mine, begin(mine)), Proven(**vars(ZHANG) | {"organisation": CODE}))

    def again(purpose, **said):
        sent = begin(mine, purpose, now=later)
        settle(take(mine, sent, now=later), Proven(**vars(ZHANG) | said), now=later)
        return acting(mine)

    assert again(Purpose.STEP_UP) == (CODE, date(2027, 5, 20))
    assert again(Purpose.STEP_UP, organisation=OTHER) == (OTHER, date(2027, 6, 19))
    assert again(Purpose.VERIFY, organisation=CODE) == (CODE, date(2027, 6, 19))
    assert again(Purpose.VERIFY) == (None, None)
    with Reading() as session:
        assert session.scalar(select(func.count()).select_from(realname.Verification)) == 1


def test_what_is_under_way_opens_with_the_newer_key_alone(sign_in):
    mine = sign_in()
    sent = begin(mine)
    alone = keyring.vault("k2:newer", "hash")
    with pytest.raises(VaultError):
        take(mine, sent, vault=alone)

    for part in rotation.PARTS:
        with Writing() as session:
            rotation.step(session, NEWER, part, after=0, now=NOW)

    assert take(mine, sent, vault=alone).verifier == sent.verifier
