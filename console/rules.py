"""Rules (规则): which are in force, on which citation, verified or not, about to expire."""

from datetime import date
from typing import TypeVar

from flask import Blueprint, Response, request

from console import asking, guard, shown
from console.pages import Link, Page
from core.calendar import day
from core.rules import RuleKind, listing
from core.rules.listing import RuleState
from core.staff.members import Staff
from core.staff.roles import Deed
from messages.rules import says
from messages.wording import console_deadlines_zh, rules_zh

_Chosen = TypeVar("_Chosen", RuleKind, RuleState)
blueprint = Blueprint("rules", __name__, url_prefix="/rules")
PAGE = Page(blueprint, links=(Link("规则", "console.rules.show", (Deed.SEE_RULES,), 70),))


@blueprint.get("/")
@guard.page(Deed.SEE_RULES)
def show(staff: Staff) -> Response:
    """List the rules of a day, of one kind and state if so wanted."""
    del staff
    here = asking.current()
    today, rules = day(here.now), here.parts.rules
    on = _on(today)
    kind = _one_of(RuleKind, request.args.get("kind"))
    state = _one_of(RuleState, request.args.get("state")) or RuleState.IN_FORCE
    found = listing.on(rules, on or today, kind=kind, state=state)
    return shown.show(
        "rules.html",
        found=[(one, says(one.rule)) for one in found],
        on=on or today,
        kind=kind,
        state=state,
        counts={one: len(listing.on(rules, on or today, state=one)) for one in RuleState},
        years=listing.official_years(rules),
        refused=None if on else console_deadlines_zh.BAD_DAY,
        w=console_deadlines_zh,
        named=rules_zh,
    )


def _on(today: date) -> date | None:
    try:
        return date.fromisoformat(request.args.get("on") or str(today))
    except ValueError:
        return None


def _one_of(of: type[_Chosen], text: str | None) -> _Chosen | None:
    return of(text) if text in set(of) else None
