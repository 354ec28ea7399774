"""The whole encrypted query beside a bare wechatpy + Flask echo under the same server flags.

    ./xinyong bench webhook [--rounds N] [--entities N] [--sqlite]

Both get sealed pushes with texts that nobody sent before, over 32 connections, in turns.
Ours checks, de-duplicates in Valkey, queries the database (70 % codes, 20 % names, 10 % misses)
and seals. Then ours gets 500 a second for a while, due at fixed instants (an open loop).
"""

import argparse
import http.client
import json
import random
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bot import envelope
from config.launch import programs
from config.launch.valkey import Valkey
from tests.bench import imports, load, pushes
from tests.bench.city import held
from tests.bench.city.size import CITY
from tests.bench.report import figure, median
from tests.bench.served import Served, loaded
from tests.fixtures.service import environment_for

CONNECTIONS, SECONDS, PUSHES = 32, 4, 40_000
RATE, STEADY_SECONDS = 500, 20
APPS = {
    "echo": "tests.bench.echo:create",
    "io_echo": "tests.bench.echo:create_with_io",
    "ours": "config.web:create",
}


def command(port, app):
    """The launcher's own command line, with the application to measure."""
    return [*programs.web({"PORT": str(port)})[:-1], app]


def main(arguments):
    chosen = _chosen(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        valkey = Valkey(folder / "valkey", tied=True)
        valkey.ensure()
        stack.callback(valkey.stop)
        size = CITY.part(chosen.entities / CITY.entities)
        (city,) = stack.enter_context(held.built(folder, [size], sqlite=chosen.sqlite))
        texts = _texts(city)
        env = environment_for(city.url, valkey.url) | _codes(folder, texts)
        servers = {
            name: stack.enter_context(_served(name, env))
            for name in APPS
            if name != "io_echo" or not chosen.sqlite
        }
        seen = {name: [] for name in servers}
        for number in range(chosen.rounds):
            _round(servers, seen, folder, texts, number)
        checked = _verified(servers["ours"], texts, 300)
        steady = _steady(servers["ours"], folder, texts)
    return _figures(seen, checked) | steady | imports.figures()


def _chosen(arguments):
    parser = argparse.ArgumentParser(prog="./xinyong bench webhook")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--entities", type=int, default=100_000)
    parser.add_argument("--sqlite", action="store_true")
    return parser.parse_args(arguments)


def _served(name, env):
    path = "/healthz" if name == "ours" else "/"
    return Served(partial(command, app=APPS[name]), path=path, env=env)


def _codes(folder, texts):
    """Write down the codes that the comparison looks up, and say where."""
    path = folder / "codes"
    path.write_text("\n".join(text for text in texts if text.isascii()), encoding="ascii")
    return {"BENCH_CODES": str(path)}


def _texts(city):
    """Make what citizens ask: 70 % codes, 20 % whole names, 10 % names that nobody has."""
    with city.bound():
        some = held.entities(city.size, 1000)
    codes = [code for code, _ in some[:700]]
    names = [name for _, name in some[700:900]]
    return codes + names + [f"没有这家{name[-9:]}" for _, name in some[900:]]


def _round(servers, seen, folder, texts, number):
    for name, server in servers.items():
        lua = pushes.script(folder, texts, count=PUSHES, seed=f"{number}-{name}")
        press = partial(load.press, server.url, connections=CONNECTIONS, script=lua)
        if number == 0:
            _verified(server, texts, 50)
        result = loaded(server, partial(press, seconds=SECONDS))
        if name == "ours" and result["requests"] > PUSHES:
            raise SystemExit(f"{result['requests']} requests: make more than {PUSHES} pushes")
        seen[name].append(result)
        print(f"第 {number + 1} 轮 {name}: {result}", flush=True)


def _verified(server, texts, count):
    """Send pushes one by one and open every reply; return how many held what they must."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    right = 0
    for number in range(count):
        text = texts[number % len(texts)]
        # Each by another citizen: nobody may ask so much in a minute.
        target, body = pushes.one(text, f"oKM_bench_verifies_{number:09}")
        connection.request("POST", target, body=body.encode())
        reply = connection.getresponse().read()
        content = envelope.fields(pushes.SEAL.open(envelope.fields(reply)["Encrypt"]))["Content"]
        right += text in content or "没有查到" in content
    connection.close()
    if right != count:
        raise SystemExit(f"{count - right} of {count} replies were wrong")
    return right


def _steady(server, folder, texts):
    """Send so many a second, and say how long each waited from when it was due."""
    path = folder / "steady"
    draw = random.Random(1)
    with path.open("w") as file:
        for number in range(RATE * STEADY_SECONDS):
            target, body = pushes.one(draw.choice(texts), f"oKM_bench_steady_{number % 5000:011}")
            file.write(f"{target} {body}\n")
    command = [sys.executable, "-m", "tests.bench.steady", str(server.port), str(RATE), str(path)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    print(f"每秒 {RATE} 次：{told}", flush=True)
    return {
        "steady_p50": figure(told["p50"]),
        "steady_p99": figure(told["p99"], "<= 50"),
        "steady_errors": figure(told["errors"], "<= 0"),
    }


def _figures(seen, checked):
    measures = ("rps", "p50", "p99", "cpu", "errors")
    middle = {name: {m: median(rows, m) for m in measures} for name, rows in seen.items()}
    found = {
        f"{name}_{m}": figure(value) for name, row in middle.items() for m, value in row.items()
    }
    ours, echo = middle["ours"], middle["echo"]
    if bare := middle.get("io_echo"):
        found["rps_to_io_echo"] = figure(ours["rps"] / bare["rps"])
        found["cpu_to_io_echo"] = figure(ours["cpu"] / bare["cpu"])
    return found | {
        "ours_errors": figure(ours["errors"], "<= 0"),
        "replies_verified": figure(checked),
        "rps_ratio": figure(ours["rps"] / echo["rps"], ">= 0.4"),
        "cpu_ratio": figure(ours["cpu"] / echo["cpu"], "<= 2.0"),
        "p99_to_p50": figure(ours["p99"] / ours["p50"], "<= 3.0"),
    }
