"""How a page is made: our own templates, everything escaped, nothing that is not there passed over.

Flask's own template folders are one name space for all doors; these are ours alone.
"""

import hashlib
import json
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, make_response, request, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from redis.exceptions import RedisError

from console import asking, guard, told
from console.asking import Asking
from console.pages import Link
from core import privacy
from messages.wording import console_base_zh, console_zh, zh

_HERE = Path(__file__).parent
_STATIC = _HERE / "static"
# No eval, no inline style or script, nothing kept in the browser; refusals are shown, too.
_HTMX = json.dumps(
    {
        "allowEval": False,
        "allowScriptTags": False,
        "includeIndicatorStyles": False,
        "historyCacheSize": 0,
        "selfRequestsOnly": True,
        "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
    }
)

_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def show(template: str, status: int = 200, **given: Any) -> Response:  # noqa: ANN401 - what it shows
    """Show a page to whoever asks."""
    return make_response(render(template, **given), status)


def render(template: str, **given: Any) -> str:  # noqa: ANN401 - what it shows
    """Make a page, or a part of one that htmx puts in."""
    here = asking.current()
    links = _links(here)
    common = {
        "staff": here.staff,
        "now": here.now,
        "request_id": here.request_id,
        "links": links,
        "here_link": _current(links),
        "here": request.endpoint,
        "told": _told(),
    }
    return _environment.get_template(template).render(**common | given)


def asset(name: str) -> str:
    """Return the address of a static file, which changes when the file does."""
    return url_for("console.static", filename=name, v=_hash(name))


def is_asset(response: Response) -> bool:
    """Say whether an answer is a static file under the address that names its content."""
    if request.endpoint != "console.static" or response.status_code not in {200, 304}:
        return False
    return request.args.get("v") == _hash((request.view_args or {})["filename"])


@cache
def _hash(name: str) -> str:
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:16]


def _links(here: Asking) -> list[Link]:
    if here.staff is None:
        return []
    every = sorted((link for page in here.pages for link in page.links), key=lambda one: one.place)
    return [link for link in every if link.is_for(here.staff)]


def _current(links: list[Link]) -> Link | None:
    """Return the link under which the page in hand lies: the longest that its path begins with."""
    places = {url_for(link.endpoint): link for link in links}
    above = [place for place in places if request.path.startswith(place)]
    return places[max(above, key=len)] if above else None


def _told() -> list[str]:
    # A sentence belongs to the next whole page, not to a part that htmx fetches.
    if asking.current().held is None or "HX-Request" in request.headers:
        return []
    with suppress(RedisError):
        return told.heard()
    return []


_environment.globals |= {
    "url_for": url_for,
    "asset": asset,
    "csrf_token": guard.token,
    "words": console_zh,
    "htmx_config": _HTMX,
}
_environment.filters |= {
    "code": privacy.show_code,
    "time": zh.time,
    "day": zh.date,
    "role": console_zh.ROLES.__getitem__,
    "since": console_base_zh.since,
}
