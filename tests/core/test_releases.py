"""A release freezes who was on a list; what is shown of it is decided on the day of reading."""

from datetime import timedelta

import pytest

from core import releases, standing
from core.db import Reading, Writing
from core.errors import ReleaseNotFoundError
from core.records import RecordState
from core.standing import Step
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
