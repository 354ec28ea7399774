"""Proving the audit trail in the background: the console shows what was found last.

Each step reads by itself and is written down: a worker that dies leaves the rest to the next. The
command proves all of it anew each time, because who can write into the trail could write a step.
"""

from collections.abc import Callable
from datetime import datetime

from config import heads
from config.settings import Settings
from core.audit import proof, proving
from core.audit.proof import Chain, Reached
from core.db import Reading, Writing


def verify(settings: Settings, *, clock: Callable[[], datetime], most: int = proof.STEP) -> None:
    """Prove the chain against the rows and the file of heads; write down what was found."""
    newest, lines = heads.snapshot(settings.audit_dir)
    chain = Chain(settings.audit_key.get_secret_value().encode(), lines.heads, newest)
    reached = _begun(clock())
    while (following := _next(chain, reached, most=most)) is not None:
        reached = following
        if reached.place < newest:
            with Writing() as session:
                proving.reached(session, reached, now=clock())
    with Reading() as session:
        report = proof.end(session, chain, reached)
    strange = len(lines.strange) + int(bool(report.seals) and not lines.exists)
    with Writing() as session:
        proving.keep(session, report, strange=strange, now=clock())


def _begun(now: datetime) -> Reached:
    with Writing() as session:
        if left := proving.left_at(session, now=now):
            return left
        proving.begin(session, now=now)
        return Reached()


def _next(chain: Chain, reached: Reached, *, most: int) -> Reached | None:
    with Reading() as session:
        found = proof.step(session, chain, reached, most=most)
    return found[0] if found else None
