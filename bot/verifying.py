"""The pages on which anybody verifies a paper of ours: by its number and code, or by its file."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import ModuleType
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from bot import page_looks
from bot.page_looks import Worded
from core import privacy
from core.calendar import day
from messages.wording import LANGUAGES

LARGEST_FILE = 10 * 1024 * 1024
_FORM = 64 * 1024  # what a form needs around the file
_PIECE = 1024 * 1024
_LONGEST = 64
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class Paper:
    """One kind of paper: how it is verified, and what is said of it.

    A verdict of either function has a `standing` and, unless it is unknown, a `pdf_hash`; `facts`
    says what stands on it, its dates as a language writes them. `name` names its endpoints,
    `other` those of the other kind.
    """

    name: str
    other: str
    words: tuple[ModuleType, ModuleType]
    verify: Callable[[str, str, date], Any]
    of_file: Callable[[str, date], Any]
    facts: Callable[[Any, ModuleType], Mapping[str, str | None]]

    @property
    def languages(self) -> tuple[Worded, Worded]:
        """Return the words with the tag of their language, the reader's first."""
        chinese, english = self.words
        return page_looks.first(("zh-CN", chinese), ("en", english))


def add_to(blueprint: Blueprint, paper: Paper, *, clock: Callable[[], datetime]) -> None:
    """Add the pages of a kind. A code stands in the path, never in a query string."""
    _add_search(blueprint, paper, clock)
    place = f"/{paper.name}s/<string(maxlength={_LONGEST}):number>"
    place += f"/<string(maxlength={_LONGEST}):code>"

    def show(number: str, code: str) -> Response:
        now = clock()
        verdict = paper.verify(number, code, day(now))
        return _judged(paper, verdict, now, compare=f"{request.path}/file")

    def compare(number: str, code: str) -> Response:
        now = clock()
        verdict = paper.verify(number, code, day(now))
        return _sent(paper, lambda digest: _compared(paper, verdict, now, digest=digest))

    blueprint.add_url_rule(place, paper.name, show)
    blueprint.add_url_rule(f"{place}/file", f"compare_{paper.name}", compare, methods=["POST"])


def _add_search(blueprint: Blueprint, paper: Paper, clock: Callable[[], datetime]) -> None:
    def ask() -> Response:
        return _asking(paper)

    def find() -> Response | AnyResponse:
        number, code = (
            privacy.read_code(request.form.get(name, "")) for name in ("number", "code")
        )
        if not number or not code:
            return _asking(paper, "INCOMPLETE", status=422)
        given = {"number": number[:_LONGEST], "code": code[:_LONGEST]}
        return redirect(url_for(f"pages.{paper.name}", **given), 303)  # type: ignore[arg-type]

    def find_file() -> Response:
        return _sent(paper, lambda digest: _of_file(paper, digest, clock()))

    path = f"/{paper.name}s"
    blueprint.add_url_rule(path, f"ask_{paper.name}", ask)
    blueprint.add_url_rule(path, f"find_{paper.name}", find, methods=["POST"])
    file = f"find_{paper.name}_file"
    blueprint.add_url_rule(f"{path}/files", file, find_file, methods=["POST"])


def _hash_of_upload() -> str | None:
    """Hash the file that came, a piece at a time; it is kept nowhere."""
    request.max_content_length = LARGEST_FILE + _FORM
    file = request.files.get("file")
    if file is None or not file.filename:
        return None
    hashed = hashlib.sha256()
    while piece := file.stream.read(_PIECE):
        hashed.update(piece)
    return hashed.hexdigest()


def _sent(paper: Paper, answer: Callable[[str | None], Response]) -> Response:
    """Answer by the hash of the file that came, if one did and is small enough."""
    try:
        digest = _hash_of_upload()
    except RequestEntityTooLarge:
        return _asking(paper, "TOO_LARGE", status=413)
    return answer(digest)


def _compared(paper: Paper, verdict: Any, now: datetime, *, digest: str | None) -> Response:  # noqa: ANN401 - its kind's own
    remark = "SAME" if digest == verdict.pdf_hash else "DIFFERENT"
    found = remark if digest else "NO_FILE"
    return _judged(paper, verdict, now, compare=request.path, remark=found)


def _of_file(paper: Paper, digest: str | None, now: datetime) -> Response:
    if digest is None:
        return _asking(paper, "NO_FILE", status=422)
    verdict = paper.of_file(digest, day(now))
    if verdict.standing == _UNKNOWN:
        return _asking(paper, "NOT_OURS", status=404)
    return _judged(paper, verdict, now, remark="SAME")


def _asking(paper: Paper, remark: str | None = None, *, status: int = 200) -> Response:
    places = {
        "find": url_for(f"pages.find_{paper.name}"),
        "find_file": url_for(f"pages.find_{paper.name}_file"),
        "other": url_for(f"pages.ask_{paper.other}"),
    }
    told = {"title": paper.languages[0][1].TITLE, "remark": remark}
    return _page("ask_report.html", status, languages=paper.languages, **places, **told)


def _judged(
    paper: Paper,
    verdict: Any,  # noqa: ANN401 - its kind's own
    now: datetime,
    *,
    compare: str | None = None,
    remark: str | None = None,
) -> Response:
    is_unknown = verdict.standing == _UNKNOWN
    return _page(
        "report.html",
        404 if is_unknown else 200,
        languages=paper.languages,
        again=url_for(f"pages.ask_{paper.name}"),
        title=paper.languages[0][1].HEADINGS[verdict.standing],
        standing=verdict.standing.value,
        facts=[] if is_unknown else _facts(paper, verdict, now),
        compare=None if is_unknown else compare,
        remark=None if is_unknown else remark,
    )


def _facts(
    paper: Paper,
    verdict: Any,  # noqa: ANN401 - its kind's own
    now: datetime,
) -> list[tuple[list[tuple[str, str]], str]]:
    """Say each fact, labelled in both languages."""
    written = LANGUAGES[page_looks.current().language]
    said = dict(paper.facts(verdict, written)) | {"verified_at": written.time(now)}

    def labels(name: str) -> list[tuple[str, str]]:
        return [(tag, words.FACTS[name]) for tag, words in paper.languages]

    return [(labels(name), text) for name, text in said.items() if text]


def _page(template: str, status: int, **told: Any) -> Response:  # noqa: ANN401 - what it shows
    """Show a page that nobody keeps and no search engine finds."""
    response = make_response(render_template(template, **told), status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
