"""Exports to the platform above: what waits, what was told when, each file again, noted."""

import json

import pytest
import sqlalchemy as sa

from core import departments, persons
from core.audit.trail import Entry
from core.db import Reading, Writing
from core.persons import Given
from core.staff.roles import Role
from tests.console.conftest import NOW
from tests.core.department_files import CITIZEN_ID
from tests.core.given import account, record, subject
from tests.core.given_cases import opened
from tests.core.given_certificates import owe, revoke

PAGE = "/console/upstream/"


@pytest.fixture
def supervisor(enter):
    return enter(Role.SUPERVISOR)


@pytest.fixture
def repairs(parts, database):
    """A repair of an entity that was revoked, one of a person; the person's id."""
    undone = opened(record(subject().id), account_id=account())
    owe(undone, now=NOW)
    revoke(undone, now=NOW)
    given = [Given(CITIZEN_ID, "张三")]
    with Writing() as session:
        person = persons.known(session, parts.vault, given, now=NOW)[CITIZEN_ID]
    owe(opened(record(person), account_id=account()), now=NOW)
    return person


def rows(query):
    with Reading() as session:
        return session.scalars(query).all()


def test_without_repairs_there_is_nothing_to_tell(supervisor):
    assert "没有还要报送的修复结果。" in supervisor.get(PAGE).text
    supervisor.send(PAGE)
    assert "还没有报送过。" in supervisor.get(PAGE).text


def test_what_waits_is_written_once_and_can_be_had_again(supervisor, repairs):
    assert "准予修复 2 条，撤销修复 1 条。" in supervisor.get(PAGE).text

    assert supervisor.send(PAGE).status_code == 303
    page = supervisor.get(PAGE).text
    assert "已写出第 1 份，3 条。" in page
    assert "没有还要报送的修复结果。" in page
    assert CITIZEN_ID not in page

    first, second = (supervisor.send(f"{PAGE}1/json") for _ in range(2))
    assert first.data == second.data
    assert first.headers["Content-Disposition"] == 'attachment; filename="repairs-000001.json"'
    assert first.headers["Cache-Control"] == "no-store"
    assert {row["id_number"] for row in json.loads(first.data)["rows"]} == {None, CITIZEN_ID}
    assert "准予修复" in supervisor.send(f"{PAGE}1/csv").data.decode("utf-8-sig")


def test_each_file_is_in_the_trail_and_the_person_sees_who_had_it(supervisor, repairs):
    supervisor.send(PAGE)
    supervisor.send(f"{PAGE}1/csv")

    who = supervisor.staff.actor
    acts = rows(sa.select(Entry.actor).where(Entry.object == "export:1"))
    looks = rows(sa.select(Entry).where(Entry.subject_id == repairs))
    assert acts == [who, who]
    assert {(one.actor, one.role, one.purpose) for one in looks} == {(who, "upstream", "upstream")}
    assert len(looks) == 2


def test_there_is_no_other_export_and_no_other_kind_of_file(supervisor, repairs):
    supervisor.send(PAGE)

    assert supervisor.send(f"{PAGE}2/json").status_code == 404
    assert supervisor.send(f"{PAGE}1/xml").status_code == 404
    assert supervisor.get(f"{PAGE}1/json").status_code == 405


def test_a_department_tells_nothing_upstream(enter, repairs):
    with Writing() as session:
        theirs = departments.known(session, "昆明市财政局", None)
    browser = enter(Role.SUPERVISOR, department_id=theirs)

    assert browser.get(PAGE).status_code == 403
    assert browser.send(PAGE).status_code == 403
    assert browser.send(f"{PAGE}1/json").status_code == 403
    assert PAGE not in browser.get("/console/").text


def test_old_exports_are_turned_over(supervisor, database):
    subject_ = subject()
    for _ in range(31):
        owe(opened(record(subject_.id), account_id=account()), now=NOW)
        supervisor.send(PAGE)

    first = supervisor.get(PAGE).text
    assert first.count('<tr><th scope="row">') == 30
    assert supervisor.get(f"{PAGE}?before=2").text.count('<tr><th scope="row">') == 1
