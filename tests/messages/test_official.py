"""Whether a message is ours: by its code or number, by its words, and never to whom it went."""

import pytest
from sqlalchemy import update

from core import stamps
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery, DeliveryState, EventKind
from messages import official
from messages.official import Desk, Ruling
from tests.core.given import NOW, account, expanded, owed, record, subject
from tests.core.given_cases import opened

KEY = b"a key for links"
DESK = Desk(KEY, "https://credit.example.cn")


@pytest.fixture
def told(database):
    """An alert that somebody got; return its event and its code."""
    one = record(subject().id)
    owed("alert", account_id=account(), facts={"record_id": one.id})
    expanded()
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
        event_id = session.query(Delivery.event_id).scalar()
    return stamps.stamp(KEY, event_id)


def check(text, desk=DESK):
    with Reading() as session:
        return official.check(session, desk, text, now=NOW)


OURS = "【信用昆明】您关注的主体有新的信用提醒。请打开“信用昆明”公众号或 App 查看。核验码 {code}"


@pytest.mark.parametrize(
    ("text", "ruling"),
    [
        ("{code}", Ruling.OURS),
        ("核验码：{small}", Ruling.OURS),
        (OURS, Ruling.OURS),
        ("您关注的主体有新的信用提醒（核验码 {code}）", Ruling.OURS),
        ("您关注的主体有新的信用提醒 点开查看·核验码{code}", Ruling.OURS),
        ("Credit alert Tap·code {code}", Ruling.OURS),
        ("您关注的主体有新的信用提醒。请点开查看：https://credit.example.cn/w/x\n核验码 {code}",
         Ruling.OURS),
        (OURS + "，并请缴纳修复费用", Ruling.WORDS_DIFFER),
        ("您的账户被冻结，请登录 https://credit.example.cn.evil.test/ 核验码 {code}",
         Ruling.WORDS_DIFFER),
        ("您关注的主体有新的信用提醒。https://credit.example.cn.evil.test/ 核验码 {code}",
         Ruling.WORDS_DIFFER),
        ("您关注的主体有新的信用提醒", Ruling.UNKNOWN),
        ("ZZZZZZZZ", Ruling.UNKNOWN),
        ("您的信用修复需要缴费，请加微信", Ruling.UNKNOWN),
    ],
)  # fmt: skip
def test_a_text_is_ours_word_for_word_or_not(told, text, ruling):
    found = check(text.format(code=told, small=told.lower()))

    assert found.ruling is ruling
    known = ruling is not Ruling.UNKNOWN
    assert (found.kind == "blacklisted", found.said is not None) == (known, known)


def test_what_nobody_was_told_of_was_not_sent(told):
    with Writing() as session:
        values = {"state": DeliveryState.SUPPRESSED, "shown_at": None, "unsure": False}
        session.execute(update(Delivery).values(values))

    assert check(told).ruling is Ruling.UNKNOWN


def test_a_card_of_a_case_is_checked_by_its_number(database):
    to = account()
    case = opened(record(subject().id), account_id=to)
    code, facts = case.receipt_code, {"case_id": case.id}
    owed(f"case_opened:{code}", account_id=to, kind=EventKind.CASE_OPENED, facts=facts)
    expanded()
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
    shown = "-".join(code[start : start + 4] for start in range(0, 16, 4))

    for text in (code, shown.lower(), f"信用修复申请已收到 受理编号 {shown}",
                 f"信用修复申请有新进展 受理编号 {shown}"):  # fmt: skip
        assert check(text).ruling is Ruling.OURS, text
    assert check(f"信用修复申请请缴费 受理编号 {shown}").ruling is Ruling.WORDS_DIFFER


def test_the_answer_names_nobody(told):
    said = str(check(told))

    for word in ("云南示例", "91530100", "oKM_", "account"):
        assert word not in said
