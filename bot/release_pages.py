"""The page of a release (定期公布): who is still on the list that was told to the city."""

import re
from collections.abc import Callable
from datetime import date, datetime
from types import ModuleType

from flask import Blueprint, Response, abort, make_response, render_template, request

from bot import page_looks
from core import releases
from core.calendar import day
from core.db import Reading
from core.errors import ReleaseNotFoundError
from core.releases import Member, Shown
from core.rules import Rulebook
from messages.wording import RECORDS

_PAGE = 50
_MEMBER = re.compile("[1-9][0-9]{0,17}")


def add_to(blueprint: Blueprint, *, rules: Rulebook, clock: Callable[[], datetime]) -> None:
    """Add the page to the other pages."""

    @blueprint.get("/releases/<int(max=9223372036854775807):release_id>")
    def release(release_id: int) -> Response:
        now = clock()
        found = _found(release_id, _after(request.args.get("after")), today=day(now))
        listed = rules.lists.get(found.list_kind)
        html = render_template(
            "release.html",
            title=_words().release_title(
                listed.name if listed else found.list_kind, found.released_on
            ),
            members=[(one.id, one.name, _lines(one)) for one in found.members],
            notes=_notes(found, now),
            file=f"/api/v1/releases/{found.id}/file.csv",
            following=found.following,
        )
        response = make_response(html)
        # Who may be shown today may be hidden tomorrow.
        response.headers["Cache-Control"] = "private, no-cache"
        return response


def _found(release_id: int, after: int | None, *, today: date) -> Shown:
    try:
        with Reading() as session:
            return releases.show(session, release_id, today=today, limit=_PAGE, after=after)
    except ReleaseNotFoundError:
        abort(404)


def _after(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if _MEMBER.fullmatch(text) else abort(404)


def _lines(member: Member) -> list[str]:
    """Say what is told of a member, below its name."""
    words = _words()
    dates, mark = words.listed(member.event_date, member.ends_on), words.MARKS.get(member.state)
    about = (member.uscc, member.authority, member.document_no, dates, mark)
    return [line for line in about if line]


def _notes(found: Shown, now: datetime) -> list[str]:
    """Say as of when this is, and how many are left out."""
    said = [_words().release_as_of(found.total, now)]
    if found.no_longer_shown:
        said.append(_words().no_longer_shown(found.no_longer_shown))
    return said


def _words() -> ModuleType:
    return RECORDS[page_looks.current().language]
