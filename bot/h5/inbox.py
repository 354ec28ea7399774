"""My inbox (消息): everything that I was told, whatever way it took outside."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, guard, places, shown
from bot.h5.asking import Caller
from core import inbox, notices
from core.calendar import day
from core.db import Writing
from core.inbox import Line
from core.notices import Notice
from messages.telling import Teller

_PAGE = 20


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/me/inbox")
    @guard.citizen()
    def my_inbox(who: Caller) -> Response:
        after = places.read_id(request.args.get("after"))
        with Writing() as session:
            lines = inbox.page(session, who.account_id, limit=_PAGE + 1, after=after)
            told = _told(session, who, lines[:_PAGE])
        items = [_shown(line, notice) for line, notice in told]
        following = lines[_PAGE - 1].event_id if len(lines) > _PAGE else None
        newest = lines[0].event_id if lines else None
        return shown.show("inbox.html", items=items, following=following, newest=newest)

    @blueprint.post("/me/inbox/read")
    @guard.citizen()
    def read_inbox(who: Caller) -> AnyResponse:
        up_to = places.read_id(request.form.get("up_to"))
        if up_to is not None:
            with Writing() as session:
                now = asking.current().now
                inbox.read_up_to(session, who.account_id, up_to, now=now)
        return redirect(url_for("h5.my_inbox"), 303)


def _told(session: Any, who: Caller, lines: Sequence[Line]) -> list[tuple[Line, Notice]]:  # noqa: ANN401
    """Read each notice. What is listed counts as told; old news is passed over."""
    now = asking.current().now
    ids = [line.event_id for line in lines]
    read = notices.read_all(session, ids, today=day(now))
    pairs = [(line, read[line.event_id]) for line in lines]
    told = [pair for pair in pairs if pair[0].was_told or notices.is_news(pair[1])]
    shown_ids = [line.event_id for line, _ in told]
    inbox.note_shown(session, who.account_id, shown_ids, now=now)
    old = [one for one in ids if one not in shown_ids]
    inbox.pass_over(session, who.account_id, old)
    return told


def _shown(line: Line, notice: Notice) -> dict[str, Any]:
    here = asking.current()
    rules = here.parts.rules
    told = Teller(rules.lists, here.language, here.now, rules.reasons).tell(notice)
    about = told.about
    return {
        "title": told.title,
        "facts": told.facts,
        "hint": told.hint,
        "at": line.owed_at,
        "is_unread": line.read_at is None,
        "href": _place(about.kind, about.id) if about else None,
    }


def _place(kind: str, id_: str) -> str | None:
    endpoint, name = _PLACES.get(kind, (None, ""))
    return url_for(endpoint, **{name: id_}) if endpoint else None  # type: ignore[arg-type]


_PLACES = {
    "entity": ("h5.entity", "uscc"),
    "case": ("h5.my_case", "code"),
    "report": ("h5.report", "number"),
    "article": ("h5.article", "number"),
    "release": ("pages.release", "release_id"),
}
