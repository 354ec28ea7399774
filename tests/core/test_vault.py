"""The vault opens only what it sealed, for the column it was sealed for; keys rotate."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.vault import Vault, VaultError

OLD, NEW = b"o" * 32, b"n" * 32
VAULT = Vault({"k1": OLD}, (b"h" * 32,))
ROTATING = Vault({"k2": NEW, "k1": OLD}, (b"i" * 32, b"h" * 32))


@given(st.text())
def test_what_is_sealed_opens_again_and_never_looks_the_same(text):
    one, other = VAULT.seal(text, "person.name"), VAULT.seal(text, "person.name")

    assert one != other
    assert VAULT.open(one, "person.name") == text


def test_a_value_opens_for_its_own_column_only():
    with pytest.raises(VaultError):
        VAULT.open(VAULT.seal("示例某", "person.name"), "person.number")


@pytest.mark.parametrize(
    "spoil",
    [lambda v: v[:-4] + "AAA=", lambda v: "k9" + v[2:], lambda _: "k1.?"],
    ids=["text", "key", "form"],
)
def test_a_value_that_was_changed_does_not_open(spoil):
    with pytest.raises(VaultError):
        VAULT.open(spoil(VAULT.seal("示例某", "person.name")), "person.name")


def test_old_values_open_while_keys_rotate_and_new_ones_take_the_new_key():
    old = VAULT.seal("示例某", "person.name")

    assert ROTATING.open(old, "person.name") == "示例某"
    assert not ROTATING.is_newest(old)
    assert ROTATING.seal("x", "y").startswith("k2.")


def test_a_hash_is_the_same_under_the_same_key_only():
    new, old = ROTATING.hashes("530112199001010004")

    assert VAULT.hashes("530112199001010004") == (old,)
    assert new != old
    assert len(old) == 32
    assert replace(VAULT, hash_keys=(b"x",)).hashes("1") != VAULT.hashes("1")
