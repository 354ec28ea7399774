"""An entity with a record, who applies, and staff of the platform and of the department."""

from types import SimpleNamespace

import pytest

from core.staff.roles import Role
from tests.core.given import TODAY, record, subject
from tests.core.given_cases import applicant
from tests.core.given_casework import hire


@pytest.fixture
def office(database):
    """`us` works for the platform, `them` for the record's department; both have reviewers."""
    entity = subject()
    one = record(entity.id, repairable_from=TODAY)
    theirs = one.department_id
    return SimpleNamespace(
        entity=entity,
        record=one,
        by=applicant(entity),
        us=hire(Role.CASE_HANDLER),
        our_reviewer=hire(Role.REVIEWER),
        them=hire(Role.CASE_HANDLER, department_id=theirs),
        their_reviewer=hire(Role.REVIEWER, department_id=theirs),
    )
