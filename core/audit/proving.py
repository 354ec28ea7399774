"""Proving the chain: who asked for it, when it was last done, what was found. All in the trail."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.audit import trail
from core.audit.proof import FaultKind, Report
from core.audit.trail import Entry

OBJECT = "chain"
ASK, BEGIN, PROVE = "ask_proof", "begin_proof", "prove_chain"
EVERY = timedelta(days=1)
LONGEST = timedelta(hours=1)  # a proof that takes longer was cut off


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
    kinds = [fault.kind.value for fault in report.faults]
    detail = {kind: kinds.count(kind) for kind in set(kinds)}
    figures = {"rows": report.rows, "seals": report.seals, "faults": len(kinds) + strange}
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
    if begun is None or now - begun.at >= LONGEST:
        return False
    return _is_after(begun, _newest(session, PROVE))


def _is_after(one: Entry | None, other: Entry | None) -> bool:
    return one is not None and (other is None or other.id < one.id)


def _newest(session: Session, action: str) -> Entry | None:
    named = Entry.object == OBJECT, Entry.action == action
    newest = select(func.max(Entry.id)).where(*named).scalar_subquery()
    return session.scalar(select(Entry).where(Entry.id == newest))
