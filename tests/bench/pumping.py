"""One worker of the bench: sends what is due, as the job does, and says what that cost.

python -m tests.bench.pumping RECIPIENTS
"""

import json
import re
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import jobs
from messages import delivery

PATIENCE = timedelta(seconds=300)


def main(wanted):
    """Send until nothing is due; tell the CPU and the memory that it took."""
    post = jobs.tools().post
    started = resource.getrusage(resource.RUSAGE_SELF)
    print("ready", flush=True)
    sys.stdin.readline()
    began, tried = time.monotonic(), 0
    while tried < wanted and time.monotonic() - began < PATIENCE.total_seconds():
        some = delivery.deliver(post, urgent=False, until=datetime.now(UTC) + PATIENCE)
        if not some:  # the other one has had the rest
            break
        tried += some
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime - started.ru_utime - started.ru_stime
    print(json.dumps({"tried": tried, "cpu": cpu, "peak_kib": _peak_kib()}), flush=True)


def _peak_kib():
    # The peak that getrusage tells is at least what the bench itself held when it started us.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


if __name__ == "__main__":
    main(int(sys.argv[1]))
