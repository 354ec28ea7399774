"""Passwords of the staff: argon2id, twelve characters at least. To check one takes a while.

So it is done where no session is open: a transaction would hold its locks for as long.
"""

import unicodedata
from typing import NewType

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from core.staff.errors import PasswordRefusedError

SHORTEST, LONGEST = 12, 200
HASHER = PasswordHasher()  # the parameters of RFC 9106 for little memory

Hash = NewType("Hash", str)
# Of nobody: to refuse an unknown login takes as long as to refuse a wrong password.
NOBODYS = Hash(
    "$argon2id$v=19$m=65536,t=3,p=4$"
    "W2ITw/etIrHsEUchDAQegg$9GlBfZ4yPgBGNbJHzVEwWs1kxbt1gWRpZ+e/jYRZ38I"
)


def new(password: str, *, login: str) -> Hash:
    """Return what is kept of a new password. Raises PasswordRefusedError."""
    text = _plain(password)
    # Neither the login, nor the login several times over.
    bare = text.casefold().replace(login, "")
    if not SHORTEST <= len(text) <= LONGEST or not bare:
        raise PasswordRefusedError
    return _hash(text)


def is_right(held: Hash, password: str) -> bool:
    """Say whether a password is the one of which this is kept."""
    try:
        return HASHER.verify(held, _bytes(_plain(password)))
    except VerifyMismatchError:
        return False


def renewed(held: Hash, password: str) -> Hash:
    """Return what is kept of a right password: made anew if our parameters have changed."""
    return _hash(_plain(password)) if HASHER.check_needs_rehash(held) else held


def _hash(text: str) -> Hash:
    return Hash(HASHER.hash(_bytes(text)))


def _plain(password: str) -> str:
    # The same character can be typed in several ways.
    return unicodedata.normalize("NFKC", password)


def _bytes(text: str) -> bytes:
    return text.encode(errors="replace")
