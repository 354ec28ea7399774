"""A release freezes who was on a list; what is shown of it is decided on the day of reading."""

from datetime import date, timedelta

import pytest

from core import releases, standing
from core.db import Reading, Writing
from core.errors import ReleaseNotFoundError
from core.records import Record, RecordState
from core.releases import Schedule
from core.standing import Step
from core.subjects import Subject, SubjectKind
from tests.core.given import NOW, TODAY, record, subject


def make(list_kind="WAGE_ARREARS", now=NOW):
    with Writing() as session:
        return releases.make(session, list_kind, now=now)


def show(release_id, today=TODAY):
    with Reading() as session:
        return releases.show(session, release_id, today=today)


def test_a_release_names_who_is_on_the_list_that_day_and_nobody_later(database):
    first = record(subject("昆明甲公司").id)
    record(subject("昆明乙公司").id, list_kind="WORK_SAFETY")
    record(subject("昆明丙公司").id, state=RecordState.LOADED)
    release_id = make()
    record(subject("昆明丁公司").id)

    found = show(release_id)

    assert [member.name for member in found.members] == ["昆明甲公司"]
    assert found.members[0].document_no == first.document_no
    assert (found.total, found.no_longer_shown) == (1, 0)


def test_who_may_no_longer_be_shown_is_only_counted(database):
    gone = record(subject("昆明甲公司").id)
    record(subject("昆明乙公司").id, ends_on=TODAY)
    record(subject("昆明丙公司").id)
    release_id = make()
    with Writing() as session:
        standing.move(session, gone.id, Step(RecordState.REPAIRED, "x", "准予修复"), now=NOW)

    assert show(release_id).no_longer_shown == 1
    tomorrow = show(release_id, TODAY + timedelta(days=1))
    assert ([one.name for one in tomorrow.members], tomorrow.total) == (["昆明丙公司"], 3)


def test_a_list_is_released_once_a_day(database):
    record(subject().id)

    assert make() is not None
    assert make() is None
    assert make(now=NOW + timedelta(days=1)) is not None
    with Reading() as session:
        days = [one.released_on for one in releases.listing(session, "WAGE_ARREARS")]
        assert releases.last(session, "WAGE_ARREARS") == days[0]
        assert (releases.last(session, "WORK_SAFETY"), len(releases.listing(session))) == (None, 2)
    assert days == [TODAY + timedelta(days=1), TODAY]


def test_what_was_not_released_is_not_there(database):
    with pytest.raises(ReleaseNotFoundError):
        show(1)


def schedule(day=10, list_kind="WAGE_ARREARS", effective_from=date(2026, 1, 1), effective_to=None):
    return Schedule(list_kind, day, effective_from, effective_to, "行动计划", "read")


def due(today, *schedules):
    with Reading() as session:
        return releases.due(session, schedules or [schedule()], today=today)


@pytest.mark.parametrize(
    ("today", "newest"),
    [
        (date(2026, 5, 9), date(2026, 4, 10)),
        (date(2026, 5, 10), date(2026, 5, 10)),
        (date(2026, 5, 31), date(2026, 5, 10)),
        (date(2026, 1, 10), date(2026, 1, 10)),
        (date(2026, 1, 9), None),
    ],
)
def test_the_newest_day_of_a_schedule_is_one_that_has_come(today, newest):
    assert schedule().last_day(today) == newest


def test_a_schedule_that_was_ended_names_no_more_days():
    assert schedule(effective_to=date(2026, 4, 30)).last_day(date(2026, 5, 10)) is None
    assert schedule(effective_to=date(2026, 5, 10)).last_day(date(2026, 5, 10)) is not None


def test_a_list_is_due_on_its_day_and_until_it_was_released(database):
    assert due(date(2026, 5, 20)) == ["WAGE_ARREARS"]
    make()  # on 2026-05-20, late
    assert due(date(2026, 5, 20)) == []
    assert due(date(2026, 6, 9)) == []
    assert due(date(2026, 6, 10)) == ["WAGE_ARREARS"]


def test_each_list_is_due_by_itself(database):
    make()

    assert due(TODAY, schedule(), schedule(list_kind="WORK_SAFETY")) == ["WORK_SAFETY"]


def test_a_natural_person_is_in_no_release(database):
    one, other = subject("昆明甲公司"), subject("昆明乙公司")
    record(one.id)
    record(other.id)
    with Writing() as session:
        session.get_one(Subject, one.id).kind = SubjectKind.NATURAL_PERSON
    release_id = make()
    with Writing() as session:
        session.get_one(Subject, other.id).kind = SubjectKind.NATURAL_PERSON

    found = show(release_id)

    assert (found.total, found.members, found.no_longer_shown) == (1, [], 1)


def test_members_come_in_pages(database):
    for number in range(5):
        record(subject(f"昆明{number}号公司").id, event_date=TODAY - timedelta(days=number // 2))
    release_id, pages, after = make(), [], None
    while not pages or after:
        with Reading() as session:
            page = releases.show(session, release_id, today=TODAY, limit=2, after=after)
        pages.append([member.name for member in page.members])
        after = page.following

    names = [[name[2] for name in page] for page in pages]
    assert names == [["4", "3"], ["2", "1"], ["0"]]


def test_a_member_that_was_corrected_bears_its_mark(database):
    held = record(subject().id)
    release_id = make()
    with Writing() as session:
        session.get_one(Record, held.id).state = RecordState.CORRECTED

    assert [one.state for one in show(release_id).members] == [RecordState.CORRECTED]


def test_releases_come_newest_first_and_in_pages(database):
    made = [make(now=NOW + timedelta(days=number)) for number in range(3)]

    with Reading() as session:
        first = releases.listing(session, limit=2)
        last = releases.Place(first[-1].released_on, first[-1].id)
        rest = releases.listing(session, limit=2, after=last)
        assert releases.newest(session) == {"WAGE_ARREARS": made[2]}
    assert [one.id for one in [*first, *rest]] == made[::-1]
