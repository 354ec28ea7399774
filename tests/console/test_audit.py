"""The pages of the audit trail: found by what one knows, the search in it, the chain proven."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.audit import trail
from core.audit.trail import Access, Act, Entry
from core.db import Reading, Writing
from core.staff.auditing import PAGE
from core.staff.roles import Role
from tests.console.conftest import NOW

PLACE = "/console/audit/"


@pytest.fixture
def auditor(enter):
    return enter(Role.AUDITOR)


@pytest.fixture
def written(database):
    """A person's data read by one of the staff; a batch published by another a day later."""
    read = Access("staff:77", "case_handler", "case", "《个人信息保护法》第十三条", ("name",), 5)
    with Writing() as session:
        trail.note(session, read, now=NOW - timedelta(days=2))
        act = Act("staff:78", "staff", "publish", "batch:7", {"records": 3})
        trail.note(session, act, now=NOW - timedelta(days=1))


def rows(answer):
    """Return actor and action of each row that a page shows."""
    body = answer.text.partition("<tbody>")[2].partition("</tbody>")[0]
    return [tuple(re.findall(r"<code>([^<]*)</code>", row)[:2]) for row in body.split("<tr>")[1:]]


def searches():
    with Reading() as session:
        found = select(Entry).where(Entry.action == "search_audit").order_by(Entry.id)
        return [(row.actor, row.facts) for row in session.scalars(found)]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, [("staff:78", "publish"), ("staff:77", "read")]),
        ({"kind": "access"}, [("staff:77", "read")]),
        ({"actor": "staff:78"}, [("staff:78", "publish")]),
        ({"action": "read"}, [("staff:77", "read")]),
        ({"object": "batch:7"}, [("staff:78", "publish")]),
        ({"subject": "5"}, [("staff:77", "read")]),
        ({"until": "2026-11-21"}, [("staff:77", "read")]),
        ({"since": "2026-11-22", "until": "2026-11-22"}, [("staff:78", "publish")]),
        ({"actor": "staff:79"}, []),
    ],
)
def test_a_row_is_found_by_what_one_knows_of_it(auditor, written, wanted, found):
    assert rows(auditor.get(PLACE, query_string=wanted)) == found


def test_what_was_read_why_and_on_which_basis_is_shown(auditor, written):
    page = auditor.get(PLACE, query_string={"subject": "5"}).text

    assert "查看个人信息" in page
    assert "fields=name" in page
    assert "《个人信息保护法》第十三条" in page
    assert "待封存" in page


def test_the_search_itself_is_in_the_trail(auditor, written):
    auditor.get(PLACE, query_string={"actor": "staff:78", "since": "2026-11-22", "subject": "5"})

    wanted = {"actor": "staff:78", "subject": 5, "since": 20261122}
    assert searches() == [(auditor.staff.actor, wanted)]


@pytest.mark.parametrize(
    "wrong",
    [
        {"actor": "李华"},
        {"actor": "530102199001011234"},
        {"action": "publish; drop table"},
        {"object": "batch:７"},
        {"subject": "five"},
        {"subject": "99999999999999999999"},
        {"since": "2026-13-01"},
        {"until": "yesterday"},
    ],
)
def test_what_can_be_nothing_of_ours_is_said_to_be_wrong_and_not_looked_for(auditor, wrong):
    answer = auditor.get(PLACE, query_string=wrong)

    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text
    assert searches() == []


def test_pages_follow_each_other_without_a_gap_while_rows_are_added(auditor):
    with Writing() as session:
        for number in range(PAGE + 3):
            act = Act("cli", "staff", "publish", f"batch:{number}")
            trail.note(session, act, now=NOW - timedelta(hours=1))

    first = auditor.get(PLACE, query_string={"action": "publish"})
    after = re.search(r'href="([^"]+)" rel="next"', first.text)[1].replace("&amp;", "&")
    second = auditor.get(after)

    numbers = [int(n) for page in (first, second) for n in re.findall(r">batch:(\d+)<", page.text)]
    assert numbers == list(range(PAGE + 2, -1, -1))
    assert 'rel="next"' not in second.text


def test_a_name_stands_for_the_number_of_a_member(auditor):
    auditor.get(PLACE)

    assert auditor.staff.name in auditor.get(PLACE).text.partition("<tbody>")[2]
