"""My data (我的信息): what I have a right to: a copy, a request, taking back a consent, leaving.

Source: 个人信息保护法 15, 44 to 47. Whatever cannot be undone is asked once more before it is done.
"""

import json
from typing import Any

from flask import Blueprint, Response, make_response, request
from werkzeug.wrappers import Response as AnyResponse

from bot.h5 import asking, cookies, exported, guard, sessions, shown
from bot.h5.asking import Caller
from bot.h5.errors import IncompleteError
from core import consents, export, leaving
from core import sessions as sign_ins
from core.consents import Consent, Document
from core.db import Reading, Writing
from core.sign_ins import Ending
from messages import policies

_NAMES = "<any(privacy,terms):name>"


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""
    _add_export(blueprint)
    _add_consents(blueprint)
    _add_leaving(blueprint)

    @blueprint.get("/me/data")
    @guard.citizen()
    def my_data(who: Caller) -> Response:
        with Reading() as session:
            given = consents.of_account(session, who.account_id)
        return shown.show("data.html", items=[_consent(one) for one in given])


def _add_export(blueprint: Blueprint) -> None:
    @blueprint.post("/me/data/export")
    @guard.citizen()
    def export_data(who: Caller) -> Response:
        here = asking.current()
        guard.sure(who)
        with Writing() as session:
            vault, mine = here.parts.vault, who.account_id
            told = export.gathered(session, vault, mine, now=here.now)
        if request.form.get("as") == "page":
            return shown.show("exported.html", sections=exported.sections(told))
        response = make_response(json.dumps(export.plain(told), ensure_ascii=False, indent=2))
        response.mimetype = "application/json"
        response.headers["Content-Disposition"] = 'attachment; filename="credit-kunming.json"'
        return response


def _add_consents(blueprint: Blueprint) -> None:
    @blueprint.get(f"/me/data/consents/{_NAMES}")
    @guard.citizen()
    def ask_withdrawal(_who: Caller, name: str) -> Response:
        return shown.show("withdraw.html", name=name)

    @blueprint.post(f"/me/data/consents/{_NAMES}")
    @guard.citizen()
    def withdraw_consent(who: Caller, name: str) -> AnyResponse:
        now, mine = asking.current().now, who.account_id
        with Writing() as session:
            consents.withdraw(session, mine, Document(name), now=now)
            sign_ins.end_all(session, mine, why=Ending.EVERYWHERE, now=now)
        return _gone("withdrawn")


def _add_leaving(blueprint: Blueprint) -> None:
    @blueprint.get("/me/data/leave")
    @guard.citizen()
    def ask_leave(who: Caller) -> Response:
        guard.sure(who)
        return shown.show("leave.html")

    @blueprint.post("/me/data/leave")
    @guard.citizen()
    def leave(who: Caller) -> AnyResponse:
        guard.sure(who)
        if request.form.get("sure") != "yes":
            raise IncompleteError
        with Writing() as session:
            leaving.leave(session, who.account_id, now=asking.current().now)
        return _gone("left")


def _gone(what: str) -> Response:
    """Say what was done to whoever is signed out by it."""
    here = asking.current()
    if here.kept:
        sessions.end(here.parts.redis, here.kept.handle)
    here.who = here.kept = here.token = None
    response = shown.show("gone.html", what=what)
    cookies.drop_session(response, secure=here.parts.secure)
    return response


def _consent(one: Consent) -> dict[str, Any]:
    names = ("document", "version", "given_at", "withdrawn_at")
    stands = one.withdrawn_at is None and one.version == policies.CURRENT[one.document]
    return {name: getattr(one, name) for name in names} | {"stands": stands}
