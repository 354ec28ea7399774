"""Listing an entity that very many follow: what it costs, and how soon all are owed.

    ./xinyong bench listing [--followers N] [--entities N] [--seconds N] [--rounds N]

Files of the same size list that entity, and one that nobody follows, in turns. Then the ticker and
both workers run as shipped, and the last file is taken in: they expand and send (WeChat answers
after 80 ms) while the webhook and a page of the API are asked at a steady rate, as before it when
nothing was owed. PostgreSQL.
"""

import argparse
import csv
import json
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from config.intake import take_in
from config.launch import programs
from config.launch.environment import of_this_process
from config.launch.valkey import Valkey
from core import db
from core.calendar import day
from core.db import Reading, Writing
from core.outbox.deliveries import Delivery
from core.outbox.events import Event
from tests.bench import after, fanout, pushes
from tests.bench.city import held
from tests.bench.city.size import CITY
from tests.bench.report import figure
from tests.bench.served import Served
from tests.drills.crew import Crew
from tests.fixtures.service import environment_for

RATE, ROWS, WARM_UPS, PATIENCE = 50, 20, 2, 300.0
DOORS = "webhook", "page"
_HEAD = "list_kind list_name subject_name uscc basis_document authority listed_on term_months"
_FOLLOWERS = """with people as (
    insert into accounts(created_at) select now() from generate_series(1, :n) returning id
), reached as (
    insert into addresses(account_id, channel, value, active, changed_at)
    select id, 'wechat', 'oBench' || lpad(id::text, 22, '0'), true, now() from people
) insert into follows(account_id, topic, subject_id, since)
    select id, 'subject', :subject, now() - interval '1 day' from people"""
_CHOSEN = (
    "select id, uscc, name from subjects where uscc_check_ok and kind = 'legal_entity' order by id"
)


@dataclass(frozen=True)
class Place:
    """Where the bench runs: the city, its servers, and who is listed: one followed, one not."""

    folder: Path
    city: held.City
    server: Served
    crew: Crew
    entities: list

    def file(self, first, number):
        """Write a file that lists an entity, and as many others as every file."""
        path = self.folder / f"{number}.csv"
        today = day(datetime.now(UTC)).isoformat()
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            out = csv.writer(file)
            out.writerow(_HEAD.split())
            for place, (_, uscc, name) in enumerate([first, *self.entities[2 : ROWS + 1]]):
                what = "MAJOR_TAX_VIOLATION", "重大税收违法失信主体", name, uscc
                document = f"昆税稽罚〔2026〕{number * ROWS + place}号"
                out.writerow([*what, document, "昆明市税务局", today, "36"])
        return path


def main(arguments):
    chosen = _chosen(arguments)
    with ExitStack() as stack:
        place = _prepared(stack, chosen)
        with place.city.bound():
            _follow(place, chosen.followers)
            costs = _intakes(place, chosen.rounds)
            place.crew.start([one for one in _programs() if one.name != "web"])
            _read(_loads(place, "warm"))
            idle = _read(_loads(place, "idle"))
            seconds, busy = _listed(place, chosen.rounds)
            number = _deliveries()
    return _figures(costs, idle, busy, missing=abs(chosen.followers - number), seconds=seconds)


def _chosen(arguments):
    reader = argparse.ArgumentParser(prog="./xinyong bench listing")
    reader.add_argument("--followers", type=int, default=20_000)
    reader.add_argument("--entities", type=int, default=15_000)
    reader.add_argument("--seconds", type=int, default=20)
    reader.add_argument("--rounds", type=int, default=21)
    return reader.parse_args(arguments)


def _prepared(stack, chosen):
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="xinyong-listing-")))
    size = CITY.part(chosen.entities / CITY.entities)
    (city,) = stack.enter_context(held.built(folder, [size], sqlite=False))
    valkey = Valkey(folder, tied=True)
    valkey.ensure()
    stack.callback(valkey.stop)
    more = {"PROXIES": "1", "MARK": uuid.uuid4().hex, "VAR_DIR": str(folder)}
    env = of_this_process() | environment_for(city.url, valkey.url) | more
    wechat = stack.enter_context(fanout.Place(None, valkey, env).wechat())
    env |= {"WECHAT_API": wechat}
    crew = Crew(env, folder)
    stack.callback(crew.end)
    server = Served(_web, path="/healthz", env=env, patience=120)
    with city.bound(), Reading() as session:
        found = session.execute(sa.text(f"{_CHOSEN} limit {ROWS + 1}")).all()
    _questions(folder, city, chosen.seconds)
    return Place(folder, city, stack.enter_context(server), crew, found)


def _questions(folder, city, seconds):
    """Write down what is asked of each door, each push but once."""
    with city.bound():
        some = held.entities(city.size, RATE * seconds)
    codes = [code for code, _ in some] * -(-RATE * seconds // len(some))
    for name in ("warm", "idle", "busy"):
        webhook = [" ".join(pushes.one(code, f"oKM_bench_{code}")) for code in codes]
        page = [f"/api/v1/entities/{code}" for code in codes]
        for door, lines in zip(DOORS, (webhook, page), strict=True):
            (folder / f"{door}-{name}").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _web(port):
    return programs.web({"PORT": str(port)})


def _programs():
    return programs.of({}, sandbox=False)


def _follow(place, followers):
    engine = db.connect(place.city.url, patience=200)
    with engine.begin() as connection:
        given = {"n": followers, "subject": place.entities[0][0]}
        connection.execute(sa.text(_FOLLOWERS), given)
        connection.execute(sa.text("analyze accounts, addresses, follows"))
    engine.dispose()


def _intakes(place, rounds):
    """Take in files in turns; return how long the transactions of each took together, in ms.

    First of the entity that is followed, then of the one that is not.
    """
    costs = [], []
    with _transactions() as spent:
        for number in range(2 * (rounds + WARM_UPS)):
            which = (number + number // 2) % 2  # each is first as often as the other
            order = after._order(place.file(place.entities[which], number))
            spent.clear()
            take_in(order)
            costs[which].append(sum(spent) * 1000)
    with Writing() as session:
        session.execute(sa.delete(Event))
    return [one[WARM_UPS:] for one in costs]


@contextmanager
def _transactions():
    """Give a list that gets the seconds of each transaction of this process meanwhile."""
    began, spent = {}, []

    def start(session, *_):
        began[id(session)] = time.perf_counter()

    def end(session):
        spent.append(time.perf_counter() - began[id(session)])

    heard = {"after_begin": start, "after_commit": end}
    for name, listener in heard.items():
        sa.event.listen(Session, name, listener)
    try:
        yield spent
    finally:
        for name, listener in heard.items():
            sa.event.remove(Session, name, listener)


def _loads(place, name):
    command = [sys.executable, "-m", "tests.bench.steady", str(place.server.port), str(RATE)]
    files = [str(place.folder / f"{door}-{name}") for door in DOORS]
    return [subprocess.Popen([*command, file], stdout=subprocess.PIPE) for file in files]


def _read(loads):
    return [json.loads(one.communicate()[0]) for one in loads]


def _listed(place, rounds):
    """List the entity; return how long until all is owed, and what the doors saw until then."""
    order = after._order(place.file(place.entities[0], 2 * (rounds + WARM_UPS)))
    loads = _loads(place, "busy")
    take_in(order)
    with Reading() as session:
        whose = Event.audience_id == place.entities[0][0]
        event_id, owed_at = session.execute(sa.select(Event.id, Event.owed_at).where(whose)).one()
        is_open = sa.select(Event.id).where(Event.id == event_id, Event.expanded_at.is_(None))
        until = time.monotonic() + PATIENCE
        while session.scalar(is_open):
            if time.monotonic() > until:
                raise TimeoutError(place.crew.logs())
            time.sleep(0.05)
    seconds = (datetime.now(UTC) - owed_at).total_seconds()
    for one in loads:
        one.terminate()
    return seconds, _read(loads)


def _deliveries():
    with Reading() as session:
        return session.scalar(sa.select(sa.func.count()).select_from(Delivery))


def _figures(costs, idle, busy, *, missing, seconds):
    followed, alone = (statistics.median(one) for one in costs)
    found = {
        "intake_ms_followed": figure(followed),
        "intake_ms_alone": figure(alone),
        "intake_longer_ms": figure(followed - alone, "<= 5"),
        "deliveries_missing": figure(missing, "<= 0"),
        "seconds_until_all_are_owed": figure(seconds, "<= 30"),
    }
    for name, before, then in zip(DOORS, idle, busy, strict=True):
        found |= {
            f"{name}_p99_idle": figure(before["p99"]),
            f"{name}_p99_meanwhile": figure(then["p99"]),
            f"{name}_p99_to_idle": figure(then["p99"] / before["p99"], "<= 2"),
            f"{name}_asked_meanwhile": figure(then["asked"]),
            f"{name}_errors": figure(before["errors"] + then["errors"], "<= 0"),
        }
    return found
