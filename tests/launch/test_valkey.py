"""The embedded Valkey keeps its data, and is found again when its parent was killed."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import redis as redis_py

from config.launch.unsuitable import Unsuitable
from config.launch.valkey import Valkey

PARENT = """
import sys, time
from pathlib import Path
from config.launch.valkey import Valkey
valkey = Valkey(Path(sys.argv[1]))
valkey.ensure()
print(valkey.pid(), flush=True)
time.sleep(60)
"""


@pytest.fixture
def valkey(tmp_path):
    server = Valkey(tmp_path, tied=True)
    yield server
    server.stop()


def _client(valkey):
    return redis_py.Redis.from_url(valkey.url)


def test_a_server_left_by_a_killed_parent_is_used_again(valkey):
    command = [sys.executable, "-c", PARENT, str(valkey.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        pid = int(parent.stdout.readline())
        with _client(valkey) as client:
            client.set("kept", "yes")
        parent.kill()

    started = valkey.ensure()

    assert not started
    assert valkey.pid() == pid
    with _client(valkey) as client:
        assert client.get("kept") == b"yes"


def test_data_outlives_the_server(valkey):
    assert valkey.ensure()
    with _client(valkey) as client:
        client.rpush("queue", "job")
    valkey.stop()
    assert not valkey.answers()

    assert valkey.ensure()

    with _client(valkey) as client:
        assert client.lrange("queue", 0, -1) == [b"job"]


def test_a_socket_file_without_a_server_is_in_nobodys_way(valkey):
    valkey.ensure()
    os.kill(valkey.pid(), signal.SIGKILL)
    valkey._started.wait()

    assert valkey.ensure()
    assert valkey.answers()


def test_only_its_owner_can_reach_it(valkey):
    valkey.ensure()

    with _client(valkey) as client:
        assert client.config_get("port")["port"] == "0"
    socket = Path(valkey.url.removeprefix("unix://"))
    assert socket.stat().st_mode & 0o077 == 0
    assert socket.parent.stat().st_mode & 0o077 == 0


def test_stopping_twice_is_no_fault(valkey):
    valkey.ensure()
    valkey.stop()
    valkey.stop()


def test_a_server_that_cannot_start_says_where_the_reason_is(valkey):
    broken = valkey.folder / "valkey" / "appendonlydir"
    broken.parent.mkdir(parents=True)
    broken.write_text("not a folder")

    with pytest.raises(Unsuitable, match=r"valkey\.log"):
        valkey.ensure()


def test_a_folder_of_somebody_else_is_refused(valkey, monkeypatch):
    (valkey.folder / "valkey").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 54321)

    with pytest.raises(Unsuitable, match="属于别的用户"):
        valkey.ensure()


def test_without_a_server_there_is_no_process(valkey):
    assert valkey.pid() is None
    assert not valkey.answers()
