"""Why (消息去向): the whole life of a notice, as `./xinyong why` tells it."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, problems, shown
from console.pages import Link, Page, as_id
from core.casework import heard
from core.casework.heard import Heard, LifePurpose, Wanted
from core.db import Reading, Writing
from core.errors import CreditError
from core.staff.errors import PurposeMissingError
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_why_zh as said
from messages.wording import life_zh

blueprint = Blueprint("why", __name__, url_prefix="/why")
_LINK = Link("消息去向", "console.why.look", (Deed.SEE_NOTICE_LIFE,), 60)
PAGE = Page(blueprint, links=(_LINK,))
_FIELDS = ("event", "account", "case", "record")
_LONGEST = 200  # of what is typed to be looked for


@blueprint.get("/")
@guard.page(Deed.SEE_NOTICE_LIFE)
def look(staff: Staff) -> Response:
    """Tell what became of the notices that are asked for; of a person once it is said what for."""
    typed = {name: request.args.get(name, "").strip() for name in (*_FIELDS, "purpose")}
    if not any(typed[name] for name in _FIELDS):
        return _shown(typed)
    purpose = next((one for one in LifePurpose if one == typed["purpose"]), None)
    try:
        wanted = Wanted(**{name: as_id(typed[name]) for name in _FIELDS if typed[name]})
    except ValueError:
        return _shown(typed, refused=said.NOT_A_NUMBER, status=422)
    try:
        with Writing() as session:
            found = heard.look(session, staff, wanted, purpose=purpose, now=asking.current().now)
    except PurposeMissingError as refusal:
        return _shown(typed, no_purpose=problems.sentence(refusal))
    except CreditError as refusal:
        if refusal.code == "not_permitted":
            raise
        refused, status = problems.sentence(refusal), problems.status_of(refusal)
        return _shown(typed, refused=refused, status=status)
    return _shown(typed, lives=_told(found))


@blueprint.post("/")
@guard.page(Deed.SEE_NOTICE_LIFE)
def find(staff: Staff) -> Response:
    """Go to what a message's number, an openid or a receipt code leads to: in no address."""
    text = request.form.get("text", "").strip()[:_LONGEST]
    with Reading() as session:
        wanted = heard.at_address(session, staff, text) if text else None
    if wanted is None:
        return _shown(dict.fromkeys((*_FIELDS, "purpose"), ""), refused=said.NOT_FOUND, status=404)
    given = {name: value for name, value in vars(wanted).items() if value}
    purpose = request.form.get("purpose") or None
    return make_response(redirect(url_for(".look", **given, purpose=purpose), 303))


def _told(found: Heard) -> list[tuple[str, list[str]]]:
    """Return each life as its heading and its lines."""
    silence = [life_zh.of_silence(found.silent)] if found.silent else []
    every = [*silence, *map(life_zh.of_event, found.events), *map(life_zh.of_one, found.ones)]
    return list(_headed(every))


def _headed(every: Iterable[Iterable[str]]) -> Iterator[tuple[str, list[str]]]:
    for lines in every:
        heading, *others = (line.strip() for line in lines)
        yield heading, others


def _shown(
    typed: dict[str, str],
    *,
    lives: list[tuple[str, list[str]]] | None = None,
    refused: str | None = None,
    no_purpose: str | None = None,
    status: int = 200,
) -> Response:
    given = {"lives": lives, "refused": refused, "no_purpose": no_purpose}
    return shown.show("why.html", status, typed=typed, said=said, **given)
