"""My follows (关注): entities, lists, and the city's integrity campaigns."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, guard, places, shown
from bot.h5.asking import Caller
from core import campaigns, follows, query, watch
from core.calendar import day
from core.db import Reading, Writing
from core.errors import ListNotFoundError, NotFollowedError
from core.follows import Topic
from core.subjects import read_code


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_changes(blueprint)

    @blueprint.get("/me/follows")
    @guard.citizen()
    def my_follows(who: Caller) -> Response:
        lists, mine = asking.current().parts.rules.lists, who.account_id
        with Reading() as session:
            entities = follows.subjects_of(session, mine)
            codes = follows.lists_of(session, mine)
            is_subscribed = follows.follows_campaigns(session, mine)
        held = [lists[code] for code in codes if code in lists]
        return shown.show(
            "follows.html", entities=entities, lists=held, is_subscribed=is_subscribed
        )


def _add_changes(blueprint: Blueprint) -> None:
    @blueprint.post("/me/follows/entities/<uscc>")
    @guard.citizen()
    def follow_entity(who: Caller, uscc: str) -> AnyResponse:
        now = asking.current().now
        change = watch.follow if _is_wanted() else watch.unfollow
        with suppress(NotFollowedError), Writing() as session:
            entity = query.by_uscc(session, read_code(uscc), today=day(now))
            change(session, who.account_id, entity.id, now=now)
        return _back()

    @blueprint.post("/me/follows/lists/<code>")
    @guard.citizen()
    def follow_list(who: Caller, code: str) -> AnyResponse:
        here = asking.current()
        if code not in here.parts.rules.lists:
            raise ListNotFoundError
        change: Callable[..., Any] = follows.start if _is_wanted() else follows.end
        with suppress(NotFollowedError), Writing() as session:
            number = follows.number_of_list(session, code)
            change(session, who.account_id, Topic.LIST, subject_id=number, now=here.now)
        return _back()

    @blueprint.post("/me/follows/campaigns")
    @guard.citizen()
    def follow_campaigns(who: Caller) -> AnyResponse:
        now = asking.current().now
        change: Callable[..., Any] = campaigns.subscribe if _is_wanted() else campaigns.unsubscribe
        with suppress(NotFollowedError), Writing() as session:
            change(session, who.account_id, now=now)
        return _back()


def _is_wanted() -> bool:
    return request.form.get("follow") == "yes"


def _back() -> AnyResponse:
    return redirect(places.local(request.form.get("next"), url_for("h5.my_follows")), 303)
