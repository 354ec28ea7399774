"""Releases over the app's door: pages and the file, without those who may no longer be shown."""

import csv
import io

import pytest

from core import releases
from core.db import Writing
from core.records import Record, RecordKind, RecordState

from .conftest import NOW

LISTED = {"kind": RecordKind.BLACK_LIST, "list_kind": "WAGE_ARREARS", "severity": None}


@pytest.fixture
def release(add_record):
    """Three members, one of which was repaired since."""
    held = [add_record(**LISTED).id for _ in range(3)]
    with Writing() as session:
        release_id = releases.make(session, "WAGE_ARREARS", now=NOW)
        session.get_one(Record, held[0]).state = RecordState.REPAIRED
        session.get_one(Record, held[1]).state = RecordState.DISPUTED
    return release_id


def test_a_release_shows_who_may_still_be_shown_and_counts_the_rest(client, release):
    told = client.get(f"/api/v1/releases/{release}").json

    assert (told["list_kind"], told["list_name"]) == (
        "WAGE_ARREARS",
        "拖欠农民工工资失信联合惩戒对象",
    )
    assert (told["released_on"], told["total"], told["no_longer_shown"]) == ("2026-11-23", 3, 1)
    assert [one["mark"] for one in told["items"]] == [None, "异议处理中"]
    assert told["next_cursor"] is None


def test_members_and_releases_go_on_by_cursor(client, release):
    first = client.get(f"/api/v1/releases/{release}?limit=1").json
    second = client.get(f"/api/v1/releases/{release}?limit=1&cursor={first['next_cursor']}").json
    with Writing() as session:
        other = releases.make(session, "WORK_SAFETY", now=NOW)
    newest = client.get("/api/v1/releases?limit=1").json
    older = client.get(f"/api/v1/releases?limit=1&cursor={newest['next_cursor']}").json

    assert first["items"][0]["id"] != second["items"][0]["id"]
    assert second["next_cursor"] is None
    assert [one["items"][0]["id"] for one in (newest, older)] == [str(other), str(release)]
    assert older["next_cursor"] is None
    stolen = client.get(f"/api/v1/releases?cursor={first['next_cursor']}")
    assert stolen.json["code"] == "bad_cursor"


def test_releases_are_listed_by_list(client, release):
    assert len(client.get("/api/v1/releases?list_kind=WAGE_ARREARS").json["items"]) == 1
    assert client.get("/api/v1/releases?list_kind=WORK_SAFETY").json["items"] == []
    newest = {
        one["list_kind"]: one["newest_release"] for one in client.get("/api/v1/lists").json["items"]
    }
    assert newest["WAGE_ARREARS"] == str(release)


def test_the_file_holds_every_page(client, release, monkeypatch):
    from mobile_api import releases as door

    monkeypatch.setattr(door, "_CHUNK", 1)

    reply = client.get(f"/api/v1/releases/{release}/file.csv")

    assert reply.mimetype == "text/csv"
    assert reply.headers["Content-Disposition"] == f'attachment; filename="release-{release}.csv"'
    assert reply.data.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == [
        "主体名称",
        "昆明示例商贸有限公司",
        "昆明示例商贸有限公司",
        "另有 1 条在公布之后停止公示，不再列出。",
    ]


@pytest.mark.parametrize("tail", ["", "/file.csv"])
@pytest.mark.parametrize("number", ["1000", "x", "0", "9" * 19])
def test_a_release_that_there_is_not_is_not_found(client, database, number, tail):
    reply = client.get(f"/api/v1/releases/{number}{tail}")

    assert (reply.status_code, reply.json["code"]) == (404, "release_not_found")


def test_a_list_that_the_rules_have_dropped_keeps_its_code(client, database):
    with Writing() as session:
        number = releases.make(session, "OLD_LIST", now=NOW)

    assert client.get(f"/api/v1/releases/{number}").json["list_name"] == "OLD_LIST"
