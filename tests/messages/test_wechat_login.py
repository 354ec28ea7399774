"""Signing in with WeChat: one short call, no secret in any word, spared while WeChat is away."""

import socket
import threading
import time

import pytest
import requests
import structlog

from messages.wechat.login import Breaker, Login, LoginAwayError, LoginRefusedError
from messages.wechat.tokens import Credentials
from messages.wechat.wire import Wire
from sandbox.options import Options

APP = Credentials(Options().open_appid, Options().open_secret)
PATH = "/sns/oauth2/access_token"


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def login(sandbox, clock):
    def login(url=sandbox.url, app=APP, timeout=(2.0, 2.0)):
        return Login(app, Wire(url, timeout=timeout), Breaker(clock, most=3, rest=10))

    return login


@pytest.fixture
def code(sandbox):
    def code(citizen="zhangsan"):
        order = {"citizen": citizen}
        return requests.post(f"{sandbox.url}/open/codes", json=order, timeout=5).json()["code"]

    return code


@pytest.fixture
def fail(sandbox):
    def fail(kind, **order):
        given = {"kind": kind, "path": PATH} | order
        requests.post(f"{sandbox.url}/_control/faults", json=given, timeout=10).raise_for_status()

    return fail


def calls(sandbox):
    return requests.get(f"{sandbox.url}/_control/log", {"path": PATH}, timeout=5).json()["calls"]


def test_a_code_names_the_same_citizen_each_time(login, code):
    asked = login()

    assert asked.openid(code()) == asked.openid(code()) != asked.openid(code("lisi"))


def test_a_code_works_once(login, code):
    asked, once = login(), code()
    asked.openid(once)

    with pytest.raises(LoginRefusedError):
        asked.openid(once)


def test_unknown_codes_do_not_make_wechat_look_away(login, code):
    asked = login()
    for _ in range(5):
        with pytest.raises(LoginRefusedError):
            asked.openid("unknown")

    assert asked.openid(code()).startswith("oAPP_")


@pytest.mark.parametrize("kind", ["busy", "html502", "quota"])
def test_wechat_is_away_when_it_cannot_say(login, code, fail, kind):
    fail(kind, count=1)

    with pytest.raises(LoginAwayError):
        login().openid(code())


def test_a_wrong_secret_is_our_fault_and_named_as_no_more_than_a_number(login, code):
    wrong = login(app=Credentials(APP.appid, "a-wrong-secret"))

    with structlog.testing.capture_logs() as logs, pytest.raises(LoginAwayError):
        wrong.openid(code())

    assert logs[0]["reason"] == "errcode 40125"


def test_while_wechat_is_away_it_is_not_asked_and_then_tried_again(
    login, code, fail, sandbox, clock
):
    asked = login()
    fail("busy", count=4)
    for _ in range(5):
        with pytest.raises(LoginAwayError):
            asked.openid(code())
    assert len(calls(sandbox)) == 3  # the rest was spared

    clock.now = 10
    with pytest.raises(LoginAwayError):
        asked.openid(code())  # one more failure begins the rest anew
    with pytest.raises(LoginAwayError):
        asked.openid(code())
    assert len(calls(sandbox)) == 4

    clock.now = 20
    assert asked.openid(code()).startswith("oAPP_")
    assert asked.openid(code()).startswith("oAPP_")


@pytest.fixture
def silent():
    """A server that takes connections and says nothing."""
    server = socket.create_server(("127.0.0.1", 0))
    held = []
    over = threading.Event()

    def take():
        server.settimeout(0.1)
        while not over.is_set():
            try:
                held.append(server.accept()[0])
            except TimeoutError:
                continue

    thread = threading.Thread(target=take)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}"
    over.set()
    thread.join()
    for one in [server, *held]:
        one.close()


def test_a_silent_wechat_holds_a_thread_for_seconds_at_most(login, silent):
    asked = login(url=silent, timeout=(1.0, 0.5))
    began = time.monotonic()

    for _ in range(20):
        with pytest.raises(LoginAwayError):
            asked.openid("code")

    # Three calls at half a second; twenty would take ten seconds.
    assert time.monotonic() - began < 8


def test_no_secret_and_no_code_is_in_any_word(login, fail, silent):
    fail("html502", count=1)
    fail("busy", count=1)
    seen = []
    with structlog.testing.capture_logs() as logs:
        for asked in (login(), login(), login(url="http://127.0.0.1:9"), login(url=silent)):
            with pytest.raises(LoginAwayError) as away:
                asked.openid("a-secret-code")
            seen += [repr(away.value), repr(away.value.__cause__), repr(asked)]

    assert len(logs) == 4
    for secret in (APP.secret, "a-secret-code"):
        assert secret not in f"{seen}{logs}"
