"""JPush (极光推送), REST API v3: one call pushes one hint to the devices of one account.

Source: its published text. An answer but 200 means that nothing was sent; a 5xx may come from a
gateway behind which it was. There is no key of ours that makes a repeated call harmless: theirs
(cid) must be fetched beforehand. So what may have been sent is never sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import requests
from requests import Response

from core.installations import Device
from core.outbox.deliveries import Way
from messages.push.errors import Doing, PushError
from messages.wechat.wire import was_never_sent

OFFICIAL = "https://api.jpush.cn"
_LIVES = 24 * 3600  # seconds for which a phone that is off may still get it
_BAD_TOKEN, _NOBODY = 1003, 1011
_BAD_REQUEST, _TOO_MANY, _BROKEN = 400, 429, 500
_SETUP = (401, 403)


@dataclass(frozen=True)
class Hint:
    """What a lock screen shows, and for the app alone what it is about (ids and codes)."""

    devices: tuple[Device, ...]
    title: str
    text: str
    extras: dict[str, str]
    is_service: bool = True
    way: Way = Way.PUSH

    @property
    def tokens(self) -> tuple[str, ...]:
        """Return whom it is for, as the provider knows them."""
        return tuple(one.token for one in self.devices)


@dataclass(frozen=True)
class JPush:
    """One application at JPush."""

    key: str
    secret: str
    base: str = OFFICIAL
    production: bool = True
    timeout: tuple[float, float] = (3.05, 5.0)
    http: requests.Session = field(default_factory=requests.Session)

    def send(self, hint: Hint) -> str:
        """Push; return JPush's message id. Raises PushError."""
        try:
            reply = self.http.post(
                f"{self.base}/v3/push",
                json=_body(hint, production=self.production),
                auth=(self.key, self.secret),
                timeout=self.timeout,
            )
        except requests.RequestException as error:
            # requests may name what was sent: keep only what kind of failure it was.
            doing = Doing.PAUSE if was_never_sent(error) else Doing.UNSURE
            raise PushError(doing, type(error).__name__) from None
        return _message_id(reply, hint.tokens)


def _body(hint: Hint, *, production: bool) -> dict[str, Any]:
    shown = {"title": hint.title, "alert": hint.text, "extras": hint.extras}
    apple = {"title": hint.title, "body": hint.text}
    return {
        "platform": "all",
        "audience": {"registration_id": list(hint.tokens)},
        "notification": {
            "android": shown,
            "hmos": shown | {"category": "WORK"},
            "ios": {"alert": apple, "sound": "default", "extras": hint.extras},
        },
        "options": {
            "time_to_live": _LIVES,
            "apns_production": production,
            # The phones' makers count the two kinds apart; a wrong one is punished.
            "classification": int(hint.is_service),
        },
    }


def _message_id(reply: Response, tokens: Sequence[str]) -> str:
    told = _json(reply)
    if reply.ok and told.get("msg_id"):
        return str(told["msg_id"])
    error = told.get("error")
    named: dict[str, Any] = error if isinstance(error, dict) else {}
    code = named.get("code")
    text = f"{reply.status_code} {code if isinstance(code, int) else ''}".strip()
    if gone := _gone(code, str(named.get("message", "")), tokens):
        raise PushError(Doing.UNKNOWN_DEVICE, text, gone)
    raise PushError(_doing(reply.status_code), text)


def _gone(code: object, message: str, tokens: Sequence[str]) -> frozenset[str]:
    if code == _NOBODY:
        return frozenset(tokens)
    named = message.split() if code == _BAD_TOKEN else ()
    return frozenset(one for one in tokens if one in named)


def _doing(status: int) -> Doing:
    if status in _SETUP:
        return Doing.SETUP
    if status == _TOO_MANY:
        return Doing.PAUSE
    return Doing.REFUSED if _BAD_REQUEST <= status < _BROKEN else Doing.UNSURE


def _json(reply: Response) -> dict[str, Any]:
    try:
        told = reply.json()
    except requests.JSONDecodeError:
        return {}
    return told if isinstance(told, dict) else {}
