"""The tables of what is published when: refused while they contradict themselves."""

import shutil

import pytest
import yaml

from config import publishing, rulebook
from core import departments
from core.db import Reading
from core.departments import Department
from tests.config.programs import let_go

RULES = rulebook.load()


@pytest.fixture
def change(tmp_path):
    """Change a copy of a table; return its folder."""
    folder = tmp_path / "rules"
    shutil.copytree(rulebook.RULES, folder)

    def edit(name, by):
        table = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        by(table)
        (folder / name).write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
        return folder

    return edit


def test_every_list_with_a_schedule_is_one_of_the_rules():
    found = publishing.schedules(RULES)

    assert {one.list_kind for one in found} <= set(RULES.lists)
    assert all(one.citation and one.source_status for one in found)
    assert publishing.scheduled() == found


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"list_kind": "NOBODYS"}, "there is no list NOBODYS"),
        ({"day_of_month": 29}, "not every month"),
        ({"day_of_month": 0}, "not every month"),
    ],
)
def test_a_list_or_a_day_that_there_is_not_is_refused(change, wrong, said):
    folder = change("releases.yaml", lambda table: table[0].update(wrong))

    with pytest.raises(ValueError, match=said):
        publishing.schedules(RULES, folder)


def test_a_body_that_was_taken_over_twice_is_refused(change):
    folder = change(
        "departments.yaml",
        lambda table: table["bodies"][0]["took_over"].append("昆明市工商行政管理局"),
    )

    with pytest.raises(ValueError, match="taken over twice: 昆明市工商行政管理局"):
        publishing.successions(folder)


def test_every_department_of_the_reform_is_settled_and_stays_so(database, valkey_url, settings):
    for _ in range(2):
        publishing.settle_departments(settings)
        let_go(database)

    with Reading() as session:
        market = session.query(Department).filter_by(name="昆明市市场监督管理局").one()
        former = departments.relatives(session, [market.id])
    assert [one.name for one in former] == [
        "昆明市工商行政管理局",
        "昆明市质量技术监督局",
        "昆明市食品药品监督管理局",
    ]
