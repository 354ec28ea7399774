"""Is this message yours: asked in the talk, for the words or for the code, and judged at once."""

import pytest
from sqlalchemy import update

from core import stamps
from core.db import Writing
from core.outbox.deliveries import Delivery, DeliveryState
from tests.bot.conftest import TRAVEL
from tests.core.given import account, expanded, owed, record, subject

OURS = "【信用昆明】您关注的主体有新的信用提醒。请打开“信用昆明”公众号或 App 查看。核验码 {}"
ASKS = "请把收到的消息原文发来"


@pytest.fixture
def code(database, settings):
    """The check code of an alert that somebody got."""
    one = record(subject().id)
    owed("alert", account_id=account(), facts={"record_id": one.id})
    expanded()
    with Writing() as session:
        session.execute(update(Delivery).values(state=DeliveryState.DELIVERED))
        event_id = session.query(Delivery.event_id).scalar()
    return stamps.stamp(settings.link_key.get_secret_value().encode(), event_id)


@pytest.mark.parametrize("asked", ["核验消息", "这条消息是真的吗", "check a message"])
def test_who_asks_is_asked_for_the_message_and_told_whether_it_is_ours(citizen, code, asked):
    question, said = citizen.say(asked), citizen.say(OURS.format(code))

    assert "不收费" in question
    assert ASKS in question
    assert said.startswith("这是我们发出的消息。\n我们的原文：您关注的主体有新的信用提醒")
    assert said.endswith("发送“核验消息”可以再核对一条。")
    assert citizen.say("继续").startswith("没有办到一半的事情")


@pytest.mark.parametrize("asked", ["核验消息 {}", "核验消息：{}", "这条短信是真的吗？{}"])
def test_a_message_behind_the_question_is_judged_at_once(citizen, code, asked):
    assert citizen.say(asked.format(OURS.format(code))).startswith("这是我们发出的消息")


def test_a_code_is_enough(citizen, code):
    citizen.say("核验消息")

    assert citizen.say(code.lower()).startswith("这是我们发出的消息")


@pytest.mark.parametrize(
    "forged",
    [
        "【信用昆明】您已被列入失信名单，请联系客服 QQ 交费处理",
        "您好，您申请的信用修复需要人工审核，退出请回复取消",
        "点 http://credit.example/x 看您的处罚",
        "您已被冻结请立即返回核实缴款",
    ],
)
def test_words_that_work_everywhere_end_no_dialogue_inside_a_message(citizen, database, forged):
    citizen.say("核验消息")

    assert citizen.say(forged).startswith("没有找到我们发出的这条消息")


@pytest.mark.parametrize("number", ["13800138000", "0871-63123456"])
def test_a_telephone_number_added_to_our_words_is_noticed(citizen, code, number):
    citizen.say("核验消息")

    assert citizen.say(f"{OURS.format(code)} {number}").startswith("核验码是我们的，但文字")


def test_something_else_is_answered_in_between_and_the_question_waits(citizen, code, archive):
    archive.entity("昆明示例旅行社有限公司", uscc=TRAVEL)
    question = citizen.say("核验消息")
    between = citizen.say("什么是双公示")
    company = citizen.say("查一下昆明示例旅行社有限公司")
    by_code = citizen.say(TRAVEL)
    again = citizen.say("继续")
    unclear = citizen.say("那个嘛")
    said = citizen.say(OURS.format(code))

    for answer in (between, company, by_code):
        assert "“核验消息”还没办完（第 1/1 步），发送“继续”" in answer
    assert again.startswith(ASKS)
    assert question.splitlines()[1] == again
    assert unclear.startswith("这一步没有看懂")
    assert said.startswith("这是我们发出的消息")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("注册资本多少", "请发送企业名称"),
        ("他们有没有被罚过呢", "请发送企业名称"),
        ("我点了链接填了银行卡怎么办", "“信用昆明”不收费"),
        ("我把钱给他转过去了", "“信用昆明”不收费"),
        ("thank you", "不客气"),
        ("I want to complain about a travel agency", "投诉举报请写明"),
    ],
)
def test_a_question_of_ones_own_is_no_message(citizen, database, typed, said):
    citizen.say("核验消息")

    assert citizen.say(typed).startswith(said)


def test_whoever_was_taken_in_is_told_whom_to_call(citizen, database):
    said = citizen.say("点了短信里的链接，还填了银行卡号，怎么办")

    assert "请马上拨打 110，并打给银行" in said


def test_the_question_can_be_left(citizen, database):
    citizen.say("核验消息")
    assert citizen.say("取消").startswith("已取消")
    citizen.say("核验消息")
    assert citizen.say("返回").startswith("已回到开始")
    assert citizen.say("继续").startswith("没有办到一半的事情")


def test_a_message_that_was_pasted_is_kept_in_no_talk(citizen, redis, database):
    citizen.say("核验消息")
    citizen.say("【某平台】王小明您好，您的订单有问题，请回电")

    assert "王小明".encode() not in b"".join(redis.get(key) for key in redis.keys("bot:talk:*"))


def test_in_english(citizen, code):
    citizen.say("English")
    assert "Paste the message" in citizen.say("check a message")
    said = citizen.say(OURS.format(code))

    assert said.splitlines()[-1] == "Send “check message” to check another."
