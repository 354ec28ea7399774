"""Browsing: red and black lists, 双公示, promises, newest decisions first."""

from typing import Any

from flask import Blueprint, Response, url_for

from bot.h5 import asking, guard, places, records, shown
from core import browse, follows, releases
from core.browse import Page, Place, Wanted
from core.calendar import day
from core.db import Reading
from core.errors import ListNotFoundError
from core.records import RecordKind

_PAGE = 20


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_lists(blueprint)

    @blueprint.get("/decisions/<any(penalty,licence):kind>")
    @guard.anyone()
    def decisions(kind: str) -> Response:
        found = _page(Wanted(kind=RecordKind(kind)))
        return _shown("decisions.html", found, kind=kind)

    @blueprint.get("/promises")
    @guard.anyone()
    def promises() -> Response:
        return _shown("promises.html", _page(Wanted(kind=RecordKind.PROMISE)))


def _add_lists(blueprint: Blueprint) -> None:
    @blueprint.get("/lists")
    @guard.anyone()
    def lists() -> Response:
        with Reading() as session:
            newest = releases.newest(session)
        held = asking.current().parts.rules.lists.values()
        return shown.show("lists.html", lists=held, newest=newest)

    @blueprint.get("/lists/<code>")
    @guard.anyone()
    def one_list(code: str) -> Response:
        here = asking.current()
        one = here.parts.rules.lists.get(code)
        if one is None:
            raise ListNotFoundError
        found = _page(Wanted(kind=one.kind, list_kind=one.code))
        with Reading() as session:
            newest = releases.newest(session).get(one.code)
            mine = follows.lists_of(session, here.who.account_id) if here.who else ()
        release = url_for("pages.release", release_id=newest) if newest else None
        return _shown("list.html", found, one=one, release=release, is_followed=code in mine)


def _page(wanted: Wanted) -> Page:
    after = places.read_after()
    today = day(asking.current().now)
    with Reading() as session:
        place = Place(*after) if after else None
        return browse.page(session, wanted, today=today, limit=_PAGE, after=place)


def _shown(template: str, found: Page, **given: Any) -> Response:  # noqa: ANN401 - what it shows
    items = [records.shown(item) for item in found.items]
    return shown.show(template, items=items, following=places.written(found.following), **given)
