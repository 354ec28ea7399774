"""Reasons (办理理由): what a decision or a request for more may rest on, worded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.rules.dated import Rule, in_force


class Outcome(StrEnum):
    """What a reason is given for."""

    UPHELD = "upheld"
    REFUSED = "refused"
    NOT_ACCEPTED = "not_accepted"
    SUPPLEMENT = "supplement"
    EXTENDED = "extended"
    REVOKED = "revoked"  # of a repair alone


class Asked(StrEnum):
    """What had been asked for; the kinds of cases, said again because rules know no cases."""

    OBJECTION = "objection"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    DATA_REQUEST = "data_request"


@dataclass(frozen=True, kw_only=True)
class Reason(Rule):
    """One template: its code, the words for staff and citizens, and what the citizen can do.

    `name` is the Chinese label, `fix_*` says what to put right; with a favourable outcome, what
    follows.
    """

    code: str
    kinds: tuple[Asked, ...]
    outcome: Outcome
    label_en: str
    fix_zh: str
    fix_en: str

    def said(self, language: str) -> tuple[str, str]:
        """Return the label and what to do, in a language."""
        return (self.name, self.fix_zh) if language == "zh" else (self.label_en, self.fix_en)


def offered(
    reasons: Iterable[Reason], kind: str, outcome: Outcome, *, on: date
) -> Sequence[Reason]:
    """List the reasons that may be given for an outcome of a kind of case on a day."""
    return [
        one for one in reasons if one.in_force(on) and one.outcome is outcome and kind in one.kinds
    ]


def worded(reasons: Iterable[Reason], code: str, on: date) -> Reason | None:
    """Return the row that gave a code its words on a day; if it is none's any more, its newest."""
    rows = [one for one in reasons if one.code == code]
    return in_force(rows, on) or max(rows, key=lambda one: one.effective_from, default=None)
