"""Every column that names an account: what becomes of it when two become one, and of who leaves.

Whoever adds one says here what linking, export and deletion do about it, or why nothing.
"""

import re

from sqlalchemy import select

from core import idempotency, leaving, tallies
from core.accounts import Account
from core.db import Reading, Writing
from core.idempotency import Asked, KeptAnswer
from core.linking import _BY_THEMSELVES
from core.pace import Pace
from core.tables import METADATA
from core.tallies import Counted, Tally
from tests.core.department_files import VAULT
from tests.core.given import NOW, account
from tests.core.given_links import app_account, merge

MOVED, TOLD, GONE = "moved", "told", "gone"
IDS = "ids only, which the trail and cases keep"
OF_SUBJECT = "names a subject, never an account"
OF_STAFF = "names a member of the staff or a process"
SHORT = "lives for a day at most and tells nothing of a person"
# Column: what linking, export, deletion do.
TABLE = {
    "addresses.account_id": (MOVED, TOLD, GONE),
    "authorisations.subject_id": (OF_SUBJECT, TOLD, "revoked"),
    "case_events.who": (OF_STAFF, OF_STAFF, OF_STAFF),
    "cases.account_id": (MOVED, TOLD, IDS),
    "certificates.account_id": (MOVED, TOLD, "the secret of a person's file goes"),
    "consents.account_id": (MOVED, TOLD, "withdrawn; that they were given must be proved"),
    "deliveries.account_id": ("joined: nothing is told twice", TOLD, IDS),
    "events.audience_id": ("waiting events name the new one", "told as messages", IDS),
    "evidence.account_id": (MOVED, TOLD, "cleared with their cases"),
    "follows.account_id": ("joined: no interval twice", TOLD, "ended"),
    "follows.subject_id": (OF_SUBJECT, TOLD, "ended"),
    "installations.account_id": (MOVED, "tokens of a push service", GONE),
    "interests.account_id": ("joined: both interests count", TOLD, GONE),
    "kept_answers.caller": ("a WeChat account asks nothing under a key", SHORT, GONE),
    "kept_answers.holder": ("names a request in hand, not an account", SHORT, GONE),
    "link_codes.account_id": (MOVED, SHORT, GONE),
    "notice_choices.account_id": ("joined: the app's choice counts", TOLD, GONE),
    "notice_settings.account_id": ("joined: the app's choice counts", TOLD, GONE),
    "operations.owner_id": (MOVED, "told as reports", GONE),
    "phones.account_id": (MOVED, TOLD, GONE),
    "record_changes.who": (OF_STAFF, OF_STAFF, OF_STAFF),
    "record_corrections.who": (OF_STAFF, OF_STAFF, OF_STAFF),
    "intake_batches.who": (OF_STAFF, OF_STAFF, OF_STAFF),
    "reports.account_id": (
        "joined: one waits for a subject",
        TOLD,
        "those of oneself open no more",
    ),
    "shares.account_id": (MOVED, TOLD, GONE),
    "sign_ins.account_id": (MOVED, TOLD, "ended, without the device"),
    "tries.account_id": (MOVED, "told as messages", IDS),
    "tallies.account_id": ("each keeps its count until the day is over", SHORT, SHORT),
    "trail.actor": (IDS, "a person reads it as views", "the chain must stay whole"),
    "trail.object": (IDS, "a person reads it as views", "the chain must stay whole"),
    "trail.subject_id": (OF_SUBJECT, "a person reads it as views", "the chain must stay whole"),
    "verifications.account_id": (MOVED, TOLD, GONE),
}
_NAMED = re.compile(r"(^|_)account_id|owner_id|audience_id|^caller|^actor|^who$|^object$")
_ALSO = {
    *("authorisations.subject_id", "follows.subject_id", "trail.subject_id", "kept_answers.holder"),
}
_ACCOUNT = Account.__table__.c.id


def columns():
    for table in METADATA.sorted_tables:
        for column in table.columns:
            yield f"{table.name}.{column.name}", column


def refers(column):
    return any(key.column is _ACCOUNT for key in column.foreign_keys)


def test_every_column_that_names_an_account_stands_in_the_table():
    found = {name for name, one in columns() if refers(one) or _NAMED.search(one.name)}

    assert found | _ALSO == set(TABLE)


def test_what_is_moved_is_what_linking_moves():
    by_key = {name for name, one in columns() if refers(one)}
    joined = {*_BY_THEMSELVES, "reports", "notice_choices", "notice_settings", "interests"}
    themselves = {f"{name}.account_id" for name in joined}

    moved = {name for name, (merged, *_) in TABLE.items() if merged == MOVED}

    assert moved == by_key - themselves | {"operations.owner_id"}


def test_who_leaves_takes_along_what_was_answered_within_the_day(database):
    mine, other = app_account(), account("oB")
    for one in (mine, other):
        with Writing() as session:
            asked = Asked(f"Caller:{one}", "POST /api/v1/objections", "a-key-of-mine", "{}")
            idempotency.claim(session, asked, vault=VAULT, now=NOW, pace=Pace())

    with Writing() as session:
        leaving.leave(session, mine, now=NOW)

    with Reading() as session:
        assert session.scalars(select(KeptAnswer.caller)).all() == [f"Caller:{other}"]


def test_tallies_of_two_who_become_one_stand_side_by_side_until_midnight(database):
    app, wechat = app_account(), account("oA")
    for one in (app, wechat):
        with Writing() as session:
            tallies.add(session, one, Counted.LINK_MISSES, now=NOW)

    merge(wechat, app)

    with Reading() as session:
        assert sorted(session.scalars(select(Tally.account_id))) == [app, wechat]
