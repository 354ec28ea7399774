"""One record with all there is to say, for everybody who may see it."""

from datetime import date, timedelta

import pytest

from core import detail
from core.db import Reading, Writing
from core.errors import RecordNotFoundError
from core.records import RecordState, Visibility
from core.subjects import Subject, SubjectKind
from tests.core.given import NOW, TODAY, record, subject


def of(record_id, today=TODAY):
    with Reading() as session:
        return detail.of(session, record_id, today=today)


def test_a_record_is_told_with_its_source_and_its_facts(database):
    facts = {"legal_basis": "《食品安全法》第三十四条", "fine_wan": "0.500000", "sealed": "x"}
    one = subject("昆明甲公司")
    held = record(one.id, facts=facts | {"licence_taken": None}, rule="令45")

    found = of(held.id)

    assert (found.name, found.uscc) == ("昆明甲公司", one.uscc)
    assert found.department == "昆明市人力资源和社会保障局"
    assert found.facts == {"legal_basis": "《食品安全法》第三十四条", "fine_wan": "0.500000"}
    assert (found.published_on, found.rule, found.version) == (TODAY, "令45", 1)


def test_the_day_of_publication_is_kunmings(database):
    late = NOW.replace(hour=16, minute=30)  # half past midnight in Kunming

    assert of(record(subject().id, published_at=late).id).published_on == date(2026, 5, 21)
    assert of(record(subject().id, published_at=None).id).published_on is None


@pytest.mark.parametrize(
    "hidden",
    [
        {"state": RecordState.LOADED},
        {"state": RecordState.EXPIRED},
        {"visibility": Visibility.SUBJECT},
        {"ends_on": TODAY - timedelta(days=1)},
    ],
)
def test_a_hidden_record_and_a_missing_one_are_alike(database, hidden):
    held = record(subject().id, **hidden)

    for number in (held.id, held.id + 1):
        with pytest.raises(RecordNotFoundError):
            of(number)


def test_a_natural_persons_record_is_not_there(database):
    one = subject()
    held = record(one.id)
    with Writing() as session:
        session.get_one(Subject, one.id).kind = SubjectKind.NATURAL_PERSON

    with pytest.raises(RecordNotFoundError):
        of(held.id)
