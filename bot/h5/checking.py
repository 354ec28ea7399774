"""Checking what one was given: a case by its receipt code, a share by its code, a message."""

from flask import Blueprint, Response, request

from bot.h5 import asking, guard, receipts, shown
from bot.h5.errors import IncompleteError
from bot.limits import Budget
from core import cases, shares
from core.db import Reading, Writing
from core.shares import AskerKind
from messages import labels, official
from messages.official import Desk
from messages.wording import NOTICES

_LONGEST, _LONGEST_TEXT = 64, 500


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others. What is typed stands in no address."""
    _add_codes(blueprint)
    _add_messages(blueprint)


def _add_codes(blueprint: Blueprint) -> None:
    @blueprint.get("/progress")
    @guard.anyone()
    def progress() -> Response:
        return shown.show("progress.html", case=None)

    @blueprint.post("/progress")
    @guard.anyone(budget=Budget.CODE)
    def find_case() -> Response:
        with Reading() as session:
            case = cases.by_code(session, _code())
            return shown.show("progress.html", case=receipts.progress(session, case))

    @blueprint.get("/share")
    @guard.anyone()
    def share() -> Response:
        return shown.show("share.html", told=None, said=None)

    @blueprint.post("/share")
    @guard.anyone(budget=Budget.CODE)
    def ask_share() -> Response:
        here = asking.current()
        asker = AskerKind.ACCOUNT if here.who else AskerKind.ANYBODY
        with Writing() as session:
            rules = here.parts.rules
            told = shares.answer(session, rules, _code(), asker=asker, now=here.now)
        said = labels.share_said(told.has_serious_dishonesty, here.now, here.language)
        return shown.show("share.html", told=told, said=said)


def _add_messages(blueprint: Blueprint) -> None:
    @blueprint.get("/messages")
    @guard.anyone()
    def message() -> Response:
        return shown.show("message.html", found=None, text="")

    @blueprint.post("/messages")
    @guard.anyone(budget=Budget.CODE)
    def check_message() -> Response:
        here, text = asking.current(), request.form.get("text", "").strip()[:_LONGEST_TEXT]
        if not text:
            raise IncompleteError
        desk = Desk(here.parts.code_key, here.parts.public_url)
        with Reading() as session:
            found = official.check(session, desk, text, language=here.language, now=here.now)
        words = NOTICES[here.language]
        return shown.show("message.html", found=found, text=text, words=words)


def _code() -> str:
    code = request.form.get("code", "").strip()[:_LONGEST]
    if not code:
        raise IncompleteError
    return code
