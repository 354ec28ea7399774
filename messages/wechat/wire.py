"""One HTTP call to WeChat: bounded in time, its failures sorted, nothing secret in their words."""

from dataclasses import dataclass, field
from typing import Any

import requests
from requests import Response
from urllib3.exceptions import ConnectTimeoutError, MaxRetryError, NewConnectionError

from messages.wechat.errors import RefusedError, UnreachableError

OFFICIAL = "https://api.weixin.qq.com"


@dataclass(frozen=True)
class Wire:
    """Calls one WeChat address; wechatpy's own calls have no time-out and a fixed address."""

    base: str = OFFICIAL
    timeout: tuple[float, float] = (3.05, 5.0)
    http: requests.Session = field(default_factory=requests.Session)

    def call(self, method: str, url: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return WeChat's JSON answer. Raises RefusedError, UnreachableError."""
        # wechatpy writes the official host into many of its calls.
        address = self.base + url.removeprefix(OFFICIAL)
        try:
            reply = self.http.request(method, address, **options | {"timeout": self.timeout})
        except requests.RequestException as error:
            # requests names the whole URL, token included: keep only what kind of failure it was.
            cause, arrived = type(error).__name__, not was_never_sent(error)
            raise UnreachableError(cause, arrived=arrived) from None
        return _answer(reply)


def was_never_sent(error: requests.RequestException) -> bool:
    """Say whether a call failed before a byte of it left us."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else cause
    return isinstance(reason, NewConnectionError | ConnectTimeoutError)


def _answer(reply: Response) -> dict[str, Any]:
    try:
        answer = reply.json()
    except requests.JSONDecodeError:
        answer = None
    if not reply.ok or not isinstance(answer, dict):
        raise UnreachableError(f"HTTP {reply.status_code}", arrived=True)
    if errcode := int(answer.get("errcode") or 0):
        raise RefusedError(errcode, str(answer.get("errmsg", "")), answer.get("msg_id"))
    return answer
