"""The reference client's packages: installed once for each lock, beside the client."""

import hashlib
import subprocess
from pathlib import Path

from config.launch import locks
from config.launch.unsuitable import Unsuitable
from config.settings import ROOT

FOLDER = ROOT / "tests" / "clients"
_LOCK, _PACKAGES, _STAMP = "package-lock.json", "node_modules", "node_modules/.installed"


def have_packages(folder: Path = FOLDER) -> None:
    """See that exactly what is locked is installed. Raises Unsuitable."""
    with locks.alone(folder):
        if is_ready(folder):
            return
        print("正在安装参考客户端的依赖（测试用）……", flush=True)
        done = subprocess.run(
            ["npm", "ci", "--no-progress", "--loglevel=error"],  # noqa: S607 - wherever it is
            cwd=folder,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode:
            raise Unsuitable("参考客户端的依赖没有装好，原因见上面各行。重试：./xinyong test")
        (folder / _STAMP).write_text(_fingerprint(folder), encoding="ascii")


def is_ready(folder: Path = FOLDER) -> bool:
    """Tell whether what is locked was installed to the end: no stamp, no trust."""
    stamp = folder / _STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == _fingerprint(folder)


def _fingerprint(folder: Path) -> str:
    return hashlib.sha256((folder / _LOCK).read_bytes()).hexdigest()
