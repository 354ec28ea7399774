"""Examine the files that citizens sent, and clear away what is no longer wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from config.scanner import Scanner, ScannerAwayError
from config.settings import Settings
from core.case_errors import EvidenceDamagedError
from core.db import Reading, Writing
from core.evidence import examination, ledger, shelf
from core.evidence.examination import Finding
from core.evidence.flaws import FlawedError
from core.evidence.kinds import Flaw
from core.evidence.ledger import Evidence
from core.evidence.shelf import EvidenceShelf
from core.pace import Pace

log = structlog.get_logger()

# Younger than this, a file without a row may belong to a transaction that is not committed yet.
_SURELY_LEFT = timedelta(days=1)
_CHUNK = 500


@dataclass(frozen=True)
class Laboratory:
    """What files are examined with; without a scanner the files say that none has looked."""

    shelf: EvidenceShelf
    scanner: Scanner | None
    pace: Pace
    clock: Callable[[], datetime]


def laboratory(settings: Settings, *, clock: Callable[[], datetime]) -> Laboratory:
    """Build what files are examined with from the settings."""
    scanner = Scanner(settings.clamd, settings.clamd_timeout) if settings.clamd else None
    kept = EvidenceShelf(settings.evidence_dir, settings.vault)
    return Laboratory(kept, scanner, settings.pace_of_waits, clock)


def examine_next(parts: Laboratory) -> bool:
    """Examine the next file that waits; return whether there was one."""
    with Writing() as session:
        one = examination.lease(session, now=parts.clock(), pace=parts.pace)
    if one is None:
        return False
    try:
        finding, kept = _examined(parts, one)
        _settle(parts, one, finding, kept=kept)
    except ScannerAwayError as error:
        log.warning("scanner_away", error=str(error))
        with Writing() as session:
            held = examination.held(session, one.id)
            if held is not None:
                examination.postpone(held, now=parts.clock(), wait=parts.pace.outage_wait)
    return True


def expire(parts: Laboratory) -> int:
    """Forget files that waited for a case in vain; return how many of a chunk."""
    with Writing() as session:
        keys = ledger.expire(session, now=parts.clock())
    for key in keys:
        parts.shelf.drop(key)
    return len(keys)


def sweep(parts: Laboratory) -> int:
    """Delete files that no row names, left over from moments that were cut off."""
    gone = 0
    left = list(parts.shelf.keys(parts.clock() - _SURELY_LEFT))
    for start in range(0, len(left), _CHUNK):
        keys = left[start : start + _CHUNK]
        with Reading() as session:
            unknown = ledger.unknown(session, keys)
        for key in unknown:
            parts.shelf.drop(key)
        gone += len(unknown)
    return gone


def renew(kept: EvidenceShelf) -> int:
    """Encrypt all files anew with the key in force; return how many cannot be."""
    after: int | None = 0
    damaged = 0
    while after is not None:
        after, is_fine = _renew_next(kept, after)
        damaged += not is_fine
    return damaged


def _renew_next(kept: EvidenceShelf, after: int) -> tuple[int | None, bool]:
    with Writing() as session:
        one = ledger.next_after(session, after)
        if one is None:
            return None, True
        try:
            kept.renew(one.file_key)
        except EvidenceDamagedError:
            return one.id, False
        return one.id, True


def _examined(parts: Laboratory, one: Evidence) -> tuple[Finding, bytes | None]:
    scanned = parts.scanner is not None
    if one.tries > examination.MOST_TRIES:
        return Finding(scanned=False, flaw=Flaw.UNREADABLE), None
    try:
        data = parts.shelf.get(one.file_key)
        if parts.scanner and parts.scanner.finds_virus(data):
            return Finding(scanned=True, flaw=Flaw.VIRUS), None
        cleaned = examination.clean(data, one.media_type)
    except EvidenceDamagedError:
        return Finding(scanned=False, flaw=Flaw.UNREADABLE), None
    except FlawedError as error:
        return Finding(scanned=scanned, flaw=error.flaw), None
    kept = cleaned.data
    finding = Finding(
        scanned=scanned, sha256=shelf.digest(kept), size=len(kept), pages=cleaned.pages
    )
    return finding, kept


def _settle(parts: Laboratory, one: Evidence, finding: Finding, *, kept: bytes | None) -> None:
    with Writing() as session:
        held = examination.held(session, one.id)
        if held is None:  # its owner deleted it meanwhile, or another worker was faster
            return
        examination.settle(held, finding, now=parts.clock())
        session.flush()
        if kept is not None:
            parts.shelf.put(one.file_key, kept)
    if kept is None:
        parts.shelf.drop(one.file_key)
