"""Load: one chunk of rows becomes records, in one transaction; unique keys decide races."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from core import corrections
from core.corrections import Changes
from core.intake import parties, seen, writes
from core.intake.reasons import Fault, Reason
from core.intake.rows import Row
from core.intake.writes import Held, Parties, Run


@dataclass
class Outcome:
    """How the rows of one chunk ended; a conflict or a stale row is sent back."""

    new: list[Row] = field(default_factory=list)
    changed: list[Row] = field(default_factory=list)
    unchanged: list[Row] = field(default_factory=list)
    conflicts: list[Row] = field(default_factory=list)
    stale: list[Row] = field(default_factory=list)
    corrected: frozenset[int] = frozenset()

    @property
    def loaded(self) -> list[Row]:
        """Return the rows that the database did not hold before."""
        return [*self.new, *self.changed]

    @property
    def sent_back(self) -> int:
        """Return how many rows were not taken."""
        return len(self.conflicts) + len(self.stale)

    @property
    def faults(self) -> list[Fault]:
        """Return what the report says: rows in conflict, and warnings of all others."""
        reasons = (Reason.CONFLICT, self.conflicts), (Reason.CORRECTED_HERE, self.stale)
        refused = [_of_row(row, reason) for reason, rows in reasons for row in rows]
        kept = (*self.loaded, *self.unchanged)
        return [*refused, *(warning for row in kept for warning in row.warnings)]


def _of_row(row: Row, reason: Reason) -> Fault:
    return Fault(row.number, "整行", row.document_no, reason)


def load(
    session: Session,
    run: Run,
    rows: Sequence[Row],
    *,
    named: Mapping[int, str],
    met: Sequence[Held] = (),
) -> Outcome:
    """Write rows, sorted out into new, changed, unchanged and in conflict.

    A changed record keeps its place: what is public stays public with the corrected content,
    unless the new content may not be shown; what was repaired or withdrawn stays so. `named` are
    the lines' names by row number, `met` is held of lines that need no reading (see seen). What an
    earlier file left unpublished, and this run has met unchanged, is this run's to publish.
    """
    people = parties.people(session, rows, run.vault, now=run.now)
    outcome, first = _sorted_out(rows, people)
    if not (chosen := list(first.values())):
        writes.claim(session, run, met)
        return outcome
    entities = parties.subjects(session, chosen, now=run.now)
    known = Parties(people | entities.ids, parties.authorities(session, chosen))
    added, held = _add(session, run, known, first=first, met=met)
    outcome.new = [row for row in chosen if row.natural_key in added]
    pairs = [(first[key], found) for key, found in sorted(held.items())]
    changed = _compare(session, run, outcome, pairs=pairs)
    writes.correct(session, run, changed, parties=known)
    outcome.corrected = frozenset(found.id for _, found in changed)
    same = [(row, found) for row, found in pairs if row.fingerprint == found.fingerprint]
    writes.claim(session, run, [*met, *(found for _, found in same)])
    parties.rename_people(session, outcome.loaded, people, vault=run.vault)
    parties.rename(session, outcome.loaded, entities)
    parties.keep_numbers(session, outcome.loaded, entities)
    records = added | {key: found.id for key, found in held.items()}
    seen.remember(session, [*outcome.loaded, *(row for row, _ in same)], records, named=named)
    return outcome


def _sorted_out(rows: Sequence[Row], people: Mapping[str, int]) -> tuple[Outcome, dict[str, Row]]:
    outcome, first = Outcome(), dict[str, Row]()
    for row in (row.of_subject(people[row.party]) if row.person else row for row in rows):
        earlier = first.setdefault(row.natural_key, row)
        if earlier is not row:
            same = earlier.fingerprint == row.fingerprint
            (outcome.unchanged if same else outcome.conflicts).append(row)
    return outcome, first


def _add(
    session: Session,
    run: Run,
    known: Parties,
    *,
    first: dict[str, Row],
    met: Sequence[Held],
) -> tuple[dict[str, int], dict[str, Held]]:
    """Add the rows that nobody holds; return the others as they are held.

    A row that somebody else added meanwhile is read again: the unique key has decided. What is to
    be corrected or claimed is locked in one go: two files at once never wait for each other.
    """
    held = writes.held(session, first)
    fresh = sorted(first.keys() - held.keys())
    added = writes.add(session, run, [first[key] for key in fresh], parties=known)
    held |= writes.held(session, set(fresh) - added.keys())
    differing = {key for key, found in held.items() if found.fingerprint != first[key].fingerprint}
    waiting = {found.natural_key for found in (*held.values(), *met) if run.may_claim(found)}
    locked = writes.held(session, differing | waiting, locked=True)
    return added, held | {key: found for key, found in locked.items() if key in first}


def _compare(
    session: Session, run: Run, outcome: Outcome, *, pairs: Sequence[tuple[Row, Held]]
) -> list[tuple[Row, Held]]:
    """Sort held rows out and return those to correct."""
    changed = []
    differing = [found.id for row, found in pairs if row.fingerprint != found.fingerprint]
    ours = corrections.lying_over(session, run.vault, differing)
    for row, found in pairs:
        says_otherwise = row.says_otherwise(found.fingerprint)
        if row.fingerprint == found.fingerprint or (found.id in ours and not says_otherwise):
            # What our staff corrected stays, too: the department says what it said before.
            outcome.unchanged.append(row)
        elif found.batch_id in run.same_file and says_otherwise:
            # This very file has said something else about the same decision.
            outcome.conflicts.append(row)
        elif found.id in ours and _is_stale(row, ours[found.id]):
            outcome.stale.append(row)
        else:
            changed.append((_followed(row) if found.id in ours else row, found))
    outcome.changed = [row for row, _ in changed]
    corrections.lift(session, ours.keys() & {found.id for _, found in changed}, now=run.now)
    return changed


def _is_stale(row: Row, ours: Changes) -> bool:
    """Say whether a newer text still holds something that our staff corrected."""
    said = {**row.content.facts, **corrections.outside(row.content.event_date, row.document_no)}
    return any(said.get(name) == one.before for name, one in ours.items() if name in said)


def _followed(row: Row) -> Row:
    return replace(row, warnings=(*row.warnings, _of_row(row, Reason.FOLLOWED)))
