"""`run` starts everything, answers, stops without a trace, and goes on with its data."""

import http.client
import importlib.util
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import uuid
from contextlib import closing

import pytest

from config import menu
from config.launch import environment, programs
from config.launch import run as launch
from config.launch.supervisor import Supervisor
from config.launch.unsuitable import Unsuitable
from config.settings import Settings
from tests.bench.served import free_port
from tests.launch.processes import eventually, marked

PARTS = "config.web config.worker config.ticker config.samples sandbox.__main__".split()
MISSING = [part for part in PARTS if importlib.util.find_spec(part) is None]


class Run:
    """One `run` in a folder and on ports of its own; all its descendants carry its mark."""

    def __init__(self, folder, ports, **more):
        self.web, self.sandbox = ports
        self.mark = uuid.uuid4().hex
        self.log = folder.with_suffix(f".{self.mark}.log")
        ours = {name.upper() for name in Settings.model_fields}
        clean = {name: value for name, value in os.environ.items() if name not in ours}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.cli", "run"],
                env=clean
                | {"VAR_DIR": str(folder), "MARK": self.mark, **more}
                | {"PORT": str(self.web), "SANDBOX_PORT": str(self.sandbox)},
                cwd=environment.ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def said(self, words):
        return words in self.log.read_text()

    def is_ready(self):
        started = eventually(
            lambda: self.said("健康状态") or self.process.poll() is not None, within=100
        )
        return started and self.process.poll() is None

    def stop(self, word=signal.SIGTERM):
        self.process.send_signal(word)
        return self.process.wait(90)


@pytest.fixture
def ports():
    return free_port(), free_port()


@pytest.fixture
def run(tmp_path, ports):
    """Start `run`; whatever a test leaves is ended."""
    started = []

    def start(**more):
        started.append(Run(tmp_path / "var", ports, **more))
        return started[-1]

    yield start
    for each in started:
        for pid in marked(each.mark):
            os.kill(pid, signal.SIGKILL)
        each.process.wait()


def _status(port, path):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status


def _menu(port):
    """Return the columns of the menu that the phone shows."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/phone/state")
        return json.load(connection.getresponse())["menu"]


def _count(folder, table):
    with closing(sqlite3.connect(folder / "xinyong.db")) as connection:
        return connection.execute(f"select count(*) from {table}").fetchone()[0]


def _shows_our_menu(run):
    assert eventually(lambda: run.said("手机上的菜单已按 config/menu.yaml 更新"))
    wanted = menu.as_sent(menu.load(), f"http://127.0.0.1:{run.web}")
    assert _menu(run.sandbox) == wanted["button"]


@pytest.mark.skipif(bool(MISSING), reason=f"not built yet: {MISSING}")
def test_everything_starts_once_stops_without_a_trace_and_goes_on(run, tmp_path):
    first = run()
    assert first.is_ready(), first.log.read_text()
    assert first.said(f"手机页面  http://127.0.0.1:{first.sandbox}/")
    assert first.said(f"接口文档  http://127.0.0.1:{first.web}/api/v1/docs")
    of_web = [_status(first.web, path) for path in ("/healthz", "/readyz", "/api/v1/docs")]
    assert [*of_web, _status(first.sandbox, "/")] == [200] * 4
    assert len(marked(first.mark)) >= 8
    _shows_our_menu(first)

    refused = run()
    assert refused.process.wait(90) == 2
    assert refused.said(f"已经在运行（进程 {first.process.pid}")
    assert first.stop() == 0
    assert not marked(first.mark), first.log.read_text()
    keys = (tmp_path / "var" / "keys").read_text()
    subjects = _count(tmp_path / "var", "subjects")
    assert subjects > 0

    second = run()
    assert second.is_ready(), second.log.read_text()
    _shows_our_menu(second)
    assert second.stop(signal.SIGINT) == 0
    assert not marked(second.mark), second.log.read_text()
    assert (tmp_path / "var" / "keys").read_text() == keys
    assert _count(tmp_path / "var", "subjects") == subjects


def test_a_taken_port_is_named_and_nothing_is_started(run, ports):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", ports[1]))
        holder.listen()
        refused = run()
        assert refused.process.wait(90) == 2

    assert refused.said(f"端口 {ports[1]}（SANDBOX_PORT）已被别的程序占用")
    assert refused.said("换一个端口再启动：SANDBOX_PORT=")
    assert not marked(refused.mark)


@pytest.mark.skipif(bool(MISSING), reason=f"not built yet: {MISSING}")
def test_it_runs_on_a_postgresql_and_a_redis_that_are_named(
    run, postgresql_url, valkey_url, redis, tmp_path
):
    named = run(DATABASE_URL=postgresql_url, REDIS_URL=valkey_url)
    assert named.is_ready(), named.log.read_text()

    assert _status(named.web, "/readyz") == 200
    assert not (tmp_path / "var" / "xinyong.db").exists()
    assert not (tmp_path / "var" / "valkey").exists()

    assert named.stop() == 0
    assert not marked(named.mark)
    assert redis.ping()


def test_it_says_so_when_the_service_does_not_become_ready(monkeypatch, ports):
    monkeypatch.setattr(launch, "READY_SECONDS", 0.1)
    environ = {"PORT": str(ports[0])}

    with pytest.raises(Unsuitable, match="没有启动成功"):
        launch._announce(environ, programs.of(environ, sandbox=False), Supervisor(environ, None))


def test_told_to_stop_before_it_is_ready_it_announces_nothing(ports, capsys):
    environ = {"PORT": str(ports[0]), "TRUSTED_HOSTS": "credit.example.cn, other"}
    supervisor = Supervisor(environ, None)
    with supervisor.signals():
        signal.raise_signal(signal.SIGTERM)

        launch._announce(environ, programs.of(environ, sandbox=False), supervisor)

    assert capsys.readouterr().out == ""


def test_wrong_settings_are_named_together_and_no_value_is_shown(run):
    refused = run(WEB_WORKERS="many-many", WECHAT_AES_KEY="too-short-a-key")

    assert refused.process.wait(90) == 2
    assert refused.said("WEB_WORKERS：不合要求")
    assert refused.said("WECHAT_AES_KEY：不合要求")
    assert not refused.said("too-short-a-key")
    assert not refused.said("Traceback")


def test_production_without_settings_starts_nothing(run, tmp_path):
    refused = run(MODE="production")

    assert refused.process.wait(90) == 2
    assert refused.said("DATABASE_URL：缺少")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"REDIS_URL": "redis://127.0.0.1:1"}, "Redis 连不上。请检查 REDIS_URL"),
        (
            {"REDIS_URL": "{valkey}", "DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/x"},
            "数据库不能用。请检查 DATABASE_URL",
        ),
        ({"VAR_DIR": "{file}"}, "不能读写 {file}：不是目录"),
        ({"VAR_DIR": "{file}/var"}, "不能读写 {file}/var：不是目录"),
    ],
)
def test_what_is_away_at_the_start_is_said_in_one_line(run, tmp_path, valkey_url, given, said):
    (tmp_path / "file").touch()
    names = {"valkey": valkey_url, "file": tmp_path / "file"}

    refused = run(**{name: value.format(**names) for name, value in given.items()})

    assert refused.process.wait(90) == 2
    assert refused.said(said.format(**names)), refused.log.read_text()
    assert not refused.said("Traceback")
