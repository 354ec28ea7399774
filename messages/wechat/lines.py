"""Lines: many calls to WeChat at once, over connections that stay open.

What wechatpy's client does for one call at a time, this does for a sender with many in flight.
"""

import asyncio
import json
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from messages.wechat import connections
from messages.wechat.connections import Connections, NoAnswerError, NotSentError, Place
from messages.wechat.endpoints import CUSTOM, SUBSCRIBE, TEMPLATE
from messages.wechat.errcodes import Action
from messages.wechat.errors import RefusedError, UnreachableError, WeChatError
from messages.wechat.tokens import Tokens
from messages.wechat.wire import OFFICIAL

_HARMLESS = "getcallbackip"
# A token is good for hours; who renewed it meanwhile is heard of after this long at the latest.
_TRUST_SECONDS = 1.0
_ADDRESSES = 8
# WeChat shows \uXXXX as it stands in what it passes on.
_ENCODER = json.JSONEncoder(ensure_ascii=False)


class Lines:
    """So many lines to one WeChat account; good inside `async with` in one event loop."""

    def __init__(
        self,
        tokens: Tokens,
        base: str = OFFICIAL,
        *,
        timeout: tuple[float, float] = (3.05, 5.0),
        most: int = 50,
    ) -> None:
        self._tokens = tokens
        self._place = Place.of(base)
        self._timeout = timeout
        self._most = most
        self._token = ""
        self._trusted_until = 0.0
        self._writers: dict[tuple[str, str], Callable[[bytes | None], bytes]] = {}

    @property
    def most(self) -> int:
        """Return how many calls may be in flight."""
        return self._most

    async def __aenter__(self) -> Self:
        """Open the lines; the first calls connect."""
        self._renewing = asyncio.Lock()
        self._connections = Connections(self._place, most=self._most, timeout=self._timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the lines."""
        self._connections.close()

    async def send_template(self, body: dict[str, Any]) -> str:
        """Send a template message; return its msgid. Raises WeChatError."""
        return str((await self.call(TEMPLATE, body))["msgid"])

    async def send_subscription(self, body: dict[str, Any]) -> str | None:
        """Send a subscription message (订阅通知); return its msgid if told. Raises WeChatError."""
        msgid = (await self.call(SUBSCRIBE, body)).get("msgid")
        return None if msgid is None else str(msgid)

    async def send_text(self, openid: str, text: str) -> None:
        """Send a customer-service message (客服消息). Raises WeChatError."""
        await self.call(CUSTOM, {"touser": openid, "msgtype": "text", "text": {"content": text}})

    async def ping(self) -> None:
        """Ask something harmless, to hear whether WeChat answers. Raises WeChatError."""
        await self._once(_HARMLESS, await self._good_token(), None)

    async def call(self, endpoint: str, body: dict[str, Any]) -> dict[str, Any]:
        """Call WeChat; a token that it refuses is renewed once. Raises WeChatError."""
        data = _ENCODER.encode(body).encode()
        token = await self._good_token()
        try:
            return await self._once(endpoint, token, data)
        except WeChatError as error:
            if error.action is not Action.RENEW:
                raise
        await self._refused(token)
        return await self._once(endpoint, await self._good_token(), data)

    async def _once(self, endpoint: str, token: str, data: bytes | None) -> dict[str, Any]:
        write = self._writer(endpoint, token)
        try:
            status, said = await self._connections.call(write(data))
        except (NotSentError, NoAnswerError) as error:
            arrived = isinstance(error, NoAnswerError)
            raise UnreachableError(str(error), arrived=arrived) from None
        return _answer(status, said)

    def _writer(self, endpoint: str, token: str) -> Callable[[bytes | None], bytes]:
        if (endpoint, token) not in self._writers:
            if len(self._writers) >= _ADDRESSES:
                self._writers.clear()  # those of older tokens are of no use
            path = f"/cgi-bin/{endpoint}?access_token={quote(token, safe='')}"
            self._writers[endpoint, token] = connections.request(self._place, path)
        return self._writers[endpoint, token]

    async def _good_token(self) -> str:
        now = asyncio.get_running_loop().time()
        if now < self._trusted_until:
            return self._token
        async with self._renewing:  # the others wait for whoever asks
            if asyncio.get_running_loop().time() >= self._trusted_until:
                self._token = await asyncio.to_thread(self._tokens.get)
                self._trusted_until = asyncio.get_running_loop().time() + _TRUST_SECONDS
        return self._token

    async def _refused(self, token: str) -> None:
        async with self._renewing:
            if token == self._token:
                await asyncio.to_thread(self._tokens.expire, token)
                self._trusted_until = 0.0


def _answer(status: int, said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError:
        answer = None
    if not 200 <= status < 400 or not isinstance(answer, dict):  # noqa: PLR2004 - HTTP's ranges
        raise UnreachableError(f"HTTP {status}", arrived=True)
    if errcode := int(answer.get("errcode") or 0):
        raise RefusedError(errcode, str(answer.get("errmsg", "")))
    return answer
