"""Audit (审计): searching the trail, and whether its chain holds."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request, url_for

from console import asking, guard, shown, told
from console.pages import Card, Link, Page
from core.audit import proving, seals, trail
from core.audit.trail import TrailKind
from core.db import Reading, Writing
from core.staff import auditing, members
from core.staff.auditing import Search
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.wording import console_audit_zh as words

blueprint = Blueprint("audit", __name__, url_prefix="/audit")


def waiting(staff: Staff, _now: datetime) -> Iterable[Card]:
    """Say to an auditor that the chain does not hold."""
    if not staff.may(Deed.SEARCH_AUDIT):
        return
    with Reading() as session:
        proven = proving.last(session)
    if proven and proven.faults:
        text = f"最近一次核对发现 {proven.faults} 处问题"
        yield Card("审计记录", text, url_for("console.audit.chain"), is_urgent=True)


_LINK = Link("审计", "console.audit.search", (Deed.SEARCH_AUDIT,), 70)
PAGE = Page(blueprint, links=(_LINK,), cards=waiting)

_CODE = re.compile(r"[a-z][a-z_]{0,63}(:[0-9]{1,10})?")
_NUMBER = re.compile(r"[0-9]{1,10}")
_FIELDS = ("kind", "actor", "action", "object", "subject", "since", "until")


@blueprint.get("/")
@guard.page(Deed.SEARCH_AUDIT)
def search(staff: Staff) -> Response:
    """Show the rows of the trail that are looked for; that somebody looks is written into it."""
    typed = {name: request.args.get(name, "").strip() for name in _FIELDS}
    wrong: dict[str, str] = {}
    wanted = _read(typed, wrong)
    if wrong:
        return _shown(422, typed=typed, wrong=wrong, rows=[], names={}, after=None)
    with Writing() as session:
        found = auditing.find(session, staff, wanted, after=_after(), now=asking.current().now)
        names = members.names(session, _members(row.actor for row in found.rows))
    given: dict[str, Any] = {name: text for name, text in typed.items() if text}
    after = url_for(".search", after=found.next, **given) if found.next else None
    return _shown(200, typed=typed, wrong={}, rows=found.rows, names=names, after=after)


@blueprint.get("/chain")
@guard.page(Deed.SEARCH_AUDIT)
def chain(_staff: Staff) -> Response:
    """Show how far the trail is sealed, and what the last proof found."""
    with Reading() as session:
        return shown.show(
            "chain.html",
            audit=words,
            head=seals.newest(session),
            unsealed=trail.count_unsealed(session),
            oldest=trail.oldest_unsealed(session),
            proven=proving.last(session),
            is_coming=proving.is_coming(session, now=asking.current().now),
        )


@blueprint.post("/chain/prove")
@guard.page(Deed.SEARCH_AUDIT)
def prove(staff: Staff) -> Response:
    """Ask that the chain be proven now."""
    with Writing() as session:
        proving.ask(session, staff.actor, now=asking.current().now)
    told.tell("已要求核对，做完以后在这里看结果。")
    return make_response(redirect(url_for(".chain"), 303))


def _shown(status: int, **given: Any) -> Response:  # noqa: ANN401 - what the page shows
    return shown.show("audit.html", status, audit=words, **given)


def _read(typed: dict[str, str], wrong: dict[str, str]) -> Search:
    """Read what was typed; what cannot be anything of ours is named in `wrong`."""
    number = _fitting(typed, wrong, ("subject", _NUMBER))
    return Search(
        kind=TrailKind(typed["kind"]) if typed["kind"] in set(TrailKind) else None,
        actor=_fitting(typed, wrong, ("actor", _CODE)),
        action=_fitting(typed, wrong, ("action", _CODE)),
        object=_fitting(typed, wrong, ("object", _CODE)),
        subject_id=int(number) if number and "subject" not in wrong else None,
        since=_day(typed, wrong, "since"),
        until=_day(typed, wrong, "until"),
    )


def _fitting(
    typed: dict[str, str], wrong: dict[str, str], how: tuple[str, re.Pattern[str]]
) -> str | None:
    name, pattern = how
    if typed[name] and not pattern.fullmatch(typed[name]):
        wrong[name] = words.WRONG[name]
    return typed[name] or None


def _day(typed: dict[str, str], wrong: dict[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(typed[name]) if typed[name] else None
    except ValueError:
        wrong[name] = words.WRONG["day"]
        return None


def _after() -> int | None:
    text = request.args.get("after", "")
    return int(text) if _NUMBER.fullmatch(text) else None


def _members(actors: Any) -> set[int]:  # noqa: ANN401 - an iterable of texts
    numbers = [actor.partition(":") for actor in actors]
    return {int(number) for kind, _, number in numbers if kind == "staff" and number}
