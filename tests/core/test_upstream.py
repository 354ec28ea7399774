"""Upstream: each granted and each revoked repair is told once, and told again it is the same."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from core import persons, upstream
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.persons import Given
from core.staff.errors import UpstreamBusyError, UpstreamNotFoundError
from core.upstream import UpstreamExport, What
from messages import upstream_file
from messages.wording import own_zh, upstream_zh
from tests.core.department_files import CITIZEN_ID, VAULT
from tests.core.given import NOW, TODAY, account, at_once, record, subject
from tests.core.given_cases import opened
from tests.core.given_certificates import owe, revoke

LATER = NOW + timedelta(days=1)


@pytest.fixture
def entity(database):
    return subject(name="=昆明示例商贸有限公司", uscc="91530100MA00000001")


@pytest.fixture
def case(entity):
    return opened(record(entity.id), account_id=account())


def collect(*, now=NOW, **options):
    with Writing() as session:
        return upstream.collect(session, VAULT, now=now, **options)


def again(number, *, now=LATER):
    with Writing() as session:
        return upstream.again(session, VAULT, number, now=now)


def told(export):
    return [(row.what, row.certificate_no) for row in export.rows]


def waits():
    with Reading() as session:
        return upstream.any_waits(session)


def test_nothing_to_tell_makes_no_export(case):
    assert not waits()
    assert collect() is None
    with Reading() as session:
        assert session.scalars(select(UpstreamExport)).all() == []


def test_a_granted_repair_is_told_once(case, entity):
    held = owe(case)
    assert waits()

    export = collect()

    assert (export.number, told(export)) == (1, [(What.GRANTED, held.number)])
    (row,) = export.rows
    assert (row.name, row.uscc, row.id_number) == (entity.name, entity.uscc, None)
    assert (row.granted_on, row.revoked_on, row.document_no) == (TODAY, None, held.document_no)
    assert not waits()
    assert collect(now=LATER) is None


def test_its_revocation_is_told_by_a_later_export(case):
    held = owe(case)
    collect()
    revoke(case, now=LATER)

    export = collect(now=LATER)

    assert (export.number, told(export)) == (2, [(What.REVOKED, held.number)])
    assert export.rows[0].revoked_on == TODAY + timedelta(days=1)


def test_granted_and_revoked_before_anything_was_told_are_two_rows_in_order(case):
    held = owe(case)
    revoke(case)

    assert told(collect()) == [(What.GRANTED, held.number), (What.REVOKED, held.number)]


def test_told_again_an_export_is_the_same_byte_for_byte(case):
    owe(case)
    first = collect()
    revoke(case, now=LATER)

    assert upstream_file.as_json(again(1)) == upstream_file.as_json(first)
    assert upstream_file.as_csv(again(1)) == upstream_file.as_csv(first)
    with pytest.raises(UpstreamNotFoundError):
        again(2)


def test_what_is_undone_before_it_is_committed_is_told_under_the_same_number(case):
    owe(case)

    def cut_off():
        with Writing() as session:
            upstream.collect(session, VAULT, now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        cut_off()

    assert collect().number == 1


def test_an_export_has_no_more_rows_than_it_may(entity):
    for _ in range(3):
        revoke_me = opened(record(entity.id), account_id=account())
        owe(revoke_me)
        revoke(revoke_me)

    sizes = [len(collect(most=4).rows), len(collect(most=4).rows)]
    assert sizes == [4, 2]
    assert not waits()


def test_of_two_at_once_nothing_is_told_twice(entity):
    for _ in range(3):
        owe(opened(record(entity.id), account_id=account()))

    def one(_=None):
        try:
            export = collect()
        except UpstreamBusyError:
            return []
        return told(export) if export else []

    rows = [row for export in at_once(3, one) for row in export]
    assert len(rows) == len(set(rows)) == 3


def test_a_person_is_named_to_the_platform_and_sees_it(database):
    with Writing() as session:
        who = persons.known(session, VAULT, [Given(CITIZEN_ID, "张三")], now=NOW)[CITIZEN_ID]
    owe(opened(record(who), account_id=account()))

    (row,) = collect().rows

    assert (row.name, row.uscc, row.id_number) == ("张三", None, CITIZEN_ID)
    with Reading() as session:
        (look,) = session.scalars(select(Entry).where(Entry.subject_id == who)).all()
    assert (look.role, look.purpose) == ("upstream", "upstream")
    assert look.purpose in own_zh.LOOK_PURPOSES
    assert look.role in own_zh.LOOK_ROLES


def test_the_files_have_one_layout(case):
    held = owe(case)
    export = collect()

    read = json.loads(upstream_file.as_json(export))
    assert (read["layout"], read["number"], read["count"]) == (upstream_file.LAYOUT, 1, 1)
    assert list(read["rows"][0]) == list(upstream_zh.COLUMNS)
    assert read["made_at"] == "2026-05-20T12:00:00+08:00"
    head, line, end = upstream_file.as_csv(export).decode("utf-8-sig").split("\r\n")
    assert head == ",".join(upstream_zh.COLUMNS.values())
    assert line.startswith(f"准予修复,{held.number},'=昆明")
    assert end == ""
    assert set(upstream_zh.WHAT) == set(What)
