"""Rules of law are data: dated, cited, and never two at once."""

import shutil
from datetime import date

import pytest
import yaml
from pydantic import ValidationError

from config import rulebook
from core.records import RecordKind, Severity

RULES = rulebook.load()


@pytest.fixture
def tables(tmp_path):
    """A copy of the tables; call it with a change of the terms."""
    shutil.copytree(rulebook.RULES, tmp_path / "rules")
    path = tmp_path / "rules" / "terms.yaml"

    def change(edit):
        rows = yaml.safe_load(path.read_text(encoding="utf-8"))
        edit({row["name"]: row for row in rows})
        path.write_text(yaml.safe_dump(rows, allow_unicode=True), encoding="utf-8")
        return path.parent

    return change


def term(day, severity=Severity.GENERAL):
    found = RULES.term(
        RecordKind.PENALTY, list_kind=None, severity=severity, on=date.fromisoformat(day)
    )
    return found and found.name


def test_the_rule_in_force_on_the_day_of_the_decision_decides():
    assert term("2026-03-31") == "令58 行政处罚（一般）"
    assert term("2026-04-01") == "令36 一般行政处罚"
    assert term("2026-03-31", Severity.SERIOUS) == "令58 行政处罚（严重）"
    assert term("2026-04-01", Severity.SERIOUS) == "令36 严重行政处罚"
    assert term("2023-04-30") is None
    assert term("2026-04-01", Severity.MINOR) is None


def test_the_gravest_class_counts_and_an_unknown_type_has_none():
    assert RULES.severity_of(["警告"]) is Severity.MINOR
    assert RULES.severity_of(["警告", "责令关闭", "罚款"]) is Severity.SERIOUS
    assert RULES.severity_of(["责令关闭", "从未听说"]) is None
    assert RULES.severity_of([]) is None


@pytest.mark.parametrize("day", ["2026-04-01", "2026-12-31", None])
def test_two_terms_in_force_on_one_day_are_refused(tables, day):
    def overlap(rows):
        rows["令58 行政处罚（一般）"]["effective_to"] = day and date.fromisoformat(day)

    folder = tables(overlap)
    with pytest.raises(ValueError, match="overlap"):
        rulebook.load(folder)


def test_terms_that_follow_each_other_are_accepted(tables):
    def keep(rows):
        assert rows["令58 行政处罚（一般）"]["effective_to"] == date(2026, 3, 31)

    assert rulebook.load(tables(keep)) == RULES


@pytest.mark.parametrize(
    ("field", "value"), [("kind", "fine"), ("effective_from", "soon"), ("max_months", "long")]
)
def test_a_wrong_cell_is_refused(tables, field, value):
    def spoil(rows):
        rows["令36 一般行政处罚"][field] = value

    folder = tables(spoil)
    with pytest.raises(ValidationError):
        rulebook.load(folder)


def test_every_rule_has_its_citation_and_says_how_well_it_was_read():
    assert all(one.citation for one in RULES.terms)
    assert {one.source_status for one in RULES.terms} <= {"read", "secondary", "unverified"}
    assert all((RULES.sealed_citation, RULES.persons_citation, RULES.minors_citation))


def test_every_list_has_a_term_of_its_own_kind():
    named = {(one.list_kind, one.kind) for one in RULES.terms if one.list_kind}
    assert named == {(code, one.kind) for code, one in RULES.lists.items()}
