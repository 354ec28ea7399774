"""Finding an entity (查信用): by name or code; what is public about it; one record in full."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, guard, places, records, shown
from bot.limits import Budget
from core import detail, follows, identifiers, query, registered
from core.calendar import day
from core.db import Reading
from core.errors import CitizenIdRefusedError, EntityNotFoundError, RecordNotFoundError
from core.glance import Glancing
from core.identifiers import Scheme
from core.query import View
from core.reports.ledger import Purpose
from core.search import Hit, Place

_PAGE = 20
_LONGEST = 100


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_search(blueprint)

    @blueprint.get("/entities/<uscc>")
    @guard.anyone()
    def entity(uscc: str) -> Response:
        found = _view(uscc)
        with Glancing() as look:
            known = registered.of(look, found.id, found.marks)
        return shown.show(
            "entity.html",
            entity=found,
            known=known,
            items=[records.shown(item) for item in found.items],
            counts=[(kind, n) for kind, n in found.counts.items() if n],
            is_followed=_is_followed(found.id),
            purposes=list(Purpose),
        )

    @blueprint.get("/records/<number>")
    @guard.anyone()
    def record(number: str) -> Response:
        id_ = places.read_id(number)
        if id_ is None:
            raise RecordNotFoundError
        with Reading() as session:
            found = detail.of(session, id_, today=day(asking.current().now))
        told = {"facts": records.facts(found.facts), "basis": records.basis(found.rule)}
        return shown.show("record.html", record=records.shown(found) | told)


def _add_search(blueprint: Blueprint) -> None:
    @blueprint.get("/search")
    @guard.anyone(budget=Budget.SEARCH)
    def search() -> Response:
        wanted = _wanted(request.args.get("q", ""))
        if not wanted:
            return shown.show("search.html", wanted="", items=None, following=None)
        found = _find(wanted)
        following = ".".join(map(str, found[_PAGE - 1].place)) if len(found) > _PAGE else None
        items = found[:_PAGE]
        return shown.show("search.html", wanted=wanted, items=items, following=following)

    @blueprint.post("/search")
    @guard.anyone(budget=Budget.SEARCH)
    def seek() -> AnyResponse:
        """Look at what was typed before it stands in any address: a citizen's number never does."""
        wanted = _wanted(request.form.get("q", ""))
        if identifiers.classify(wanted) is Scheme.USCC:
            code = identifiers.normalise(wanted)
            return redirect(url_for("h5.entity", uscc=code), 303)
        return redirect(url_for("h5.search", q=wanted), 303)


def _wanted(typed: str) -> str:
    wanted = typed[:_LONGEST].strip()
    if identifiers.holds_citizen_id(wanted):
        raise CitizenIdRefusedError
    return wanted


def _find(wanted: str) -> list[Hit]:
    place = _after(request.args.get("after", ""))
    with Glancing() as look:
        return list(query.by_name(look, wanted, limit=_PAGE + 1, after=place))


def _after(text: str) -> Place | None:
    numbers = [int(part) for part in text.split(".") if places.read_id(part) or part == "0"]
    return Place(*numbers) if len(numbers) == len(Place._fields) else None


def _view(uscc: str) -> View:
    if identifiers.classify(uscc) is Scheme.OTHER:
        raise EntityNotFoundError
    with Glancing() as look:
        return query.by_uscc(look, uscc, today=day(asking.current().now))


def _is_followed(subject_id: int) -> bool:
    who = asking.current().who
    if who is None:
        return False
    with Reading() as session:
        return any(one.id == subject_id for one in follows.subjects_of(session, who.account_id))
