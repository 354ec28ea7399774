"""Whether a message is ours, asked by anybody; guessing is slow."""

import pytest
from limits import parse
from sqlalchemy import update

from core import stamps
from core.db import Writing
from core.outbox.deliveries import Delivery, DeliveryState
from mobile_api import limits
from tests.core.given import account, expanded, owed
from tests.core.given import record as given_record
from tests.mobile_api.conftest import CURSOR_KEY, NOW

URL = "/api/v1/message-checks"


def told(subject):
    """Tell somebody of a record; return the code that stands on the message."""
    one = given_record(subject.id)
    owed("alert", account_id=account(now=NOW), facts={"record_id": one.id}, now=NOW)
    expanded(now=NOW)
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
        return stamps.stamp(CURSOR_KEY, session.query(Delivery.event_id).scalar())


def test_anybody_learns_that_a_message_is_ours_and_not_to_whom_it_went(client, subject):
    answer = client.post(URL, json={"text": told(subject)})

    assert answer.status_code == 200
    assert {name: answer.json[name] for name in ("ruling", "kind", "sent_for", "said")} == {
        "ruling": "ours",
        "kind": "blacklisted",
        "sent_for": "2026-05-20",
        "said": "您关注的主体有新的信用提醒",
    }
    assert "从不收费" in answer.json["hint"]


@pytest.mark.parametrize(
    ("host", "ruling"),
    [("credit.example.cn", "ours"), ("credit.example.cn.evil.test", "words_differ")],
)
def test_a_pasted_link_is_ours_or_makes_the_message_another(client, subject, host, ruling):
    text = f"您关注的主体有新的信用提醒。请点开查看：https://{host}/w/x\n核验码 {told(subject)}"

    assert client.post(URL, json={"text": text}).json["ruling"] == ruling


def test_what_we_did_not_send_is_said_to_be_unknown(client):
    answer = client.post(URL, json={"text": "请缴纳修复费用"}).json

    assert (answer["ruling"], answer["ruling_label"]) == ("unknown", "没有找到")
    assert (answer["kind"], answer["kind_label"], answer["said"]) == (None, None, None)


def test_guessing_has_a_budget_of_its_own():
    assert limits.OF_VIEWS[limits.GUESSES] == parse("60/minute")
