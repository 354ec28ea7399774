"""One child process: its output carries its name, and when it dies it comes back."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress

from config.launch import orphans
from config.launch.programs import Program

_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_LONG_LIFE = 60.0  # a child that lived this long starts again at the first wait
_lines = threading.Lock()


def say(name: str, text: str) -> None:
    """Print one line under a name; whole, whoever else is printing."""
    with _lines, suppress(OSError, ValueError):  # whoever read us may be gone
        sys.stdout.write(f"{name:8}│ {text}\n")
        sys.stdout.flush()


class Child:
    """A program, and the process that runs it now."""

    def __init__(self, program: Program, environ: Mapping[str, str]) -> None:
        self.program = program
        self.deaths = 0
        self._environ = environ
        self._wait = _FIRST_WAIT
        self._due = 0.0
        self.start()

    def start(self) -> None:
        """Start the process, in a group of its own: our Ctrl-C is not its Ctrl-C."""
        self._started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own words
            orphans.tied(self.program.command),
            env=dict(self._environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        threading.Thread(target=self._pass_on, daemon=True).start()

    @property
    def is_done(self) -> bool:
        """Tell whether it had one thing to do, and has ended."""
        return self.program.once and self.process.poll() is not None

    def look(self) -> bool:
        """Start the process again if it died and has waited; tell whether it just died."""
        if self.process.poll() is None or self.program.once:
            return False
        if self._due:
            if time.monotonic() >= self._due:
                self._due = 0.0
                self.start()
            return False
        self._mourn()
        return True

    def ask_to_stop(self) -> None:
        """Let it finish what it does."""
        with suppress(ProcessLookupError):
            self.process.terminate()

    def end(self, *, grace: float) -> None:
        """Wait for it, then leave nothing of its group behind."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, grace))
        self._kill_group()
        self.process.wait()

    def _mourn(self) -> None:
        self._kill_group()  # web workers outlive their parent if nobody does this
        self.deaths += 1
        if time.monotonic() - self._started > _LONG_LIFE:
            self._wait = _FIRST_WAIT
        code = self.process.returncode
        say(self.program.name, f"意外退出（{_reason(code)}），{self._wait:g} 秒后重新启动")
        self._due = time.monotonic() + self._wait
        self._wait = min(self._wait * 2, _LONGEST_WAIT)

    def _kill_group(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _pass_on(self) -> None:
        output = self.process.stdout
        if output is None:
            return
        with output:
            for line in output:
                say(self.program.name, line.decode(errors="replace").rstrip())


def _reason(code: int) -> str:
    return f"信号 {-code}" if code < 0 else f"代码 {code}"
