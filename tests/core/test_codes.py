"""Codes by text message: few minutes, few tries, once; and nobody can be flooded with them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from core import codes
from core.account_errors import TooManyCodesError
from core.codes import LIFE, TRIES, Code, Purpose, Wanted
from core.db import Reading, Writing
from core.vault import Vault
from tests.core.given import NOW, SECOND, at_once

VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))
NUMBER = "13800138000"
MINUTE, LEASE = timedelta(minutes=1), timedelta(seconds=20)


def ask(number=NUMBER, *, purpose=Purpose.SIGN_IN, now=NOW, vault=VAULT):
    with Writing() as session:
        codes.ask(session, vault, Wanted(number, purpose), language="zh", now=now)


def redeem(code, *, number=NUMBER, purpose=Purpose.SIGN_IN, now=NOW, vault=VAULT):
    with Writing() as session:
        return codes.redeem(session, vault, Wanted(number, purpose), code=code, now=now)


def lease(now=NOW, limit=100):
    with Writing() as session:
        return codes.lease(session, VAULT, limit=limit, now=now, lease=LEASE)


def sent(code_id):
    with Writing() as session:
        codes.sent(session, code_id)


def told(now=NOW):
    """Return the newest code, as the worker sends it."""
    return lease(now)[-1].code


def wrong(code):
    return f"{(int(code) + 1) % 10**6:06}"


def is_due(now=NOW):
    with Reading() as session:
        return codes.is_due(session, now=now)


def test_a_code_is_good_once(database):
    ask()
    code = told()

    assert len(code) == 6
    assert redeem(code)
    assert not redeem(code)


def test_a_code_ends_to_the_second(database):
    ask()
    code = told()

    assert not redeem(code, now=NOW + LIFE)
    assert redeem(code, now=NOW + LIFE - SECOND)


def test_a_few_wrong_tries_void_the_right_code(database):
    ask()
    code = told()

    tries = [redeem(wrong(code)) for _ in range(TRIES)]

    assert tries == [False] * TRIES
    assert not redeem(code)


def test_the_last_try_may_be_right(database):
    ask()
    code = told()
    for _ in range(TRIES - 1):
        redeem(wrong(code))

    assert redeem(code)


def test_guessing_by_many_at_once_gets_no_more_tries(database):
    ask()
    code = told()

    at_once(12, lambda: redeem(wrong(code)))

    with Reading() as session:
        assert session.scalars(select(Code.tries)).one() == TRIES
    assert not redeem(code)


def test_of_many_who_redeem_at_once_one_does(database):
    ask()
    code = told()

    assert sorted(at_once(4, lambda: redeem(code))) == [False, False, False, True]


def test_a_code_is_for_one_number_and_one_purpose(database):
    ask()
    code = told()

    assert not redeem(code, number="13900139000")
    assert not redeem(code, purpose=Purpose.STEP_UP)
    assert redeem(code)


def test_a_newer_code_voids_the_earlier_one(database):
    ask()
    first = told()
    ask(now=NOW + MINUTE)
    second = told(NOW + MINUTE)

    if first != second:
        assert not redeem(first, now=NOW + MINUTE)
    assert redeem(second, now=NOW + MINUTE)


def test_nothing_is_redeemed_where_nothing_was_asked_for(database):
    assert not redeem("123456")


def refused(now, **order):
    with pytest.raises(TooManyCodesError) as refusal:
        ask(now=now, **order)
    return refusal.value.wait


def test_a_number_gets_one_a_minute_five_an_hour_ten_a_day(database):
    ask()
    assert refused(NOW + 59 * SECOND) == SECOND
    for minute in range(1, 5):
        ask(now=NOW + minute * MINUTE)
    assert refused(NOW + 5 * MINUTE) == timedelta(minutes=55)
    for minute in range(60, 65):
        ask(now=NOW + minute * MINUTE)
    assert refused(NOW + timedelta(hours=3)) == timedelta(hours=21)

    ask(now=NOW + timedelta(days=1))
    ask("13900139000")


def test_who_has_just_signed_in_may_prove_at_once_who_they_are(database):
    for minute in range(5):
        ask(now=NOW + minute * MINUTE)
    ask(purpose=Purpose.STEP_UP, now=NOW + 4 * MINUTE)

    again = NOW + 4 * MINUTE + SECOND
    assert refused(again, purpose=Purpose.STEP_UP) == 59 * SECOND
    assert refused(again) == timedelta(minutes=56) - SECOND


def test_of_many_who_ask_at_once_one_gets_a_code(database):
    def try_():
        try:
            ask()
        except TooManyCodesError:
            return False
        return True

    assert sorted(at_once(4, try_)) == [False, False, False, True]


def test_a_message_is_leased_once_and_falls_due_again_until_it_is_sent(database):
    ask()
    [message] = lease()
    assert (message.number, message.purpose, message.language) == (NUMBER, Purpose.SIGN_IN, "zh")

    assert lease() == []
    assert not is_due(NOW + LEASE - SECOND)
    assert is_due(NOW + LEASE)
    assert lease(NOW + LEASE) == [message]
    sent(message.id)

    assert not is_due(NOW + 2 * LEASE)


def test_a_code_that_is_over_is_not_sent_but_erased(database):
    ask()

    assert is_due(NOW + LIFE)
    assert lease(NOW + LIFE) == []
    assert not is_due(NOW + LIFE)


def test_neither_number_nor_code_stands_in_the_database(database):
    ask()
    [message] = lease()

    with Reading() as session:
        row = [str(value) for value in session.execute(text("select * from sms_codes")).one()]
    assert not [value for value in row if NUMBER in value or value == message.code]
    sent(message.id)
    with Reading() as session:
        assert session.scalars(select(Code.sealed)).one() is None


def test_a_new_key_for_hashes_forgets_no_limit_and_no_code(database):
    ask()
    code = told()
    both = Vault(VAULT.keys, (b"n" * 32, *VAULT.hash_keys))

    assert refused(NOW + 2 * SECOND, vault=both) == 58 * SECOND
    assert redeem(code, vault=both)


def test_what_no_limit_counts_any_more_is_forgotten(database):
    ask()
    ask(now=NOW + MINUTE)

    with Writing() as session:
        codes.forget(session, now=NOW + timedelta(days=1))

    with Reading() as session:
        assert session.scalars(select(Code.made_at)).all() == [NOW + MINUTE]
