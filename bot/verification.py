"""The page on which anybody verifies a credit report: by its number and code, or by its file."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from core import privacy
from core.calendar import day
from core.db import Reading
from core.reports import proof
from core.reports.proof import Standing, Verdict
from messages.wording import verify_en, verify_zh, zh

LARGEST_FILE = 10 * 1024 * 1024
_FORM = 64 * 1024  # what a form needs around the file
_PIECE = 1024 * 1024
_LONGEST = 64
_PLACE = f"/reports/<string(maxlength={_LONGEST}):number>/<string(maxlength={_LONGEST}):code>"
_LANGUAGES = (("zh-CN", verify_zh), ("en", verify_en))


def add_to(blueprint: Blueprint, *, clock: Callable[[], datetime]) -> None:
    """Add the page to our others. A code stands in the path, never in a query string."""
    _add_search(blueprint, clock)
    _add_report(blueprint, clock)


def _add_search(blueprint: Blueprint, clock: Callable[[], datetime]) -> None:
    @blueprint.get("/reports")
    def ask_report() -> Response:
        return _asking()

    @blueprint.post("/reports")
    def find_report() -> Response | AnyResponse:
        number, code = (
            privacy.read_code(request.form.get(name, "")) for name in ("number", "code")
        )
        if not number or not code:
            return _asking("INCOMPLETE", status=422)
        place = url_for("pages.report", number=number[:_LONGEST], code=code[:_LONGEST])
        return redirect(place, 303)

    @blueprint.post("/reports/files")
    def find_file() -> Response:
        digest = hash_of_upload()
        return _asking("NO_FILE", status=422) if digest is None else _of_file(digest, clock())

    @blueprint.errorhandler(413)
    def too_large(_error: Exception) -> Response:
        return _asking("TOO_LARGE", status=413)


def _add_report(blueprint: Blueprint, clock: Callable[[], datetime]) -> None:
    @blueprint.get(_PLACE)
    def report(number: str, code: str) -> Response:
        now = clock()
        return _judged(_verdict(number, code, now), now, compare=f"{request.path}/file")

    @blueprint.post(f"{_PLACE}/file")
    def compare(number: str, code: str) -> Response:
        now, digest = clock(), hash_of_upload()
        verdict = _verdict(number, code, now)
        remark = "SAME" if digest == verdict.pdf_hash else "DIFFERENT"
        found = remark if digest else "NO_FILE"
        return _judged(verdict, now, compare=request.path, remark=found)


def _verdict(number: str, code: str, now: datetime) -> Verdict:
    with Reading() as session:
        return proof.verify(session, number, code, today=day(now))


def hash_of_upload() -> str | None:
    """Hash the file that came, a piece at a time; it is kept nowhere."""
    request.max_content_length = LARGEST_FILE + _FORM
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    hashed = hashlib.sha256()
    while piece := file.stream.read(_PIECE):
        hashed.update(piece)
    return hashed.hexdigest()


def _of_file(digest: str, now: datetime) -> Response:
    with Reading() as session:
        verdict = proof.of_file(session, digest, today=day(now))
    if verdict.standing is Standing.UNKNOWN:
        return _asking("NOT_OURS", status=404)
    return _judged(verdict, now, remark="SAME")


def _asking(remark: str | None = None, *, status: int = 200) -> Response:
    places = {
        "find": url_for("pages.find_report"),
        "find_file": url_for("pages.find_file"),
        "other": url_for("pages.ask_certificate"),
    }
    told = {"title": verify_zh.TITLE, "remark": remark}
    return page("ask_report.html", status, languages=_LANGUAGES, **places, **told)


def _judged(
    verdict: Verdict, now: datetime, *, compare: str | None = None, remark: str | None = None
) -> Response:
    is_unknown = verdict.standing is Standing.UNKNOWN
    return page(
        "report.html",
        404 if is_unknown else 200,
        languages=_LANGUAGES,
        again=url_for("pages.ask_report"),
        title=verify_zh.HEADINGS[verdict.standing],
        standing=verdict.standing.value,
        facts=[] if is_unknown else _facts(verdict, now),
        compare=None if is_unknown else compare,
        remark=None if is_unknown else remark,
    )


def _facts(verdict: Verdict, now: datetime) -> list[tuple[str, str, str]]:
    """Say each fact in Chinese, labelled in both languages."""
    said = {
        "report_no": verdict.report_no,
        "name": verdict.name,
        "uscc": verdict.uscc,
        "as_of": zh.time(verdict.as_of) if verdict.as_of else None,
        "valid_until": zh.date(verdict.valid_until) if verdict.valid_until else None,
        "verified_at": zh.time(now),
    }
    labels, english = verify_zh.FACTS, verify_en.FACTS
    return [(labels[name], english[name], text) for name, text in said.items() if text]


def page(template: str, status: int, **told: Any) -> Response:  # noqa: ANN401 - what it shows
    """Show a page that nobody keeps and no search engine finds."""
    response = make_response(render_template(template, **told), status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
