"""Checking what one was given: a case by its receipt code, a share by its code."""

from flask import Blueprint, Response, request

from bot.h5 import asking, guard, receipts, shown
from bot.h5.errors import IncompleteError
from core import cases, shares
from core.db import Reading, Writing
from core.shares import AskerKind
from messages import labels

_LONGEST = 64


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others. A code that is typed stands in no address."""

    @blueprint.get("/progress")
    @guard.anyone()
    def progress() -> Response:
        return shown.show("progress.html", case=None)

    @blueprint.post("/progress")
    @guard.anyone()
    def find_case() -> Response:
        with Reading() as session:
            case = cases.by_code(session, _code())
            return shown.show("progress.html", case=receipts.progress(session, case))

    @blueprint.get("/share")
    @guard.anyone()
    def share() -> Response:
        return shown.show("share.html", told=None, said=None)

    @blueprint.post("/share")
    @guard.anyone()
    def ask_share() -> Response:
        here = asking.current()
        asker = AskerKind.ACCOUNT if here.who else AskerKind.ANYBODY
        with Writing() as session:
            rules = here.parts.rules
            told = shares.answer(session, rules, _code(), asker=asker, now=here.now)
        said = labels.share_said(told.has_serious_dishonesty, here.now, here.language)
        return shown.show("share.html", told=told, said=said)


def _code() -> str:
    code = request.form.get("code", "").strip()[:_LONGEST]
    if not code:
        raise IncompleteError
    return code
