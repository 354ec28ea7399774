"""Shares (授权码): a code that answers one question about oneself to whoever is given it."""

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, credit, guard, shown
from bot.h5.asking import Caller
from core import shares
from core.db import Reading, Writing
from core.shares import Giver, Terms

_DAYS = (1, 7, 30)
_USES = (1, 3, 10)
_PAGE = 50


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/me/shares")
    @guard.citizen()
    def my_shares(who: Caller) -> Response:
        return _shown(who)

    @blueprint.post("/me/shares")
    @guard.citizen()
    def give_share(who: Caller) -> Response:
        here, of_person = asking.current(), request.form.get("about") != "organisation"
        subject_id = guard.person(guard.fresh(who)) if of_person else credit.organisation(who)
        giver = Giver(who.account_id, subject_id, of_person=of_person)
        with Writing() as session:
            vault = here.parts.vault
            _, code = shares.give(session, vault, giver, terms=_terms(), now=here.now)
        return _shown(who, code)  # it is shown this once, and stands in no address

    @blueprint.post("/me/shares/<public_id>/revoke")
    @guard.citizen()
    def revoke_share(who: Caller, public_id: str) -> AnyResponse:
        with Writing() as session:
            shares.revoke(session, public_id, who.account_id, now=asking.current().now)
        return redirect(url_for("h5.my_shares"), 303)


def _shown(who: Caller, code: str | None = None) -> Response:
    here = asking.current()
    now, vault = here.now, here.parts.vault
    with Reading() as session:
        held = shares.of_account(session, who.account_id, limit=_PAGE, before=None)
        said = shares.answers(session, held)
    notes = {one.id: one.note and vault.open(one.note, shares.NOTE) for one in held}
    items = [(one, shares.state(one, now=now), said[one.id], notes[one.id]) for one in held]
    return shown.show("shares.html", items=items, code=code, days=_DAYS, uses=_USES)


def _terms() -> Terms:
    days, uses = (request.form.get(name, type=int) for name in ("days", "uses"))
    note = request.form.get("note", "").strip()[:100] or None
    return Terms(days=days if days in _DAYS else 7, uses=uses if uses in _USES else 1, note=note)
