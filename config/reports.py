"""Make reports and certificates: read what they tell, set them, shelve them, say they are there."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from config.settings import Settings
from core.certificates import making as certificates
from core.certificates.ledger import Certificate
from core.db import Reading, Writing
from core.reports import making, personal, telling
from core.reports.ledger import Report
from core.rules import Rulebook
from core.vault import Vault
from messages.report import shelf
from messages.report.contents import Edition
from messages.report.press import Press
from messages.report.shelf import Shelf


@dataclass(frozen=True)
class Printing:
    """What reports are made with; the press is costly to build."""

    press: Press
    shelf: Shelf
    valid_days: int
    vault: Vault
    clock: Callable[[], datetime]


def printing(settings: Settings, rules: Rulebook, *, clock: Callable[[], datetime]) -> Printing:
    """Build what reports are made with from the settings and the rules."""
    citations = {term.name: term.citation for term in rules.terms}
    return Printing(
        press=Press(Edition(settings.public_url, citations)),
        shelf=Shelf(settings.report_dir),
        valid_days=settings.report_valid_days,
        vault=settings.vault,
        clock=clock,
    )


def make(parts: Printing, report_id: int) -> bool:
    """Make one report; False if it was made already, or must begin anew.

    The file gets its name while the row of the report is locked, so that of two workers with the
    same report only the one that is believed leaves a file.
    """
    with Writing() as session:
        days, now = parts.valid_days, parts.clock()
        told = telling.snapshot(session, parts.vault, report_id, valid_days=days, now=now)
    if told is None:
        return False
    pdf = parts.press.pdf(told)
    with Reading() as session:
        report = session.get_one(Report, report_id)
        if personal.is_taken_back(session, report):
            return False
        secret = personal.secret(session, parts.vault, report)
    draft = parts.shelf.draft(report.file_key, pdf, secret)
    with Writing() as session:
        done = making.made(
            session,
            report_id,
            snapshot_hash=told.hash,
            pdf_hash=shelf.digest(pdf),
            size=len(pdf),
            now=parts.clock(),
        )
        if done:
            parts.shelf.place(report.file_key, draft)
    draft.unlink(missing_ok=True)
    return done


def make_certificate(parts: Printing, certificate_id: int) -> bool:
    """Make one certificate; False if it was made already, or is to be made no more."""
    with Writing() as session:
        now = parts.clock()
        told = certificates.told(session, parts.vault, certificate_id, now=now)
    if told is None:
        return False
    pdf = parts.press.certificate(told)
    with Reading() as session:
        held = session.get_one(Certificate, certificate_id)
    draft = parts.shelf.draft(held.file_key, pdf, certificates.secret(parts.vault, held))
    with Writing() as session:
        sha256, size, now = shelf.digest(pdf), len(pdf), parts.clock()
        done = certificates.made(session, certificate_id, pdf_hash=sha256, size=size, now=now)
        if done:
            parts.shelf.place(held.file_key, draft)
    draft.unlink(missing_ok=True)
    return done
