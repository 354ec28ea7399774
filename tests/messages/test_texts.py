"""Codes go out through the gateway once, whatever happens on the way, and are then erased."""

from datetime import UTC, datetime, timedelta

import pytest
import requests
import structlog
from sqlalchemy import select

from core import codes
from core.codes import LIFE, Code, Purpose, Wanted
from core.db import Reading, Writing
from core.vault import Vault
from messages import texts
from messages.texts import Gateway, GatewayAwayError, Texting, TextRefusedError
from sandbox.options import Options
from tests.core.given import SECOND

VAULT = Vault({"k1": b"v" * 32}, (b"h" * 32,))
NUMBER = "13800138000"
START = datetime(2026, 11, 23, 1, tzinfo=UTC)


class Sender:
    """A worker under a clock that moves only when told to."""

    def __init__(self, url):
        self.now = START
        gateway = Gateway(f"{url}/sms", Options().sms_key, timeout=(2.0, 2.0))
        self.texting = Texting(gateway, VAULT, lambda: self.now)

    def work(self):
        # The clock stands still, so the work ends only when nothing is due.
        texts.send_codes(self.texting, until=self.now + SECOND)

    def ask(self, number=NUMBER, *, purpose=Purpose.SIGN_IN, language="zh"):
        with Writing() as session:
            codes.ask(session, VAULT, Wanted(number, purpose), language=language, now=self.now)


@pytest.fixture
def sender(database, sandbox):
    return Sender(sandbox.url)


@pytest.fixture
def got(sandbox):
    def got(number=NUMBER):
        found = requests.get(f"{sandbox.url}/_control/texts", {"to": number}, timeout=10)
        return [one["text"] for one in found.json()["texts"]]

    return got


@pytest.fixture
def fail(sandbox):
    def fail(kind, **order):
        given = {"kind": kind, "path": "/sms/messages"} | order
        requests.post(f"{sandbox.url}/_control/faults", json=given, timeout=10).raise_for_status()

    return fail


def sealed():
    with Reading() as session:
        return [text for text in session.scalars(select(Code.sealed)) if text]


def test_a_code_arrives_and_is_erased(sender, got):
    sender.ask()

    sender.work()
    sender.work()

    [text] = got()
    assert "【信用昆明】" in text
    assert "登录验证码，5 分钟内有效" in text
    assert sealed() == []


def test_what_arrives_is_the_code(sender, got):
    sender.ask()
    sender.work()
    code = got()[0].removeprefix("【信用昆明】")[:6]

    with Writing() as session:
        wanted = Wanted(NUMBER, Purpose.SIGN_IN)
        assert codes.redeem(session, VAULT, wanted, code=code, now=sender.now)


def test_each_purpose_and_language_has_its_words(sender, got):
    sender.ask(purpose=Purpose.STEP_UP, language="en")

    sender.work()

    assert "to see or handle personal data" in got()[0]


def test_many_are_sent_in_one_go(sender, got):
    numbers = [f"1390013{number:04}" for number in range(45)]
    for number in numbers:
        sender.ask(number)

    sender.work()

    assert len(got("")) == 45
    assert sealed() == []


def test_a_gateway_that_is_away_is_asked_again_later(sender, got, fail):
    fail("html502", count=1)
    sender.ask()

    sender.work()
    assert (got(), len(sealed())) == ([], 1)
    sender.work()  # not yet due
    assert got() == []
    sender.now += timedelta(seconds=20)
    sender.work()

    assert len(got()) == 1
    assert sealed() == []


def test_an_answer_that_got_lost_brings_no_second_message(sender, got, fail):
    fail("html502", count=1, sent=True)
    sender.ask()
    sender.work()
    sender.now += timedelta(seconds=20)

    sender.work()

    assert len(got()) == 1
    assert sealed() == []


def test_a_code_is_not_sent_when_it_is_over(sender, got, fail):
    fail("html502", count=1)
    sender.ask()
    sender.work()
    sender.now += LIFE

    sender.work()

    assert (got(), sealed()) == ([], [])


def test_a_number_that_the_gateway_refuses_stops_nobody_else(sender, got):
    sender.ask("19999999999")
    with Writing() as session:  # no such number gets past the door; the gateway refuses it
        held = session.scalars(select(Code)).one()
        held.sealed = VAULT.seal("20000000000 123456", "sms.text")
    sender.ask()

    sender.work()

    assert len(got()) == 1
    assert sealed() == []


def test_a_message_that_cannot_be_sent_now_stops_no_other(sender, got, fail):
    fail("html502", count=1)
    numbers = [f"1390013{number:04}" for number in range(3)]
    for number in numbers:
        sender.ask(number)

    sender.work()
    assert [len(got(number)) for number in numbers] == [0, 1, 1]
    sender.now += timedelta(seconds=20)
    sender.work()

    assert [len(got(number)) for number in numbers] == [1, 1, 1]


def test_what_is_leased_no_more_is_not_sent(sender, got, monkeypatch):
    for number in range(3):
        sender.ask(f"1390013{number:04}")
    send, texting = texts._send, sender.texting

    def slowly(*given):
        sender.now += timedelta(seconds=15)
        return send(*given)

    monkeypatch.setattr(texts, "_send", slowly)
    texts.send_codes(texting, until=sender.now + timedelta(seconds=30))
    assert len(got("")) == 2

    sender.work()
    assert len(got("")) == 3


def test_a_wrong_key_and_a_gateway_that_is_not_there_are_named_without_a_number(sandbox, fail):
    with structlog.testing.capture_logs() as logs:
        for gateway, error in [
            (Gateway(f"{sandbox.url}/sms", "wrong"), GatewayAwayError),
            (Gateway("http://127.0.0.1:9/sms", "any"), GatewayAwayError),
        ]:
            with pytest.raises(error) as refused:
                gateway.send("k", NUMBER, "a secret")
            assert NUMBER not in str(refused.value)
            assert "secret" not in str(refused.value)
    with pytest.raises(TextRefusedError):
        Gateway(f"{sandbox.url}/sms", Options().sms_key).send("k", "20000000000", "text")
    assert logs == []


def test_what_is_logged_names_nobody(sender, fail):
    fail("timeout", count=1, seconds=0.1)
    sender.ask()

    with structlog.testing.capture_logs() as logs:
        sender.work()

    assert [entry["event"] for entry in logs] == ["sms_gateway_away"]
    assert NUMBER not in str(logs)
