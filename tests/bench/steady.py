"""A steady load: so many requests a second, whether or not the answers keep up (an open loop).

    python -m tests.bench.steady PORT RATE FILE

Each line of the file is a target and a body. Prints JSON: the latencies in ms, each counted from
when its request was due, and how many were not answered with 200.
"""

import asyncio
import json
import sys
from pathlib import Path

from messages.wechat import connections
from messages.wechat.connections import Connections, NoAnswerError, NotSentError, Place


async def _all(port, rate, path):
    place, loop = Place.of(f"http://127.0.0.1:{port}"), asyncio.get_running_loop()
    lines = Connections(place, most=200, timeout=(5.0, 10.0))
    with path.open(encoding="utf-8") as file:
        wanted = [line.rstrip("\n").partition(" ")[::2] for line in file]
    found = []

    async def one(due, target, body):
        try:
            status, _ = await lines.call(connections.request(place, target)(body.encode()))
        except (NoAnswerError, NotSentError):
            status = 0
        found.append((status, (loop.time() - due) * 1000))

    began = loop.time()
    async with asyncio.TaskGroup() as group:
        for place_in_row, (target, body) in enumerate(wanted):
            due = began + place_in_row / rate
            await asyncio.sleep(max(0.0, due - loop.time()))
            group.create_task(one(due, target, body))
    lines.close()
    return found


def told(found):
    """Return what a list of (status, latency in ms) comes to."""
    latencies = sorted(latency for _, latency in found)

    def part(share):
        return latencies[min(len(latencies) - 1, int(len(latencies) * share))]

    wrong = sum(status != 200 for status, _ in found)
    return {"p50": part(0.5), "p99": part(0.99), "max": latencies[-1], "errors": wrong}


def main(port, rate, path):
    print(json.dumps(told(asyncio.run(_all(int(port), float(rate), Path(path))))))


if __name__ == "__main__":
    main(*sys.argv[1:])
