"""Logins (登录名): what a member types to say who they are; never given to anybody else again."""

import re
import unicodedata

from core.staff.errors import LoginRefusedError, NameRefusedError

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,31}")
_LONGEST_NAME = 50


def read_login(typed: str) -> str:
    """Forgive how a login is typed: width, case, spaces around."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()


def new_login(typed: str) -> str:
    """Return a login as it is kept. Raises LoginRefusedError."""
    login = read_login(typed)
    if not _LOGIN.fullmatch(login):
        raise LoginRefusedError
    return login


def new_name(typed: str) -> str:
    """Return the name of a member as it is kept. Raises NameRefusedError."""
    name = typed.strip()
    if not name.isprintable() or not 0 < len(name) <= _LONGEST_NAME:
        raise NameRefusedError
    return name
