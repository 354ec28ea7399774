"""The rule of two from end to end: over HTTP, by a real worker, to a follower in the sandbox."""

import re
from datetime import UTC, datetime

import sqlalchemy as sa

from core import accounts, watch
from core.accounts import Channel
from core.audit.trail import Entry
from core.calendar import day
from core.db import Reading, Writing
from core.records import RecordState
from tests.console.given_files import agree, chosen, clerk, record, reviewer, send, work
from tests.core.department_files import LISTING, text
from tests.core.given import NOW, expanded, subject
from tests.messages.conftest import lines, office, referee

__all__ = ["chosen", "clerk", "lines", "office", "referee", "reviewer", "work"]  # fixtures


def follower(referee, openid):
    """Let somebody follow the entity that the file will name."""
    entity = subject(LISTING["subject_name"], LISTING["uscc"])
    referee.follow(openid)
    with Writing() as session:
        account_id = accounts.at(session, Channel.WECHAT, openid, now=NOW)
        watch.follow(session, account_id, entity.id, now=NOW)


def deliver(office):
    """Let everything that is owed go out."""
    office.now = datetime.now(UTC)
    expanded(now=office.now)
    office.work()


def acts(action):
    with Reading() as session:
        rows = session.scalars(sa.select(Entry).where(Entry.action == action)).all()
    return [(row.actor, row.facts.get("asked_by")) for row in rows]


def taken_in(clerk, work):
    """Send a black list of today; return the path of its batch."""
    today = day(datetime.now(UTC)).isoformat()
    sent = send(clerk, text(LISTING | {"listed_on": today}))
    work()
    return re.search(r"/console/intake/batches/\d+", clerk.get(sent.location).text)[0]


def test_a_black_list_goes_public_and_away_again_by_two_and_each_is_told_once(
    clerk, reviewer, work, office, referee
):
    follower(referee, "oA")

    clerk.send(f"{taken_in(clerk, work)}/publish", why="已与部门核对")
    work()
    deliver(office)
    assert (record().state, referee.got("oA")) == (RecordState.LOADED, [])
    agree(reviewer)
    for _ in range(2):
        work()
        deliver(office)
    assert (record().state, len(referee.got("oA"))) == (RecordState.PUBLISHED, 1)
    assert acts("publish") == [(reviewer.staff.actor, clerk.staff.id)]

    clerk.send(f"/console/records/{record().id}/withdraw", why="列入决定已被撤销")
    deliver(office)
    assert (record().state, len(referee.got("oA"))) == (RecordState.PUBLISHED, 1)
    agree(reviewer)
    for _ in range(2):
        deliver(office)
    assert (record().state, len(referee.got("oA"))) == (RecordState.WITHDRAWN, 2)
    assert acts("withdraw_record") == [(reviewer.staff.actor, clerk.staff.id)]
