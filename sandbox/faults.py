"""The faults that a script has ordered."""

import random
from dataclasses import dataclass
from typing import Self

from sandbox.errors import Json

TOKEN = "/identity/token"  # noqa: S105 - a path
# What can be wrong with an identity token.
SPOILT = ("wrong_nonce", "wrong_key", "wrong_audience", "wrong_issuer", "expired", "old_login")
OF_WECHAT = ("busy", "timeout", "invalid_token", "quota", "html502", "delay", "errcode")
KINDS = (*OF_WECHAT, *SPOILT)
CODES = {"busy": -1, "invalid_token": 40001, "quota": 45009}
CARRIED_OUT = ("timeout", "delay")


@dataclass
class Fault:
    """One order: what goes wrong, where, how often, how likely; `sent` carries the call out."""

    kind: str
    path: str | None = None
    count: int | None = None
    probability: float = 1.0
    seconds: float = 10.0
    errcode: int = -1
    sent: bool = False

    @classmethod
    def ordered(cls, order: Json) -> Self:
        """Read an order; what it leaves open has the default of its kind."""
        kind = order["kind"]
        if kind not in KINDS:
            raise ValueError(f"fault {kind!r} is none of {', '.join(KINDS)}")
        named: Json = {"errcode": CODES.get(kind, -1), "sent": kind in CARRIED_OUT}
        named |= {"path": TOKEN} if kind in SPOILT else {}
        return cls(**{**named, **order})


class Faults:
    """Orders in the order of their arrival; the first that fits a call strikes."""

    def __init__(self) -> None:
        self.orders: list[Fault] = []
        # Seeded: a drill that failed must fail again.
        self.dice = random.Random(1)  # noqa: S311 - chance, not secrecy

    def take(self, path: str, *, only_named: bool = False) -> Fault | None:
        """Find the fault that strikes this call, if need be for this very path; count it off."""
        paths = (path,) if only_named else (None, path)
        for fault in self.orders:
            if fault.path in paths and self.dice.random() < fault.probability:
                self._count_off(fault)
                return fault
        return None

    def _count_off(self, fault: Fault) -> None:
        if fault.count is not None:
            fault.count -= 1
            if fault.count <= 0:
                self.orders.remove(fault)
