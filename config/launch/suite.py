"""`./xinyong test`: the whole suite with coverage, PostgreSQL included."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from config.launch import client
from config.launch.environment import of_this_process
from config.launch.unsuitable import Unsuitable
from config.settings import ROOT

# Every test has databases of its own: on a disk, copying and syncing them is most of the work.
_MEMORY, _ROOM = Path("/dev/shm"), 1 << 30  # noqa: S108 - pytest makes a private folder in it
_WHOLE = ["-n", "2", "--cov", "--cov-report=term", "--max-worker-restart=0"]


def run(arguments: list[str]) -> int:
    """Run pytest; without arguments the whole suite, measured, on both cores."""
    if not of_this_process().get("TEST_DATABASE_URL"):
        have_postgresql()
    have_poppler()
    have_node()
    have_chromium()
    client.have_packages()
    command = [sys.executable, "-m", "pytest", *(arguments or _WHOLE)]
    environ = in_memory(of_this_process())
    return subprocess.run(command, cwd=ROOT, env=environ, check=False).returncode  # noqa: S603


def in_memory(environ: dict[str, str], folder: Path = _MEMORY, room: int = _ROOM) -> dict[str, str]:
    """Put temporary files into memory, unless a place is named, or none there will do."""
    if environ.get("TMPDIR") or not folder.is_dir():
        return environ
    there = os.statvfs(folder)
    is_usable = os.access(folder, os.W_OK) and not there.f_flag & os.ST_NOEXEC
    is_roomy = there.f_bavail * there.f_frsize >= room
    return environ | {"TMPDIR": str(folder)} if is_usable and is_roomy else environ


def have_postgresql(binaries: Path = Path("/usr/lib/postgresql")) -> None:
    """See that Debian's PostgreSQL is there: install it when we may, else say how."""
    if not any(binaries.glob("*/bin/initdb")):
        other = "或指定一个可以新建数据库的 PostgreSQL：TEST_DATABASE_URL=postgresql+psycopg://…"
        _install("postgresql", "PostgreSQL", other)


def have_poppler() -> None:
    """See that Debian's poppler is there: it reads the text of our reports as others would."""
    if not shutil.which("pdftotext"):
        _install("poppler-utils", "poppler-utils（读 PDF）")


def have_node() -> None:
    """See that Node is there: the reference client is built and run with it."""
    if not (shutil.which("node") and shutil.which("npm")):
        _install("nodejs npm", "Node.js（参考客户端）")


def have_chromium() -> None:
    """See that Debian's Chromium and a Chinese font are there: pages are walked and looked at."""
    if not shutil.which("chromium"):
        _install("chromium fonts-noto-cjk", "Chromium（走查网页）")


def _install(packages: str, name: str, *others: str) -> None:
    apt = shutil.which("apt-get")
    if os.getuid() != 0 or apt is None:
        by_hand = f"  sudo sh -c 'apt-get update && apt-get install -y {packages}'"
        raise Unsuitable("\n".join([f"测试需要 {name}。请先执行：", by_hand, *others]))
    print(f"正在安装 {name}（测试用）……", flush=True)
    environ = of_this_process() | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", *packages.split()]):
        subprocess.run(  # noqa: S603 - our own words
            [apt, *words], check=True, env=environ, stdin=subprocess.DEVNULL
        )
