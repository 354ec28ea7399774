"""What is owed reaches the phone once, or ends with a reason."""

from datetime import timedelta

from sqlalchemy import update

from core import accounts, campaigns, privacy
from core.accounts import Channel
from core.cases import Case
from core.db import Reading, Writing
from core.outbox import settle
from core.outbox.deliveries import EventKind
from core.records import Record, RecordState
from tests.core.given import account, expanded, owed, record, row, state, subject
from tests.core.given_cases import opened
from tests.messages.conftest import STATIONERY, late_reply

SEND = "message/template/send"


def test_an_alert_reaches_the_follower_once(tell, office, referee):
    openid, key = tell()

    assert office.work() == 1
    assert office.work() == 0

    (card,) = referee.got(openid)
    assert (state(key), row(key).msgid) == ("accepted", str(card["msgid"]))


def test_a_card_tells_a_lock_screen_nothing(tell, office, referee):
    openid, (event_id, account_id) = tell(name="云南示例商贸有限公司")

    office.work()

    (card,) = referee.got(openid)
    shown = f"{card['title']} {card['fields']} {card['url']}"
    for word in ("云南示例", "拖欠", "名单管理", "WAGE_ARREARS", "昆人社", "91530100"):
        assert word not in shown
    address, _, proof = card["url"].rpartition("-")
    assert address == f"https://credit.example.cn/wechat/notices/{event_id}-{account_id}"
    assert privacy.is_proof(STATIONERY.link_key, proof, "notice", event_id, account_id)


def test_a_long_title_is_cut_to_what_a_card_takes(database, office, referee):
    referee.follow("oA")
    with Writing() as session:
        to = accounts.at(session, Channel.WECHAT, "oA", now=office.now)
        campaigns.subscribe(session, to, now=office.now)
        campaigns.publish(session, "诚" * 30, "正文", now=office.now)
    expanded(now=office.now)

    assert office.work(urgent=True) == 0
    assert office.work(urgent=False) == 1

    (card,) = referee.got("oA")
    assert card["fields"][0]["value"] == "诚" * 19 + "…"
    assert card["url"].startswith("https://credit.example.cn/wechat/articles/")


def test_a_case_brings_its_receipt(database, office, referee):
    referee.follow("oA")
    to = account("oA", now=office.now)
    one = record(subject().id)
    code = opened(one, account_id=to, now=office.now).receipt_code
    with Reading() as session:
        case_id = session.query(Case.id).scalar()
    facts = {"case_id": case_id}
    owed("c", account_id=to, kind=EventKind.CASE_OPENED, now=office.now, facts=facts)
    expanded(now=office.now)

    office.work()

    (card,) = referee.got("oA")
    assert [field["value"] for field in card["fields"]][1] == privacy.show_code(code)


def test_who_left_the_account_is_not_written_to(tell, office, referee):
    openid, key = tell()
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, openid, active=False, now=office.now)

    office.work()

    assert (state(key), row(key).reason) == ("suppressed", "no_address")
    assert referee.calls(SEND) == []


def test_who_left_without_our_knowing_is_known_afterwards(tell, office, referee):
    openid, key = tell()
    referee.order("receipts", mode="off")
    referee.order("event", openid=openid, event="unsubscribe")

    office.work()

    assert (state(key), row(key).reason) == ("failed", "43004")
    with Reading() as session:
        assert accounts.openid_of(session, key[1]) is None


def test_what_is_no_longer_public_is_not_told(tell, office, referee):
    _, key = tell()
    with Writing() as session:
        session.execute(update(Record).values(state=RecordState.WITHDRAWN))

    office.work()

    assert (state(key), row(key).reason) == ("suppressed", "superseded")
    assert referee.calls(SEND) == []


def test_a_late_answer_goes_out_as_a_text(database, office, referee):
    referee.order("say", openid="oA", text="在吗")
    key = late_reply(office)

    office.work()

    assert state(key) == "delivered"
    assert [one["text"] for one in referee.got("oA") if one.get("custom")] == ["迟到的回答"]


def test_a_late_answer_outside_the_window_fails_with_a_reason(database, office, referee):
    referee.follow("oA")
    key = late_reply(office)

    office.work()

    assert (state(key), row(key).reason) == ("failed", "45015")


def test_a_late_answer_is_never_repeated(database, office, referee):
    referee.order("say", openid="oA", text="在吗")
    key = late_reply(office)
    path = "/cgi-bin/message/custom/send"
    referee.order("faults", kind="timeout", seconds=0, path=path, count=1)

    for _ in range(20):
        office.work()
        office.later(timedelta(minutes=5))
        with Writing() as session:
            settle.sweep(session, now=office.now, pace=office.post.pace)

    assert (state(key), row(key).reason) == ("unknown", "no_answer")
    assert len([one for one in referee.got("oA") if one.get("custom")]) == 1
