"""The access token: one for all processes, renewed by one at a time, never by who came too late.

Closes of wechatpy 1.8.18: no lock, expiry kept per process, endless recursion, no time-out, and
the secret in the query string. Source: reference on stable_token, doc/service/api/base.
"""

import json
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError

from messages.wechat.errcodes import Action
from messages.wechat.errors import WeChatError
from messages.wechat.wire import Wire

LOCK_SECONDS = 15
_EARLY_SECONDS = 60
# Only the token that failed may be thrown away: another process may hold a newer one by now.
_EXPIRE = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
)
_UNLOCK = _EXPIRE
# Who slept longer than the lock lives holds an old token, and others a newer one by now.
_KEEP = (
    "if redis.call('get', KEYS[1]) == ARGV[1] then "
    "redis.call('set', KEYS[2], ARGV[2], 'EX', ARGV[3]) return 1 end return 0"
)
# Without a token nothing was sent, whatever became of the question; and 40001 to it means that the
# secret is wrong, which no new token can heal.
_WITHOUT_TOKEN = {Action.BUSY: Action.PAUSE, Action.RENEW: Action.SETUP}


@dataclass(frozen=True)
class Credentials:
    """Who we are to WeChat."""

    appid: str
    secret: str


class Tokens:
    """Gives the current token, kept in Redis."""

    def __init__(
        self,
        redis: Redis,
        wire: Wire,
        who: Credentials,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._redis = redis
        self._wire = wire
        self._who = who
        self._sleep = sleep
        self._key = f"wechat:token:{who.appid}"

    def get(self) -> str:
        """Return a token that should be good. Raises WeChatError."""
        try:
            return self._held() or self._renewed()
        except RedisError as error:
            # Without Redis every process would renew by itself and use up the day's quota.
            raise WeChatError(Action.PAUSE, f"token store: {type(error).__name__}") from None

    def expire(self, token: str) -> None:
        """Throw away a token that WeChat refused, if it is still the one we hold."""
        try:
            self._redis.eval(_EXPIRE, 1, self._key, token)
        except RedisError as error:
            raise WeChatError(Action.PAUSE, f"token store: {type(error).__name__}") from None

    def _held(self) -> str | None:
        token = self._redis.get(self._key)
        return token.decode() if isinstance(token, bytes) else token

    def _renewed(self) -> str:
        lock, mine = f"{self._key}:lock", uuid.uuid4().hex
        for _ in range(LOCK_SECONDS * 20):
            if self._redis.set(lock, mine, nx=True, ex=LOCK_SECONDS):
                try:
                    return self._held() or self._fetched(lock, mine)
                finally:
                    self._redis.eval(_UNLOCK, 1, lock, mine)
            self._sleep(0.05)
            if token := self._held():
                return token
        raise WeChatError(Action.PAUSE, "another process is renewing the token")

    def _fetched(self, lock: str, mine: str) -> str:
        body = {
            "grant_type": "client_credential",
            "appid": self._who.appid,
            "secret": self._who.secret,
            "force_refresh": False,
        }
        token, seconds = self._asked(json.dumps(body).encode())
        kept_for = max(1, seconds - _EARLY_SECONDS)
        kept = self._redis.eval(_KEEP, 2, lock, self._key, mine, token, str(kept_for))
        return token if kept else self._held() or token

    def _asked(self, data: bytes) -> tuple[str, int]:
        try:
            answer = self._wire.call("post", "/cgi-bin/stable_token", data=data)
            return str(answer["access_token"]), int(answer["expires_in"])
        except WeChatError as error:
            raise WeChatError(_WITHOUT_TOKEN.get(error.action, error.action), str(error)) from None
        except (KeyError, ValueError):
            raise WeChatError(Action.PAUSE, "the token's answer makes no sense") from None
