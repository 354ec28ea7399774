"""A mass-send campaign: how long its calls take, from the first row to the last answer.

    ./xinyong bench campaign [--recipients N]

A WeChat that answers after 80 ms counts the openids that come. Two of WeChat's limits are lifted:
60 calls a minute (the campaign's own rate is set above it; with it a million takes 100 s whoever
calls) and 100 calls a day. Database: PostgreSQL on the same cores.
"""

import argparse
import json
import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime

import requests
import sqlalchemy as sa

from config.settings import ROOT
from core import db
from core.campaigning.ledger import Campaign, MassSend, SendState
from core.outbox.deliveries import Delivery
from tests.bench import crowd, fanout
from tests.bench.report import figure
from tests.bench.spent import spent
from tests.core import given_campaigns

GOAL = 60  # seconds for a million
MILLION = 1_000_000
LIFTED = {"DAILY_QUOTAS": ""}


def main(arguments):
    reader = argparse.ArgumentParser(prog="./xinyong bench campaign")
    reader.add_argument("--recipients", type=int, default=20_000)
    recipients = reader.parse_args(arguments).recipients
    with ExitStack() as stack:
        place = fanout.prepared(stack)
        gather(place.cluster.url, recipients)
        with place.wechat() as url:
            before = spent(place.cluster.process.pid)
            told = _run(place.env | LIFTED | {"WECHAT_API": url})
            database = spent(place.cluster.process.pid) - before
            counts = requests.get(f"{url}/counts", timeout=10).json()
        accepted, rows = _kept(place.cluster.url)
    seconds = told["seconds"] * MILLION / recipients
    return {
        "recipients": figure(recipients),
        "seconds": figure(told["seconds"]),
        "seconds_for_a_million": figure(seconds, f"<= {GOAL}"),
        "calls": figure(counts["mass_calls"]),
        "calls_a_minute": figure(counts["mass_calls"] * 60 / told["seconds"]),
        "worker_cpu_us": figure(told["cpu"] * 1e6 / recipients),
        "database_us": figure(database * 1e6 / recipients),
        "peak_mib": figure(told["peak_kib"] / 1024),
        "told_twice_or_never": figure(abs(recipients - counts["mass_openids"]), "<= 0"),
        "not_accepted": figure(recipients - min(accepted, rows), "<= 0"),
    }


def gather(url, recipients):
    """Have so many subscribers, one who only follows, and a campaign that begins now."""
    crowd.gather(url, recipients, others=1)
    engine = db.connect(url)
    db.bind(engine)
    number = given_campaigns.ready(now=datetime.now(UTC))
    with engine.begin() as connection:
        lifted = sa.update(Campaign).where(Campaign.id == number)
        connection.execute(lifted.values(rate=10**9))
        connection.execute(sa.text("analyze"))
    engine.dispose()


def _run(env):
    print("为本次测试放宽：群发接口每分钟 60 次、每天 100 次", flush=True)
    command = [*fanout.PYTHON, "tests.bench.mailing"]
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _kept(url):
    """Return how many our own rows say were accepted: by the messages, and person by person."""
    engine = db.connect(url)
    with engine.connect() as connection:
        taken = MassSend.state == SendState.ACCEPTED
        accepted = connection.scalar(sa.select(sa.func.sum(MassSend.size)).where(taken)) or 0
        is_accepted = Delivery.state == SendState.ACCEPTED.value
        count = sa.select(sa.func.count()).select_from(Delivery).where(is_accepted)
        rows = connection.scalar(count)
    engine.dispose()
    return accepted, rows
