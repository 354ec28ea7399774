"""A server under measurement: started, waited for, its CPU read, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Served:
    """A process tree behind a port of this machine; `command` is a function of the port."""

    def __init__(self, command, *, path="/", env=None, patience=90):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._process = subprocess.Popen(
            command(self.port),
            env=os.environ | (env or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self._wait(path, patience)
        except OSError:
            self.__exit__()
            raise

    def cpu(self):
        """Return the seconds of CPU that the whole tree has used."""
        return sum(_cpu_of(pid) for pid in self._tree())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(10)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _wait(self, path, patience):
        until = time.monotonic() + patience
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
            try:
                connection.request("GET", path)
                connection.getresponse().read()
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return
            finally:
                connection.close()

    def _tree(self):
        """List the group: servers fork, but stay in it."""
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                with suppress(ProcessLookupError):
                    if os.getpgid(int(entry.name)) == self._process.pid:
                        yield int(entry.name)


def _cpu_of(pid):
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS


def loaded(server, press):
    """Load a server and return what the load saw, with the CPU of each request in microseconds."""
    before = server.cpu()
    seen = press()
    return seen | {"cpu": (server.cpu() - before) * 1e6 / seen["requests"]}
