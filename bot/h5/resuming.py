"""Going on (接着办): what somebody tapped before we knew who they are is sent once we do.

Opening an address does nothing. What a form of ours asked for waits under a ticket that is good
once, and only in the browser that sent it; the page of the ticket sends it again, as a new form.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Blueprint, redirect, request, url_for
from redis.exceptions import RedisError
from werkzeug.wrappers import Response

from bot.h5 import asking, guard, sessions, shown
from bot.h5.asking import Caller

_KEY = "h5:begun:{}"
_LIFE = timedelta(minutes=30)
# What waits, by its form and by whether it begins or ends something, and the word on its button.
# Nothing that somebody writes is among it.
_WORDS: Mapping[tuple[str | None, str | None], str] = {
    ("h5.follow_entity", "yes"): "follow",
    ("h5.follow_entity", "no"): "unfollow",
    ("h5.follow_list", "yes"): "follow_list",
    ("h5.follow_list", "no"): "unfollow",
    ("h5.follow_campaigns", "yes"): "subscribe",
    ("h5.follow_campaigns", "no"): "unsubscribe",
    ("h5.ask_report", None): "ask_report",
    ("h5.ask_own_report", None): "ask_own_report",
}
_FIELDS = ("follow", "purpose", "next")
_LONGEST = 300


def add_to(blueprint: Blueprint) -> None:
    """Add this page to the others."""

    @blueprint.get("/resume/<ticket>")
    @guard.citizen()
    def resume(_who: Caller, ticket: str) -> Response:
        begun = _taken(ticket)
        return shown.show("resume.html", **begun) if begun else redirect(url_for("h5.me"), 303)


def kept() -> str | None:
    """Keep what the form in hand asks for; return where it goes on, None if it is not kept."""
    if request.method != "POST" or not guard.is_ours():
        return None
    word = _WORDS.get((request.endpoint, request.form.get("follow")))
    if word is None:
        return None
    here, ticket = asking.current(), secrets.token_urlsafe(32)
    fields = {one: request.form[one][:_LONGEST] for one in _FIELDS if one in request.form}
    begun = {"action": request.path, "fields": fields, "word": word}
    held = json.dumps([sessions.handle_of(here.browser_id()), begun])
    try:
        here.parts.redis.set(_KEY.format(sessions.handle_of(ticket)), held, ex=_LIFE)
    except RedisError:
        return None
    return url_for("h5.resume", ticket=ticket)


def _taken(ticket: str) -> dict[str, Any] | None:
    here = asking.current()
    held = here.parts.redis.getdel(_KEY.format(sessions.handle_of(ticket)))
    if not isinstance(held, bytes) or here.browser is None:
        return None
    whose, begun = json.loads(held)
    is_own = secrets.compare_digest(whose, sessions.handle_of(here.browser))
    return dict(begun) if is_own else None
