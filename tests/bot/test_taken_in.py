"""What could not be taken in comes again: Redis stalled, the database away, a process killed."""

import os
import signal
import time

import pytest
import redis as redis_py
import sqlalchemy as sa
from flask import Flask

from bot import webhook
from bot.memory import Memory
from bot.seal import Seal
from config.launch.valkey import Valkey
from config.web import Ground, create_app
from core import accounts, db
from core.accounts import Address, Channel
from core.db import Reading, Writing
from core.follows import Follow
from tests.fixtures.archive import NOW
from tests.fixtures.service import (
    AES_KEY,
    APPID,
    TOKEN,
    Citizen,
    desk_for,
    settings_for,
    xml_of,
)

TRAVEL = "9153010300000006X2"
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def follows():
    with Reading() as session:
        return len(session.scalars(sa.select(Follow)).all())


@on_sqlite
def test_the_push_of_a_process_that_was_killed_is_taken_over(citizen, redis, valkey_url, database):
    """A killed process loses its connection, and with it its claim."""
    fields = citizen.message("text", Content="订阅宣传")
    from bot.envelope import Push

    digest = Push(fields).digest(b"a key for links")
    with redis_py.Redis.from_url(valkey_url) as other:
        killed = Memory(other)
        assert killed.claim(digest, citizen.openid)().is_new
        assert citizen.push(fields) is None
        for client in redis.client_list():
            if client["id"] != str(redis.client_id()):
                redis.client_kill_filter(_id=client["id"])

    assert citizen.push(fields).startswith("已订阅")
    assert follows() == 1


@on_sqlite
def test_of_several_heirs_one_inherits(redis, database):
    dead = Memory(redis)
    dead.claim("d", "o")()
    redis.client_kill_filter(_type="normal", skipme=True)

    heirs = [Memory(redis) for _ in range(3)]

    assert [heir.claim("d", "o")().is_new for heir in heirs] == [True, False, False]


@on_sqlite
def test_a_push_that_met_a_stalled_redis_is_taken_in_later(tmp_path, database):
    valkey = Valkey(tmp_path / "valkey", tied=True)
    valkey.ensure()
    client = redis_py.Redis.from_url(valkey.url, socket_timeout=1)
    app = create_app(settings_for(database.url, valkey.url), Ground(database.engine, client))
    citizen = Citizen(app.test_client())
    body = xml_of(citizen.message("text", Content="订阅宣传")).encode()
    pid = client.info("server")["process_id"]

    citizen.say("帮助")
    os.kill(pid, signal.SIGSTOP)
    stalled = citizen.post(body)
    os.kill(pid, signal.SIGCONT)
    with redis_py.Redis.from_url(valkey.url) as other:
        # By the second answer, Redis has executed what it was told before it stalled.
        assert other.ping()
        assert other.ping()
    again = citizen.post(body)

    client.close()
    valkey.stop()
    assert stalled.status_code == 503
    assert citizen.opened(again).startswith("已订阅")
    assert follows() == 1


@pytest.fixture
def without_database(database, redis):
    """Begin an application whose database refuses connections, as while it restarts."""
    away = sa.make_url(database.url).set(database="nowhere_at_all")
    options = {"patience": 1, "pool_size": 1, "max_overflow": 0}
    gone = db.connect(away.render_as_string(hide_password=False), **options)
    reader = db.connect_reader(away.render_as_string(hide_password=False), **options)

    def begin():
        app = create_app(settings_for(database.url, "redis://"), Ground(gone, redis, reader))
        return Citizen(app.test_client())

    yield begin
    gone.dispose()
    reader.dispose()
    db.bind(database.engine)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("text", [TRAVEL, "示例旅行社", f"关注 {TRAVEL}"])
def test_a_push_that_met_no_database_is_taken_in_later(database, archive, without_database, text):
    archive.entity("昆明示例旅行社有限公司", uscc=TRAVEL)
    citizen = without_database()
    body = xml_of(citizen.message("text", Content=text)).encode()

    first = citizen.post(body)
    db.bind(database.engine)
    again = citizen.post(body)

    assert (first.status_code, first.headers["Retry-After"]) == (503, "5")
    assert "昆明示例旅行社有限公司" in citizen.opened(again)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_at_wechats_last_try_whoever_wrote_is_told_that_nothing_was_done(without_database):
    citizen = without_database()
    body = xml_of(citizen.message("text", Content=f"关注 {TRAVEL}")).encode()

    tries = [citizen.post(body) for _ in range(3)]

    assert [one.status_code for one in tries] == [503, 503, 200]
    assert "没有办成" in citizen.opened(tries[2])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_an_event_that_nobody_waits_for_is_refused_until_it_is_taken_in(without_database):
    citizen = without_database()
    body = xml_of(citizen.message("event", Event="unsubscribe")).encode()

    assert [citizen.post(body).status_code for _ in range(4)] == [503] * 4


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_needs_no_database_is_answered_without_one(without_database):
    citizen = without_database()
    asked = {
        "帮助": "您可以",
        "什么是双公示": "“双公示”是指",
        "征信逾期": "您问的是银行信用",
        "黑名单": "第 2/2 步",
        "返回": "第 1/2 步",
        "我的信用": "本人的信用记录",
        "五华区服务窗口": "五华区的线下办理",
        "人工": "现在",
    }

    assert {text: citizen.say(text)[: len(said)] for text, said in asked.items()} == asked


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_wish_that_nobody_could_keep_is_not_promised(database, redis, without_database):
    citizen = without_database()
    body = xml_of(citizen.message("text", Content="English")).encode()

    assert citizen.post(body).status_code == 503
    assert not redis.exists(f"bot:wish:{citizen.openid}")
    db.bind(database.engine)
    assert citizen.opened(citizen.post(body)).startswith("You can send")


@on_sqlite
def test_who_writes_to_us_can_be_reached_again(citizen, archive):
    archive.entity("昆明示例旅行社有限公司", uscc=TRAVEL)
    with Writing() as session:
        accounts.reachable(session, Channel.WECHAT, citizen.openid, active=False, now=NOW)

    citizen.say(f"关注 {TRAVEL}")

    with Reading() as session:
        assert session.scalars(sa.select(Address.active)).all() == [True]


@on_sqlite
def test_after_a_choice_the_list_still_holds(citizen, many):
    citizen.say("同名商行")

    assert citizen.say("1").startswith("昆明同名商行0号")
    assert citizen.say("2").startswith("昆明同名商行1号")
    assert "昆明同名商行5号" in citizen.say("更多")


@on_sqlite
def test_an_answer_that_cannot_be_noted_is_given_all_the_same(tmp_path, database, settings):
    valkey = Valkey(tmp_path / "valkey", tied=True)
    valkey.ensure()
    client = redis_py.Redis.from_url(valkey.url, socket_timeout=10)
    asked = []

    def clock():
        """Tell the time; the third time, when the answer is made, Redis is gone."""
        asked.append(1)
        if len(asked) == 3:
            valkey.stop()
        return time.time()

    app = Flask("door")
    seal = Seal(TOKEN, AES_KEY, APPID)
    mode = webhook.MessageMode.SAFE
    account = webhook.Account(seal, Memory(client), mode, 300, b"k", clock, desk_for(settings))
    app.register_blueprint(webhook.create_blueprint(account))
    citizen = Citizen(app.test_client())

    assert citizen.say("订阅宣传").startswith("已订阅")
    assert follows() == 1
    client.close()
