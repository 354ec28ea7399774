"""Dialogues of several steps, what works everywhere, and who else is named when we cannot help."""

import json
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from bot.desk import Hours
from bot.memory import Memory
from core.accounts import Address
from core.db import Reading, Writing
from core.reports import ledger
from tests.bot.conftest import TRAVEL
from tests.fixtures.service import Citizen


def test_a_report_is_verified_in_two_steps_with_an_unrelated_question_between(citizen, database):
    first = citizen.say("核验报告")
    between = citizen.say("什么是双公示")
    again = citizen.say("继续")
    second = citizen.say("20261101093000ABCD2345")
    last = citizen.say("7KQ2-M9XD-7KQ2-M9XD")

    assert first.startswith("第 1/2 步：请发送报告首页上的报告编号")
    assert "七个工作日" in between
    assert "“核验报告”还没办完（第 1/2 步），发送“继续”" in between
    assert again == first
    assert second.startswith("第 2/2 步：请再发送报告首页上的核验码")
    assert last.startswith("没有查到这份报告")
    assert citizen.say("继续").startswith("没有办到一半的事情")


def test_back_goes_one_step_and_cancel_ends(citizen, database):
    citizen.say("核验报告 20261101093000ABCD2345")

    assert citizen.say("返回").startswith("第 1/2 步")
    assert citizen.say("返回").startswith("已回到开始")
    citizen.say("黑名单")
    assert citizen.say("取消").startswith("已取消")
    assert citizen.say("返回").startswith("已经是开始的一步")


def test_what_does_not_fit_a_step_is_asked_again_and_two_misses_offer_a_human(citizen, database):
    citizen.say("黑名单")

    once, twice = citizen.say("这样啊哈"), citizen.say("这样啊哈哈")
    then = citizen.say("五华区")

    assert once.startswith("这一步没有看懂。第 2/2 步")
    assert "人工" not in once
    assert "发送“人工”" in twice
    assert then.startswith("截至 20")
    assert "五华区没有正在公示的黑名单" in then
    assert "人工" not in citizen.say("这可怎么是好")


def test_two_misses_outside_a_dialogue_offer_a_human_too(citizen, database):
    assert "发送“人工”" not in citizen.say("这可怎么是好")
    assert "发送“人工”" in citizen.say("就是它吗")


def test_a_human_is_offered_with_hours(citizen, database):
    said = citizen.say("转人工")

    assert "工作日 09:00—12:00、13:30—17:00" in said
    assert "12345" in said


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 11, 26, 0, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 26, 1, 0, tzinfo=UTC), True),
        (datetime(2026, 11, 26, 4, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 2, 0, tzinfo=UTC), False),
    ],
)
def test_humans_answer_in_their_hours_on_working_days(settings, at, is_open):
    from tests.fixtures.service import desk_for

    assert desk_for(settings).hours.open_at(at) is is_open


def test_in_their_hours_a_human_takes_over(settings, database, redis):
    from config.web import Ground, create_app

    account = settings.model_copy(
        update={"service_account": "kf2001@credit", "service_hours": "00:00-23:59"}
    )
    citizen = Citizen(create_app(account, Ground(database.engine, redis)).test_client())

    said = citizen.say("人工")

    if isinstance(said, dict):  # today is a working day
        assert said["MsgType"] == "transfer_customer_service"
        assert said["TransInfo.KfAccount"] == "kf2001@credit"
    else:
        assert "12345" in said
    hours = Hours([], lambda _day: True, "kf", "12345")
    assert not hours.open_at(datetime(2026, 11, 26, 2, tzinfo=UTC))


def test_bank_credit_is_sent_to_the_central_bank(citizen, database):
    said = citizen.say("征信黑了怎么办")

    for fact in ("中国人民银行征信中心", "5 年", "2 次", "20 日", "已经结束"):
        assert fact in said


PERSONAL = [
    "我的信用",
    "谁看过我的信用",
    "我的办件",
    "查进度",
    "信用修复",
    "异议",
    "信用报告",
    "投诉",
]


def test_what_is_personal_is_never_said_in_the_chat(citizen, app, database):
    served = {rule.rule for rule in app.url_map.iter_rules()}

    for typed in PERSONAL:
        said = citizen.say(typed)
        links = [part.split('"')[0] for part in said.split('href="http://127.0.0.1:8000')[1:]]
        assert set(links) <= served
        assert links or "App" in said, typed


def test_english_is_spoken_once_asked_for(citizen, redis, travel):
    assert citizen.say("English please").startswith("You can send")
    assert citizen.say(TRAVEL).startswith("昆明示例旅行社有限公司\nCode: ")
    assert citizen.say("这可怎么是好").startswith("Sorry, I did not understand")
    assert citizen.say("我的关注").startswith("You follow no company yet")
    assert citizen.say("530112199001010004").startswith("This looks like")
    assert redis.ttl(f"bot:wish:{citizen.openid}") == -1
    assert citizen.say("中文").startswith("好的，以后用中文")
    assert citizen.say("我的关注").startswith("您还没有")


def test_larger_type_follows_to_the_pages(citizen, database):
    citizen.say("字太小了")

    assert "/wechat/reports?type=large" in citizen.say("核验报告 20261101093000ABCD2345") + (
        citizen.say("7KQ2M9XD7KQ2M9XD")
    )
    citizen.say("标准字体")
    citizen.say("核验报告 20261101093000ABCD2345")
    assert "type=large" not in citizen.say("7KQ2M9XD7KQ2M9XD")


def test_a_telephone_number_is_neither_searched_nor_kept(citizen, redis, database, caplog):
    assert citizen.say("13800138000").startswith("请不要在聊天里发送电话号码")
    citizen.say("查一下138 0013 8000建材商行")

    held = b"".join(redis.get(key) for key in redis.keys("bot:*")) + caplog.text.encode()
    assert b"13800138000" not in held.replace(b" ", b"")


def test_whoever_sends_too_much_is_asked_to_wait(citizen, redis, database):
    for _ in range(60):
        assert citizen.say("帮助").startswith("您可以")
    assert citizen.say("帮助").startswith("您发得太快了")
    assert citizen.event("CLICK", EventKey="help").startswith("您可以")
    redis.delete(f"bot:rate:{citizen.openid}")
    assert citizen.say("帮助").startswith("您可以")


def test_where_a_dialogue_stands_is_known_to_another_process(settings, database, redis):
    from config.web import Ground, create_app

    here, there = (
        Citizen(create_app(settings, Ground(database.engine, redis)).test_client()) for _ in "12"
    )

    assert here.say("黑名单").startswith("第 2/2 步")
    assert "五华区没有正在公示的黑名单" in there.say("五华")
    assert 0 < redis.ttl(f"bot:talk:{here.openid}") <= 900


def test_a_talk_of_another_version_is_read(redis):
    redis.set("bot:talk:oA", json.dumps({"ask": "no longer there", "given": ["x"], "new": 1}))

    assert Memory(redis).claim("digest", "oA")().talk.ask == "no longer there"


def test_a_dialogue_that_is_no_longer_there_is_forgotten(citizen, redis, database):
    redis.set(f"bot:talk:{citizen.openid}", json.dumps({"ask": "gone", "given": ["x"]}))

    assert citizen.say("帮助").startswith("您可以")


def test_a_valid_report_is_judged_in_the_chat(citizen, archive, travel):
    now = datetime(2026, 11, 20, tzinfo=UTC)
    with Writing() as session:
        report = ledger.request(session, TRAVEL, ledger.Purpose.SELF_CHECK, now=now)
        session.flush()
        report.state = ledger.ReportState.VALID
        report.as_of, report.valid_until = now, date(2099, 1, 1)
        number, code = report.report_no, report.verify_code

    citizen.say(f"这份报告是真的吗 {number}")
    said = citizen.say(code)

    assert said.startswith("这份报告有效")
    assert "主体：昆明示例旅行社有限公司" in said


def test_an_account_that_is_deleted_at_wechat_is_deleted_here(citizen, redis, travel):
    citizen.say(f"关注 {TRAVEL}")
    citizen.say("English")

    citizen.event("user_authorization_cancellation", OpenID=citizen.openid)

    with Reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Address)) == 0
    assert not redis.keys(f"bot:talk:{citizen.openid}")
    assert not redis.keys(f"bot:wish:{citizen.openid}")


@pytest.mark.parametrize("event", ["user_info_modified", "user_authorization_revoke"])
def test_what_wechat_gave_is_forgotten_when_it_is_taken_back(citizen, redis, travel, event):
    citizen.say(f"关注 {TRAVEL}")
    citizen.say("大字")

    assert citizen.event(event, OpenID=citizen.openid) is None

    assert not redis.exists(f"bot:talk:{citizen.openid}", f"bot:wish:{citizen.openid}")
    assert "您关注了 1 家" in citizen.say("我的关注")
