"""Load the rules of law from their dated tables, and refuse tables that contradict themselves."""

from functools import cache
from pathlib import Path

from config import workdays
from config.rulebook import checks
from config.rulebook.tables import RulebookError, Tables
from core.rules import ListKind, Rulebook
from core.rules.classes import PenaltyClass
from core.rules.clocks import Period
from core.rules.disclosures import Disclosure
from core.rules.doors import Door, Transition
from core.rules.lasting import Lasting
from core.rules.lists import Item, Measure
from core.rules.places import Place
from core.rules.reasons import Reason
from core.rules.restorations import Restoration
from core.rules.terms import Term

RULES = Path(__file__).parent.parent / "rules"

__all__ = ["RULES", "RulebookError", "load"]


@cache
def load(folder: Path = RULES) -> Rulebook:
    """Return the rules, read once in a process.

    Raises RulebookError that names file, row and field of every fault.
    """
    tables = Tables(folder)
    terms = tables.rows("terms.yaml", Term)
    classes = tables.rows("classes.yaml", PenaltyClass)
    clocks = tables.rows("clocks.yaml", Period)
    disclosures = tables.rows("disclosure.yaml", Disclosure)
    catalogue = tables.rows("catalogue.yaml", Item)
    list_kinds = tables.rows("lists.yaml", ListKind)
    measures = tables.rows("measures.yaml", Measure)
    doors = tables.rows("door.yaml", Door)
    transitions = tables.rows("transitions.yaml", Transition)
    places = tables.rows("places.yaml", Place)
    reasons = tables.rows("reasons.yaml", Reason)
    restorations = tables.rows("restorations.yaml", Restoration)
    lasting = tables.rows("lasting.yaml", Lasting)
    calendars = tables.whole("workdays.yaml", workdays.calendar)
    tables.refuse_faults()
    lists = (terms, classes, clocks, disclosures, catalogue, list_kinds, measures, doors)
    others = (places, reasons, restorations, lasting)
    return checks.passed(Rulebook(*lists, transitions, calendars[0], *others))
