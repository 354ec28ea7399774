"""The two kinds of paper that anybody may verify: credit reports, and certificates of repair."""

from collections.abc import Mapping
from datetime import date
from types import ModuleType

from bot.verifying import Paper
from core.certificates import proof as certificates
from core.certificates.proof import Verdict as Certificate
from core.db import Reading
from core.reports import proof as reports
from core.reports.proof import Verdict as Report
from messages.wording import certify_en, certify_zh, verify_en, verify_zh


def _verify_report(number: str, code: str, today: date) -> Report:
    with Reading() as session:
        return reports.verify(session, number, code, today=today)


def _report_of_file(digest: str, today: date) -> Report:
    with Reading() as session:
        return reports.of_file(session, digest, today=today)


def _verify_certificate(number: str, code: str, _today: date) -> Certificate:
    with Reading() as session:
        return certificates.verify(session, number, code)


def _certificate_of_file(digest: str, _today: date) -> Certificate:
    with Reading() as session:
        return certificates.of_file(session, digest)


def _on_report(verdict: Report, words: ModuleType) -> Mapping[str, str | None]:
    return {
        "report_no": verdict.report_no,
        "name": verdict.name,
        "uscc": verdict.uscc,
        "as_of": words.time(verdict.as_of) if verdict.as_of else None,
        "valid_until": words.date(verdict.valid_until) if verdict.valid_until else None,
    }


def _on_certificate(verdict: Certificate, words: ModuleType) -> Mapping[str, str | None]:
    return {
        "number": verdict.number,
        "name": verdict.name,
        "uscc": verdict.uscc,
        "document_no": verdict.document_no,
        "authority": verdict.authority,
        "decided_on": words.date(verdict.decided_on) if verdict.decided_on else None,
        "revoked_on": words.date(verdict.revoked_on) if verdict.revoked_on else None,
    }


REPORT = Paper(
    name="report",
    other="certificate",
    words=(verify_zh, verify_en),
    verify=_verify_report,
    of_file=_report_of_file,
    facts=_on_report,
)
CERTIFICATE = Paper(
    name="certificate",
    other="report",
    words=(certify_zh, certify_en),
    verify=_verify_certificate,
    of_file=_certificate_of_file,
    facts=_on_certificate,
)
