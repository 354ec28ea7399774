"""A server that says what a script says, and calls to it over our connections."""

import asyncio
from contextlib import asynccontextmanager, suppress

from messages.wechat import connections
from messages.wechat.connections import Connections, NoAnswerError, NotSentError, Place

LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok"


class Server:
    """Says what a script says after each request; counts who connects."""

    def __init__(self, *script):
        self.script = list(script)
        self.connections = 0
        self.heard = []
        self.asked = asyncio.Event()
        self.talks = []

    async def serve(self, reader, writer):
        self.connections += 1
        self.talks.append(asyncio.current_task())
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while self.script and await self._turn(reader, writer):
                pass
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def _turn(self, reader, writer):
        """Hear one request and answer it; say whether the connection stays open."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.partition(b"Content-Length: ")[2].partition(b"\r")[0] or 0)
        self.heard.append(head + await reader.readexactly(length))
        self.asked.set()
        said = self.script.pop(0)
        for part in said if isinstance(said, tuple) else (said,):
            if part is None:
                writer.transport.abort()
                return False
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(0.01)
        return said != LAST


@asynccontextmanager
async def calling(server, *, most=1, seconds=5.0, tls=None, host="127.0.0.1", times=None):
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls) as listening:
        port = listening.sockets[0].getsockname()[1]
        place = Place.of(f"{'https' if tls else 'http'}://{host}:{port}/base")
        lines = Connections(place, most=most, timeout=times or (5.0, seconds))
        write = connections.request(place, "/send?token=t")
        try:
            yield lambda body=b"{}": lines.call(write(body))
        finally:
            lines.close()
            await asyncio.gather(*server.talks)


def said(server, *, calls=1, **how):
    """Return what so many calls, one after the other, come to."""

    async def all_of_them():
        async with calling(server, **how) as call:
            found = []
            for _ in range(calls):
                try:
                    found.append(await call())
                except (NotSentError, NoAnswerError) as error:
                    found.append(error)
                await asyncio.sleep(0.02)
            return found

    return asyncio.run(all_of_them())
