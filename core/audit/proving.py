"""Proving the chain: who asked for it, when it was last done, what was found. All in the trail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.audit import trail
from core.audit.proof import FaultKind, Reached, Report
from core.audit.trail import Entry

OBJECT = "chain"
ASK, BEGIN, STEP, PROVE = "ask_proof", "begin_proof", "prove_step", "prove_chain"
_FIGURES = ("place", "genuine", "rows", "seals")
EVERY = timedelta(days=1)
LONGEST = timedelta(hours=1)  # a step of a proof that takes longer was cut off


@dataclass(frozen=True)
class Proven:
    """What the last proof found: how much is sealed, how many faults of which kind."""

    at: datetime
    rows: int
    seals: int
    faults: int
    kinds: dict[FaultKind, int]


def ask(session: Session, actor: str, *, now: datetime) -> None:
    """Ask that the chain be proven soon."""
    trail.note(session, trail.Act(actor, "auditor", ASK, OBJECT), now=now)


def keep(session: Session, report: Report, *, strange: int, now: datetime) -> None:
    """Write down what a proof found; `strange` are faults of the file of heads as a whole."""
    faults = report.kinds.total() + strange
    figures = {"rows": report.rows, "seals": report.seals, "faults": faults}
    detail = {kind.value: number for kind, number in report.kinds.items()}
    trail.note(session, trail.Act("ticker", "ticker", PROVE, OBJECT, detail | figures), now=now)


def last(session: Session) -> Proven | None:
    """Return what the last proof found."""
    row = _newest(session, PROVE)
    if row is None:
        return None
    kinds = {kind: row.facts[kind] for kind in FaultKind if kind in row.facts}
    figures = {name: row.facts[name] for name in ("rows", "seals", "faults")}
    return Proven(row.at, **figures, kinds=kinds)


def begin(session: Session, *, now: datetime) -> None:
    """Write down that a proof begins: who asks from now on wants the next."""
    trail.note(session, trail.Act("ticker", "ticker", BEGIN, OBJECT), now=now)


def reached(session: Session, how_far: Reached, *, now: datetime) -> None:
    """Write down how far a proof is: cut off, it goes on from there."""
    detail = {kind.value: number for kind, number in how_far.kinds.items()}
    figures = {name: getattr(how_far, name) for name in _FIGURES}
    trail.note(session, trail.Act("ticker", "ticker", STEP, OBJECT, detail | figures), now=now)


def left_at(session: Session, *, now: datetime) -> Reached | None:
    """Return how far a proof came that was cut off; None where there is none to go on with."""
    step, begun = _newest(session, STEP), _newest(session, BEGIN)
    is_its = step is not None and _is_after(step, begun)
    if step is None or not is_its or _is_after(_newest(session, PROVE), begun):
        return None
    if now - step.at >= EVERY:  # what was proved then says little of today
        return None
    kinds = {kind: step.facts[kind] for kind in FaultKind if kind in step.facts}
    return Reached(**{name: step.facts[name] for name in _FIGURES}, kinds=kinds)


def is_coming(session: Session, *, now: datetime) -> bool:
    """Say whether a proof is being made, or somebody asked for one."""
    asked, begun = _newest(session, ASK), _newest(session, BEGIN)
    return _is_after(asked, begun) or _is_running(session, begun, now)


def is_due(session: Session, *, now: datetime) -> bool:
    """Say whether a proof is to begin: every day, and when somebody asks."""
    asked, begun = _newest(session, ASK), _newest(session, BEGIN)
    if _is_running(session, begun, now):
        return False
    given_up = begun is not None and _is_after(begun, _newest(session, PROVE))
    is_old = begun is None or now - begun.at >= EVERY
    return is_old or given_up or _is_after(asked, begun)


def _is_running(session: Session, begun: Entry | None, now: datetime) -> bool:
    if begun is None or not _is_after(begun, _newest(session, PROVE)):
        return False
    step = _newest(session, STEP)
    seen = step if step is not None and _is_after(step, begun) else begun
    return bool(now - seen.at < LONGEST)


def _is_after(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and (other is None or other.id < one.id)


def _newest(session: Session, action: str) -> Entry | None:
    named = Entry.object == OBJECT, Entry.action == action
    newest = select(func.max(Entry.id)).where(*named).scalar_subquery()
    return session.scalar(select(Entry).where(Entry.id == newest))
