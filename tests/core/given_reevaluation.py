"""What tests of re-evaluation begin with: penalties of the old law, and what became of them."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from core import reevaluation
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Event
from core.records import Record, RecordChange, RecordKind, Severity
from core.reevaluation import Run
from tests.core.department_files import RULES, VAULT
from tests.core.given import account, expanded, owed, record, subject

NOW = datetime(2026, 5, 20, 4, 0, tzinfo=UTC)
TRAFFIC = "昆明市交通运输局"
OLD = "令58 行政处罚"


def run(*, rules=RULES, now=NOW, dry=False, chunk=2):
    """Re-evaluate everything; return the counts of all chunks."""
    order = Run(rules, VAULT, "reevaluate", "某法第一条", now, dry)
    total, after = {}, 0
    while True:
        with Writing() as session:
            outcome = reevaluation.step(session, order, after=after, limit=chunk)
        if outcome is None:
            return total
        after = outcome.last
        total = {name: total.get(name, 0) + outcome.counts[name] for name in total | outcome.counts}


def penalty(*, decided="2026-03-31", types=("罚款",), authority=TRAFFIC, facts=None, **others):
    """A penalty as intake loaded it: by the rule of its day."""
    given = {
        "kind": RecordKind.PENALTY,
        "list_kind": None,
        "title": "超限运输",
        "severity": Severity.GENERAL,
        "authority": authority,
        "event_date": date.fromisoformat(decided),
        "repairable_from": date(2026, 6, 30),
        "ends_on": date(2029, 3, 31),
        "rule": OLD,
        "applied": {
            "severity": "令58 一般",
            "disclosure": "法人和其他组织的一般、严重处罚",
            "catalogue": "行政管理信息",
        },
        "facts": {"penalty_types": list(types)} | (facts or {}),
    }
    entity = others.pop("entity", None) or subject().id
    return record(entity, **given | others).id


def held(record_id):
    with Reading() as session:
        return session.get_one(Record, record_id)


def changes(record_id):
    with Reading() as session:
        found = sa.select(RecordChange).where(RecordChange.record_id == record_id)
        rows = session.scalars(found.order_by(RecordChange.id))
        return [(row.from_state, row.to_state, row.who, row.why) for row in rows]


def trail(kind):
    with Reading() as session:
        found = sa.select(Entry).where(Entry.kind == kind).order_by(Entry.id)
        return list(session.scalars(found))


def recalls():
    with Reading() as session:
        found = sa.select(Event).where(Event.kind == EventKind.RECALLED).order_by(Event.id)
        return [(event.record_id, event.facts["became"]) for event in session.scalars(found)]


def told(record_id):
    """Let somebody have been told of a record."""
    owed(f"told-{record_id}", account_id=account())
    expanded()
    with Writing() as session:
        session.execute(
            sa.update(Event).where(Event.key == f"told-{record_id}").values(record_id=record_id)
        )
