"""Records: a few entities have very many, most have some; every kind, every state, real terms."""

import hashlib
from datetime import date, timedelta
from functools import cache

from core.calendar import add_months
from core.records import SEALED_FACTS
from tests.bench.city.entities import drawn
from tests.bench.city.kinds import DEPARTMENTS, DRAWN
from tests.bench.city.persons import vault
from tests.bench.city.size import TODAY

COLUMNS = (
    "id natural_key fingerprint version subject_id kind list_kind title severity state visibility"
    " authority department_id document_no event_date repairable_from ends_on rule applied facts"
    " batch_id received_at published_at"
).split()
BATCH = 100_000  # records that came with one file
# An entity's records are as many as its rank among all to the power of -0.375 makes them: the
# first of a city has some 1,400, one in a hundred more than twenty.
_SKEW = 1.6
_SCATTER = 1_000_003
_OF_PERSONS = 0.1
_FIRST, _DAYS = date(2014, 1, 1), (TODAY - date(2014, 1, 1)).days
_RECENT = 0.5  # the last years have more than the first
# A thousand places; a record whose term is over is expired, whatever is drawn.
_STATES = [
    state
    for state, share in {
        "published": 870,
        "repaired": 40,
        "corrected": 20,
        "withdrawn": 20,
        "held": 15,
        "removed": 12,
        "quarantined": 8,
        "disputed": 6,
        "shielded": 5,
        "loaded": 4,
    }.items()
    for _ in range(share)
]
_UNPUBLISHED = frozenset(("held", "quarantined", "loaded"))


def rows(size, chosen):
    """Make the records of these numbers."""
    for number, draw in drawn("records", chosen):
        about_person = draw.random() < _OF_PERSONS
        subject = _person(draw, size) if about_person else _entity(draw, size)
        yield _row(draw, number, subject=subject, about_person=about_person)


def _entity(draw, size):
    rank = int(size.entities * draw.random() ** _SKEW)
    return rank * _SCATTER % size.entities + 1


def _person(draw, size):
    return size.entities + 1 + int(size.persons * draw.random())


def _row(draw, number, *, subject, about_person):
    kind = DRAWN[int(draw.random() * 1000)]
    place = kind.department(int(draw.random() * 1000), int(draw.random() * 1000))
    day, repairable_from, ends_on = _dates(draw, kind)
    state = _state(draw, ends_on)
    return (
        *_identity(number),
        subject,
        kind.kind,
        kind.list_kind,
        kind.title,
        kind.severity,
        state,
        "authorised" if about_person else "public",
        *_source(place, day, number),
        day,
        repairable_from,
        ends_on,
        kind.rule,
        "{}",
        _facts(kind.facts % (number, day), about_person=about_person),
        *_taken_in(number, day, state),
    )


def _identity(number):
    key = hashlib.sha256(b"record %d" % number).hexdigest()
    return number + 1, key, key[::-1], 1


def _source(place, day, number):
    name = DEPARTMENTS[place]
    return name[2], place + 1, f"昆{name[0][:2]}字〔{day[:4]}〕{number}号"


def _taken_in(number, day, state):
    received = f"{day} 09:30:00.000000"
    return number // BATCH + 1, received, None if state in _UNPUBLISHED else received


def _dates(draw, kind):
    return _term(int(_DAYS * draw.random() ** _RECENT), kind.repairable, kind.ends)


def _facts(text, *, about_person):
    return f'{{"sealed":"{vault().seal(text, SEALED_FACTS)}"}}' if about_person else text


def _state(draw, ends_on):
    state = _STATES[int(draw.random() * 1000)]
    over = ends_on is not None and ends_on < _TODAY
    return "expired" if over and state == "published" else state


_TODAY = TODAY.isoformat()


@cache
def _term(decided, repairable, ends):
    """Return the day of a decision, and those on which its repair begins and its term ends."""
    day = _FIRST + timedelta(decided)
    return tuple(
        None if months is None else add_months(day, months).isoformat()
        for months in (0, repairable, ends)
    )
