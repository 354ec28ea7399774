"""Connections: HTTP/1.1 calls over a few connections that stay open, one call at a time on each.

A client for everything costs more than all else that a message costs us together; this one does
what a call to WeChat needs. asyncio carries the bytes, llhttp (httptools) reads the answers.
"""

import asyncio
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self, cast
from urllib.parse import SplitResult, urlsplit

import httptools

# What a server closes it has kept open for longer; the answers that we read are short.
_IDLE_SECONDS = 30.0
_LARGEST = 1024 * 1024
_FINAL = 200
_PORTS = {"http": 80, "https": 443}


class NotSentError(Exception):
    """No connection came about: not a byte of the call has left us."""


class NoAnswerError(Exception):
    """The call went out, at least in part, and no whole answer came."""


@dataclass(frozen=True)
class Place:
    """Where calls go, read from an address like https://api.weixin.qq.com."""

    host: str
    port: int
    is_secure: bool
    prefix: str
    name: str

    @classmethod
    def of(cls, base: str) -> Self:
        """Read an address. Raises ValueError for one that is none."""
        parts = urlsplit(base)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f"not an address to call: {parts.scheme}://…")
        port = parts.port or _PORTS[parts.scheme]
        return cls(parts.hostname, port, parts.scheme == "https", parts.path, _host(parts))


def _host(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]


@dataclass
class _Answer:
    """What has come of one answer."""

    done: asyncio.Future[tuple[int, bytes]]
    body: list[bytes] = field(default_factory=list)
    size: int = 0


class _Connection(asyncio.Protocol):
    """One connection: a call, then its answer, then the next."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._answer: _Answer | None = None
        self._transport: asyncio.Transport | None = None
        self._is_kept = True
        self.idle_since = 0.0

    @property
    def is_open(self) -> bool:
        """Say whether another call may go over it."""
        return self._is_kept and self._transport is not None and not self._transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the transport, as asyncio gives it."""
        self._transport = cast(asyncio.Transport, transport)

    async def call(self, request: bytes, seconds: float) -> tuple[int, bytes]:
        """Send a request; return the status and the body of its answer.

        Raises NotSentError, NoAnswerError.
        """
        if self._transport is None or not self.is_open:  # hung up before we said anything
            raise NotSentError("closed")
        loop = asyncio.get_running_loop()
        answer = self._answer = _Answer(loop.create_future())
        self._transport.write(request)
        late = loop.call_later(seconds, self._end, "timeout")
        try:
            return await answer.done
        finally:
            late.cancel()
            self.idle_since = loop.time()
            if self._answer is not None:  # nobody waits for it any more
                self.close()

    def close(self) -> None:
        """Hang up."""
        self._is_kept, self._answer = False, None
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read what came."""
        if self._answer is None:  # nobody asked
            self.close()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._end("no HTTP")

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits that the other side hung up."""
        self._end("closed" if error is None else type(error).__name__)

    def _end(self, why: str) -> None:
        answer, self._answer = self._answer, None
        self.close()
        if answer is not None and not answer.done.done():
            answer.done.set_exception(NoAnswerError(why))

    def on_body(self, part: bytes) -> None:
        """Take a part of the body (llhttp)."""
        if self._answer is not None:
            self._answer.size += len(part)
            self._answer.body.append(part)
            if self._answer.size > _LARGEST:
                self._end("too large")

    def on_message_complete(self) -> None:
        """Hand the answer over (llhttp); what only announces one is passed over."""
        status = self._parser.get_status_code()
        if self._answer is None or status < _FINAL:
            return
        answer, self._answer = self._answer, None
        self._is_kept = self._parser.should_keep_alive()
        if not answer.done.done():
            answer.done.set_result((status, b"".join(answer.body)))


class Connections:
    """At most so many connections to one place; `timeout` is for connecting and for an answer."""

    def __init__(self, place: Place, *, most: int, timeout: tuple[float, float]) -> None:
        self._place = place
        self._connect_seconds, self._answer_seconds = timeout
        self._free = asyncio.Semaphore(most)
        self._idle: list[_Connection] = []
        self._tls = _tls() if place.is_secure else None

    async def call(self, request: bytes) -> tuple[int, bytes]:
        """Send a request as bytes; return the status and the body of its answer.

        Raises NotSentError, NoAnswerError.
        """
        async with self._free:
            connection = self._kept() or await self._new()
            try:
                return await connection.call(request, self._answer_seconds)
            finally:
                if connection.is_open:
                    self._idle.append(connection)
                else:
                    connection.close()

    def close(self) -> None:
        """Hang up everywhere."""
        while self._idle:
            self._idle.pop().close()

    def _kept(self) -> _Connection | None:
        good_since = asyncio.get_running_loop().time() - _IDLE_SECONDS
        while self._idle:
            connection = self._idle.pop()
            if connection.is_open and connection.idle_since > good_since:
                return connection
            connection.close()
        return None

    async def _new(self) -> _Connection:
        place, tls = self._place, self._tls
        opening = asyncio.get_running_loop().create_connection(
            *(_Connection, place.host, place.port),
            ssl=tls,
            server_hostname=place.host if tls else None,
            happy_eyeballs_delay=0.25,
        )
        try:
            async with asyncio.timeout(self._connect_seconds):
                _, connection = await opening
        except (OSError, TimeoutError) as error:
            raise NotSentError(type(error).__name__) from None
        return connection


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def request(place: Place, path: str) -> Callable[[bytes | None], bytes]:
    """Return what writes the calls of one path: a POST of JSON, or a GET where there is no body.

    The path is written as it stands: it holds nothing that ends a line.
    """
    if not path.isascii() or not path.isprintable() or " " in path:
        raise ValueError("a path holds what does not belong there")
    common = f" {place.prefix}{path} HTTP/1.1\r\nHost: {place.name}\r\nAccept: application/json\r\n"
    get = f"GET{common}\r\n".encode()
    post = f"POST{common}Content-Type: application/json\r\nContent-Length: ".encode()

    def write(body: bytes | None) -> bytes:
        return get if body is None else b"%b%d\r\n\r\n%b" % (post, len(body), body)

    return write
