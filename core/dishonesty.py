"""Serious dishonesty (严重失信): whether a subject is on a list of it at this very moment."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import disclosure
from core.calendar import day
from core.disclosure import Viewer, ViewerKind
from core.records import STANDS, Record, RecordKind
from core.rules import Rulebook

_LISTS = (RecordKind.BLACK_LIST, RecordKind.JUDGMENT_DEFAULTER)


def stands(session: Session, rules: Rulebook, subject_id: int, *, now: datetime) -> bool:
    """Say whether a record of a list of serious dishonesty stands against a subject now.

    As whoever the subject authorised may see it. About a natural person whoever calls writes the
    access row in the same transaction.
    """
    of_it = Record.subject_id == subject_id, STANDS
    viewer = Viewer(ViewerKind.AUTHORISED, subject_id)
    return any(
        rules.is_serious(record.kind, record.list_kind)
        for record in session.scalars(select(Record).where(*of_it, Record.kind.in_(_LISTS)))
        if disclosure.may_see(viewer, record, day(now))
    )
