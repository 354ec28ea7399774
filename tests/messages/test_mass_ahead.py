"""Sending to many: the rows of the next message are written while the last one is on its way."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from core.campaigning.ledger import Campaign, SendState
from core.db import Writing
from core.pace import Pace
from messages import mass
from messages.ledger import Ledger
from messages.mass import Mailing
from messages.wechat.client import CreditWeChat
from messages.wechat.tokens import Tokens
from messages.wechat.wire import Wire
from tests.core.given import NOW, account
from tests.core.given_campaigns import DAY, ready, rows, subscribers
from tests.messages.conftest import WHO
from tests.messages.given_mass import SEND, sends

ANSWER = {"access_token": "t", "expires_in": 7200, "media_id": "m", "url": "u"}


class Patient:
    """A WeChat that answers a message to many only when `seen` says so; it waits two seconds."""

    def __init__(self, seen):
        self.seen = seen
        self.calls = 0
        self.waited_in_vain = 0

    def answer(self, path):
        if not path.startswith(SEND):
            return ANSWER
        self.calls += 1
        until = time.monotonic() + 2
        while not self.seen(self.calls) and time.monotonic() < until:
            time.sleep(0.01)
        self.waited_in_vain += not self.seen(self.calls)
        return {"errcode": 0, "msg_id": self.calls}


@contextmanager
def listening(wechat):
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            said = json.dumps(wechat.answer(self.path)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Desk) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def number(database):
    """A campaign to ten of eleven: so it goes by lists."""
    subscribers(10, now=NOW - DAY)
    account("oOnlyFollows", now=NOW - DAY)
    one = ready(now=NOW)
    with Writing() as session:  # above WeChat's limit: nothing else makes the next one wait
        session.get_one(Campaign, one).rate = 10**9
    return one


def mailing(redis, url):
    wire, pace = Wire(url), Pace()
    wechat, clock = CreditWeChat(WHO, wire, Tokens(redis, wire, WHO)), lambda: NOW
    ledger = Ledger(redis, {}, pace, clock)
    return Mailing(wechat, "https://credit.example.cn", pace, clock, ledger, {}, chunk=4)


def test_the_next_message_is_written_while_the_last_is_on_its_way(number, redis):
    def is_next_one_ready(calls):
        made = sends(number)
        return calls == 3 or [one.state for one in made[calls : calls + 1]] == [SendState.DUE]

    wechat = Patient(is_next_one_ready)
    with listening(wechat) as url:
        mass.run(mailing(redis, url), NOW + DAY)

    assert (wechat.calls, wechat.waited_in_vain) == (3, 0)
    assert {state for state, _, _ in rows(number).values()} == {"accepted"}
