"""Quarantine and shield: kept from the public and let go by one person, who says why."""

import pytest

from core import query
from core.audit.trail import TrailKind
from core.db import Reading, Writing
from core.keeping import hiding
from core.keeping.errors import StateForbidsError, UndecidedError
from core.records import RecordState
from core.staff.errors import NoReasonError, NotPermittedError
from core.staff.roles import Role
from tests.core.conftest import NOW
from tests.core.department_files import LISTING, PENALTY, PROMISE, TODAY
from tests.core.given import expanded, followers, told
from tests.core.given_staff import hired
from tests.core.keeping.conftest import TOOLS, delivered, history, one, trail

S = RecordState
WHY = "主体名称有疑问"


def move(act, staff, *, why=WHY, **tools):
    with Writing() as session:
        return act(session, staff, one().id, why=why, now=NOW, **tools)


def release(staff):
    return move(hiding.release, staff, tools=TOOLS)


def shown():
    with Reading() as session:
        return len(query.by_uscc(session, LISTING["uscc"], today=TODAY).items)


@pytest.fixture
def listing(take_in):
    take_in(LISTING)
    followers(one().subject_id, 2, now=NOW)
    take_in(LISTING, publish=True)
    delivered()
    return one()


def test_a_quarantined_record_is_not_shown_and_whoever_was_told_hears(listing, staff):
    move(hiding.quarantine, staff)
    expanded(now=NOW)

    assert (one().state, shown(), len(told())) == (S.QUARANTINED, 0, 4)
    assert history(listing)[-1] == (S.PUBLISHED, S.QUARANTINED, staff.actor, WHY)
    (act,) = trail(TrailKind.ACT)
    assert (act.action, act.object) == ("move_record", f"record:{listing.id}")
    assert act.facts == {"from_state": "published", "to_state": "quarantined"}


def test_what_is_released_waits_for_two_to_publish_it_and_is_then_told_once_more(
    listing, take_in, staff
):
    move(hiding.quarantine, staff)
    delivered()

    assert release(staff) is S.LOADED
    assert (shown(), one().version) == (0, 2)

    take_in(LISTING, publish=True)
    delivered()
    assert (shown(), len(told())) == (1, 6)
    move(hiding.quarantine, staff)
    expanded(now=NOW)
    assert len(told()) == 8  # of the last publication alone


def test_the_same_file_does_not_release_what_is_in_quarantine(listing, take_in, staff):
    move(hiding.quarantine, staff)
    with Writing() as session:
        row = session.merge(one())
        row.fingerprint = row.fingerprint[:32] + "0" * 32

    take_in(LISTING, publish=True)

    assert one().state is S.QUARANTINED


def test_a_promise_that_is_not_public_stays_so(take_in, staff):
    take_in(PROMISE | {"public": "否"})
    move(hiding.quarantine, staff)

    assert release(staff) is S.HELD


def test_what_the_rules_cannot_decide_stays_in_quarantine(take_in, staff):
    take_in(PENALTY | {"处罚类别": "没有这种处罚"})

    with pytest.raises(UndecidedError):
        release(staff)
    assert one().state is S.QUARANTINED


def test_a_shield_ends_and_the_record_is_public_again(listing, staff):
    move(hiding.shield, staff, why="（2026）云01破1号裁定批准重整计划")
    assert (one().state, shown()) == (S.SHIELDED, 0)

    move(hiding.unshield, staff, why="重整计划执行失败")

    assert (one().state, shown()) == (S.PUBLISHED, 1)


def test_from_the_wrong_state_nothing_moves(listing, staff):
    with pytest.raises(StateForbidsError):
        release(staff)
    with pytest.raises(StateForbidsError):
        move(hiding.unshield, staff)
    move(hiding.shield, staff)
    with pytest.raises(StateForbidsError):
        move(hiding.quarantine, staff)
    with pytest.raises(StateForbidsError):
        move(hiding.shield, staff)


def test_without_a_reason_or_the_role_nothing_moves(listing, staff):
    with pytest.raises(NoReasonError):
        move(hiding.quarantine, staff, why="")
    auditor = hired(Role.AUDITOR)
    for act in (hiding.quarantine, hiding.shield, hiding.unshield):
        with pytest.raises(NotPermittedError):
            move(act, auditor)
    with pytest.raises(NotPermittedError):
        release(auditor)
    assert one().state is S.PUBLISHED
