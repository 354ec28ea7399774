"""A taken port is named, with one to use instead."""

import re
import socket

import pytest

from config.launch import ports
from config.launch.unsuitable import Unsuitable


@pytest.fixture
def taken():
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        yield holder.getsockname()[1]


HERE = "127.0.0.1"


def free(near):
    return ports._another(near, HERE, {near})


def refused(given, host=HERE):
    with pytest.raises(Unsuitable) as caught:
        ports.refuse_taken(given, host)
    return str(caught.value)


def offered(said):
    return {name: int(port) for name, port in re.findall(r"(\w+)=(\d+)", said.splitlines()[-1])}


def test_free_ports_pass(taken):
    ports.refuse_taken({"PORT": free(taken)}, HERE)


def test_a_taken_port_is_named_and_another_is_offered(taken):
    said = refused({"SANDBOX_PORT": taken})

    assert f"端口 {taken}（SANDBOX_PORT）已被别的程序占用" in said
    ports.refuse_taken(offered(said), HERE)


def test_two_neighbours_are_offered_different_ports(taken):
    with socket.socket() as holder:
        other = next(port for port in range(taken + 1, taken + 9) if not ports._fault(port, HERE))
        holder.bind((HERE, other))
        holder.listen()
        said = refused({"PORT": taken, "SANDBOX_PORT": other})

    assert len(said.splitlines()) == 3
    assert len(set(offered(said).values())) == 2


@pytest.mark.parametrize("is_taken", [True, False])
def test_one_port_cannot_serve_twice(taken, is_taken):
    port = taken if is_taken else free(taken)

    said = refused({"PORT": port, "SANDBOX_PORT": port})

    assert said.startswith(f"PORT 和 SANDBOX_PORT 不能相同，现在都是 {port}。\n换一个端口再启动：")
    assert offered(said)["SANDBOX_PORT"] != port


def test_the_highest_port_is_offered_another():
    assert ports._another(65535, HERE, {65535}) in ports._ELSEWHERE


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "here.invalid", "x y"])
def test_an_address_that_is_not_this_machines_is_said_as_such(taken, host):
    said = refused({"PORT": free(taken)}, host)

    assert said.startswith(f"LISTEN 应为本机的地址，{host} 不是")
    assert "占用" not in said
