"""The processes of a drill: real ones, each with a log of its own; none outlives the drill."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from config.launch import orphans
from config.launch.environment import ROOT
from tests.launch.processes import marked


class Crew:
    """Programs of one service; `keep` starts again what died, as the launcher does."""

    def __init__(self, environ, folder):
        self._environ = environ
        self._folder = folder
        self._programs = {}
        self._processes = {}
        self.starts = 0

    def start(self, programs):
        for program in programs:
            self._programs[program.name] = program
            self._start(program)

    def _start(self, program):
        with (self._folder / f"{program.name}.log").open("ab") as log:
            self._processes[program.name] = subprocess.Popen(
                orphans.tied(program.command),
                env=self._environ,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.starts += 1

    def keep(self):
        for name, process in self._processes.items():
            if process.poll() is not None:
                self._start(self._programs[name])

    def family(self, name):
        """List a process and its children: of a worker, also the horse that does the work."""
        pid = self._processes[name].pid
        with suppress(FileNotFoundError, ProcessLookupError):
            below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            return [pid, *map(int, below)]
        return [pid]

    def signal(self, name, number):
        """Send a signal to a process and its children; return how many got it."""
        found = self.family(name)
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        return len(found)

    def end(self):
        """Kill all that carries our mark, however it came to be, until nothing does."""
        while found := marked(self._environ["MARK"]):
            for pid in found:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            for process in self._processes.values():
                process.wait()
            time.sleep(0.01)

    def logs(self):
        """Return the end of every log, for who must find out what went wrong."""
        return {path.name: path.read_text()[-2000:] for path in self._folder.glob("*.log")}
