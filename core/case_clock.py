"""The clock of a case (办理时限): whose turn it is where it stands, and by which working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.calendar import day
from core.cases import Case, CaseState, Holder
from core.rules import Clock, Rulebook


class Track(StrEnum):
    """Which way a case goes: that of its kind, or that of a review (复核)."""

    OBJECTION = "objection"
    REPAIR = "repair"
    COMPLAINT = "complaint"
    DATA_REQUEST = "data_request"
    REVIEW = "review"


@dataclass(frozen=True)
class Leg:
    """What is due in a state: from whom, by which clock, since filing or since it began.

    `within` is a clock since filing that may end sooner.
    """

    holder: Holder
    clock: Clock
    since_filed: bool = False
    within: Clock | None = None


@dataclass(frozen=True)
class _Term:
    clock: Clock
    start: date
    days: int


_S, _US, _THEY = CaseState, Holder.PLATFORM, Holder.DEPARTMENT
LEGS: Mapping[Track, Mapping[CaseState, Leg]] = {
    Track.OBJECTION: {
        _S.SUBMITTED: Leg(_US, Clock.OBJECTION_ANNOTATE, since_filed=True),
        _S.ANNOTATED: Leg(_US, Clock.OBJECTION_FORWARD, since_filed=True),
        _S.FORWARDED: Leg(_THEY, Clock.OBJECTION_DECIDE),
        _S.UPHELD: Leg(_US, Clock.OBJECTION_APPLY),
    },
    Track.REPAIR: {
        _S.SUBMITTED: Leg(_US, Clock.REPAIR_FORWARD, since_filed=True),
        _S.FORWARDED: Leg(_THEY, Clock.REPAIR_ACCEPT, within=Clock.REPAIR_FINISH),
        _S.ACCEPTED: Leg(_THEY, Clock.REPAIR_DECIDE, within=Clock.REPAIR_FINISH),
        _S.UPHELD: Leg(_US, Clock.REPAIR_APPLY),
    },
    Track.COMPLAINT: {
        _S.SUBMITTED: Leg(_US, Clock.COMPLAINT_ACCEPT, since_filed=True),
        _S.ACCEPTED: Leg(_US, Clock.COMPLAINT_DECIDE),
    },
    Track.DATA_REQUEST: {
        _S.SUBMITTED: Leg(_US, Clock.DATA_REQUEST, since_filed=True),
        _S.ACCEPTED: Leg(_US, Clock.DATA_REQUEST, since_filed=True),
    },
    Track.REVIEW: {
        _S.SUBMITTED: Leg(_US, Clock.REVIEW_DECIDE, since_filed=True),
        _S.UPHELD: Leg(_US, Clock.OBJECTION_APPLY),
    },
}
_SUPPLEMENT = Leg(Holder.APPLICANT, Clock.SUPPLEMENT)


def track(case: Case) -> Track:
    """Say which way a case goes."""
    return Track.REVIEW if case.review_of_id is not None else Track(case.kind.value)


def leg(of: Track, state: CaseState) -> Leg | None:
    """Return what is due in a state; None once nothing is."""
    return _SUPPLEMENT if state is CaseState.SUPPLEMENT_WANTED else LEGS[of].get(state)


def holder(case: Case, due: Leg | None) -> Holder | None:
    """Say whose turn it is; where the platform stands in for a department, the platform's."""
    theirs = due is not None and due.holder is Holder.DEPARTMENT
    if theirs and case.stands_in_for is not None:
        return Holder.PLATFORM
    return due.holder if due else None


def start(case: Case, *, rules: Rulebook, today: date) -> None:
    """Let the clock of the state run in which a case has just come to stand."""
    due = leg(track(case), case.state)
    case.holder = holder(case, due)
    if due is None:
        case.resumes = case.left_days = case.paused_on = None
        run(case, rules=rules)
        return
    term = _term(case, due.clock, rules=rules, entered=None if due.since_filed else today)
    run(case, *_overall(case, due, rules=rules), *filter(None, [term]), rules=rules)


def pause(case: Case, *, rules: Rulebook, today: date) -> None:
    """Stop the clock, remembering what is left of it; call before the state changes."""
    case.resumes, case.paused_on = case.state, today
    case.left_days = 0
    if case.due_on and case.due_on > today:
        case.left_days = rules.workdays.working_days_between(today, case.due_on)


def resume(case: Case, *, rules: Rulebook, today: date) -> None:
    """Let the clock go on where it stopped; a day at least is left. Call after the change.

    The overall term binds as before, longer by the pause only: a pause heals no lateness in it.
    """
    held = leg(track(case), case.state)
    case.holder = holder(case, held)
    if case.paused_on:
        case.paused_days += rules.workdays.working_days_between(case.paused_on, today)
    if held:
        left = _Term(held.clock, today, max(case.left_days or 0, 1))
        run(case, *_overall(case, held, rules=rules), left, rules=rules)
    case.resumes = case.left_days = case.paused_on = None


def extend(case: Case, days: int, *, rules: Rulebook) -> None:
    """Let the clock that runs end so many working days later."""
    if case.clock and case.clock_from and case.clock_days:
        run(case, _Term(case.clock, case.clock_from, case.clock_days + days), rules=rules)
        case.extended_days = days


def run(case: Case, *terms: _Term, rules: Rulebook) -> None:
    """Set the clock to whichever term ends first, of two the first named; none without terms."""
    ends = [(rules.workdays.deadline(term.start, term.days), term) for term in terms]
    if not ends:
        case.clock = case.clock_from = case.clock_days = None
        case.due_on = case.due_provisional = None
        return
    end, term = min(ends, key=lambda one: one[0].day)
    case.clock, case.clock_from, case.clock_days = term.clock, term.start, term.days
    case.due_on, case.due_provisional = end.day, end.provisional


def _overall(case: Case, leg: Leg, *, rules: Rulebook) -> list[_Term]:
    term = _term(case, leg.within, rules=rules, entered=None) if leg.within else None
    return [term] if term else []


def _term(case: Case, clock: Clock, *, rules: Rulebook, entered: date | None) -> _Term | None:
    filed = day(case.opened_at)
    period = rules.period(clock, entered or filed)
    if period is None:
        return None
    extra = 0 if entered else case.paused_days + (case.extended_days or 0)
    return _Term(clock, entered or filed, period.working_days + extra)
