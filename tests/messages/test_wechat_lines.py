"""Many calls at once: one token for all, renewed once, failures sorted, no secret told."""

import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from messages.wechat.errcodes import ACTIONS, Action
from messages.wechat.errors import RefusedError, WeChatError
from tests.messages.test_wechat_client import SEND, message


def ask(lines, *bodies):
    """Send messages at once over the lines; return msgids and errors in their order."""

    async def all_at_once():
        async with lines:
            calls = (lines.send_template(body) for body in bodies)
            return await asyncio.gather(*calls, return_exceptions=True)

    return asyncio.run(all_at_once())


def numbered(count, **others):
    return [message(client_msg_id=f"1-{number}", **others) for number in range(count)]


def test_many_messages_go_out_at_once_and_arrive_once(lines, referee):
    referee.follow("oA")

    msgids = ask(lines(most=8), *numbered(40))

    assert sorted(msgids) == sorted(str(one["msgid"]) for one in referee.got("oA"))
    assert len(set(msgids)) == 40
    assert len(referee.calls("stable_token")) == 1


def test_a_text_arrives_as_it_was_written(lines, referee):
    referee.order("say", openid="oA", text="在吗")
    one = lines()

    async def send():
        async with one:
            await one.send_text("oA", "您好，“信用昆明”\n😀")

    asyncio.run(send())

    assert [sent["text"] for sent in referee.got("oA") if sent.get("custom")] == [
        "您好，“信用昆明”\n😀"
    ]


def test_a_stolen_token_is_renewed_once_for_all_that_are_in_flight(lines, referee):
    referee.follow("oA")
    one = lines(most=10)
    ask(one, message())
    referee.order("token/steal")

    msgids = ask(one, *numbered(30))

    assert not [error for error in msgids if isinstance(error, Exception)]
    assert len(referee.calls("stable_token")) == 2
    assert referee.read("counts")["most_by_client_msg_id"] == 1


def test_a_lasting_40001_is_repeated_only_once(lines, referee):
    referee.order("faults", kind="invalid_token", path=f"/cgi-bin/{SEND}")

    (error,) = ask(lines(), message())

    assert (error.errcode, error.action) == (40001, Action.RENEW)
    assert len(referee.calls(SEND)) == 2


@pytest.mark.parametrize(("code", "demanded"), sorted(ACTIONS.items()))
def test_each_error_code_gets_its_action(lines, referee, code, demanded):
    referee.order("faults", kind="errcode", errcode=code, path=f"/cgi-bin/{SEND}")

    (error,) = ask(lines(), message())

    assert isinstance(error, RefusedError)
    assert (error.errcode, error.action) == (code, demanded)


def test_nobody_there_means_surely_not_sent(lines, referee):
    (error,) = ask(lines(url="http://127.0.0.1:1"), message())

    assert error.action is Action.PAUSE
    assert "127.0.0.1" not in str(error)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "delay", "seconds": 30},
        {"kind": "timeout", "seconds": 0},
        {"kind": "html502"},
    ],
)
def test_no_good_answer_means_perhaps_sent_and_tells_no_token(lines, referee, fault):
    referee.follow("oA")
    ask(lines(), message())
    referee.order("faults", path=f"/cgi-bin/{SEND}", count=1, **fault)

    (error,) = ask(lines(timeout=(10.0, 0.3)), message())

    assert isinstance(error, WeChatError)
    assert (error.arrived, error.action) == (True, Action.BUSY)
    assert "access_token" not in str(error)
    assert error.__cause__ is None


class Counting(BaseHTTPRequestHandler):
    """Answers every call, and counts the connections."""

    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.server.connections += 1

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        said = b'{"errcode":0,"msgid":1,"access_token":"t","expires_in":7200}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *_):
        pass


@pytest.fixture
def counting():
    with ThreadingHTTPServer(("127.0.0.1", 0), Counting) as server:
        server.connections = 0
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.shutdown()


def test_connections_stay_open_and_are_no_more_than_allowed(lines, referee, counting):
    one = lines(url=f"http://127.0.0.1:{counting.server_port}", most=5)

    ask(one, *numbered(100))

    assert 1 <= counting.connections <= 5
