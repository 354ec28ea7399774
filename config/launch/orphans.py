"""Nothing stays behind: grandchildren whose parent died come to us, and go with us."""

import ctypes
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Make this process the parent of every descendant whose own parent dies."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def tied(command: list[str]) -> list[str]:
    """Return the command such that it is told to end when we are killed."""
    if setpriv := shutil.which("setpriv"):
        return [setpriv, "--pdeathsig", "TERM", *command]
    return command


def clear(keep: set[int]) -> None:
    """Kill and bury what we adopted: every child of ours but those to keep, and what is below."""
    while found := _descendants(os.getpid(), keep):
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in found:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def _descendants(parent: int, keep: set[int]) -> list[int]:
    """List who descends from a process, from the system's own table."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and int(entry.name) not in keep and (of := _parent(entry)):
            children.setdefault(of, []).append(int(entry.name))
    found: list[int] = []
    open_ends = [parent]
    while open_ends:
        below = children.get(open_ends.pop(), [])
        found += below
        open_ends += below
    return found


def _parent(entry: Path) -> int | None:
    try:
        return int((entry / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return None
