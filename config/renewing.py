"""Renewing: what re-evaluation is done with, and which state of the rules it is done for."""

from datetime import datetime
from functools import cache

from config import reading, rulebook
from core import renewal
from core.calendar import day
from core.reevaluation import Run
from core.renewal import Stand
from core.rules import Rulebook
from core.vault import Vault

# Why persons' facts may be opened for it; each reading leaves an access row.
_BASIS = "个人信息保护法第十三条第一款第三项"


@cache
def rules() -> Rulebook:
    """Return the rules of this process."""
    return rulebook.load()


def stand(now: datetime) -> Stand:
    """Return the state of the rules at an instant."""
    return Stand(_tables(), renewal.turned_on(rules(), day(now)))


def run(vault: Vault, who: str, *, now: datetime, dry: bool = False, actor: str = "cli") -> Run:
    """Return how all records are re-evaluated."""
    return Run(rules(), vault, who, _BASIS, now, dry=dry, actor=actor)


@cache
def _tables() -> str:
    return reading.tables(rules())
