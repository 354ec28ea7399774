"""The numbers that subjects have carried."""

from core import numbers
from core.db import Reading, Writing
from core.numbers import NumberScheme
from tests.core.given import subject


def note(subject_id, **given):
    with Writing() as session:
        numbers.note(session, subject_id, {NumberScheme(name): one for name, one in given.items()})


def test_a_number_is_kept_once_in_one_form_with_its_check(database):
    one = subject()
    note(one.id, org_code="D2143569-X", registration_no=" 530100 100000001", tax_no="")
    note(one.id, org_code="Ｄ２１４３５６９Ｘ")

    with Reading() as session:
        found = [(each.scheme, each.value, each.check_ok) for each in numbers.of(session, one.id)]
    assert found == [
        (NumberScheme.ORG_CODE, "D2143569X", True),
        (NumberScheme.REGISTRATION_NO, "530100100000001", None),
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
