"""What the public may know of an entity, asked by code, by number, by name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core import query
from core.calendar import day
from core.db import Reading
from core.errors import CitizenIdRefusedError, EntityNotFoundError, QueryTooShortError
from core.records import STANDING, RecordKind, RecordState
from tests.core.given import TODAY, record, subject

DAY = timedelta(days=1)


def view(entity, *, today=TODAY):
    with Reading() as session:
        found = query.by_uscc(session, entity.uscc, today=today)
        # The outline is the same without the records.
        assert query.outline(session, entity.uscc, today=today) == replace(found, items=())
        return found


def names(text, **page):
    with Reading() as session:
        return [hit.name for hit in query.by_name(session, text, **{"limit": 20} | page)]


def test_an_entity_is_found_by_code_however_typed(database):
    entity = subject(uscc="91530100MA6K00001X")

    with Reading() as session:
        found = query.by_uscc(session, " 9153 0100-ma6k００００１x", today=TODAY)

    assert (found.id, found.items, found.counts) == (entity.id, [], {})


def test_an_entity_is_found_by_the_number_of_an_earlier_answer(database):
    entity = subject()

    with Reading() as session:
        assert query.by_id(session, entity.id, today=TODAY).uscc == entity.uscc
        with pytest.raises(EntityNotFoundError):
            query.by_id(session, 999_999, today=TODAY)


def test_a_code_of_nobody_is_not_found(database):
    with Reading() as session, pytest.raises(EntityNotFoundError):
        query.by_uscc(session, "91530100MA6K00001X", today=TODAY)


@pytest.mark.parametrize("text", ["530102199003071234", "５３０１０２ 19900307 1234"])
def test_a_citizens_number_is_never_searched(database, text):
    with Reading() as session:
        with pytest.raises(CitizenIdRefusedError):
            query.by_uscc(session, text, today=TODAY)
        with pytest.raises(CitizenIdRefusedError):
            query.by_name(session, f"公司{text}", limit=5)


def test_the_gravest_and_newest_records_stand_first(database):
    entity = subject()
    licence = record(entity.id, kind=RecordKind.LICENCE)
    old = record(entity.id, event_date=TODAY - DAY)
    new = record(entity.id)
    penalty = record(entity.id, kind=RecordKind.PENALTY)

    found = view(entity)

    assert [item.id for item in found.items] == [new.id, old.id, penalty.id, licence.id]
    assert found.counts == {"black_list": 2, "penalty": 1, "licence": 1}


def test_counts_are_whole_where_items_are_cut(database):
    entity = subject()
    for _ in range(query.SHOWN + 2):
        record(entity.id)
    record(entity.id, kind=RecordKind.LICENCE)
    record(entity.id, kind=RecordKind.LICENCE, state=RecordState.LOADED)

    found = view(entity)

    assert len(found.items) == query.SHOWN
    assert found.counts == {"black_list": query.SHOWN + 2, "licence": 1}


@pytest.mark.parametrize("state", sorted(set(RecordState) - STANDING))
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_only_what_is_published_is_shown(database, state):
    entity = subject()
    record(entity.id, state=state)

    assert view(entity).items == []


@pytest.mark.parametrize(
    ("now", "shown"),
    [
        (datetime(2026, 5, 19, 16, 30, tzinfo=UTC), 1),  # 00:30 of its last day in Kunming
        (datetime(2026, 5, 20, 15, 30, tzinfo=UTC), 1),  # 23:30
        (datetime(2026, 5, 20, 16, 30, tzinfo=UTC), 0),  # 00:30 of the next
    ],
)
def test_a_record_is_shown_to_the_end_of_its_last_day_in_kunming(database, now, shown):
    entity = subject()
    record(entity.id, ends_on=TODAY)

    assert len(view(entity, today=day(now)).items) == shown


def test_a_name_is_found_exact_then_prefix_then_short_then_old(database):
    for name in (
        "云南滇池水务有限公司",
        "滇池水务集团",
        "滇池水务",
        "云南滇池水务公司",
        "滇池水务一团",
    ):
        subject(name)

    assert names("滇池水务") == [
        "滇池水务",
        "滇池水务集团",
        "滇池水务一团",
        "云南滇池水务公司",
        "云南滇池水务有限公司",
    ]
    with Reading() as session:
        first = query.by_name(session, "滇池水务", limit=1)[-1]
    assert names("滇池水务", limit=2, after=first.place) == ["滇池水务集团", "滇池水务一团"]


def test_width_case_brackets_and_spaces_do_not_count(database):
    subject("云南（ＡＢＣ）科技 有限公司")

    assert names("云南abc科技") == ["云南（ＡＢＣ）科技 有限公司"]


@pytest.mark.parametrize("wild", ["昆明%公司", "昆明_公司", "%昆明", "昆明\\"])
def test_what_is_a_wildcard_elsewhere_is_a_letter_here(database, wild):
    subject("昆明示例公司")

    assert names(wild) == (["昆明示例公司"] if wild == "昆明\\" else [])


def test_a_percent_sign_in_a_name_is_found(database):
    subject("百分百％好公司")
    subject("百分百真好公司")

    assert names("百分百%好") == ["百分百％好公司"]


@pytest.mark.parametrize("text", ["", "昆", "昆 ( )", "abc", "12345", "昆a"])
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_name_needs_two_chinese_characters(database, text):
    assert not query.is_name(text)
    with Reading() as session, pytest.raises(QueryTooShortError):
        query.by_name(session, text, limit=5)


def test_two_characters_are_a_name():
    assert query.is_name("昆明")
