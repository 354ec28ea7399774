"""Ruled: what the rules say of a row: which list it means, how long its content is shown."""

from core.intake.given import Given
from core.intake.reasons import Reason
from core.intake.rows import Content, Known
from core.records import RecordState
from core.rules import ListKind, Rulebook, Term


def listed(text: str, rules: Rulebook) -> ListKind | None:
    """Return the list that a code or a full name means."""
    if found := rules.lists.get(text.upper()):
        return found
    return next((one for one in rules.lists.values() if one.name == text), None)


def limit(given: Given, content: Content, known: Known) -> None:
    """Apply the term in force; a record without one is kept, and not shown."""
    term = _term(content, known)
    if term is None:
        given.blame("decision_date", Reason.NO_TERM)
        content.state = RecordState.QUARANTINED
    else:
        content.limit(term)


def limit_if_ruled(content: Content, known: Known) -> None:
    """Apply the term in force to what is also shown without one."""
    if term := _term(content, known):
        content.limit(term)


def _term(content: Content, known: Known) -> Term | None:
    return known.rules.term(
        content.kind,
        list_kind=content.list_kind,
        severity=content.severity,
        on=content.event_date,
    )
