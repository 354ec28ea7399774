"""How the pages that messages lead to are set: Chinese or English, large type or not.

As on the other pages (bot/h5/looking.py): the address says it, else the account whose page it is,
else the cookie that all pages share.
"""

from types import ModuleType
from typing import Any, cast
from urllib.parse import urlencode

from flask import Blueprint, Response, g, request

from bot.h5 import asking, cookies, looking, words
from core.db import Reading
from core.installations import Locale
from core.preferences import looks
from core.preferences.looks import Look
from messages.wording import PAGES

Worded = tuple[str, ModuleType]  # the tag of a language, and its words


def add_to(blueprint: Blueprint, *, secure: bool) -> None:
    """Let each page be set as its reader reads; what an address says is remembered."""

    @blueprint.before_request
    def begin() -> None:
        language, is_large = looking.wanted(cookies.look(secure=secure))
        g.page_look = Look(Locale(language), is_large)

    @blueprint.context_processor
    def common() -> dict[str, Any]:
        return _common()

    @blueprint.after_request
    def remember(response: Response) -> Response:
        if asking.is_look_asked():
            cookies.set_look(response, _written(current()), secure=secure)
        return response


def current() -> Look:
    """Return how the page in hand is read."""
    # What is refused before anybody asks how it is read is said in the usual way.
    return cast("Look", g.get("page_look", Look()))


def first(chinese: Worded, english: Worded) -> tuple[Worded, Worded]:
    """Put the language of the page in hand before the other, where both are said."""
    return (english, chinese) if current().language is Locale.EN else (chinese, english)


def of_account(account_id: int) -> None:
    """Set the page in hand as an account reads, where the address does not say it."""
    with Reading() as session:
        held = looks.of(session, account_id)
    if held is not None and not asking.is_look_asked():
        g.page_look = held


def _common() -> dict[str, Any]:
    look = current()
    language, other = look.language.value, "en" if look.language is Locale.ZH else "zh"
    switches = {
        "type": _here(type="normal" if look.is_large else "large"),
        "language": _here(language=other),
    }
    return {
        "language": language,
        "is_large": look.is_large,
        "t": words.texts(language) | PAGES[language].TEXTS,
        # What a form led to cannot be opened again by its address.
        "switches": switches if request.method == "GET" else None,
    }


def _here(**changed: str) -> str:
    """Return the address in hand, read otherwise."""
    return "?" + urlencode(request.args.to_dict() | changed)


def _written(look: Look) -> str:
    return looking.written(look.language.value, is_large=look.is_large)
