"""The CPU that a process and all below it have used, ended children included."""

import os
from contextlib import suppress
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def spent(pid):
    """Return seconds of CPU of a process, its living children, and those it has waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    own = sum(map(int, fields[11:15])) / _TICKS
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    total = own
    for child in below:
        with suppress(FileNotFoundError, ProcessLookupError):
            total += spent(int(child))
    return total
