"""How somebody likes to read: Chinese or English, large type or not.

A cookie keeps it, and of who is signed in the account, which then counts. An address may say so
too (`?type=large&language=en`): a conversation leads here with what was wished for in it.
"""

from collections.abc import Sequence

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from bot.h5 import asking, cookies, guard, places, words
from core.db import Writing
from core.installations import Locale
from core.preferences import looks


def add_to(blueprint: Blueprint) -> None:
    """Add this to the other pages."""

    @blueprint.post("/look")
    @guard.anyone()
    def look() -> Response:
        here, given = asking.current(), request.form
        language = given.get("language", here.language)
        chosen = language if language in words.LANGUAGES else here.language
        is_large = given.get("type", "large" if here.is_large else "") == "large"
        response = redirect(places.local(given.get("next")), 303)
        if here.who:
            _keep(here.who.account_id, chosen, is_large=is_large)
        value = written(chosen, is_large=is_large)
        cookies.set_look(response, value, secure=here.parts.secure)  # type: ignore[arg-type]
        return response


def _keep(account_id: int, language: str, *, is_large: bool) -> None:
    said = Locale(language)
    with Writing() as session:
        looks.say(session, account_id, language=said, is_large=is_large, now=asking.current().now)


def wanted(look: Sequence[str]) -> tuple[str, bool]:
    """Return the language and whether type is large: as the address says, else as the cookie."""
    named = (request.args.get("language"), *look)
    language = next((one for one in named if one in words.LANGUAGES), words.LANGUAGES[0])
    return language, request.args.get("type", "large" if "large" in look else "") == "large"


def written(language: str, *, is_large: bool) -> str:
    """Write how somebody likes to read, as the cookie keeps it."""
    return ".".join([language] + ["large"] * is_large)
