"""The page of lists: counts, the next release, releasing now, a release as the public sees it."""

import pytest

from core.staff.roles import Role
from tests.core.conftest import on_the_day, take_in
from tests.core.department_files import LISTING

__all__ = ["on_the_day", "take_in"]  # fixtures


@pytest.fixture
def reviewer(enter, take_in):
    take_in(LISTING, publish=True)
    return enter(Role.REVIEWER)


def test_every_list_is_shown_with_its_count(reviewer):
    page = reviewer.get("/console/lists/").text

    row = page.split("WAGE_ARREARS")[1].split("</tr>")[0]
    assert '<td class="number">1</td>' in row
    assert "还没有公布过名单" in page


def test_a_list_is_released_once_a_day_and_shown_as_to_the_public(reviewer):
    answer = reviewer.send("/console/lists/WAGE_ARREARS/release")

    page = reviewer.get(answer.location).text
    assert "公布时 1 条" in page
    assert LISTING["basis_document"] in page
    again = reviewer.send("/console/lists/WAGE_ARREARS/release")
    assert "今天已经公布过" in reviewer.get(again.location).text
    assert "1 条" in reviewer.get("/console/lists/").text


def test_there_is_no_such_list_or_release(reviewer):
    assert reviewer.send("/console/lists/NONE/release").status_code == 404
    assert reviewer.get("/console/lists/releases/99").status_code == 404


def test_a_department_releases_no_list_of_the_city(enter, take_in):
    take_in(LISTING, publish=True)
    of_department = enter(Role.REVIEWER, department_id=1)

    assert of_department.send("/console/lists/WAGE_ARREARS/release").status_code == 403
    assert "现在公布" not in of_department.get("/console/lists/").text
