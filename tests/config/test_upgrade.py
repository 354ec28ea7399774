"""A filled database of each landed version comes to the newest migration with no row lost."""

from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
from alembic import command

from config import database as databases
from core import db, search

NOW = datetime(2026, 11, 23, 4, 5, 6, 789, tzinfo=UTC)
DAY = date(2026, 11, 20)
RECORD = {
    "fingerprint": "f",
    "version": 2,
    "subject_id": 1,
    "kind": "black_list",
    "title": "拖欠农民工工资",
    "authority": "昆明市人力资源和社会保障局",
    "department_id": 1,
    "event_date": DAY,
    "facts": {"months": 36, "依据": "令45"},
    "batch_id": 1,
    "received_at": NOW,
}
DELIVERY = {"event_id": 1, "kind": "blacklisted", "urgent": True, "fence": 1, "due_at": NOW}
SUBJECT = {"uscc_check_ok": True, "district": "530102", "state": "active", "first_seen_at": NOW}
CASE = {"account_id": 1, "record_id": 1, "statement": "已结清", "holder_id": 1, "opened_at": NOW}
# In the order in which they refer to each other; written as the version itself would have.
FIRST = {
    "accounts": [{"id": 1, "created_at": NOW}, {"id": 2, "created_at": NOW}],
    "addresses": [
        {"account_id": 1, "channel": "wechat", "value": "oA", "active": True, "changed_at": NOW},
        {"account_id": 2, "channel": "identity", "value": "b", "active": False, "changed_at": NOW},
    ],
    "articles": [{"fingerprint": "a", "title": "诚信", "body": "正文", "published_at": NOW}],
    "departments": [{"id": 1, "name": "昆明市人力资源和社会保障局"}],
    "subjects": [
        {"id": 1, "kind": "legal_entity", "uscc": "91530102000000019G"}
        | SUBJECT
        | {"name": "昆明示例滇味餐饮有限公司", "name_key": "昆明示例滇味餐饮有限公司"},
        {"id": 2, "kind": "sole_trader", "uscc": "92530102MA6K000000"}
        | SUBJECT
        | {"name": "官渡区示例米线店", "name_key": "官渡区示例米线店"},
    ],
    "intake_batches": [
        {"id": 1, "file_name": "f.csv", "file_hash": "h", "layout": "lists", "state": "done"}
        | {"rows_read": 2, "rows_loaded": 2, "rows_unchanged": 0, "rows_rejected": 0}
        | {"warnings": 1, "started_at": NOW, "finished_at": NOW},
    ],
    "records": [
        RECORD
        | {"id": 1, "natural_key": "k1", "state": "published", "document_no": "昆人社〔2026〕1号"}
        | {"ends_on": date(2029, 11, 20), "published_at": NOW, "severity": "serious"},
        RECORD
        | {"id": 2, "natural_key": "k2", "state": "held", "document_no": "昆人社〔2026〕2号"}
        | {"repairable_from": DAY, "list_kind": "WAGE_ARREARS", "rule": "令45"},
    ],
    "record_changes": [
        {"record_id": 1, "from_state": "loaded", "to_state": "published", "at": NOW}
        | {"who": "intake", "why": "公示"},
    ],
    "follows": [
        {"account_id": 1, "topic": "subject", "subject_id": 1, "since": NOW},
        {"account_id": 2, "topic": "campaigns", "subject_id": 0, "since": NOW, "until": NOW},
    ],
    "events": [
        {"id": 1, "kind": "blacklisted", "key": "e1", "audience": "subject_followers"}
        | {"audience_id": 1, "facts": {"record_id": 1}, "event_date": DAY, "owed_at": NOW}
        | {"reached": 1, "expanded_at": NOW},
    ],
    "deliveries": [
        DELIVERY | {"account_id": 1, "state": "sending", "tries": 1, "unsure": True},
        DELIVERY | {"account_id": 2, "state": "due", "tries": 0, "unsure": False},
    ],
    "receipts": [{"msgid": "m1", "status": "success", "at": NOW}],
    "cases": [
        CASE | {"id": 1, "kind": "repair", "receipt_code": "A", "grounds": "x", "state": "upheld"},
        CASE
        | {"id": 2, "kind": "repair", "receipt_code": "B", "grounds": "y"}
        | {"state": "submitted"},
    ],
    "case_events": [
        {"case_id": 1, "state": "upheld", "at": NOW, "who": "applicant", "note": "说明"},
    ],
}
TRAIL = {
    "trail": [
        {"id": 1, "kind": "act", "actor": "cli", "role": "intake", "action": "publish", "at": NOW}
        | {"object": "batch:1", "facts": {"records": 1}, "number": 1, "mac": "m"},
        {"id": 2, "kind": "access", "actor": "account:1", "role": "subject", "action": "read"}
        | {"subject_id": 2, "purpose": "own", "legal_basis": "个保法45条", "at": NOW}
        | {"facts": {"fields": ["records"]}},
    ],
    "seals": [
        {"id": 1, "first": 1, "last": 1, "digest": "d", "previous": "", "at": NOW, "mac": "m"},
    ],
}
LANDED = {"0001": FIRST, "0002": FIRST | TRAIL}


@contextmanager
def connected(url):
    engine = db.connect(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def tables(connection):
    """Read the tables as they are: our classes know only the newest ones."""
    metadata = sa.MetaData()
    metadata.reflect(connection, only=lambda name, _: "_fts" not in name)
    return {name: each for name, each in metadata.tables.items() if name != "alembic_version"}


def rows(connection, name, columns):
    table = tables(connection)[name]
    found = connection.execute(sa.select(*(table.c[column] for column in columns)))
    return sorted(map(repr, found))


def fill(url, given):
    with connected(url) as connection:
        found = tables(connection)
        for name, each in given.items():
            for row in each:
                connection.execute(found[name].insert(), row)


@pytest.fixture(params=LANDED)
def landed(request, empty):
    """A database of a landed version, with rows in each of its tables."""
    with databases._migrating(empty) as config:
        command.upgrade(config, request.param)
    fill(empty, LANDED[request.param])
    return empty


def test_no_row_is_lost_or_changed(landed):
    with connected(landed) as connection:
        columns = {name: list(table.c.keys()) for name, table in tables(connection).items()}
        before = {name: rows(connection, name, columns[name]) for name in columns}
    assert [name for name, found in before.items() if not found] == []

    databases.upgrade(landed)

    with connected(landed) as connection:
        after = {name: rows(connection, name, columns[name]) for name in columns}
    assert after == before
    databases.check(landed)


def test_names_are_still_found_and_new_ones_too(landed):
    databases.upgrade(landed)

    with connected(landed) as connection:
        added = SUBJECT | {"id": 3, "kind": "legal_entity", "uscc": "91530102MA6K000001"}
        named = {"name": "昆明示例米线厂", "name_key": "昆明示例米线厂"}
        connection.execute(tables(connection)["subjects"].insert(), added | named)
        assert [hit.id for hit in search.by_key(connection, "米线", limit=9)] == [3, 2]


def test_an_alert_knows_its_record(landed):
    databases.upgrade(landed)

    with connected(landed) as connection:
        assert rows(connection, "events", ["id", "record_id"]) == ["(1, 1)"]
