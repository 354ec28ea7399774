"""Ruled: which list a row means, and what the rules of law make of it on its decision's day."""

from core.intake import door
from core.intake.given import Given
from core.intake.reasons import Reason
from core.intake.rows import Content, Known, mark
from core.records import RecordState
from core.rules import ListKind, Rulebook
from core.rules.matters import Matter, Open, Ruling
from core.subjects import SubjectKind, kind_of

_BLAMED = {
    Open.UNCLASSIFIED: ("penalty_types", Reason.UNCLASSIFIED),
    Open.NO_TERM: ("decision_date", Reason.NO_TERM),
}


def listed(text: str, rules: Rulebook) -> ListKind | None:
    """Return the list that a code or a full name means."""
    if found := rules.lists.get(text.upper()):
        return found
    return next((one for one in rules.lists.values() if one.name == text), None)


def apply(given: Given, content: Content, known: Known) -> str:
    """Give a row its class, term and visibility; what the rules leave open is kept, not shown.

    A row of a kind that the catalogue did not have is sent back. Returns a mark of what the rules
    of the decision's own day make of it: a row reads the same before and after a change of law,
    though it gets the kinder rule.
    """
    matter = Matter(
        kind=content.kind,
        decided=content.event_date,
        authority=given.raw("authority"),
        subject_kind=_subject_kind(given),
        list_kind=content.list_kind,
        facts=content.facts,
    )
    ruling, kinder = known.judge.both(matter, today=known.today)
    if not ruling.may_be_collected:
        note = known.rules.catalogue_citation
        given.blame("decision_date", Reason.NOT_IN_CATALOGUE, note)
    if kinder.left_open:
        given.blame(*_BLAMED[kinder.left_open])
    judged = mark(ruling, _state(content.state, ruling), content.title)
    content.take(kinder, _state(content.state, kinder))
    return judged


def _state(state: RecordState, ruling: Ruling) -> RecordState:
    if ruling.left_open:
        return RecordState.QUARANTINED
    return RecordState.HELD if ruling.is_held and state is RecordState.LOADED else state


def _subject_kind(given: Given) -> SubjectKind:
    if door.person_of(given):
        return SubjectKind.NATURAL_PERSON
    return kind_of(given.code("uscc"))
