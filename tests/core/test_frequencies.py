"""How common parts of names are: counted, estimated, kept."""

from sqlalchemy import update

from core import frequencies
from core.db import Reading, Writing
from core.frequencies import COMMON
from core.grams import mark
from core.subjects import Subject
from tests.core.given import subject


def test_frequencies_are_counted_by_length(database):
    for name in ("昆明春城商行", "昆明翠湖商行", "昆明"):
        subject(name)
    with Writing() as session:
        session.execute(update(Subject).where(Subject.name == "昆明").values(kind="sole_trader"))
        frequencies.keep(session, frequencies.count(session, common=2))

    grams = ["昆明", "商行", "春城", mark("legal_entity"), mark("sole_trader"), mark("530100")]
    with Reading() as session:
        known = frequencies.of(session, grams)

    assert known.held.keys() == {"", "昆明", "商行", "@legal_entity", "@530100"}
    assert [known.of("昆明", length) for length in (2, 6, 7)] == [1, 2, 0]
    assert (known.total("商行"), known.total("春城")) == (2, 0)
    assert known.names(6) == 2


def test_frequencies_are_estimated_from_some_names_where_there_are_many(database):
    for number in range(400):
        subject(f"昆明商行{number:03}")

    with Writing() as session:
        counted = frequencies.count(session, common=1, sample=100)
        frequencies.keep(session, counted)
        frequencies.keep(session, counted)  # in place of the old ones

    by_gram = {row["gram"]: row["names"] for row in counted}
    assert 200 < by_gram["昆明"] < 600
    assert len(counted) == len(by_gram)


def test_a_rare_pair_takes_no_row(database):
    subject("昆明春城商行")

    with Reading() as session:
        assert [row["gram"] for row in frequencies.count(session)] == [""]
    assert COMMON > 1
