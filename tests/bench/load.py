"""Load on one address: wrk where there is one, else a small client of our own."""

import os
import re
import shutil
import subprocess
import sys

_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def press(url, *, connections=32, seconds=4, script=None):
    """Load the address; return requests/s, p50 and p99 in ms, errors, and the requests done."""
    if wrk := _wrk():
        command = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
        return _read(_out([*command, *(["-s", script] if script else []), url]))
    if script:
        raise SystemExit("这项测试需要 wrk：apt-get install -y wrk")
    client = [sys.executable, "-m", "tests.bench.client", url, str(connections), str(seconds)]
    return _read(_out(client))


def _wrk():
    if (found := shutil.which("wrk")) is None and os.getuid() == 0 and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-y", "wrk"], env=environ, check=False, **quiet)
        found = shutil.which("wrk")
    return found


def _out(command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _read(text):
    """Read what wrk prints; our own client prints the same lines."""
    errors = [int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", text)]
    for line in re.findall(r"Socket errors: (.*)", text):
        errors += [int(number) for number in re.findall(r"\d+", line)]
    return {
        "rps": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
        "requests": int(re.search(r"(\d+) requests in", text)[1]),
        "p50": _milliseconds(text, "50%"),
        "p99": _milliseconds(text, "99%"),
        "errors": sum(errors),
    }


def _milliseconds(text, percentile):
    number, unit = re.search(rf"{percentile}\s+([\d.]+)(us|ms|s)", text).groups()
    return float(number) * _UNITS[unit]
