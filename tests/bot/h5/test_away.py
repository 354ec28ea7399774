"""The pages with Redis or the database really gone: read on, be told when, lose nothing."""

import os
import signal

import pytest
from redis import Redis

from config.launch.valkey import Valkey
from config.web import Ground, create_app
from core.db import Reading
from core.follows import subjects_of
from tests.bot.h5.browser import Browser
from tests.bot.h5.scene import USCC
from tests.bot.h5.test_own import _account
from tests.fixtures import spares


@pytest.fixture
def server(tmp_path):
    """A Valkey of this test alone."""
    valkey = Valkey(tmp_path / "valkey", tied=True)
    valkey.ensure()
    yield valkey
    valkey.ensure()
    valkey.stop()


@pytest.fixture
def without_redis(server, settings, database, sandbox):
    """Give phones of an application whose Redis can be killed, and the two ways to do so."""
    url = server.url
    chosen = settings.model_copy(update={"redis_url": type(settings.redis_url)(url)})
    app = create_app(chosen, Ground(database.engine, Redis.from_url(url)))

    def kill():
        os.kill(server.pid(), signal.SIGKILL)
        server._started.wait()

    return lambda citizen="zhangsan": Browser(app, sandbox, citizen), kill, server.ensure


def _away(phone, said="服务正忙"):
    assert phone.reply.status_code == 503
    assert int(phone.reply.headers["Retry-After"]) >= 1
    assert said in phone.page.text
    assert "Traceback" not in phone.reply.text


def test_while_redis_is_gone_everybody_reads_what_is_public(scene, without_redis):
    browse, kill, _ = without_redis
    record = scene.listing(scene.entity())
    phone, guest = browse().sign_in(), browse("lisi")
    kill()

    for one in (phone, guest):
        for place in ("", f"entities/{USCC}", f"records/{record}", "lists", "progress", "rules"):
            one.open(f"/h5/{place}")
            assert one.reply.status_code == 200, place
        one.open("/h5/")
        one.send("/search", {"q": "示例建筑"})
        assert "昆明示例建筑有限公司" in one.page.text
    phone.open("/h5/me")
    _away(phone)
    guest.open("/h5/sign-in")
    _away(guest)


def test_while_redis_is_gone_codes_are_counted_all_the_same(browse, without_redis, monkeypatch):
    from_there, kill, _ = without_redis
    phone = from_there()
    kill()
    statuses = []
    for _ in range(61):
        phone.open("/h5/progress")
        phone.send("/progress", {"code": "7KQ2-M9XD-4TBV-W8RE"})
        statuses.append(phone.reply.status_code)

    assert statuses == [404] * 60 + [429]


def test_a_form_sent_while_redis_is_gone_is_sent_again_when_it_is_back(scene, without_redis):
    browse, kill, ensure = without_redis
    scene.entity()
    phone = browse().sign_in()
    phone.open(f"/h5/entities/{USCC}?language=en")
    kill()
    phone.send(f"/follows/entities/{USCC}", {"follow": "yes"})
    _away(phone, "Send again")

    ensure()
    phone.send(f"/follows/entities/{USCC}")

    assert (phone.place, phone.reply.status_code) == (f"/h5/entities/{USCC}", 200)
    with Reading() as session:
        assert len(subjects_of(session, _account())) == 1


@pytest.fixture
def shut(database, postgres_url):
    """Let nobody into the database any more, and again."""
    name = database.engine.url.database

    def shut(*, is_shut):
        word = "false" if is_shut else "true"
        spares.administer(postgres_url, f"alter database {name} with allow_connections {word}")
        kick = "select pg_terminate_backend(pid) from pg_stat_activity where datname = "
        spares.administer(postgres_url, f"{kick}'{name}'")

    yield shut
    shut(is_shut=False)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)  # a file is never away
def test_while_the_database_is_gone_every_page_says_so_and_nothing_is_lost(scene, shut):
    record = scene.record(scene.person())
    phone = scene.phone()
    phone.open(f"/h5/records/{record.id}/objection")
    shut(is_shut=True)
    phone.send("/objection", {"grounds": "wrong", "statement": "金额写错了"})
    _away(phone, "您填的内容都还在")
    for place in ("/h5/lists", "/h5/me/credit", "/h5/scoreboard", "/wechat/releases/1"):
        other = scene.browse("lisi")
        other.reply = other.client.get(place, base_url=other.base)
        assert other.reply.status_code in {303, 503}, place
        if other.reply.status_code == 503:
            _away(other)
    for place in ("/h5/", "/h5/progress", "/wechat/reports"):  # they ask the database nothing
        assert other.client.get(place, base_url=other.base).status_code == 200

    shut(is_shut=False)
    for _ in range(20):
        phone.send("/objection")
        if phone.reply.status_code != 503:
            break

    assert "已经提交" in phone.page.text
    assert "金额写错了" in phone.page.text
