"""The sandbox as a program of its own, and its HTTP."""

import http.client
import os
import signal
import socket
import subprocess
import sys

import pytest
import requests

from sandbox.__main__ import told
from sandbox.options import Options


def test_the_environment_tells_everything(tmp_path):
    options = told(
        {
            "SANDBOX_PORT": "8101",
            "PACE": "60",
            "SANDBOX_VAR": str(tmp_path),
            "WECHAT_MESSAGE_MODE": "plain",
            "PUSH_URL": "http://127.0.0.1:1/wechat",
        }
    )
    assert (options.port, options.pace, options.var) == (8101, 60, tmp_path)
    assert (options.mode, options.push_url) == ("plain", "http://127.0.0.1:1/wechat")
    assert told({}) == Options()


@pytest.fixture
def start(tmp_path):
    """Start the program on a free port; return it and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "SANDBOX_PORT": str(port), "SANDBOX_VAR": str(tmp_path)}
    started = []

    def begin():
        command = [sys.executable, "-m", "sandbox"]
        program = subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
        started.append(program)
        assert f"http://127.0.0.1:{port}" in program.stdout.readline()
        return program, f"http://127.0.0.1:{port}/_control"

    yield begin
    for program in started:
        with program:
            program.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(number, start):
    program, control = start()
    assert requests.get(f"{control}/counts", timeout=30).ok
    program.send_signal(number)
    assert program.wait(timeout=60) == 0


def test_who_follows_still_follows_in_the_next_run_even_if_it_was_killed(start):
    program, control = start()
    zhang = requests.get(f"{control}/citizens", timeout=30).json()["citizens"][0]["openid"]
    requests.post(f"{control}/citizens", json={"openid": "oNew", "name": "赵六"}, timeout=30)
    requests.post(f"{control}/followers", json={"openids": [zhang, "oMany"]}, timeout=30)
    program.kill()
    program.wait()

    _, control = start()

    citizens = requests.get(f"{control}/citizens", timeout=30).json()["citizens"]
    stands = {citizen["openid"]: citizen["following"] for citizen in citizens}
    assert (stands[zhang], stands["oNew"]) == (True, False)
    assert [citizen["name"] for citizen in citizens] == ["张三", "李四", "王五", "赵六", "oMany"]


@pytest.fixture
def connection(running):
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=30)
    yield connection
    connection.close()


def test_a_connection_stays_open(connection):
    connection.request("GET", "/_control/counts?x=%E5%A5%BD")
    assert connection.getresponse().read()
    first = connection.sock
    connection.request("HEAD", "/_control/counts")
    assert connection.getresponse().read() == b""
    connection.request("POST", "/_control/latency", '{"seconds": 0}')
    assert connection.getresponse().status == 200
    assert connection.sock is first


def test_a_body_without_length_or_too_long_is_refused(connection):
    connection.request("POST", "/_control/say", iter([b"{}"]), encode_chunked=True)
    assert connection.getresponse().status == 413
    connection.close()
    connection.putrequest("POST", "/_control/say")
    connection.putheader("Content-Length", str(2**30))
    connection.endheaders()
    assert connection.getresponse().status == 413


def test_an_unknown_method_is_refused(connection):
    connection.request("PROPFIND", "/")
    assert connection.getresponse().status in (404, 405)


def test_a_connection_left_open_does_not_keep_the_sandbox_from_closing(running):
    with socket.create_connection(("127.0.0.1", running.port)) as left:
        left.sendall(b"GET /_control/counts HTTP/1.1\r\nHost: x\r\n\r\n")
        assert left.recv(1024)
        running.close()
        left.settimeout(2)
        while left.recv(1024):
            pass
