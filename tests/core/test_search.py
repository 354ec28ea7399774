"""Name search finds the same, in the same order, on both engines."""

import random
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from core import frequencies, search
from core.db import Reading, Writing
from core.frequencies import GramCount
from core.grams import LONGEST, bigrams, mark
from core.names import SubjectName
from core.search import EVERYBODY
from core.stretches import Filters
from core.subjects import Subject, SubjectKind
from tests.core.given import NOW

# Few characters, so that names share pairs; the last ones mean something to an index or to LIKE.
LETTERS = "昆明昆明昆明昆明昆明昆明昆明昆明昆明昆明春%_\\\"*&':|("
DISTRICTS = ["530102", "530103"]
KINDS = [SubjectKind.LEGAL_ENTITY, SubjectKind.SOLE_TRADER]
TODAY = date(2026, 11, 23)


def hits(key, limit=100, **more):
    with Reading() as session:
        return search.by_key(session, key, limit=limit, **more)


def pages(key, limit, **more):
    """Walk through all pages; return what they show."""
    after, met = None, []
    while page := hits(key, limit=limit, after=after, **more):
        met += page
        after = page[-1].place
    return met


def rank_of(name, key):
    return 0 if name == key else 1 if name.startswith(key) else 2


def by_hand(entities, key, wanted=EVERYBODY):
    """Say in plain Python what search must find: exact, beginning, shorter, id; by which name."""
    ranked = []
    for number, (name, former, district, kind) in entities.items():
        if (wanted.district or district) != district or (wanted.kind or kind) != kind:
            continue
        held = [
            (rank_of(one, key), place > 0, len(one), place, one)
            for place, one in enumerate([name, *former])
            if key in one
        ]
        if held:
            rank, is_former, length, _, one = min(held)
            ranked.append((rank, length, number, one if is_former else None))
    return [(number, one) for *_, number, one in sorted(ranked, key=lambda each: each[:3])]


def clear():
    with Writing() as session:
        for table in (SubjectName, Subject, GramCount):
            session.execute(delete(table))


def given_entities(entities):
    """Put entities into the archive: name, former names, district, kind; return them by id."""
    held = {}
    with Writing() as session:
        for number, (name, former, district, kind) in enumerate(entities):
            subject = Subject(
                kind=kind,
                uscc=f"91530102{number:09}X",
                uscc_check_ok=True,
                name=name,
                name_key=name,
                district=district,
                first_seen_at=NOW,
            )
            session.add(subject)
            session.flush()
            for one in former:
                about = {"subject_id": subject.id, "name": one, "name_key": one, "until": TODAY}
                session.add(SubjectName(**about))
                session.flush()
            held[subject.id] = (name, former, district, kind)
    return held


def pretend(rows):
    """Write frequencies: a gram, and how many names hold it at each length."""
    with Writing() as session:
        frequencies.keep(
            session,
            [
                {"gram": gram, "names": sum(by_length), "by_length": by_length}
                for gram, by_length in rows.items()
            ],
        )


def some_entities(draw):
    """Make up entities: name, former names, district, kind."""

    def name():
        return "".join(draw.choices(LETTERS, k=draw.randint(1, 7)))

    return [
        (
            name(),
            [name() for _ in range(draw.choice([0, 0, 1, 3]))],
            draw.choice(DISTRICTS),
            draw.choice(KINDS),
        )
        for _ in range(draw.randint(0, 25))
    ]


def some_key(draw, held):
    """Ask for the beginning or another part of some name, or for whatever comes to mind."""
    names = [name for now, former, *_ in held.values() for name in (now, *former) if len(name) > 1]
    name = draw.choice([*names, "".join(draw.choices(LETTERS, k=4))])
    start = draw.choice([0, draw.randrange(len(name) - 1)])
    return name[start : start + draw.choice([2, 2, 2, 3, 9])]


def some_claims(draw, key):
    """Say anything about how common names and grams are: true, false, or nothing."""
    grams = [*bigrams(key), *map(mark, [*DISTRICTS, *KINDS])]
    some = draw.choice([[], grams, grams, grams[: len(key) - 1]])
    # The last length makes each of them common; at the others it is asked of the index or walked.
    numbers = [0, 500, 500_000, 500_000]
    spread = {gram: [*draw.choices(numbers, k=LONGEST), 500_000] for gram in some}
    return spread | {"": [500_000] * (LONGEST + 1)}


PROPERTY = settings(
    max_examples=60,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


def test_search_finds_what_plain_python_finds(database, monkeypatch):
    """Whatever the frequencies say, and page by page as in one go."""

    @PROPERTY
    @given(st.integers(0, 2**32).map(random.Random))
    def check(draw):
        clear()
        held = given_entities(some_entities(draw))
        for _ in range(5):
            key = some_key(draw, held)
            wanted = Filters(draw.choice(["", "", *DISTRICTS]), draw.choice(["", "", *KINDS]))
            pretend(some_claims(draw, key))
            monkeypatch.setattr(search, "FEW", draw.choice([1, 2, 1000]))

            expected = by_hand(held, key, wanted)

            found = [hits(key, filters=wanted), pages(key, draw.randint(1, 4), filters=wanted)]
            for met in found:
                assert [(hit.id, hit.former_name) for hit in met] == expected

    check()
