"""A desk: a sandbox in process under a clock we move, and an account that answers its pushes."""

import json
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from wechatpy.crypto import WeChatCrypto

from sandbox.app import create_sandbox
from sandbox.options import Options
from sandbox.server import Running

NOON = 1_764_000_000.0
CARD = {
    "thing1": {"value": "云南示例商贸有限公司"},
    "time2": {"value": "2026年3月1日"},
    "thing3": {"value": "点开查看"},
}


class Clock:
    """A clock that moves only when told to."""

    def __init__(self):
        self.at = NOON

    def __call__(self):
        return self.at

    def forward(self, seconds):
        self.at += seconds


class Desk:
    """The sandbox in process, spoken to as over HTTP."""

    def __init__(self, options):
        self.options = options
        self.app = create_sandbox(options)
        self.world = self.app.extensions["world"]
        self.client = self.app.test_client()

    def token(self, *, force=False):
        return self.post("stable_token", self.account(force_refresh=force))["access_token"]

    def account(self, **more):
        options = self.options
        grant = {"grant_type": "client_credential"}
        return {**grant, "appid": options.appid, "secret": options.secret, **more}

    def get(self, path, /, **query):
        return self.client.get(f"/cgi-bin/{path}", query_string=query).get_json()

    def post(self, path, body, **query):
        raw = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        return self.client.post(f"/cgi-bin/{path}", query_string=query, data=raw).get_json()

    def call(self, path, body):
        return self.post(path, body, access_token=self.token())

    def send(self, openid="oA", *, template="credit-alert", data=CARD, **more):
        message = {"touser": openid, "template_id": template, "data": data, **more}
        return self.call("message/template/send", message)

    def write(self, openid="oA", content="你好"):
        message = {"touser": openid, "msgtype": "text", "text": {"content": content}}
        return self.call("message/custom/send", message)

    def order(self, path, /, **order):
        return self.client.post(f"/_control/{path}", json=order).get_json()

    def read(self, path, /, **query):
        return self.client.get(f"/_control/{path}", query_string=query).get_json()

    def got(self, openid="oA"):
        return self.read("messages", openid=openid)["messages"]

    def follow(self, *openids):
        self.order("followers", openids=openids)


def _answering(account):
    """Make the handler that notes a push and answers as the account says."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            query = dict(parse_qsl(urlsplit(self.path).query))
            with account.guard:
                push = {"query": query, "body": body, "number": len(account.pushes) + 1}
                account.pushes.append(push)
            answer = account.answer(push)
            status, text = answer if isinstance(answer, tuple) else (200, answer)
            raw = text if isinstance(text, bytes) else text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *args):
            pass

    return Handler


class Server(ThreadingHTTPServer):
    """Says nothing of a peer that hung up before the answer, as the sandbox does after 5 s."""

    daemon_threads = False  # closed when every answer is out

    def handle_error(self, request, client_address):
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class Account:
    """A stand-in for our service: takes pushes, opens them with wechatpy, answers as told."""

    def __init__(self):
        self.pushes: list[dict[str, Any]] = []
        self.answer: Callable[[dict[str, Any]], Any] = lambda _push: "success"
        self.guard = threading.Lock()
        self.server = Server(("127.0.0.1", 0), _answering(self))
        self.url = f"http://127.0.0.1:{self.server.server_port}/wechat"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def opened(self, push, options):
        query = push["query"]
        crypto = WeChatCrypto(options.token, options.aes_key, options.appid)
        return crypto.decrypt_message(
            push["body"], query["msg_signature"], query["timestamp"], query["nonce"]
        )

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


def sealed(options, openid, inner, *, account=None, kind="text"):
    """Seal a reply with wechatpy, the other implementation."""
    reply = (
        f"<xml><ToUserName><![CDATA[{openid}]]></ToUserName>"
        f"<FromUserName><![CDATA[{account or options.account}]]></FromUserName>"
        f"<CreateTime>1764000000</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{inner}</xml>"
    )
    crypto = WeChatCrypto(options.token, options.aes_key, options.appid)
    return crypto.encrypt_message(reply, "nonce", "1764000000")


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def account():
    account = Account()
    yield account
    account.close()


@pytest.fixture
def make(clock, tmp_path):
    """Make a desk whose pushes go nowhere, unless told where."""
    desks = []

    def make(**given):
        nowhere = "http://127.0.0.1:9/wechat"
        options = replace(Options(var=tmp_path, now=clock, push_url=nowhere), **given)
        desks.append(Desk(options))
        return desks[-1]

    yield make
    for desk in desks:
        desk.world.close()


@pytest.fixture
def desk(make):
    """A desk whose receipts are off: nobody would take them."""
    desk = make()
    desk.order("receipts", mode="off")
    return desk


@pytest.fixture
def pushing(make, account):
    """A desk with an account behind it."""
    return make(push_url=account.url)


@pytest.fixture
def running(tmp_path, account):
    with Running(Options(var=tmp_path, push_url=account.url)) as running:
        yield running


@pytest.fixture
def seal():
    return sealed


@pytest.fixture
def until():
    """Wait until a fact holds."""

    def until(fact, seconds=5):
        end = time.monotonic() + seconds
        while not fact():
            assert time.monotonic() < end, "it never came true"
            time.sleep(0.01)

    return until


@pytest.fixture
def published():
    """Read a request as WeChat publishes it."""
    folder = Path(__file__).parents[1] / "data" / "wechat" / "api"
    return lambda path: json.loads((folder / f"{path}.json").read_text("utf-8-sig"))
