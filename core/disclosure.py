"""Disclosure (披露): who may see which record on which day. One function decides for every door."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.records import STANDING, Record, RecordState, Visibility


class ViewerKind(StrEnum):
    """Who looks: the public, the subject itself, whom it authorised, or staff on duty."""

    PUBLIC = "public"
    SUBJECT = "subject"
    AUTHORISED = "authorised"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Viewer:
    """One who looks. The subject, and whom it authorised, look at one subject only."""

    kind: ViewerKind
    subject_id: int | None = None


_SEES = {
    ViewerKind.PUBLIC: frozenset({Visibility.PUBLIC}),
    ViewerKind.AUTHORISED: frozenset({Visibility.PUBLIC, Visibility.AUTHORISED}),
    ViewerKind.SUBJECT: frozenset({Visibility.PUBLIC, Visibility.AUTHORISED, Visibility.SUBJECT}),
    ViewerKind.INTERNAL: frozenset(Visibility),
}
# Loaded or quarantined: nobody has decided yet what this is.
_UNDECIDED = frozenset({RecordState.LOADED, RecordState.QUARANTINED})


def may_see(viewer: Viewer, record: Record, today: date) -> bool:
    """Say whether one may see a record on a legal day, whatever job has run or not run."""
    of_one = viewer.kind in (ViewerKind.SUBJECT, ViewerKind.AUTHORISED)
    stranger = of_one and viewer.subject_id != record.subject_id
    kind = ViewerKind.PUBLIC if stranger else viewer.kind
    return level(record, today) in _SEES[kind]


def level(record: Record, today: date) -> Visibility:
    """Return how widely a record is shown on a day.

    While it stands and its term runs: as the rules say of its kind. Afterwards, and while it is
    shielded or held, to its subject, as history. Before anybody decided: to staff.
    """
    if record.state in _UNDECIDED:
        return Visibility.INTERNAL
    runs = record.ends_on is None or today <= record.ends_on
    if record.state in STANDING and runs:
        return Visibility(record.visibility)
    hidden = record.visibility == Visibility.INTERNAL
    return Visibility.INTERNAL if hidden else Visibility.SUBJECT
