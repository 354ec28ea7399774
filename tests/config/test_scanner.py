"""The scanner's protocol, against sockets that answer, are silent, or are not there."""

import socket
import threading

import pytest

from config.scanner import Scanner, ScannerAwayError
from tests.fixtures.clamd import EICAR, clamd

__all__ = ["clamd"]  # a fixture


def test_a_long_file_arrives_whole_and_its_end_is_looked_at(clamd):
    data = bytes(range(256)) * 4096 + EICAR

    assert Scanner(clamd.place, timeout=10).finds_virus(data)
    assert not Scanner(clamd.place, timeout=10).finds_virus(data[: -len(EICAR)])
    assert clamd.scanned[0] == data


@pytest.mark.parametrize("answer", [b"", b"stream: ", b"X ERROR\0", b"UNKNOWN COMMAND\0"])
def test_what_is_no_verdict_says_nothing_about_a_file(clamd, answer):
    clamd.answer = answer

    with pytest.raises(ScannerAwayError):
        Scanner(clamd.place, timeout=10).finds_virus(b"x")


@pytest.mark.parametrize("place", ["127.0.0.1:1", "unix:/nowhere/clamd.ctl"])
def test_nobody_there_is_said_to_be_away(place):
    with pytest.raises(ScannerAwayError):
        Scanner(place, timeout=1).finds_virus(b"x")


def test_a_scanner_that_says_nothing_is_not_waited_for_without_end():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ScannerAwayError):
            Scanner(place, timeout=0.2).finds_virus(b"x" * 10)


def test_nor_is_one_on_a_socket_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind("clamd.ctl")
        silent.listen()
        with pytest.raises(ScannerAwayError):
            Scanner("unix:clamd.ctl", timeout=0.2).finds_virus(b"x")


def test_a_scanner_may_listen_on_a_socket_of_the_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("clamd.ctl")
        server.listen()

        def answer():
            client, _ = server.accept()
            with client:
                asked = b""
                while not asked.endswith(bytes(4)):  # who hangs up earlier breaks the pipe
                    asked += client.recv(1024)
                client.sendall(b"stream: OK\0")

        thread = threading.Thread(target=answer)
        thread.start()
        assert not Scanner("unix:clamd.ctl", timeout=10).finds_virus(b"")
        thread.join()
