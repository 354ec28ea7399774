"""Watch over the children until someone says stop."""

import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from types import FrameType

from config.launch import orphans
from config.launch.child import Child, say
from config.launch.programs import Program
from config.launch.valkey import Valkey

GRACE = 12.0  # seconds from "please" to SIGKILL
_LOOK = 0.2
_ASK_VALKEY = 2.0


class Supervisor:
    """All children of one `run`, and the Valkey that they share if it is ours."""

    def __init__(self, environ: Mapping[str, str], valkey: Valkey | None) -> None:
        self._environ = environ
        self._valkey = valkey
        self._children: list[Child] = []
        self._stop = threading.Event()
        self._asked = 0.0

    @property
    def told(self) -> bool:
        """Tell whether someone said stop."""
        return self._stop.is_set()

    def start(self, programs: list[Program]) -> None:
        """Start every program."""
        orphans.adopt()
        for program in programs:
            self._children.append(Child(program, self._environ))

    def wait(self, ready: Callable[[], bool], *, within: float) -> bool:
        """Watch until everything is ready; tell whether it is, or was told to stop."""
        until = time.monotonic() + within
        while not self._stop.is_set() and not ready():
            if time.monotonic() > until:
                return False
            self._look()
        return True

    def watch(self) -> None:
        """Watch until told to stop."""
        while not self._stop.is_set():
            self._look()

    def stop(self) -> None:
        """End every child, those that others still need last, then Valkey."""
        say("xinyong", "正在停止……")
        ordered = sorted(self._children, key=lambda child: child.program.stops)
        for _, group in groupby(ordered, key=lambda child: child.program.stops):
            _end(list(group))
        self._children = []
        orphans.clear(keep=self._kept())
        if self._valkey:
            self._valkey.stop()
        orphans.clear(keep=set())

    @contextmanager
    def signals(self) -> Iterator[None]:
        """Take Ctrl-C, SIGTERM and a closed terminal as the word to stop."""
        words = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {word: signal.signal(word, self._told) for word in words}
        try:
            yield
        finally:
            for word, was in before.items():
                signal.signal(word, was)

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _look(self) -> None:
        # Whoever is done is let go: its number may be another's by the time that we stop.
        self._children = [child for child in self._children if not child.is_done]
        died = [child for child in self._children if child.look()]
        if died:
            orphans.clear(keep=self._kept())
        if self._valkey and time.monotonic() - self._asked > _ASK_VALKEY:
            self._asked = time.monotonic()
            if self._valkey.ensure():
                say("valkey", "意外退出，已重新启动，数据还在")
        self._stop.wait(_LOOK)

    def _kept(self) -> set[int]:
        pids = {child.process.pid for child in self._children}
        valkey = self._valkey.pid() if self._valkey else None
        return pids | {valkey} if valkey else pids


def _end(children: list[Child]) -> None:
    until = time.monotonic() + GRACE
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.end(grace=until - time.monotonic())
