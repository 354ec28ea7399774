"""Proving the audit trail in the background: the console shows what was found last."""

from collections.abc import Callable
from datetime import datetime

from config import heads
from config.settings import Settings
from core.audit import proof, proving
from core.db import Reading, Writing


def verify(settings: Settings, *, clock: Callable[[], datetime]) -> None:
    """Prove the chain against the rows and the file of heads; write down what was found."""
    with Writing() as session:
        proving.begin(session, now=clock())
    newest, lines = heads.snapshot(settings.audit_dir)
    key = settings.audit_key.get_secret_value().encode()
    with Reading() as session:
        report = proof.check(session, key, lines.heads, upto=newest)
    strange = len(lines.strange) + int(bool(report.seals) and not lines.exists)
    with Writing() as session:
        proving.keep(session, report, strange=strange, now=clock())
