"""A small load client for machines without wrk; prints what wrk would print."""

import asyncio
import sys
import time
from urllib.parse import urlsplit


async def _one(address, until, times, failures):
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    path = address.path or "/"
    request = f"GET {path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n".encode()
    while (began := time.perf_counter()) < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
        if b" 200 " not in head[:20]:
            failures.append(head)
    writer.close()
    await writer.wait_closed()


async def _all(address, connections, seconds):
    until, times, failures = time.perf_counter() + seconds, [], []
    await asyncio.gather(*[_one(address, until, times, failures) for _ in range(connections)])
    times.sort()
    print(f"{len(times)} requests in {seconds}s")
    print(f"50% {times[len(times) // 2] * 1000:.3f}ms")
    print(f"99% {times[len(times) * 99 // 100] * 1000:.3f}ms")
    print(f"Non-2xx or 3xx responses: {len(failures)}")
    print(f"Requests/sec: {len(times) / seconds:.2f}")


if __name__ == "__main__":
    asyncio.run(_all(urlsplit(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
