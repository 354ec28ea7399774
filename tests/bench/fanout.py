"""Sending to many: two workers beside the limit that latency sets, and a job for each recipient.

    ./xinyong bench fanout [--recipients N] [--many N] [--jobs N]

A WeChat that answers after 80 ms counts what comes (quotas are lifted: it has none). Database:
PostgreSQL on the same cores. The rate is not limited but in the run that measures that.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import redis
import requests

from config.database import upgrade
from config.launch.environment import of_this_process
from config.launch.valkey import Valkey
from config.settings import ROOT
from tests.bench import crowd
from tests.bench.report import figure
from tests.bench.served import free_port
from tests.bench.spent import spent
from tests.fixtures.cluster import Cluster, binaries
from tests.fixtures.service import environment_for

LATENCY = 0.08
WORKERS = 2
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True)
class Place:
    """Where the bench runs."""

    cluster: Cluster
    valkey: Valkey
    env: dict

    @contextmanager
    def wechat(self):
        """Start a WeChat that has seen nothing yet; yields its address."""
        port = free_port()
        command = [*PYTHON, "tests.bench.quick_wechat", str(port), str(LATENCY)]
        with subprocess.Popen(command, cwd=ROOT, env=self.env) as process:
            try:
                yield crowd.waited(f"http://127.0.0.1:{port}")
            finally:
                process.kill()


@dataclass(frozen=True)
class Seen:
    """What one run of two workers came to."""

    counts: dict
    missing: int
    cpu_us: float
    database_us: float
    peak_mib: float

    @property
    def rate(self):
        return self.counts["sends"] / self.counts["seconds"]


def main(arguments):
    chosen = _chosen(arguments)
    with ExitStack() as stack:
        place = prepared(stack)
        few = run(place, chosen.recipients, in_flight=50)
        more = run(place, chosen.recipients, in_flight=200)
        many = run(place, chosen.many, in_flight=200)
        paced = run(place, chosen.recipients, in_flight=200, rate=chosen.rate)
        each = per_recipient(place, chosen.jobs)
    return _figures(few, more, many, paced, each=each, rate=chosen.rate)


def _chosen(arguments):
    reader = argparse.ArgumentParser(prog="./xinyong bench fanout")
    reader.add_argument("--recipients", type=int, default=20_000)
    reader.add_argument("--many", type=int, default=200_000)
    reader.add_argument("--jobs", type=int, default=200)
    reader.add_argument("--rate", type=int, default=800)
    return reader.parse_args(arguments)


def prepared(stack):
    """Set up a database, Valkey and what our programs are told."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xinyong-fanout-")))
    cluster = Cluster(binaries())
    stack.callback(cluster.close)
    valkey = Valkey(folder, tied=True)
    valkey.ensure()
    stack.callback(valkey.stop)
    upgrade(cluster.url)
    env = of_this_process() | environment_for(cluster.url, valkey.url)
    return Place(cluster, valkey, env)


def run(place, recipients, *, in_flight, rate=20_000):
    """Owe a campaign to so many, let two workers send it, and say what it cost."""
    crowd.owe(place.cluster.url, recipients)
    with place.wechat() as url:
        settings = {
            "SENDS_IN_FLIGHT": str(in_flight),
            "SENDS_PER_SECOND": str(rate),
            "DAILY_QUOTAS": "",
        }
        env = place.env | settings | {"WECHAT_API": url}
        before = spent(place.cluster.process.pid)
        told = _sent(env, recipients)
        database = spent(place.cluster.process.pid) - before
        counts = requests.get(f"{url}/counts", timeout=10).json()
    cpu = sum(one["cpu"] for one in told)
    peak = max(one["peak_kib"] for one in told) / 1024
    print(f"{recipients} × {in_flight}: {counts}", flush=True)
    missing = recipients - counts["distinct"]
    return Seen(counts, missing, cpu * 1e6 / recipients, database * 1e6 / recipients, peak)


def _sent(env, recipients):
    command = [*PYTHON, "tests.bench.pumping", str(recipients)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with ExitStack() as stack:
        workers = [
            stack.enter_context(subprocess.Popen(command, cwd=ROOT, env=env, **pipes))
            for _ in range(WORKERS)
        ]
        for one in workers:
            one.stdout.readline()
        for one in workers:
            one.stdin.write("\n")
            one.stdin.flush()
        return [json.loads(one.communicate()[0]) for one in workers]


def per_recipient(place, recipients):
    """Send by a job for each recipient on two forking workers; return messages a second."""
    keys = crowd.owe(place.cluster.url, recipients)
    with place.wechat() as url:
        env = place.env | {"WECHAT_API": url}
        store = redis.Redis.from_url(place.valkey.url)
        crowd.enqueue(store, keys)
        command = [*PYTHON, "rq.cli", "worker", "bench", "--burst", "--url", place.valkey.url]
        command += ["--serializer", "json", "--quiet"]
        began = time.monotonic()
        workers = [subprocess.Popen(command, cwd=ROOT, env=env) for _ in range(WORKERS)]
        for one in workers:
            with one:
                one.wait()
        seconds = time.monotonic() - began
        sends = requests.get(f"{url}/counts", timeout=10).json()["sends"]
    return sends / seconds


def _figures(few, more, many, paced, *, each, rate):
    fifty, two_hundred = (WORKERS * one / LATENCY for one in (50, 200))
    wrong = sum(one.counts["sends"] - one.counts["distinct"] for one in (few, more, many))
    wrong += sum(one.missing for one in (few, more, many))
    return {
        "sends_per_second_50": figure(few.rate),
        "of_limit_50": figure(few.rate / fifty, ">= 0.9"),
        "sends_per_second_200": figure(more.rate),
        "of_limit_200": figure(more.rate / two_hundred, ">= 0.75"),
        "worker_cpu_us_50": figure(few.cpu_us, "<= 200"),
        "worker_cpu_us_200": figure(more.cpu_us, "<= 200"),
        "database_us": figure(more.database_us, "<= 30"),
        "busiest_ten_seconds_to_rate": figure(paced.counts["busiest"] / (10 * rate), "<= 1.02"),
        "sends_per_second_job_each": figure(each),
        "to_job_each": figure(more.rate / each, ">= 100"),
        "peak_mib": figure(more.peak_mib),
        "memory_many_to_few": figure(many.peak_mib / more.peak_mib, "<= 1.1"),
        "told_twice_or_never": figure(wrong, "<= 0"),
        "connections": figure(many.counts["connections"]),
    }
