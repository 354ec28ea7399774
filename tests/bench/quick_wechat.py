"""A WeChat that only counts: as the sandbox answers template messages, for thousands a second.

    python -m tests.bench.quick_wechat PORT LATENCY

It answers each send after LATENCY seconds, and at /counts tells how many came, how many distinct
client_msg_ids there were, and the busiest ten seconds; at /arrived/KEY, when a client_msg_id came.
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter

TICKS = 10  # a second
WINDOW = 10 * TICKS
_LENGTH = re.compile(rb"(?i)content-length: *(\d+)")
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_ARRIVED = re.compile(rb"^GET /arrived/(\S+) ")
_KEY = re.compile(rb'"client_msg_id": *"([^"]+)"')


class World:
    """What came in."""

    def __init__(self, latency):
        self.latency = latency
        self.keys = {}
        self.sends = 0
        self.connections = 0
        self.mass_calls = 0
        self.openids = set()
        self.ticks = Counter()

    def note(self, key, now):
        self.sends += 1
        self.keys.setdefault(key, time.time())
        self.ticks[int(now * TICKS)] += 1

    def busiest(self):
        """Return how many came in the busiest ten seconds."""
        first, last = min(self.ticks, default=0), max(self.ticks, default=0)
        windows = range(first, max(first, last - WINDOW) + 1)
        return max(sum(self.ticks[one + part] for part in range(WINDOW)) for one in windows)

    def counts(self):
        ticks = sorted(self.ticks)
        seconds = (ticks[-1] - ticks[0] + 1) / TICKS if ticks else 0
        return {
            "sends": self.sends,
            "distinct": len(self.keys),
            "mass_calls": self.mass_calls,
            "mass_openids": len(self.openids),
            "connections": self.connections,
            "seconds": seconds,
            "busiest": self.busiest(),
        }


class Line(asyncio.Protocol):
    """One connection: one call after the other."""

    def __init__(self, world):
        self.world = world
        self.held = b""

    def connection_made(self, transport):
        self.world.connections += 1
        self.transport = transport

    def data_received(self, data):
        self.held += data
        while (end := self.held.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self.held, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self.held) < whole:
                return
            head, body, self.held = self.held[:end], self.held[end + 4 : whole], self.held[whole:]
            self.answer(head, body)

    def answer(self, head, body):
        loop, world = asyncio.get_running_loop(), self.world
        if b"/message/template/send" in head:
            world.note(_KEY.search(body)[1], loop.time())
            said = b'{"errcode":0,"errmsg":"ok","msgid":%d}' % world.sends
            loop.call_later(world.latency, self.say, said)
        elif b"/message/mass/send" in head:
            world.mass_calls += 1
            world.openids.update(json.loads(body)["touser"])
            said = b'{"errcode":0,"errmsg":"ok","msg_id":%d}' % world.mass_calls
            loop.call_later(world.latency, self.say, said)
        elif asked := _ARRIVED.search(head):
            self.say(json.dumps({"at": world.keys.get(asked[1])}).encode())
        elif b"/counts" in head:
            self.say(json.dumps(world.counts()).encode())
        else:
            # A token, or a cover, or a draft.
            self.say(b'{"access_token":"t","expires_in":7200,"media_id":"m"}')

    def say(self, said):
        if not self.transport.is_closing():
            head = (
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            )
            self.transport.write(head % len(said) + said)


async def serve(port, latency):
    world = World(latency)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(world), "127.0.0.1", port, backlog=2000)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
