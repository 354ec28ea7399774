"""What WeChat tells of our own account: whoever runs it sees that something is to be done."""

import pytest

from core import alarms
from core.db import Reading
from messages.wording import life_reasons_zh


@pytest.mark.parametrize(
    ("event", "is_told"),
    [("verify_expired", True), ("annual_renew", True), ("naming_verify_success", False)],
)
def test_an_account_that_is_about_to_lose_its_interfaces_raises_an_alarm(citizen, event, is_told):
    citizen.event(event, FailReason="")

    with Reading() as session:
        held = [one.reason for one in alarms.still(session)]
    assert held == ([event] if is_told else [])
    assert all(reason in life_reasons_zh.REASONS for reason in held)
