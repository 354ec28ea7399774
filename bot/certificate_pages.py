"""The page on which anybody verifies a certificate of repair: by its number and code, or file."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot import verification
from core import privacy
from core.certificates import proof
from core.certificates.proof import Standing, Verdict
from core.db import Reading
from messages.wording import certify_en, certify_zh, zh

_LONGEST = 64
_PLACE = f"/certificates/<string(maxlength={_LONGEST}):number>/<string(maxlength={_LONGEST}):code>"
_LANGUAGES = (("zh-CN", certify_zh), ("en", certify_en))


def add_to(blueprint: Blueprint, *, clock: Callable[[], datetime]) -> None:
    """Add the page to our others. A code stands in the path, never in a query string."""
    _add_search(blueprint, clock)
    _add_certificate(blueprint, clock)


def _add_search(blueprint: Blueprint, clock: Callable[[], datetime]) -> None:
    @blueprint.get("/certificates")
    def ask_certificate() -> Response:
        return _asking()

    @blueprint.post("/certificates")
    def find_certificate() -> Response | AnyResponse:
        number, code = (
            privacy.read_code(request.form.get(name, "")) for name in ("number", "code")
        )
        if not number or not code:
            return _asking("INCOMPLETE", status=422)
        place = url_for("pages.certificate", number=number[:_LONGEST], code=code[:_LONGEST])
        return redirect(place, 303)

    @blueprint.post("/certificates/files")
    def find_certificate_file() -> Response:
        return _sent(lambda digest: _of_file(digest, clock()))


def _add_certificate(blueprint: Blueprint, clock: Callable[[], datetime]) -> None:
    @blueprint.get(_PLACE)
    def certificate(number: str, code: str) -> Response:
        return _judged(_verdict(number, code), clock(), compare=f"{request.path}/file")

    @blueprint.post(f"{_PLACE}/file")
    def compare_certificate(number: str, code: str) -> Response:
        verdict = _verdict(number, code)

        def judged(digest: str | None) -> Response:
            remark = "SAME" if digest == verdict.pdf_hash else "DIFFERENT"
            found = remark if digest else "NO_FILE"
            return _judged(verdict, clock(), compare=request.path, remark=found)

        return _sent(judged)


def _verdict(number: str, code: str) -> Verdict:
    with Reading() as session:
        return proof.verify(session, number, code)


def _sent(answer: Callable[[str | None], Response]) -> Response:
    """Answer by the hash of the file that came, if one did and is small enough."""
    try:
        digest = verification.hash_of_upload()
    except RequestEntityTooLarge:
        return _asking("TOO_LARGE", status=413)
    return answer(digest)


def _of_file(digest: str | None, now: datetime) -> Response:
    if digest is None:
        return _asking("NO_FILE", status=422)
    with Reading() as session:
        verdict = proof.of_file(session, digest)
    if verdict.standing is Standing.UNKNOWN:
        return _asking("NOT_OURS", status=404)
    return _judged(verdict, now, remark="SAME")


def _asking(remark: str | None = None, *, status: int = 200) -> Response:
    places = {
        "find": url_for("pages.find_certificate"),
        "find_file": url_for("pages.find_certificate_file"),
        "other": url_for("pages.ask_report"),
    }
    told = {"title": certify_zh.TITLE, "remark": remark}
    return verification.page("ask_report.html", status, languages=_LANGUAGES, **places, **told)


def _judged(
    verdict: Verdict, now: datetime, *, compare: str | None = None, remark: str | None = None
) -> Response:
    is_unknown = verdict.standing is Standing.UNKNOWN
    return verification.page(
        "report.html",
        404 if is_unknown else 200,
        languages=_LANGUAGES,
        again=url_for("pages.ask_certificate"),
        title=certify_zh.HEADINGS[verdict.standing],
        standing=verdict.standing.value,
        facts=[] if is_unknown else _facts(verdict, now),
        compare=None if is_unknown else compare,
        remark=None if is_unknown else remark,
    )


def _facts(verdict: Verdict, now: datetime) -> list[tuple[str, str, str]]:
    """Say each fact in Chinese, labelled in both languages."""
    said = {
        "number": verdict.number,
        "name": verdict.name,
        "uscc": verdict.uscc,
        "document_no": verdict.document_no,
        "authority": verdict.authority,
        "decided_on": zh.date(verdict.decided_on) if verdict.decided_on else None,
        "revoked_on": zh.date(verdict.revoked_on) if verdict.revoked_on else None,
        "verified_at": zh.time(now),
    }
    labels, english = certify_zh.FACTS, certify_en.FACTS
    return [(labels[name], english[name], text) for name, text in said.items() if text]
