"""How a page is made: our own templates, everything escaped, nothing missing passed over."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, make_response, request, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.h5 import asking, places, words
from core import privacy
from messages import labels, wording

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"

_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def show(template: str, status: int = 200, **given: Any) -> Response:  # noqa: ANN401 - what it shows
    """Show a page to whoever asks."""
    here = asking.current()
    common = {
        "language": here.language,
        "is_large": here.is_large,
        "t": words.texts(here.language),
        "who": here.who,
        "now": here.now,
        "here": request.path,
        "back": places.local(request.path) if request.method == "GET" else places.HOME,
    }
    return make_response(_environment.get_template(template).render(**common | given), status)


def label(name: str, value: str) -> str:
    """Name a kind, a class or a state, in the language of the page."""
    return labels.label(name, value, asking.current().language)


def day(value: date) -> str:
    """Write a day."""
    said: str = wording.LANGUAGES[asking.current().language].date(value)
    return said


def time(value: datetime) -> str:
    """Write an instant, in Kunming's time."""
    said: str = wording.LANGUAGES[asking.current().language].time(value)
    return said


def asset(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    return url_for("h5.static", filename=name, v=_hash(name))


@cache
def _hash(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:16]


def _proof() -> str:
    return asking.current().proof()


_environment.globals |= {
    "url_for": url_for,
    "asset": asset,
    "csrf": _proof,
    "label": label,
}
_environment.filters |= {"code": privacy.show_code, "day": day, "time": time}
