"""Which WSGI server: granian against gunicorn, one Flask application, two workers each."""

import sys
from functools import partial

from flask import Flask, request

from config.launch import programs
from tests.bench import load
from tests.bench.report import figure, median
from tests.bench.served import Served, loaded

ROUNDS, SECONDS, CONNECTIONS = 3, 4, 32
APP = "tests.bench.server:create"


def create():
    """A small application: a route, two parameters, a short answer."""
    app = Flask(__name__)

    @app.get("/")
    def hello():
        return f"{request.args.get('a', '')}{request.path} 信用昆明"

    return app


def granian(port, threads):
    """The launcher's own command line, with another application and number of threads."""
    command = programs.web({"PORT": str(port), "WEB_THREADS": str(threads)})
    return [*command[:-1], APP]


def gunicorn(port, threads):
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--no-control-socket"]
    worker = ["--worker-class", "gthread", "--threads", str(threads), "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", *options, *worker, f"{APP}()"]


SERVERS = {
    "granian_1": partial(granian, threads=1),
    "granian_8": partial(granian, threads=8),
    "gunicorn_1": partial(gunicorn, threads=1),
    "gunicorn_8": partial(gunicorn, threads=8),
}


def measure(command):
    with Served(command) as server:
        load.press(server.url, connections=CONNECTIONS, seconds=1)
        press = partial(load.press, server.url, connections=CONNECTIONS, seconds=SECONDS)
        return loaded(server, press)


def main(arguments):
    """Measure in turns, so that a noisy moment of the machine meets every server."""
    rounds = int(arguments[0]) if arguments else ROUNDS
    seen = {name: [] for name in SERVERS}
    for number in range(rounds):
        for name, command in SERVERS.items():
            seen[name].append(measure(command))
            print(f"第 {number + 1} 轮 {name}: {seen[name][-1]}", flush=True)
    figures = {
        f"{name}_{what}": figure(median(results, what))
        for name, results in seen.items()
        for what in ("rps", "p50", "p99", "cpu", "errors")
    }
    ours, other = (
        {what: median(seen[name], what) for what in ("rps", "cpu", "p99", "errors")}
        for name in ("granian_1", "gunicorn_8")
    )
    figures["rps_ratio"] = figure(ours["rps"] / other["rps"], ">= 1.0")
    figures["cpu_ratio"] = figure(ours["cpu"] / other["cpu"], "<= 1.0")
    figures["p99_ratio"] = figure(ours["p99"] / other["p99"], "<= 1.0")
    figures["granian_1_errors"] = figure(ours["errors"], "<= 0")
    return figures
