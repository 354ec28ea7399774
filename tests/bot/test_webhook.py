"""The door itself: who is let in, what is done once, what is answered late."""

import threading
import time
from dataclasses import replace

import pytest
import redis as redis_py
import sqlalchemy as sa

from bot import envelope, replies, webhook
from bot.memory import Memory
from bot.seal import Seal, signature
from config.web import Ground, create_app
from core.db import Reading
from core.follows import Follow
from core.outbox.events import Event
from tests.fixtures.service import (
    AES_KEY,
    APPID,
    TOKEN,
    Citizen,
    desk_for,
    settings_for,
    xml_of,
)

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
BIG = 64 * 1024


def query(timestamp=None, nonce="n", token=TOKEN):
    timestamp = str(int(time.time())) if timestamp is None else timestamp
    signed = signature(token, timestamp, nonce)
    return {"timestamp": timestamp, "nonce": nonce, "signature": signed}


def test_the_handshake_echoes(app):
    reply = app.test_client().get("/wechat", query_string=query() | {"echostr": "4375<1>"})

    assert (reply.status_code, reply.text, reply.mimetype) == (200, "4375<1>", "text/plain")


STRANGERS = {
    "nothing": dict,
    "another token": lambda: query(token="other"),
    "too old": lambda: query(timestamp=str(int(time.time()) - 400)),
    "too new": lambda: query(timestamp=str(int(time.time()) + 400)),
    "no time": lambda: query(timestamp="soon"),
    "empty": lambda: {"timestamp": "", "nonce": "", "signature": signature(TOKEN)},
}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_not_greeted(app, stranger):
    reply = app.test_client().get("/wechat", query_string=STRANGERS[stranger]())

    assert reply.status_code == 403


def test_an_old_or_forged_push_is_refused(app):
    citizen = Citizen(app.test_client())
    body = xml_of(citizen.message("text", Content="帮助")).encode()

    old = citizen.post(body, timestamp=str(int(time.time()) - 301))
    other = replace(citizen, seal=Seal(TOKEN, "B" * 43, APPID)).post(body)
    reply = app.test_client().post("/wechat", query_string=query(), data=body)

    assert (old.status_code, other.status_code, reply.status_code) == (403, 400, 403)


def test_a_large_body_is_refused(app):
    reply = app.test_client().post("/wechat", query_string=query(), data=b"<" + b"x" * BIG)

    assert reply.status_code == 413


def plain_app(database, redis, **others):
    settings = settings_for(database.url, "redis://", **others)
    return create_app(settings, Ground(database.engine, redis))


@pytest.mark.parametrize("mode", ["safe", "compatible"])
def test_a_plain_push_is_never_trusted_where_encryption_is_configured(database, redis, mode):
    app = plain_app(database, redis, wechat_message_mode=mode)
    body = xml_of(Citizen(app.test_client()).message("text", Content="订阅宣传"))

    reply = app.test_client().post("/wechat", query_string=query(), data=body)

    assert reply.status_code == 403


def test_a_compatible_push_is_not_taken_in_safe_mode(database, redis):
    app = plain_app(database, redis)
    citizen = Citizen(app.test_client())
    sealed = citizen.seal.encrypt(xml_of(citizen.message("text", Content="帮助")).encode())
    body = xml_of(citizen.message("text", Content="帮助") | {"Encrypt": sealed})
    args = query()
    args["msg_signature"] = signature(TOKEN, args["timestamp"], args["nonce"], sealed)

    assert app.test_client().post("/wechat", query_string=args, data=body).status_code == 403


def test_a_nonce_that_has_to_be_encoded_is_taken_as_it_was_signed(citizen):
    xml = xml_of(citizen.message("text", Content="帮助")).encode()

    reply = citizen.post(xml, nonce="a+b %&=昆")

    assert envelope.fields(reply.data)["Nonce"] == "a+b %&=昆"
    assert citizen.opened(reply).startswith("您可以发送")


def test_plain_pushes_are_taken_only_if_configured(database, redis):
    app = plain_app(database, redis, wechat_message_mode="plain")
    body = xml_of(Citizen(app.test_client()).message("text", Content="帮助"))

    reply = app.test_client().post("/wechat", query_string=query(), data=body)

    assert replies.render(replies.Text("x"), to="a", sender="b", at=1)[:20] == reply.text[:20]
    assert "您可以发送" in reply.text


def test_of_a_compatible_body_only_what_was_encrypted_counts(database, redis):
    app = plain_app(database, redis, wechat_message_mode="compatible")
    citizen = Citizen(app.test_client())
    sealed = citizen.seal.encrypt(xml_of(citizen.message("text", Content="帮助")).encode())
    forged = xml_of(citizen.message("text", Content="菜单"))
    body = forged.replace("</xml>", f"<Encrypt>{sealed}</Encrypt></xml>")
    args = query() | {"encrypt_type": "aes"}
    args["msg_signature"] = signature(TOKEN, args["timestamp"], args["nonce"], sealed)

    reply = app.test_client().post("/wechat", query_string=args, data=body)

    assert citizen.opened(reply).startswith("您可以发送")


def test_the_retry_of_a_message_that_is_done_gets_the_same_reply(citizen, archive):
    archive.entity("昆明示例旅行社有限公司")
    fields = citizen.message("text", Content="示例旅行社")
    first = citizen.push(fields)
    archive.entity("昆明示例旅行社二店", uscc="91530102000000027C")

    assert citizen.push(fields) == first
    assert citizen.say("示例旅行社") != first


def test_the_retry_of_a_message_in_progress_gets_success_at_once(citizen, redis, app):
    fields = citizen.message("text", Content="订阅宣传")
    digest = webhook.envelope.Push(fields).digest(b"a key for links")
    other = Memory(redis)
    assert other.claim(digest, citizen.openid)().is_new

    assert citizen.push(fields) is None
    with Reading() as session:
        assert session.scalars(sa.select(Follow)).all() == []


def test_three_at_once_are_executed_once(app, database):
    answers = []
    fields = Citizen(app.test_client()).message("text", Content="订阅宣传")

    def push():
        answers.append(Citizen(app.test_client()).push(fields))

    threads = [threading.Thread(target=push) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with Reading() as session:
        assert len(session.scalars(sa.select(Follow)).all()) == 1
    assert len([one for one in answers if one and one.startswith("已订阅")]) >= 1
    assert all(one is None or one.startswith("已订阅") for one in answers)


def test_events_of_the_same_second_are_told_apart(citizen):
    second = citizen.message("event", Event="CLICK", EventKey="help")

    assert citizen.push(second).startswith("您可以发送")
    assert citizen.push(second | {"EventKey": "query"}).startswith("请发送企业名称")


def late_app(settings, database, redis, ticks):
    """The door with a clock that jumps between the push and its answer."""
    app = create_app(settings, Ground(database.engine, redis))
    seal, memory, mode = Seal(TOKEN, AES_KEY, APPID), Memory(redis), webhook.MessageMode.SAFE
    account = webhook.Account(seal, memory, mode, 300, b"k", ticks.__next__, desk_for(settings))
    late = webhook.create_blueprint(account)
    late.name, late.url_prefix = "late", "/late"
    app.register_blueprint(late)
    return app


def late_push(app, fields):
    citizen = Citizen(app.test_client())
    post = citizen.client.post
    citizen.client.post = lambda _path, **given: post("/late", **given)
    return citizen.push(fields)


@pytest.mark.parametrize(("seconds", "is_late"), [(4.4, False), (4.6, True)])
def test_a_late_answer_is_owed_as_a_message(settings, database, redis, seconds, is_late):
    start = time.time()
    ticks = iter([start, start, start + seconds, start + seconds, start + seconds])
    app = late_app(settings, database, redis, ticks)
    fields = Citizen(app.test_client()).message("text", Content="帮助")

    reply = late_push(app, fields)

    with Reading() as session:
        owed = session.scalars(sa.select(Event)).all()
    assert (reply is None) == is_late
    assert [event.kind for event in owed] == (["late_reply"] if is_late else [])
    if is_late:
        assert owed[0].facts["text"].startswith("您可以发送")
    # Its retry is not answered a second time.
    assert late_push_again(settings, database, redis, fields) == reply


def late_push_again(settings, database, redis, fields):
    now = time.time()
    return late_push(late_app(settings, database, redis, iter([now] * 5)), fields)


def test_without_memory_nothing_is_executed(settings, database):
    gone = redis_py.Redis(port=1, socket_connect_timeout=0.2)
    app = create_app(settings, Ground(database.engine, gone))
    citizen = Citizen(app.test_client())

    reply = citizen.post(xml_of(citizen.message("text", Content="订阅宣传")).encode())

    assert reply.status_code == 503
    with Reading() as session:
        assert session.scalars(sa.select(Follow)).all() == []
    gone.close()


def test_what_the_database_did_not_take_is_taken_on_retry(citizen, database):
    fields = citizen.message("text", Content="订阅宣传")
    with database.engine.begin() as connection:
        connection.exec_driver_sql("alter table follows rename to away")

    first = citizen.post(xml_of(fields).encode())

    with database.engine.begin() as connection:
        connection.exec_driver_sql("alter table away rename to follows")
    assert (first.status_code, first.headers["Retry-After"]) == (503, "5")
    assert citizen.push(fields).startswith("已订阅")
