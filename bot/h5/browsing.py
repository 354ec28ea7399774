"""Browsing: red and black lists, 双公示, promises, newest decisions first."""

from typing import Any

from flask import Blueprint, Response, request, url_for

from bot.h5 import asking, guard, places, records, shown
from core import browse, follows, releases
from core.browse import Page, Place, Wanted
from core.calendar import day
from core.db import Reading
from core.errors import ListNotFoundError
from core.records import RecordKind
from messages import labels

_PAGE = 20


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_lists(blueprint)

    @blueprint.get("/decisions/<any(penalty,licence):kind>")
    @guard.anyone()
    def decisions(kind: str) -> Response:
        place = _district()
        found = _page(Wanted(kind=RecordKind(kind), district=place))
        return _shown("decisions.html", found, kind=kind, **_of_places(place))

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
        place = _district()
        found = _page(Wanted(kind=one.kind, list_kind=one.code, district=place))
        with Reading() as session:
            newest = releases.newest(session).get(one.code)
            mine = follows.lists_of(session, here.who.account_id) if here.who else ()
        release = url_for("pages.release", release_id=newest) if newest else None
        told = {"release": release, "is_followed": code in mine}
        return _shown("list.html", found, one=one, **told, **_of_places(place))


def _districts() -> dict[str, str]:
    """Return the names of the districts by their codes; the city is none."""
    table = labels.table("DISTRICTS", asking.current().language)
    return {code: name for code, name in table.items() if not code.endswith("00")}


def _district() -> str | None:
    """Return the district that the address in hand names; None for the whole city."""
    named = request.args.get("district")
    return named if named in _districts() else None


def _of_places(district: str | None) -> dict[str, Any]:
    """Return the choice of districts for a template, and the way back to what was chosen."""
    back = f"{request.path}?district={district}" if district else request.path
    return {"districts": _districts(), "district": district, "back": back}


def _page(wanted: Wanted) -> Page:
    after = places.read_after()
    today = day(asking.current().now)
    with Reading() as session:
        place = Place(*after) if after else None
        return browse.page(session, wanted, today=today, limit=_PAGE, after=place)


def _shown(template: str, found: Page, **given: Any) -> Response:  # noqa: ANN401 - what it shows
    items = [records.shown(item) for item in found.items]
    return shown.show(template, items=items, following=places.written(found.following), **given)
