"""A code that was asked for at the door is on somebody's telephone, sent by a worker."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
from sqlalchemy import func, select

from config import account_jobs, jobs
from core import accounts, codes, sessions
from core.codes import Code, Purpose, Wanted
from core.db import Reading, Writing
from core.lives import Lives
from core.sign_ins import Device, Pair, Platform
from tests.config.programs import environ, let_go

NUMBER = "13800138000"


@pytest.fixture
def desk(database, valkey_url, redis, sandbox, monkeypatch):
    """The environment of a worker, with the gateway behind it."""
    for name, value in environ(database.url, valkey_url, sandbox.url).items():
        monkeypatch.setenv(name, value)
    jobs.tools.cache_clear()
    yield jobs.tools().settings
    jobs.tools.cache_clear()
    let_go(database)


def ask(vault, now):
    with Writing() as session:
        wanted = Wanted(NUMBER, Purpose.SIGN_IN)
        codes.ask(session, vault, wanted, language="zh", now=now)


def test_a_code_is_sent_by_the_worker(desk, sandbox):
    ask(desk.vault, datetime.now(UTC))

    account_jobs.send_codes()

    got = requests.get(f"{sandbox.url}/_control/texts", {"to": NUMBER}, timeout=10).json()
    assert "登录验证码" in got["texts"][0]["text"]


def test_what_opens_nothing_any_more_is_dropped(desk):
    now = datetime.now(UTC)
    lives = Lives(refresh=timedelta(days=30))
    ask(desk.vault, now - timedelta(days=2))
    with Writing() as session:
        account_id = accounts.open_one(session, now=now)
        for days in (31, 29):
            device = Device(f"device {days}", Platform.IOS, "iPhone")
            then = now - timedelta(days=days)
            sessions.begin(session, account_id, device, lives=lives, now=then)

    account_jobs.forget_tokens()

    with Reading() as session:
        assert session.scalar(select(func.count(Code.id))) == 0
        assert session.scalar(select(func.count(Pair.id))) == 1
