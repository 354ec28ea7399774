"""One token for all: renewed by one at a time, thrown away only by who saw it fail."""

import subprocess
import sys

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from messages.wechat import tokens as tokens_of
from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire
from sandbox.options import Options
from tests.core.given import at_once
from tests.messages.conftest import WHO

KEY = f"wechat:token:{WHO.appid}"
ASK = """
import sys
from redis import Redis
from messages.wechat.tokens import Credentials, Tokens
from messages.wechat.wire import Wire
base, redis, appid, secret = sys.argv[1:]
tokens = Tokens(Redis.from_url(redis), Wire(base), Credentials(appid, secret))
print(tokens.get())
"""


@pytest.fixture
def tokens(referee, valkey_url, redis):
    return Tokens(Redis.from_url(valkey_url), Wire(referee.url), WHO)


def test_twenty_threads_renew_the_token_once(tokens, referee):
    referee.order("latency", seconds=0.05)

    assert len(set(at_once(20, tokens.get))) == 1

    assert len(referee.calls("stable_token")) == 1


def test_several_processes_renew_the_token_once(referee, valkey_url, redis):
    referee.order("latency", seconds=0.2)
    command = [sys.executable, "-c", ASK, referee.url, valkey_url, WHO.appid, WHO.secret]
    asked = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(3)]

    assert len({one.communicate(timeout=30)[0] for one in asked}) == 1

    assert len(referee.calls("stable_token")) == 1


def test_a_token_is_kept_until_a_minute_before_its_end(tokens, redis):
    tokens.get()

    assert 7000 < redis.ttl(KEY) <= 7140


def test_a_token_about_to_end_is_still_kept_for_a_moment(tokens, redis, sandbox, monkeypatch):
    monkeypatch.setattr(tokens_of, "_EARLY_SECONDS", 100_000)

    tokens.get()

    assert redis.ttl(KEY) == 1


def test_only_the_token_that_failed_is_thrown_away(tokens, redis):
    newer = tokens.get()

    tokens.expire("an older one")
    assert tokens.get() == newer

    tokens.expire(newer)
    assert redis.get(KEY) is None


def test_who_waits_gets_what_the_other_fetched(tokens, redis, valkey_url, referee):
    redis.set(f"{KEY}:lock", "somebody else", ex=15)

    def other(_seconds):
        redis.set(KEY, "theirs")

    assert Tokens(redis, Wire(referee.url), WHO, sleep=other).get() == "theirs"
    assert referee.calls("stable_token") == []
    assert redis.get(f"{KEY}:lock") == b"somebody else"


def test_who_looked_too_early_looks_again_under_the_lock(tokens, redis, referee, monkeypatch):
    held = tokens.get()
    monkeypatch.setattr(tokens, "_held", _blind_once(tokens._held))

    assert tokens.get() == held
    assert len(referee.calls("stable_token")) == 1


def _blind_once(look):
    looks = [look, lambda: None]

    def held():
        return (looks.pop() if len(looks) > 1 else look)()

    return held


@pytest.mark.parametrize("newer", [b"newer", None])
def test_who_slept_longer_than_the_lock_lives_overwrites_nothing(redis, referee, newer):
    class Slept(Wire):
        def call(self, method, url, **options):
            answer = super().call(method, url, **options)
            redis.set(f"{KEY}:lock", "somebody else", ex=15)
            if newer:
                redis.set(KEY, newer)
            return answer

    got = Tokens(redis, Slept(referee.url), WHO).get()

    assert (got == "newer") is bool(newer)
    assert redis.get(KEY) == newer
    assert redis.get(f"{KEY}:lock") == b"somebody else"


def test_nobody_waits_for_ever(redis, referee):
    redis.set(f"{KEY}:lock", "somebody else", ex=15)

    with pytest.raises(WeChatError, match="another process") as caught:
        Tokens(redis, Wire(referee.url), WHO, sleep=lambda _: None).get()

    assert caught.value.action is Action.PAUSE


def test_a_lock_is_given_back_after_a_failure(tokens, referee, redis):
    referee.order("faults", kind="busy", count=1)
    with pytest.raises(WeChatError):
        tokens.get()

    assert redis.get(f"{KEY}:lock") is None
    assert tokens.get()


def test_without_redis_the_error_is_clear(referee):
    nowhere = Tokens(Redis(port=1, retry=Retry(NoBackoff(), 0)), Wire(referee.url), WHO)

    for ask in (nowhere.get, lambda: nowhere.expire("one")):
        with pytest.raises(WeChatError, match="token store: ConnectionError") as caught:
            ask()
        assert caught.value.action is Action.PAUSE
    assert referee.calls("stable_token") == []


@pytest.mark.parametrize(
    ("fault", "action"),
    [
        ({"kind": "busy"}, Action.PAUSE),
        ({"kind": "html502"}, Action.PAUSE),
        ({"kind": "timeout", "seconds": 0}, Action.PAUSE),
        ({"kind": "errcode", "errcode": 45011}, Action.PAUSE),
        ({"kind": "errcode", "errcode": 40001}, Action.SETUP),
        ({"kind": "errcode", "errcode": 40164}, Action.SETUP),
        ({"kind": "errcode", "errcode": 40243}, Action.SETUP),
        ({"kind": "quota"}, Action.REST),
    ],
)
def test_a_question_that_failed_has_sent_nothing(tokens, referee, fault, action):
    referee.order("faults", count=1, path="/cgi-bin/stable_token", **fault)

    with pytest.raises(WeChatError) as caught:
        tokens.get()

    assert caught.value.action is action
    assert WHO.secret not in repr(caught.value)


def test_a_wrong_secret_is_not_asked_twice(redis, referee):
    who = Credentials(WHO.appid, "not-the-secret")

    with pytest.raises(WeChatError, match="40125") as caught:
        Tokens(redis, Wire(referee.url), who).get()

    assert caught.value.action is Action.SETUP
    assert "not-the-secret" not in str(caught.value)
    assert len(referee.calls("stable_token")) == 1


def test_an_answer_without_a_token_is_no_token(redis, referee):
    # The list of addresses is JSON too, and holds no token.
    class Elsewhere(Wire):
        def call(self, method, url, **options):
            return super().call("get", "/cgi-bin/getcallbackip", params={"access_token": good})

    good = Tokens(redis, Wire(referee.url), WHO).get()
    redis.flushall()

    with pytest.raises(WeChatError, match="makes no sense"):
        Tokens(redis, Elsewhere(referee.url), WHO).get()


def test_the_secret_stands_in_the_body_and_never_in_an_address(tokens, referee):
    tokens.get()

    (call,) = referee.calls("stable_token")
    assert call["query"] == {}
    assert call["body"]["appid"] == Options().appid
    assert call["body"]["force_refresh"] is False
