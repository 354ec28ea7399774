"""How the authorities do: the scoreboard of departments, and the rules of law that are applied."""

from datetime import timedelta

from flask import Blueprint, Response, request

from bot.h5 import asking, guard, shown
from core import scoreboard
from core.calendar import day
from core.db import Reading
from core.rules import Clock, RuleKind, listing
from core.scoreboard import Asked
from messages.rules import says

_PERIOD = timedelta(days=90)


def add_to(blueprint: Blueprint) -> None:
    """Add these pages to the others."""

    @blueprint.get("/scoreboard")
    @guard.anyone()
    def scores() -> Response:
        here = asking.current()
        today = day(here.now)
        asked = Asked(today - _PERIOD, today, today)
        with Reading() as session:
            found = scoreboard.of(session, asked, rules=here.parts.rules)
        clock = here.parts.rules.period(Clock.PUBLISH_DECISION, today)
        within = clock.working_days if clock else None
        return shown.show("scoreboard.html", asked=asked, found=found, within=within)

    @blueprint.get("/rules")
    @guard.anyone()
    def rules() -> Response:
        here = asking.current()
        kind = request.args.get("kind")
        wanted = RuleKind(kind) if kind in set(RuleKind) else RuleKind.TERM
        found = listing.on(here.parts.rules, day(here.now), kind=wanted)
        items = [(one, says(one.rule, here.language)) for one in found]
        return shown.show("rules.html", kinds=list(RuleKind), wanted=wanted, items=items)
