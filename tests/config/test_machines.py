"""Two web servers and a worker, each on a machine of its own, hold one dialogue together."""

import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core import accounts
from core.accounts import Channel
from core.calendar import day
from core.db import Writing
from core.outbox.deliveries import EventKind
from core.outbox.events import Audience, Owed, owe
from sandbox import actions
from sandbox.options import Options
from sandbox.server import Running
from tests.config import machines
from tests.config.programs import environ

CITIZEN = "oKM_on_two_machines_00000001"


@pytest.fixture
def database_url(postgresql_url):
    """Several machines share a PostgreSQL."""
    return postgresql_url


@pytest.fixture
def three(tmp_path):
    with machines.machines(3, tmp_path) as made:
        yield made


@pytest.fixture
def phone(three, tmp_path):
    """A sandbox that each machine reaches at an address of ours."""
    host = "0.0.0.0" if three[0].apart else "127.0.0.1"
    with Running(Options(host=host, var=tmp_path / "sandbox")) as running:
        yield running


def say(phone, machine, text):
    """Let the citizen write, with the push going to one machine."""
    world = phone.world
    world.pusher.options = replace(world.options, push_url=f"{machine.url}/wechat")
    reply = actions.send(world, CITIZEN, kind="text", fields={"Content": text})["reply"]
    return reply["text"]


def owe_a_late_answer(text):
    now = datetime.now(UTC)
    with Writing() as session:
        account = accounts.at(session, Channel.WECHAT, CITIZEN, now=now)
        late = Owed(
            kind=EventKind.LATE_REPLY,
            key=f"{EventKind.LATE_REPLY}:machines",
            audience=Audience.ACCOUNT,
            audience_id=account,
            event_date=day(now),
            facts={"text": text},
        )
        owe(session, late, now=now)


def came(phone, text, within=60):
    """Wait until a message of our own, not a reply, shows a text on the phone."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        with phone.world.lock:
            chat = list(phone.world.citizens.known(CITIZEN).chat)
        if any(one.get("custom") and one.get("text") == text for one in chat):
            return True
        time.sleep(0.05)  # the phone is asked again
    return False


@contextmanager
def service(three, phone, shared):
    """Run two web servers, a worker and a ticker, over one database and one Redis."""
    one, two, third = three
    for machine in three:
        machine.environ = environ(*shared, f"http://{machine.here}:{phone.port}")
    with ExitStack() as stack:
        for machine in (one, two):
            stack.enter_context(machine.web(machine.environ))
        for words in (("config.worker", "urgent", "notices", "default"), ("config.ticker",)):
            stack.enter_context(third.running(machines.program(*words), third.environ))
        for machine in (one, two):
            machines.answers(f"{machine.url}/healthz")
        yield


@pytest.mark.timeout(240)
def test_one_dialogue_is_held_by_two_web_servers_and_a_worker(
    three, phone, database, redis, valkey_url
):
    one, two, _ = three
    with service(three, phone, (database.url, valkey_url)):
        first = say(phone, one, "核验报告")
        between = say(phone, two, "什么是双公示")
        again = say(phone, two, "继续")
        second = say(phone, one, "20261101093000ABCD2345")
        back = say(phone, two, "返回")
        say(phone, one, "20261101093000ABCD2345")
        last = say(phone, two, "7KQ2-M9XD-7KQ2-M9XD")
        owe_a_late_answer("您刚才问的，答复来了。")

        assert first.startswith("第 1/2 步")
        assert "“核验报告”还没办完（第 1/2 步）" in between
        assert again == first
        assert second.startswith("第 2/2 步")
        assert back == first
        assert last.startswith("没有查到这份报告")
        assert came(phone, "您刚才问的，答复来了。")
