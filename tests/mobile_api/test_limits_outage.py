"""Rate limits while Redis is away: we count by ourselves, and nobody waits or fails."""

import os
import signal
import time

import pytest

from config.launch.valkey import Valkey
from messages.limiting.windows import Windows

from . import conftest
from .asked import PATIENT, ask, statuses
from .conftest import World


@pytest.fixture
def server(tmp_path):
    """A Valkey of this test alone."""
    valkey = Valkey(tmp_path, tied=True)
    valkey.ensure()
    yield valkey
    valkey.ensure()  # so that it can be stopped, whatever was done to it
    valkey.stop()


def is_back(windows):
    until = time.monotonic() + 60
    while windows.is_away and time.monotonic() < until:
        time.sleep(0.05)
    return not windows.is_away


@pytest.fixture
def own_door(server, budget):
    """A client of a door over that Valkey, and its windows."""

    def own_door(patience):
        windows = Windows(server.url, patience=patience)
        return conftest.create_app(World(windows=windows)).test_client(), windows

    return own_door


def test_while_redis_is_killed_we_count_by_ourselves(own_door, server, budget):
    budget(address="3/minute")
    client, windows = own_door(PATIENT)
    assert statuses(client, 2) == [200, 200]

    os.kill(server.pid(), signal.SIGKILL)
    server._started.wait()
    assert statuses(client, 4) == [200, 200, 200, 429]

    server.ensure()
    assert is_back(windows)
    assert ask(client).status_code in {200, 429}


def test_a_redis_that_hangs_is_waited_for_once(own_door, server):
    patience, times = 0.5, 40
    client, windows = own_door(patience)
    assert ask(client).status_code == 200
    pid = server.pid()

    os.kill(pid, signal.SIGSTOP)
    began = time.monotonic()
    answers = statuses(client, times)
    took = time.monotonic() - began
    os.kill(pid, signal.SIGCONT)

    assert answers == [200] * times
    assert took < patience * times / 2  # each that waits for it takes its whole patience
    assert is_back(windows)


def test_a_redis_that_was_never_there_stops_nobody(budget):
    windows = Windows("redis://127.0.0.1:1/0", patience=PATIENT)
    client = conftest.create_app(World(windows=windows)).test_client()

    assert statuses(client, 3) == [200] * 3
