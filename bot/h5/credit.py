"""Own credit (我的信用): what is on record, with the timeline of each record; and who looked."""

from typing import Any

from flask import Blueprint, Response, request

from bot.h5 import asking, guard, places, records, shown
from bot.h5.asking import Caller
from core import dossier
from core.audit import purposes
from core.db import Reading, Writing
from core.disclosure import Viewer, ViewerKind
from core.dossier import Look
from core.errors import NotEntitledError
from core.lines import Place, Wanted
from messages import labels

_PAGE = 20
_LOOKS = 50


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_credit(blueprint)

    @blueprint.get("/me/views")
    @guard.citizen()
    def views(who: Caller) -> Response:
        about = request.args.get("about")
        subject_id = organisation(who) if about == "organisation" else guard.person(who)
        before = places.read_id(request.args.get("after"))
        with Reading() as session:
            found = dossier.looks(session, subject_id, limit=_LOOKS + 1, before=before)
        following = found[_LOOKS - 1].id if len(found) > _LOOKS else None
        items = [_look(one) for one in found[:_LOOKS]]
        return shown.show("views.html", items=items, following=following, about=about)


def _add_credit(blueprint: Blueprint) -> None:
    @blueprint.get("/me/credit")
    @guard.citizen()
    def credit(who: Caller) -> Response:
        here, wanted = asking.current(), _wanted(guard.person(guard.fresh(who)))
        viewer = Viewer(ViewerKind.SUBJECT, wanted.subject_id)
        asker = purposes.own_file(who.account_id)
        with Writing() as session:
            vault = here.parts.vault
            found = dossier.read(session, vault, viewer, wanted=wanted, asker=asker, now=here.now)
        given: dict[str, Any] = {
            "name": found.person.name,
            "following": places.written(found.following),
        }
        items = [records.own(line) for line in found.lines]
        return shown.show("credit.html", items=items, of="person", **given)

    @blueprint.get("/me/organisation")
    @guard.citizen()
    def own_organisation(who: Caller) -> Response:
        here, wanted = asking.current(), _wanted(organisation(who))
        with Reading() as session:
            vault = here.parts.vault
            found = dossier.of_entity(session, vault, wanted=wanted, now=here.now)
        given: dict[str, Any] = {"name": found.name, "following": places.written(found.following)}
        items = [records.own(line) for line in found.lines]
        return shown.show("credit.html", items=items, of="organisation", **given)


def organisation(who: Caller) -> int:
    """Return the entity that a caller represents. Raises NotEntitledError, EntityNotFoundError."""
    if who.organisation is None:
        raise NotEntitledError
    with Reading() as session:
        return dossier.entity(session, who.organisation)


def _wanted(subject_id: int) -> Wanted:
    after = places.read_after()
    return Wanted(subject_id, _PAGE, Place(*after) if after else None)


def _look(one: Look) -> dict[str, object]:
    language = asking.current().language
    return {
        "at": one.at,
        "who": one.who or labels.look("LOOK_ROLES", one.role, language),
        "purpose": labels.look("LOOK_PURPOSES", one.purpose, language),
        "basis": one.legal_basis,
        "fields": [labels.look("LOOK_FIELDS", code, language) for code in one.fields],
    }
