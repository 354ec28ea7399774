"""Lists are browsed newest first, a page at a time, and hold what is public today and no person."""

from datetime import date, timedelta

import pytest

from core import browse, departments
from core.browse import Place, Wanted
from core.db import Reading, Writing
from core.departments import Level, Succession
from core.records import Fulfilment, Record, RecordKind, RecordState, Visibility
from core.subjects import SubjectKind
from tests.core.given import TODAY, record, subject

DAY = timedelta(days=1)
WAGES = Wanted(RecordKind.BLACK_LIST, "WAGE_ARREARS")


def page(wanted=WAGES, *, today=TODAY, limit=20, after=None):
    with Reading() as session:
        return browse.page(session, wanted, today=today, limit=limit, after=after)


def ids(wanted=WAGES, **options):
    return [one.id for one in page(wanted, **options).items]


def walked(wanted=WAGES, *, limit):
    """Return every page until the end."""
    pages, after = [], None
    while not pages or after:
        one = page(wanted, limit=limit, after=after)
        pages.append([item.id for item in one.items])
        after = one.following
    return pages


def test_a_list_names_whom_it_is_about(database):
    held = record(subject("昆明甲公司", "91530102000000019G").id, facts={"fulfilment": "未履行"})

    (found,) = page().items

    assert (found.id, found.name, found.uscc) == (held.id, "昆明甲公司", "91530102000000019G")
    assert (found.published_on, found.fulfilment) == (TODAY, Fulfilment.NOT)


def test_pages_follow_each_other_without_a_gap_or_a_repetition(database):
    one = subject().id
    days = [TODAY - DAY * (number // 3) for number in range(10)]
    held = [record(one, event_date=day).id for day in days]
    wanted = sorted(held, key=lambda number: (days[held.index(number)], number), reverse=True)

    pages = walked(limit=4)

    assert [len(each) for each in pages] == [4, 4, 2]
    assert [number for each in pages for number in each] == wanted


def test_a_record_that_comes_between_two_pages_moves_nothing(database):
    one = subject().id
    held = [record(one, event_date=TODAY - DAY * number).id for number in range(4)]
    first = page(limit=2)
    record(one)

    assert ids(after=first.following) == held[2:]


HIDDEN = [
    {"state": RecordState.HELD},
    {"state": RecordState.REPAIRED},
    {"visibility": Visibility.SUBJECT},
    {"ends_on": TODAY - DAY},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_only_what_is_public_today_is_listed(database, hidden):
    record(subject().id, **hidden)

    assert ids() == []


@pytest.mark.parametrize("state", [RecordState.DISPUTED, RecordState.CORRECTED])
def test_what_is_disputed_or_corrected_is_listed_as_such(database, state):
    record(subject().id, state=state)

    assert [one.state for one in page().items] == [state]


def test_no_natural_person_is_ever_listed(database):
    person = subject("", None)
    with Writing() as session:
        held = session.merge(person)
        held.kind, held.uscc, held.name = SubjectKind.NATURAL_PERSON, None, ""
    record(person.id)

    assert ids() == []


def test_a_list_holds_its_own_kind_alone(database):
    one = subject().id
    record(one, list_kind="WORK_SAFETY")
    record(one, kind=RecordKind.RED_LIST)
    penalty = record(one, kind=RecordKind.PENALTY, list_kind=None)

    assert ids() == []
    assert ids(Wanted(RecordKind.PENALTY)) == [penalty.id]


def test_a_district_a_period_and_a_department_narrow_it(database):
    here, there = subject("昆明甲公司"), subject("昆明乙公司")
    with Writing() as session:
        session.merge(there).district = "530102"
    record(here.id)
    wanted = record(there.id, event_date=TODAY - DAY * 2)
    old = record(there.id, event_date=TODAY - DAY * 5)
    kind = RecordKind.BLACK_LIST, "WAGE_ARREARS"

    assert ids(Wanted(*kind, district="530102")) == [wanted.id, old.id]
    period = {"since": TODAY - DAY * 3, "until": TODAY - DAY}
    assert ids(Wanted(*kind, **period)) == [wanted.id]
    assert len(ids(Wanted(*kind, department_id=wanted.department_id))) == 3
    assert ids(Wanted(*kind, department_id=wanted.department_id + 1000)) == []


def test_what_a_predecessor_decided_is_found_under_its_successor(database):
    one = subject().id
    chain = [
        Succession("昆明市工商行政管理局", Level.CITY, ("昆明市工商局",)),
        Succession("昆明市市场监督管理局", Level.CITY, ("昆明市工商行政管理局",)),
    ]
    with Writing() as session:
        departments.take_over(session, chain)
    held = [record(one).id for _ in range(3)]
    with Writing() as session:
        new = departments.known(session, "昆明市市场监督管理局", None)
        for number, name in zip(held, ("昆明市工商行政管理局", "昆明市工商局"), strict=False):
            office = departments.known(session, name, None)
            session.get_one(Record, number).department_id = office

    assert ids(Wanted(RecordKind.BLACK_LIST, "WAGE_ARREARS", department_id=new)) == held[1::-1]


def test_a_page_walks_no_further_than_it_may_and_says_where_to_go_on(database, monkeypatch):
    monkeypatch.setattr(browse, "STRETCH", 1)
    monkeypatch.setattr(browse, "STRETCHES", 3)
    one = subject().id
    shown = record(one, event_date=TODAY - DAY * 5)
    hidden = [
        record(one, event_date=TODAY - DAY * number, state=RecordState.HELD) for number in range(4)
    ]

    first = page()

    assert (first.items, first.following) == ([], Place(TODAY - DAY * 2, hidden[2].id))
    assert walked(limit=20) == [[], [shown.id]]


def test_a_short_list_ends_on_its_first_page(database):
    record(subject().id)

    assert page().following is None
    assert page(Wanted(RecordKind.PROMISE)).following is None


def test_a_full_page_that_is_the_last_says_so(database):
    one = subject().id
    for _ in range(2):
        record(one)

    assert page(limit=2).following is None
    assert page(limit=1).following is not None


def test_a_date_before_all_records_gives_nothing(database):
    record(subject().id)

    assert ids(Wanted(RecordKind.BLACK_LIST, "WAGE_ARREARS", until=date(2020, 1, 1))) == []
