"""One number, one account; found by a keyed hash, read by nobody without the key."""

from sqlalchemy import func, select, text

from core import phones
from core.accounts import Account
from core.db import Reading, Writing
from core.vault import Vault
from tests.core.given import NOW, at_once

OLD = Vault({"k1": b"v" * 32}, (b"h" * 32,))
BOTH = Vault({"k2": b"w" * 32, "k1": b"v" * 32}, (b"n" * 32, b"h" * 32))
NEW = Vault({"k2": b"w" * 32}, (b"n" * 32,))
NUMBER = "13800138000"


def known(number=NUMBER, vault=OLD):
    with Writing() as session:
        return phones.known(session, vault, number, now=NOW)


def number_of(account_id, vault=OLD):
    with Reading() as session:
        return phones.of_account(session, vault, account_id)


def test_a_number_keeps_its_account(database):
    assert known() == known() != known("13900139000")
    assert number_of(known()) == NUMBER


def test_a_number_that_many_sign_up_with_at_once_is_one_account(database):
    assert len(set(at_once(6, known))) == 1

    with Reading() as session:
        assert session.scalar(select(func.count(Account.id))) == 1


def test_no_number_stands_in_the_database(database):
    known()

    with Reading() as session:
        row = session.execute(text("select * from phones")).one()
    assert NUMBER not in str(row)


def test_the_keys_rotate(database):
    account_id = known()
    assert known(vault=BOTH) == account_id

    with Writing() as session:
        assert phones.rotate(session, BOTH) == account_id
        assert phones.rotate(session, BOTH, after=account_id) is None

    assert known(vault=NEW) == account_id
    assert number_of(account_id, NEW) == NUMBER


def test_a_number_that_was_forgotten_is_free_again(database):
    account_id = known()

    with Writing() as session:
        phones.forget(session, account_id)

    assert number_of(account_id) is None
    assert known() != account_id


def test_a_number_is_shown_with_its_middle_hidden():
    assert phones.masked(NUMBER) == "138****8000"
