"""Drafts: what somebody had typed when they were sent to prove once more who they are.

Sealed, because it is about people; for half an hour, and read once.
"""

import json
from datetime import timedelta

from bot.h5 import asking
from bot.h5.asking import Caller
from core.vault import VaultError

_KEY = "h5:draft:{}:{}"
_LIFE = timedelta(minutes=30)
_PURPOSE = "h5.draft"
Draft = dict[str, list[str]]


def keep(who: Caller, name: str, typed: Draft) -> None:
    """Keep what was typed into a form."""
    parts = asking.current().parts
    sealed = parts.vault.seal(json.dumps(typed), _PURPOSE)
    parts.redis.set(_KEY.format(who.sign_in_id, name), sealed, ex=_LIFE)


def take(who: Caller, name: str) -> Draft:
    """Return what was typed into a form, once."""
    parts = asking.current().parts
    held = parts.redis.getdel(_KEY.format(who.sign_in_id, name))
    if not isinstance(held, bytes):
        return {}
    try:
        found: Draft = json.loads(parts.vault.open(held.decode(), _PURPOSE))
    except VaultError:  # sealed with a key that has gone: it is typed again
        return {}
    return found
