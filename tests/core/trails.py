"""What tests of the trail begin with: rows, seals, and somebody who writes into the tables."""

import sqlalchemy as sa

from core.audit import proof, seals, trail
from core.audit.trail import Access, Act
from core.db import Reading, Writing
from tests.core.given import NOW

KEY = b"a key for seals"
READ = Access("account:7", "self", "own_file", "个人信息保护法第四十五条", ("name", "records"), 12)
PUBLISHED = Act("cli", "staff", "publish", "batch:3", {"records": 5})


def noted(number=1, *, what=PUBLISHED, now=NOW):
    for _ in range(number):
        with Writing() as session:
            trail.note(session, what, now=now)


def sealed(*, key=KEY, batch=seals.BATCH, now=NOW):
    with Writing() as session:
        return seals.seal(session, key, now=now, batch=batch)


def chain(*sizes):
    """Note and seal so many rows, batch after batch."""
    for size in sizes:
        noted(size)
        sealed()


def heads():
    with Reading() as session:
        return {head.id: head.line() for head in seals.after(session, 0)}


def report(lines=None, *, key=KEY, upto=None):
    """Prove the chain against the heads as they stand now, or as they once stood."""
    with Reading() as session:
        newest = seals.newest(session).id if upto is None else upto
        return proof.check(session, key, heads() if lines is None else lines, upto=newest)


def found(lines=None, **how):
    return [(fault.kind.value, fault.number, fault.was) for fault in report(lines, **how).faults]


def found_after(lines, statement):
    """Name what a statement spoils, and take it back."""
    with Writing() as session:
        session.execute(sa.text(statement))
        spoilt = proof.check(session, KEY, lines, upto=seals.newest(session).id)
        session.rollback()
    return [(fault.kind.value, fault.number, fault.was) for fault in spoilt.faults]


def tampered(*statements):
    """Write past all our code, as somebody with the database in hand would."""
    with Writing() as session:
        for statement in statements:
            session.execute(sa.text(statement))
