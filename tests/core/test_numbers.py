"""The numbers that subjects have carried."""

import sqlalchemy as sa

from core import numbers
from core.db import Reading, Writing
from core.numbers import NumberScheme
from core.subjects import Subject
from tests.core.department_files import PENALTY
from tests.core.given import subject


def note(subject_id, **given):
    with Writing() as session:
        mine = {NumberScheme(name): one for name, one in given.items()}
        numbers.note(session, {subject_id: mine})


def test_a_number_is_kept_once_in_one_form_with_its_check(database):
    one = subject()
    note(one.id, org_code="D2143569-X", registration_no=" 530100 100000004", tax_no="")
    note(one.id, org_code="Ｄ２１４３５６９Ｘ")

    with Reading() as session:
        found = [(each.scheme, each.value, each.check_ok) for each in numbers.of(session, one.id)]
    assert found == [
        (NumberScheme.ORG_CODE, "D2143569X", True),
        (NumberScheme.REGISTRATION_NO, "530100100000004", True),
    ]


def test_a_number_finds_its_owner_unless_two_carry_it(database):
    one, other = subject(), subject()
    note(one.id, org_code="D2143569X")

    def owner():
        with Reading() as session:
            return numbers.owner(session, NumberScheme.ORG_CODE, "d2143569-x")

    assert owner() == one.id
    note(other.id, org_code="D2143569X")
    assert owner() is None


def test_what_may_be_a_citizen_s_number_is_not_kept(database):
    one = subject()
    note(one.id, registration_no="530112900101000", tax_no="530112199001010004", org_code="X" * 40)

    with Reading() as session:
        assert numbers.of(session, one.id) == []


def test_a_file_s_numbers_are_kept_with_the_entity_that_they_are_of(take_in):
    take_in(
        PENALTY
        | {
            "行政相对人代码_2(工商注册号)": "530100100000004",
            "行政相对人代码_4(税务登记号)": "TAX-1",
        }
    )

    with Reading() as session:
        one = session.scalars(sa.select(Subject)).one()
        found = {each.scheme: each.value for each in numbers.of(session, one.id)}
    assert found == {NumberScheme.REGISTRATION_NO: "530100100000004", NumberScheme.TAX_NO: "TAX1"}
