"""A steady load: so many requests a second, whether or not the answers keep up (an open loop).

    python -m tests.bench.steady PORT RATE FILE

Each line of the file is a target and a body; without a body it is a GET, each from an address of
its own. SIGTERM ends it early. Prints JSON: the latencies in ms, each counted from when its
request was due, how many there were, and how many were not answered with 200.
"""

import asyncio
import json
import signal
import sys
from pathlib import Path

from messages.wechat import connections
from messages.wechat.connections import Connections, NoAnswerError, NotSentError, Place


async def _all(port, rate, path):
    place, loop = Place.of(f"http://127.0.0.1:{port}"), asyncio.get_running_loop()
    lines = Connections(place, most=200, timeout=(5.0, 10.0))
    enough, found = asyncio.Event(), []
    loop.add_signal_handler(signal.SIGTERM, enough.set)
    with path.open(encoding="utf-8") as file:
        wanted = [line.rstrip("\n").partition(" ")[::2] for line in file]
    asked = [_request(place, number, *one) for number, one in enumerate(wanted)]

    async def one(due, request):
        try:
            status, _ = await lines.call(request)
        except (NoAnswerError, NotSentError):
            status = 0
        found.append((status, (loop.time() - due) * 1000))

    began = loop.time()
    async with asyncio.TaskGroup() as group:
        for place_in_row, request in enumerate(asked):
            due = began + place_in_row / rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            if enough.is_set():
                break
            group.create_task(one(due, request))
    lines.close()
    return found


def _request(place, number, target, body):
    if body:
        return connections.request(place, target)(body.encode())
    asker = f"X-Forwarded-For: 198.18.{number // 250 % 250}.{number % 250}"
    return f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{asker}\r\n\r\n".encode()


def told(found):
    """Return what a list of (status, latency in ms) comes to."""
    latencies = sorted(latency for _, latency in found)

    def part(share):
        return latencies[min(len(latencies) - 1, int(len(latencies) * share))]

    wrong = sum(status != 200 for status, _ in found)
    of_all = {"asked": len(found), "errors": wrong}
    return {"p50": part(0.5), "p99": part(0.99), "max": latencies[-1]} | of_all


def main(port, rate, path):
    print(json.dumps(told(asyncio.run(_all(int(port), float(rate), Path(path))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
