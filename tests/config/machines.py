"""Machines of a test: network namespaces with addresses of their own, or, without them, folders."""

import os
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

import requests

from config.launch import programs
from config.settings import ROOT
from tests.bench.served import free_port


def have_namespaces():
    """Say whether we may make network namespaces here."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        return False
    name = f"km{os.getpid()}probe"
    made = subprocess.run(["ip", "netns", "add", name], check=False, capture_output=True)
    subprocess.run(["ip", "netns", "del", name], check=False, capture_output=True)
    return made.returncode == 0


class Machine:
    """One machine: how its programs are started, its address, and ours as it sees us."""

    def __init__(self, number, folder, *, apart):
        self.folder = folder / f"machine{number}"
        self.folder.mkdir()
        self.name = f"km{os.getpid() % 100000}m{number}"
        self.apart = apart
        net = f"10.{200 + os.getpid() % 50}.{number}"
        self.here, self.address = (f"{net}.1", f"{net}.2") if apart else ("127.0.0.1", "127.0.0.1")
        self.port = 8000 if apart else free_port()
        self.url = f"http://{self.address}:{self.port}"

    @contextmanager
    def up(self):
        """Have the machine's network, and take it away again."""
        if not self.apart:
            yield self
            return
        far, near = f"{self.name}b", f"{self.name}a"
        inside = ["ip", "netns", "exec", self.name, "ip"]
        try:
            for words in (
                ["ip", "netns", "add", self.name],
                ["ip", "link", "add", near, "type", "veth", "peer", "name", far],
                ["ip", "link", "set", far, "netns", self.name],
                ["ip", "addr", "add", f"{self.here}/24", "dev", near],
                ["ip", "link", "set", near, "up"],
                [*inside, "addr", "add", f"{self.address}/24", "dev", far],
                [*inside, "link", "set", far, "up"],
                [*inside, "link", "set", "lo", "up"],
            ):
                subprocess.run(words, check=True, capture_output=True)
            yield self
        finally:
            subprocess.run(["ip", "netns", "del", self.name], check=False, capture_output=True)

    @contextmanager
    def running(self, command, environ):
        """Run a program on this machine, in its own folder."""
        prefix = ["ip", "netns", "exec", self.name] if self.apart else []
        given = {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "PATH": os.environ["PATH"]}
        given |= environ | {"VAR_DIR": str(self.folder / "var"), "LISTEN": self.address}
        log = (self.folder / "log").open("ab")
        program = subprocess.Popen(
            [*prefix, *command], env=given, cwd=self.folder, stdout=log, stderr=log
        )
        try:
            yield program
        finally:
            program.terminate()
            program.wait(20)
            log.close()

    def web(self, environ):
        """Run a web server, one worker, and wait until it answers."""
        given = environ | {"PORT": str(self.port), "WEB_WORKERS": "1", "LISTEN": self.address}
        return self.running(programs.web(given), given)


@contextmanager
def machines(count, folder):
    """Have so many machines."""
    apart = have_namespaces()
    with ExitStack() as stack:
        made = [Machine(number, folder, apart=apart) for number in range(1, count + 1)]
        yield [stack.enter_context(one.up()) for one in made]


def answers(url, *, within=60):
    """Wait until a server answers."""
    ends = time.monotonic() + within
    while True:
        try:
            return requests.get(url, timeout=2).status_code
        except requests.ConnectionError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.05)  # it is only starting


def program(*words):
    """Return the command line of one of our own programs."""
    return [sys.executable, "-m", *words]
