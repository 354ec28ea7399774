"""Lines: many calls to WeChat at once, over connections that stay open.

What wechatpy's client does for one call at a time, this does for a sender with many in flight.
"""

import asyncio
import json
from types import TracebackType
from typing import Any, Self

import aiohttp
from yarl import URL

from messages.wechat.endpoints import CUSTOM, SUBSCRIBE, TEMPLATE
from messages.wechat.errcodes import Action
from messages.wechat.errors import RefusedError, UnreachableError, WeChatError
from messages.wechat.tokens import Tokens
from messages.wechat.wire import OFFICIAL

_HARMLESS = "getcallbackip"
# A token is good for hours; who renewed it meanwhile is heard of after this long at the latest.
_TRUST_SECONDS = 1.0
_ADDRESSES = 8
# What fails before a byte of a call has left us.
_NEVER_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


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
        self._base = base
        self._timeout = timeout
        self._most = most
        self._token = ""
        self._trusted_until = 0.0
        self._addresses: dict[tuple[str, str], URL] = {}

    @property
    def most(self) -> int:
        """Return how many calls may be in flight."""
        return self._most

    async def __aenter__(self) -> Self:
        """Open the lines; the first calls connect."""
        connect, read = self._timeout
        self._renewing = asyncio.Lock()
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=self._most, keepalive_timeout=30),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=read),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Content-Type": "application/json"},
        )
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the lines."""
        await self._http.close()

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
        # WeChat shows \\uXXXX as it stands in what it passes on.
        data = json.dumps(body, ensure_ascii=False).encode()
        token = await self._good_token()
        try:
            return await self._once(endpoint, token, data)
        except WeChatError as error:
            if error.action is not Action.RENEW:
                raise
        await self._refused(token)
        return await self._once(endpoint, await self._good_token(), data)

    async def _once(self, endpoint: str, token: str, data: bytes | None) -> dict[str, Any]:
        address = self._address(endpoint, token)
        try:
            method = "GET" if data is None else "POST"
            async with self._http.request(method, address, data=data) as reply:
                said = await reply.read()
                status = reply.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            # Its words name the whole address, token included: keep only what kind it was.
            arrived = not isinstance(error, _NEVER_SENT)
            raise UnreachableError(type(error).__name__, arrived=arrived) from None
        return _answer(status, said)

    def _address(self, endpoint: str, token: str) -> URL:
        # Taking an address apart costs as much as a tenth of the whole call.
        if (endpoint, token) not in self._addresses:
            if len(self._addresses) >= _ADDRESSES:
                self._addresses.clear()  # those of older tokens are of no use
            address = URL(f"{self._base}/cgi-bin/{endpoint}")
            self._addresses[endpoint, token] = address.with_query(access_token=token)
        return self._addresses[endpoint, token]

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
