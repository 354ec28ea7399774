"""Ports: looked at before anything starts, so that a taken one is named and not guessed."""

import errno
import socket
from collections.abc import Mapping
from itertools import chain

from config.launch.unsuitable import Unsuitable

_PRIVILEGED = 1024  # below these only root may listen
_REASONS = {errno.EADDRINUSE: "已被别的程序占用", errno.EACCES: "需要管理员权限"}
_ELSEWHERE = range(18000, 19000)


def refuse_taken(ports: Mapping[str, int], host: str) -> None:
    """Raise if we cannot listen; the text names each port and a free one to use instead."""
    if not _is_ours(host):
        raise Unsuitable(
            f"LISTEN 应为本机的地址，{host} 不是。例如：LISTEN=127.0.0.1 ./xinyong run"
        )
    if len(set(ports.values())) < len(ports):
        faults = {"SANDBOX_PORT": f"PORT 和 SANDBOX_PORT 不能相同，现在都是 {ports['PORT']}。"}
    else:
        found = {name: (number, _fault(number, host)) for name, number in ports.items()}
        faults = {
            name: f"端口 {number}（{name}）{fault}。"
            for name, (number, fault) in found.items()
            if fault
        }
    if faults:
        choice = " ".join(f"{name}={port}" for name, port in _free(faults, ports, host).items())
        raise Unsuitable("\n".join([*faults.values(), f"换一个端口再启动：{choice} ./xinyong run"]))


def _is_ours(host: str) -> bool:
    try:
        _bind(0, host)
    except OSError:
        return False
    return True


def _fault(port: int, host: str) -> str | None:
    try:
        _bind(port, host)
    except OSError as error:
        return _REASONS.get(error.errno or 0, "不能使用")
    return None


def _bind(port: int, host: str) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))


def _free(names: Mapping[str, str], ports: Mapping[str, int], host: str) -> dict[str, int]:
    chosen: dict[str, int] = {}
    for name in names:
        chosen[name] = _another(ports[name], host, {*ports.values(), *chosen.values()})
    return chosen


def _another(port: int, host: str, avoid: set[int]) -> int:
    start = port + 10 if port >= _PRIVILEGED else 8000
    nearby = chain(range(start, min(start + 200, 1 << 16)), _ELSEWHERE)
    return next(number for number in nearby if number not in avoid and not _fault(number, host))
