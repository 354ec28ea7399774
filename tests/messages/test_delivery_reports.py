"""News of a report reaches its asker: that it is ready, and that it is recalled."""

from datetime import timedelta

from core.db import Reading, Writing
from core.outbox.deliveries import Delivery
from core.outbox.events import Event
from core.reports import making
from tests.core.given import account, expanded, record, subject


def asked(office, referee, printer):
    """Let a follower of the account have a report made; return the record that it tells of."""
    referee.follow("oA")
    printer.now = office.now
    entity = subject()
    one = record(entity.id)
    made = printer.make(entity.uscc, to=account("oA", now=office.now))
    return one, made


def recall(one, office):
    with Writing() as session:
        making.recall_for_records(session, [one.id], now=office.now)
    expanded(now=office.now)


def outcomes():
    with Reading() as session:
        found = session.query(Event.kind, Delivery.state, Delivery.reason)
        found = found.join(Delivery, Delivery.event_id == Event.id).order_by(Event.id)
        return [tuple(row) for row in found]


def test_an_asker_is_told_when_it_is_ready_and_when_it_is_recalled(
    database, office, referee, printer
):
    one, made = asked(office, referee, printer)
    expanded(now=office.now)
    office.work()
    office.later(timedelta(minutes=1))
    recall(one, office)
    office.work()

    ready, recalled = sorted(referee.got("oA"), key=lambda card: card["msgid"])
    assert [field["value"] for field in ready["fields"]][:3] == [
        "您申请的信用报告已生成",
        made.report_no,
        "可以下载",
    ]
    assert recalled["fields"][2]["value"] == "已撤回"
    for card in (ready, recalled):
        shown = f"{card['title']} {card['fields']} {card['url']}"
        assert made.verify_code not in shown
        assert "云南示例" not in shown


def test_a_recalled_report_is_not_announced_as_ready(database, office, referee, printer):
    one, _ = asked(office, referee, printer)
    recall(one, office)

    office.work()

    assert [card["fields"][2]["value"] for card in referee.got("oA")] == ["已撤回"]
    assert outcomes() == [
        ("report_ready", "suppressed", "superseded"),
        ("report_recalled", "accepted", None),
    ]
