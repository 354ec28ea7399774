"""Only one process at a time: locks that the system itself lets go when their holder dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.launch.unsuitable import Unsuitable


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until nobody else works in this folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Be the one `run` of this folder, or say who is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "run.lock").open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Unsuitable(_taken(folder, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def is_running(folder: Path) -> bool:
    """Tell whether a `run` holds this folder now."""
    try:
        with (folder / "run.lock").open(encoding="ascii") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _taken(folder: Path, pid: str) -> str:
    return (
        f"已经在运行（进程 {pid}，数据目录 {folder}）。\n"
        "请先停止它，或换一个数据目录和端口："
        "VAR_DIR=/tmp/xinyong2 PORT=8010 SANDBOX_PORT=8011 ./xinyong run"
    )
