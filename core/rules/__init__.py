"""Rules of law as data: dated, cited, and applied by the row in force on the decision's day."""

from core.rules.book import Rulebook, RuleKind
from core.rules.clocks import Clock
from core.rules.lists import ListKind
from core.rules.terms import Term

__all__ = ["Clock", "ListKind", "RuleKind", "Rulebook", "Term"]
